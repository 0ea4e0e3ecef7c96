"""A waterfall (how one amount became another), horizontal bars (who is largest) and a sparkline (which way it goes)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from styr.kernel.danish import kroner
from styr.ui.chart_scale import Unit, scale_for, unit_of
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
    rectangle,
    text,
    value_axis,
)

_TOP, _BOTTOM, _LEFT, _RIGHT = 30, 24, 50, 6
_FILL = 0.62
_ROW = 30
_LONGEST_LABEL = {"broad": 38, "wide": 38, "narrow": 22}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a waterfall, øre: a change, or with `total` the sum so far (its own amount, which must be that sum)."""

    label: str
    ore: int
    total: bool = False
    address: str = ""


def waterfall(words: Words, steps: Sequence[Step]) -> SafeString:
    """From one total through the changes to the next; more and less differ in colour, sign and place."""
    levels = _levels(steps)
    sizes = (Size("broad", 1240, 300), Size("wide", 880, 280), Size("narrow", 360, 2 * _ROW * len(steps) - 10))
    return chart(
        words,
        sizes,
        lambda size, _own: _lying(size, steps, levels) if size.name == "narrow" else _upright(size, steps, levels),
        legend=[LegendItem("actual", "I alt"), LegendItem("more", "Mere"), LegendItem("less", "Mindre")],
        table=DataTable(
            ("Trin", "Ændring", "I alt"),
            [
                (step.label, "" if step.total else _signed(step.ore), kroner(level[1], whole=True))
                for step, level in zip(steps, levels, strict=True)
            ],
        ),
    )


def _levels(steps: Sequence[Step]) -> list[tuple[int, int]]:
    """From which amount to which each step goes, øre."""
    levels, now = [], 0
    for step in steps:
        before, now = (0, step.ore) if step.total else (now, now + step.ore)
        levels.append((before, now))
    return levels


def _upright(size: Size, steps: Sequence[Step], levels: Sequence[tuple[int, int]]) -> SafeString:
    scale = scale_for([amount for level in levels for amount in level], start=size.height - _BOTTOM, end=_TOP)
    unit = unit_of(scale)
    slot = (size.width - _LEFT - _RIGHT) / max(len(steps), 1)
    shapes = [value_axis(scale, _LEFT, size.width - _RIGHT, unit)]
    for at, (step, (before, after)) in enumerate(zip(steps, levels, strict=True)):
        left = _LEFT + at * slot
        top, bottom = scale.at(max(before, after)), scale.at(min(before, after))
        bar = rectangle(f"step step--{_kind(step)}", (left + slot * 0.19, top), (slot * _FILL, bottom - top), round_=2)
        figure = text(_figure(step, unit), (left + slot / 2, max(top - 5, 11)), anchor="middle", css="chart-figure")
        shapes.append(linked(joined([bar, figure]), _told(step), step.address))
        shapes.append(text(_short(step.label, int(slot / 6.4)), (left + slot / 2, size.height - 7), anchor="middle"))
        if at + 1 < len(steps):
            y = scale.at(after)
            shapes.append(line("chart-grid", (left + slot * 0.81, y), (left + slot * 1.19, y)))
    return joined(shapes)


def _lying(size: Size, steps: Sequence[Step], levels: Sequence[tuple[int, int]]) -> SafeString:
    scale = scale_for([amount for level in levels for amount in level], start=4, end=size.width - 4)
    unit = unit_of(scale)
    shapes = []
    for at, (step, (before, after)) in enumerate(zip(steps, levels, strict=True)):
        y = 16 + at * _ROW * 2
        left, right = scale.at(min(before, after)), scale.at(max(before, after))
        bar = rectangle(f"step step--{_kind(step)}", (left, y + 8), (right - left, 18), round_=2)
        name = text(_short(step.label, 30), (4, y))
        figure = text(f"{_figure(step, unit)} {unit.words}", (size.width - 4, y), anchor="end", css="chart-figure")
        shapes.append(linked(joined([name, figure, bar]), _told(step), step.address))
    return joined(shapes)


