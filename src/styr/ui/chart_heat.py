"""A heat table: what goes over and under its measure, row by month. Colour, sign and figure say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from styr.kernel.danish import kroner
from styr.kernel.money import round_half_away
from styr.ui.chart_svg import Words

_LEVELS = (2, 8, 20)  # per cent of the measure from which a cell is one, two and three steps off
_THOUSAND = 100_000


@dataclass(frozen=True, slots=True)
class HeatCell:
    """An amount against its measure, øre; None = nothing there. `address` leads to the rows behind it."""

    ore: int | None
    measure_ore: int | None
    address: str = ""

    @property
    def over_ore(self) -> int | None:
        """The amount less its measure; None where one of them is not known."""
        return None if self.ore is None or self.measure_ore is None else self.ore - self.measure_ore

    @property
    def level(self) -> int:
        """0 to 3: how far off, whichever way. Something where nothing was set aside is as far off as can be."""
        over = self.over_ore
        if not over:
            return 0
        if not self.measure_ore:
            return len(_LEVELS)
        share = abs(over) * 100 / abs(self.measure_ore)
        return sum(share >= least for least in _LEVELS)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of the table; `sum` is its last cell."""

    label: str
    cells: Sequence[HeatCell]
    sum: HeatCell
    address: str = ""


def heat(words: Words, heads: Sequence[str], rows: Sequence[HeatRow], *, first: str = "Enhed") -> SafeString:
    """The table: rows by month with what each cell is over (+) or under (−) its measure, in thousands of kroner."""
    return format_html(
        '<div class="table-box" tabindex="0" role="region" aria-label="{0}">'
        '<table class="table table--dense heat"><caption class="visually-hidden">{0}. {1}</caption>'
        '<thead><tr><th scope="col">{2}</th>{3}<th scope="col" class="number">I alt</th></tr></thead>'
        "<tbody>{4}</tbody></table></div>"
        '<p class="heat__note">T.kr. over (+) eller under (−) budgettet. Farven bliver kraftigere ved {5} % '
        "af månedens budget.</p>",
        words.title, words.description, first,
        format_html_join("", '<th scope="col" class="number">{}</th>', ((head,) for head in heads)),
        format_html_join("", "{}", ((_row(row, heads),) for row in rows)),
        ", ".join(str(level) for level in _LEVELS[:-1]) + f" og {_LEVELS[-1]}",
    )  # fmt: skip


def _row(row: HeatRow, heads: Sequence[str]) -> SafeString:
    name = format_html('<a href="{}">{}</a>', row.address, row.label) if row.address else row.label
    cells = format_html_join(
        "", "{}", ((_cell(cell, f"{row.label}, {head}"),) for cell, head in zip(row.cells, heads, strict=True))
    )
    return format_html('<tr><th scope="row">{}</th>{}{}</tr>', name, cells, _cell(row.sum, row.label, sum_=True))


def _cell(cell: HeatCell, told: str, *, sum_: bool = False) -> SafeString:
    over = cell.over_ore
    if over is None:
        return mark_safe('<td class="number quiet">–</td>')
    way = "over" if over > 0 else "under"
    level = format_html(' data-{}="{}"', way, cell.level) if cell.level else ""
    words = _thousands(over)
    tip = f"{told}: {kroner(cell.ore or 0, whole=True)} mod {kroner(cell.measure_ore or 0, whole=True)}"
    inner = (
        format_html('<a href="{}" title="{}">{}</a>', cell.address, tip, words)
        if cell.address
        else format_html('<span title="{}">{}</span>', tip, words)
    )
    return format_html('<td class="number{}"{}>{}</td>', " strong" if sum_ else "", level, inner)


def _thousands(ore: int) -> str:
    thousands = round_half_away(ore, _THOUSAND)
    sign = "+" if thousands > 0 else "−" if thousands < 0 else ""
    return f"{sign}{abs(thousands):,}".replace(",", ".")
