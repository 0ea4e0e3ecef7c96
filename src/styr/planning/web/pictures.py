"""What scenarios cost more or less than is expected today, month by month: a line each, told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html

from styr.kernel.danish import MONTHS, kroner
from styr.ui.chart_scale import Scale, scale_for, unit_of
from styr.ui.chart_svg import (
    DataTable,
    LegendItem,
    Size,
    Words,
    chart,
    joined,
    line,
    linked,
    place,
    text,
    value_axis,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.utils.safestring import SafeString

SIZES = (Size("broad", 1240, 300), Size("wide", 880, 280), Size("narrow", 360, 250))
_TOP, _BOTTOM, _LEFT, _RIGHT = 30, 24, 56, 10
_YEAR = 12


@dataclass(frozen=True)
class Series:
    """A scenario's line: its name, and what each month costs (or costs more than expected), øre."""

    name: str
    months_ore: tuple[int, ...]


def month_lines(
    words: Words, months: Sequence[date], series: Sequence[Series], *, nought: str = "Som i dag"
) -> SafeString:
    """The lines over the months; `nought` is what 0 means ("": nothing but 0)."""
    return chart(
        words,
        SIZES,
        lambda size, _own: _draw(size, months, series),
        legend=[
            *([LegendItem("even", nought)] if nought else []),
            *(LegendItem(f"series-{at}", one.name) for at, one in enumerate(series)),
        ],
        table=DataTable(
            ("Måned", *(one.name for one in series)),
            [
                (month_label(month), *(kroner(one.months_ore[at], whole=True) for one in series))
                for at, month in enumerate(months)
            ],
        ),
    )


def month_label(month: date) -> str:
    """A month's short name: "jan 27"."""
    return f"{MONTHS[month.month - 1][:3]} {month:%y}"


def _draw(size: Size, months: Sequence[date], series: Sequence[Series]) -> SafeString:
    amounts = [ore for one in series for ore in one.months_ore] or [0]
    scale = scale_for(amounts, start=size.height - _BOTTOM, end=_TOP)
    step = (size.width - _LEFT - _RIGHT) / max(len(months), 1)
    shapes = [value_axis(scale, _LEFT, size.width - _RIGHT, unit_of(scale))]
    shapes.append(line("chart-even", (_LEFT, scale.at(0)), (size.width - _RIGHT, scale.at(0))))
    for at, month in enumerate(months):
        if month.month == 1:
            left = _LEFT + at * step
            shapes.append(line("chart-grid", (left, _TOP), (left, size.height - _BOTTOM)))
            shapes.append(text(str(month.year), (left + step * _YEAR / 2, size.height - 7), anchor="middle"))
    shapes += [_line(at, one, scale, step) for at, one in enumerate(series)]
    return joined(shapes)


def _line(at: int, one: Series, scale: Scale, step: float) -> SafeString:
    """Steps, since a month's amount holds for the month: from its left to its right."""
    points = []
    for number, ore in enumerate(one.months_ore):
        y = place(scale.at(ore))
        points += [f"{place(_LEFT + number * step)},{y}", f"{place(_LEFT + (number + 1) * step)},{y}"]
    shape = format_html('<polyline class="scenario-line scenario-line--{}" points="{}"/>', at, " ".join(points))
    return linked(shape, f"{one.name}: {kroner(sum(one.months_ore), whole=True)} i alt", "")
