"""The cells of a list as HTML; made here and not in a template because a page of 200 rows has thousands of them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from styr.kernel.danish import danish_date, danish_number, kroner
from styr.kernel.money import Money
from styr.ui.columns import Column, Kind, ListSpec, Tag
from styr.ui.icons import icon

FIGURES = frozenset({Kind.NUMBER, Kind.MONEY, Kind.RATE, Kind.SHARE})
UPRIGHT = FIGURES | {Kind.DATE, Kind.LAST_DAY, Kind.MOMENT, Kind.TAG}


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
    Kind.MOMENT: _moment,
    Kind.TAG: str,
}


def text_of(column: Column, row: Any) -> str:
    """The cell as words: `1.234 kr.`, `21. nov. 2026`; "" where there is nothing."""
    value = column.of(row)
    return "" if value is None or value == "" else _WRITERS[column.kind](value)


def cell(column: Column, row: Any, *, first: bool = False) -> SafeString:
    """One `<td>`; the first of a row leads to the row's page."""
    inner = _inner(column, row)
    if column.link and inner and (address := column.link(row)):
        inner = format_html('<a href="{}">{}</a>', address, inner)
    if column.note and (note := column.note(row)) not in (None, ""):
        inner = format_html("{}<small>{}</small>", inner, note)
    css = _css(column, row, first=first)
    title = "" if first or not inner or column.kind == Kind.TAG else format_html(' data-title="{}"', column.title)
    return format_html("<td{}{}>{}</td>", format_html(' class="{}"', css) if css else "", title, inner)


def _inner(column: Column, row: Any) -> SafeString:
    value = column.of(row)
    if value is None or value == "":
        return mark_safe("")
    if isinstance(value, Tag):
        drawn = icon(value.icon) if value.icon else ""
        tone = f" tag--{value.tone}" if value.tone else ""
        return format_html('<span class="tag{}">{}{}</span>', tone, drawn, value.text)
    if isinstance(value, SafeString):
        return value
    return conditional_escape(_WRITERS[column.kind](value))


def _css(column: Column, row: Any, *, first: bool) -> str:
    words = ["first"] if first else []
    if column.kind in FIGURES:
        words.append("number")
    elif column.kind in UPRIGHT or column.nowrap:
        words.append("nowrap")
    if column.lead:
        words.append("lead-figure")
    if column.tone:
        words.append(column.tone(row))
    return " ".join(word for word in words if word)


def rows_html(spec: ListSpec, columns: Sequence[Column], rows: Sequence[Any], *, select: str = "") -> SafeString:
    """The rows of the table; `select` is the id of the form that the selected rows are posted with ("" = none)."""
    made = []
    for row in rows:
        cells = [cell(column, row, first=at == 0) for at, column in enumerate(columns)]
        if select and spec.row_id:
            cells.insert(0, _box(spec.row_id(row), text_of(columns[0], row), select))
        tone = spec.row_tone(row) if spec.row_tone else ""
        made.append(
            format_html("<tr{}>{}</tr>\n", format_html(' data-tone="{}"', tone) if tone else "", _joined(cells))
        )
    return _joined(made)


def _box(value: object, name: str, form: str) -> SafeString:
    drawn = '<input type="checkbox" name="valgt" value="{}" form="{}" data-select aria-label="Vælg {}">'
    return format_html('<td class="check">{}</td>', format_html(drawn, value, form, name))


def _joined(parts: Sequence[SafeString]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped where it is made
