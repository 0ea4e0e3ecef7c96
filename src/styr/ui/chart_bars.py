"""Bars per month against a budget: what was spent, what is expected, and what goes over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from styr.kernel.danish import kroner
from styr.ui.chart_scale import Scale, scale_for, unit_of
from styr.ui.chart_svg import (
    DataTable,
    Hatch,
    LegendItem,
    Size,
    Words,
    chart,
    hatches,
    joined,
    line,
    linked,
    rectangle,
    text,
    value_axis,
)

SIZES = (Size("broad", 1240, 300), Size("wide", 880, 280), Size("narrow", 360, 250))
_TOP, _BOTTOM, _LEFT, _RIGHT = 30, 24, 50, 6
_FILL = 0.6  # how much of its month a bar takes
_WIDEST = 64


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the chart, amounts in øre; None = not known. A month half spent has both `actual` and `forecast`."""

    label: str
    actual_ore: int | None = None
    forecast_ore: int | None = None
    budget_ore: int | None = None
    address: str = ""

    @property
    def total_ore(self) -> int:
        """Spent and expected together."""
        return (self.actual_ore or 0) + (self.forecast_ore or 0)

    @property
    def over_ore(self) -> int:
        """What goes over the budget; 0 without one."""
        return 0 if self.budget_ore is None else max(0, self.total_ore - self.budget_ore)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar from one amount to another; `kind` actual, forecast, over or over-forecast."""

    kind: str
    low_ore: int
    high_ore: int


def parts_of(month: Month) -> Iterator[Part]:
    """The pieces of a month's bar, from below: spent, expected, each split where it passes the budget."""
    actual, forecast = month.actual_ore or 0, max(month.forecast_ore or 0, 0)
    if actual < 0:
        yield Part("actual", actual, 0)
        actual = 0
    for kind, over, low, high in (
        ("actual", "over", 0, actual),
        ("forecast", "over-forecast", actual, actual + forecast),
    ):
        border = high if month.budget_ore is None else min(max(month.budget_ore, low), high)
        if border > low:
            yield Part(kind, low, border)
        if high > border:
            yield Part(over, border, high)


def bars_per_month(words: Words, months: Sequence[Month], *, measure: str = "Budget") -> SafeString:
    """The chart of a year (or any run of months): bars, the budget as steps, forecast and overspending hatched.

    `measure` names what stands in `budget_ore` when that is not a budget ("Forventet").
    """
    amounts = [amount for month in months for amount in (month.total_ore, month.actual_ore or 0, month.budget_ore or 0)]
    return chart(
        words,
        SIZES,
        lambda size, own: _draw(size, own, months, amounts, measure),
        legend=_legend(months, measure),
        table=_table(months, measure),
    )


def _draw(size: Size, own: str, months: Sequence[Month], amounts: Sequence[int], measure: str) -> SafeString:
    scale = scale_for(amounts, start=size.height - _BOTTOM, end=_TOP)
    unit = unit_of(scale)
    slot = (size.width - _LEFT - _RIGHT) / max(len(months), 1)
    kinds: tuple[Hatch, ...] = ("forecast", "over", "over-forecast")
    shapes = [hatches(own, kinds), value_axis(scale, _LEFT, size.width - _RIGHT, unit)]
    every = 1 if slot >= 24 or len(months) <= 1 else 2  # noqa: PLR2004 - pixels that "mar" needs
    for at, month in enumerate(months):
        left, wide = _LEFT + at * slot, min(slot * _FILL, _WIDEST)
        bar = joined(_bar(part, scale, (left + (slot - wide) / 2, wide), own) for part in parts_of(month))
        shapes.append(linked(bar, _told(month, measure), month.address))
        if at % every == 0:
            shapes.append(text(month.label, (left + slot / 2, size.height - 7), anchor="middle"))
        if month.budget_ore is not None:
            y = scale.at(month.budget_ore)
            shapes.append(line("chart-budget", (left + slot * 0.08, y), (left + slot * 0.92, y)))
    return joined(shapes)


def _bar(part: Part, scale: Scale, across: tuple[float, float], own: str) -> SafeString:
    top, bottom = scale.at(part.high_ore), scale.at(part.low_ore)
    fill = "" if part.kind == "actual" else f"url(#{own}-{part.kind})"
    return rectangle(f"bar-part bar-part--{part.kind}", (across[0], top), (across[1], bottom - top), fill=fill)


def _told(month: Month, measure: str) -> str:
    words = [f"{month.label}: {kroner(month.total_ore, whole=True)}"]
    if month.forecast_ore:
        words.append(f"heraf prognose {kroner(month.forecast_ore, whole=True)}")
    if month.over_ore:
        words.append(f"{kroner(month.over_ore, whole=True)} over {measure.lower()}")
    return ", ".join(words)


def _legend(months: Sequence[Month], measure: str) -> list[LegendItem]:
    kinds = {part.kind for month in months for part in parts_of(month)}
    items = [LegendItem("actual", "Forbrug")] if {"actual", "over"} & kinds else []
    if {"forecast", "over-forecast"} & kinds:
        items.append(LegendItem("forecast", "Prognose"))
    if {"over", "over-forecast"} & kinds:
        items.append(LegendItem("over", f"Over {measure.lower()}"))
    if any(month.budget_ore is not None for month in months):
        items.append(LegendItem("budget", measure))
    return items


def _table(months: Sequence[Month], measure: str) -> DataTable:
    def amount(ore: int | None) -> str:
        return "–" if ore is None else kroner(ore, whole=True)

    rows = [
        (m.label, amount(m.budget_ore), amount(m.actual_ore), amount(m.forecast_ore), amount(m.over_ore or None))
        for m in months
    ]
    return DataTable(("Måned", measure, "Forbrug", "Prognose", f"Over {measure.lower()}"), rows)
