"""What every chart is made with: shapes, the frame with title and description, the legend and the table beside it.

A chart is drawn twice, wide and narrow, and the style sheet shows the one that fits: words keep their size on a phone.
Colours are classes (both colour schemes); what a colour tells, a hatching or a word tells as well.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from styr.ui.chart_scale import Scale, Unit

Hatch = Literal["forecast", "over", "over-forecast"]


@dataclass(frozen=True, slots=True)
class Size:
    """The drawing's size in pixels before it is fitted to its place."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a chart. `name`: unique on the page (a-z, -). `description` says in a sentence what is seen."""

    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One entry of the legend: the class of its mark (actual, forecast, over, budget …) and its words."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """The figures of a chart: heads and rows of words; the first column names the row, the others are figures."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def place(number: float) -> str:
    """A coordinate, with at most one decimal: 12.0 is "12"."""
    return f"{round(number, 1) + 0:.1f}".removesuffix(".0")


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Parts of a drawing, one after another."""
    return format_html_join("", "{}", ((part,) for part in parts))


def rectangle(
    css: str, corner: tuple[float, float], size: tuple[float, float], *, fill: str = "", round_: int = 0
) -> SafeString:
    """A `<rect>`; `fill` is a paint such as `url(#…)`, else the class colours it."""
    paint = format_html(' fill="{}"', fill) if fill else ""
    corners = format_html(' rx="{}"', round_) if round_ else ""
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}{}/>',
        css, place(corner[0]), place(corner[1]), place(size[0]), place(size[1]), corners, paint,
    )  # fmt: skip


def line(css: str, start: tuple[float, float], end: tuple[float, float]) -> SafeString:
    """A `<line>`."""
    return format_html(
        '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
        css, place(start[0]), place(start[1]), place(end[0]), place(end[1]),
    )  # fmt: skip


def text(words: str, at: tuple[float, float], *, anchor: str = "start", css: str = "chart-label") -> SafeString:
    """A `<text>`; `anchor` start, middle or end."""
    return format_html(
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>', css, place(at[0]), place(at[1]), anchor, words
    )


def linked(shape: SafeString, words: str, address: str) -> SafeString:
    """A shape with its words as a tip, and a link to the rows behind it where there is an address."""
    tip = format_html("<title>{}</title>", words)
    if not address:
        return format_html("<g>{}{}</g>", tip, shape)
    return format_html('<a href="{}">{}{}</a>', address, tip, shape)


def hatches(prefix: str, wanted: Sequence[Hatch]) -> SafeString:
    """The hatchings of a drawing as patterns, `url(#<prefix>-<hatch>)`."""
    return format_html(
        "<defs>{}</defs>",
        format_html_join(
            "",
            '<pattern id="{0}-{1}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate({2})">'
            '<rect class="hatch-ground hatch-ground--{1}" width="6" height="6"/>'
            '<line class="hatch-line hatch-line--{1}" x1="0" y1="0" x2="0" y2="6"/></pattern>',
            ((prefix, hatch, "-45" if hatch == "over" else "45") for hatch in wanted),
        ),
    )


def value_axis(scale: Scale, left: float, right: float, unit: Unit) -> SafeString:
    """Level lines with their amounts to the left, and the unit above them."""
    parts = []
    for tick, label in zip(scale.ticks, unit.labels(scale), strict=True):
        y = scale.at(tick)
        parts += [line("chart-zero" if tick == 0 else "chart-grid", (left, y), (right, y))]
        parts += [text(label, (left - 8, y + 4), anchor="end")]
    parts.append(text(unit.words, (left - 8, scale.end - 12), anchor="end"))
    return joined(parts)


def chart(
    words: Words,
    sizes: Sequence[Size],
    draw: Callable[[Size, str], SafeString],
    *,
    legend: Sequence[LegendItem] = (),
    table: DataTable,
) -> SafeString:
    """The whole chart: a drawing for each size, the legend, and the figures behind "Vis som tabel"."""
    drawings = joined(_svg(words, size, draw(size, f"{words.name}-{size.name}")) for size in sizes)
    return format_html('<figure class="chart-box">{}{}{}</figure>', drawings, _legend(legend), _table(words, table))


def _svg(words: Words, size: Size, inner: SafeString) -> SafeString:
    own = f"{words.name}-{size.name}"
    role = "group" if "<a href=" in inner else "img"  # what is inside an image cannot be reached
    return format_html(
        '<svg class="chart chart--{}" viewBox="0 0 {} {}" role="{}" '
        'aria-labelledby="{}-title" aria-describedby="{}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        size.name, size.width, size.height, role, own, own,
        own, words.title, own, words.description, inner,
    )  # fmt: skip


def _legend(items: Sequence[LegendItem]) -> SafeString:
    if not items:
        return mark_safe("")
    marks = format_html_join(
        "", '<li><span class="chart-mark chart-mark--{}"></span>{}</li>', ((item.mark, item.text) for item in items)
    )
    return format_html('<ul class="chart-legend">{}</ul>', marks)


def _table(words: Words, table: DataTable) -> SafeString:
    heads = joined(
        format_html('<th scope="col"{}>{}</th>', mark_safe(' class="number"') if at else "", head)
        for at, head in enumerate(table.heads)
    )
    rows = joined(_row(row) for row in table.rows)
    return format_html(
        '<details class="chart-table"><summary>Vis som tabel</summary>'
        '<div class="table-box" tabindex="0" role="region" aria-label="{}">'
        '<table class="table table--dense"><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>",
        f"{words.title}, tabel", words.title, heads, rows,
    )  # fmt: skip


def _row(row: Sequence[str]) -> SafeString:
    figures = format_html_join("", '<td class="number">{}</td>', ((figure,) for figure in row[1:]))
    return format_html('<tr><th scope="row">{}</th>{}</tr>', row[0], figures)