def _kind(step: Step) -> str:
    return "actual" if step.total else ("more" if step.ore >= 0 else "less")


def _signed(ore: int) -> str:
    return f"{'+' if ore > 0 else ''}{kroner(ore, whole=True)}"


def _figure(step: Step, unit: Unit) -> str:
    return unit.write(step.ore) if step.total or step.ore <= 0 else f"+{unit.write(step.ore)}"


def _told(step: Step) -> str:
    return f"{step.label}: {kroner(step.ore, whole=True) if step.total else _signed(step.ore)}"


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: max(longest - 1, 1)].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar, øre; `note` stands after its amount, `address` leads to the rows behind it."""

    label: str
    ore: int
    note: str = ""
    tone: str = "actual"  # or over, good
    address: str = ""


def horizontal_bars(words: Words, bars: Sequence[Bar], *, heads: tuple[str, str] = ("Navn", "Beløb")) -> SafeString:
    """Amounts side by side, the largest the longest; the order is the caller's."""
    return chart(
        words,
        (
            Size("broad", 1240, 8 + _ROW * max(len(bars), 1)),
            Size("wide", 880, 8 + _ROW * max(len(bars), 1)),
            Size("narrow", 360, 2 * (_ROW - 6) * max(len(bars), 1)),
        ),
        lambda size, _own: _rows(size, bars),
        table=DataTable((*heads, "Note"), [(bar.label, kroner(bar.ore, whole=True), bar.note) for bar in bars]),
    )


def _rows(size: Size, bars: Sequence[Bar]) -> SafeString:
    wide = size.name != "narrow"
    left, right = (250.0, size.width - 190.0) if wide else (2.0, size.width - 2.0)
    scale = scale_for([bar.ore for bar in bars], start=left, end=right)
    row = _ROW if wide else 2 * (_ROW - 6)
    shapes = []
    for at, bar in enumerate(bars):
        y = 4 + at * row
        told = kroner(bar.ore, whole=True) + (f" · {bar.note}" if bar.note else "")
        name = text(_short(bar.label, _LONGEST_LABEL[size.name]), (left - 8, y + 19) if wide else (2, y + 14),
                    anchor="end" if wide else "start", css="chart-name")  # fmt: skip
        low, high = sorted((scale.at(0), scale.at(bar.ore)))
        drawn = rectangle(
            f"step step--{bar.tone}", (low, y + (6 if wide else 20)), (high - low, 18 if wide else 14), round_=2
        )
        figure = text(told, (high + 8, y + 19) if wide else (size.width - 2, y + 14), anchor="start" if wide else "end",
                      css="chart-figure")  # fmt: skip
        shapes.append(linked(joined([name, drawn, figure]), f"{bar.label}: {told}", bar.address))
    return joined(shapes)


def sparkline(values: Sequence[int], *, title: str, size: tuple[int, int] = (96, 24)) -> SafeString:
    """A small line of amounts (øre) in a table or a figure; the last one is marked. `title` says what it shows."""
    width, height = size
    low, high = min(values, default=0), max(values, default=0)
    step = (width - 6) / max(len(values) - 1, 1)
    points = [
        (3 + at * step, height - 3 - (value - low) * (height - 6) / (high - low or 1))
        for at, value in enumerate(values)
    ]
    drawn = " ".join(f"{place(x)},{place(y)}" for x, y in points)
    last = points[-1] if points else (3.0, float(height - 3))
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {} {}" width="{}" height="{}" role="img"><title>{}</title>'
        '<polyline class="sparkline__line" points="{}"/>'
        '<circle class="sparkline__last" cx="{}" cy="{}" r="2.5"/></svg>',
        width, height, width, height, title, drawn, place(last[0]), place(last[1]),
    )  # fmt: skip
