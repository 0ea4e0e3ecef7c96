"""The cells of a list as HTML; made here and not in a template because a page of 200 rows has thousands of them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from styr.kernel.danish import danish_date, danish_month, danish_number, kroner
from styr.kernel.money import Money
from styr.ui.columns import Column, Kind, ListSpec, Tag
from styr.ui.icons import icon

FIGURES = frozenset({Kind.NUMBER, Kind.MONEY, Kind.RATE, Kind.SHARE})
UPRIGHT = FIGURES | {Kind.DATE, Kind.LAST_DAY, Kind.MONTH, Kind.MOMENT, Kind.TAG}


def _moment(value: datetime) -> str:
    local = timezone.localtime(value)
    return f"{danish_date(local.date())} kl. {local:%H.%M}"


def _day(value: date) -> str:
    return danish_date(timezone.localtime(value).date() if isinstance(value, datetime) else value)


_WRITERS: dict[str, Callable[[Any], str]] = {
    Kind.TEXT: str,
    Kind.NUMBER: danish_number,
    Kind.MONEY: lambda ore: kroner(ore, whole=True),
    Kind.RATE: lambda rate: kroner(Money.from_kroner(Decimal(rate)).ore),
    Kind.SHARE: lambda share: f"{share * 100:.1f} %".replace(".", ","),
    Kind.DATE: _day,
    Kind.LAST_DAY: lambda day: _day(day - timedelta(days=1)),
    Kind.MONTH: danish_month,
    Kind.MOMENT: _moment,
    Kind.TAG: str,
}


def text_of(column: Column, row: Any) -> str:
    """The cell as words: `1.234 kr.`, `21. nov. 2026`; "" where there is nothing."""
    value = column.of(row)
    return "" if value is None or value == "" else _WRITERS[column.kind](value)


def cell(column: Column, row: Any, *, first: bool = False) -> SafeString:
    """One `<td>`; the first of a row leads to the row's page."""
    return mark_safe(_maker(column, first=first)(row))  # noqa: S308 - escaped where it is made


def _maker(column: Column, *, first: bool) -> Callable[[Any], str]:
    """What makes the cells of a column: all that is the same in every row is worked out once."""
    css = _css(column, first=first)
    before = f'<td class="{css}">' if css else "<td>"
    titled = "" if first or column.kind == Kind.TAG else f' data-title="{escape(column.title)}"'
    filled = f"{before[:-1]}{titled}>"

    def make(row: Any) -> str:
        inner = _inner(column, row)
        if column.link and inner and (address := column.link(row)):
            inner = f'<a href="{escape(address)}">{inner}</a>'
        if column.note and (note := column.note(row)) not in (None, ""):
            inner = f"{inner}<small>{note if isinstance(note, SafeString) else escape(str(note))}</small>"
        start = filled if inner else before
        if column.tone and (tone := column.tone(row)):
            start = (
                start.replace(' class="', f' class="{escape(tone)} ')
                if css
                else f'<td class="{escape(tone)}"{start[3:]}'
            )
        return f"{start}{inner}</td>"

    return make


def _inner(column: Column, row: Any) -> str:
    value = column.of(row)
    if value is None or value == "":
        return ""
    if isinstance(value, Tag):
        drawn = icon(value.icon) if value.icon else ""
        tone = f" tag--{escape(value.tone)}" if value.tone else ""
        return f'<span class="tag{tone}">{drawn}{escape(value.text)}</span>'
    if isinstance(value, SafeString):
        return value
    return escape(_WRITERS[column.kind](value))


def _css(column: Column, *, first: bool) -> str:
    words = ["first"] if first else []
    if column.kind in FIGURES:
        words.append("number")
    elif column.kind in UPRIGHT or column.nowrap:
        words.append("nowrap")
    if column.lead:
        words.append("lead-figure")
    return " ".join(words)


def rows_html(spec: ListSpec, columns: Sequence[Column], rows: Sequence[Any], *, select: str = "") -> SafeString:
    """The rows of the table; `select` is the id of the form that the selected rows are posted with ("" = none)."""
    makers = [_maker(column, first=at == 0) for at, column in enumerate(columns)]
    made = []
    for row in rows:
        box = _box(spec.row_id(row), text_of(columns[0], row), select) if select and spec.row_id else ""
        tone = spec.row_tone(row) if spec.row_tone else ""
        start = f'<tr data-tone="{escape(tone)}">' if tone else "<tr>"
        made.append(f"{start}{box}{''.join([make(row) for make in makers])}</tr>\n")
    return mark_safe("".join(made))  # noqa: S308 - every part is escaped where it is made


def _box(value: object, name: str, form: str) -> str:
    return (
        f'<td class="check"><input type="checkbox" name="valgt" value="{escape(str(value))}" form="{escape(form)}" '
        f'data-select aria-label="Vælg {escape(name)}"></td>'
    )
