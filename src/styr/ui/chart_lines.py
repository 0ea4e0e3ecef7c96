"""Lines: how an amount was believed to end, belief by belief; and how unevenly an amount lies on many."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from styr.kernel.danish import kroner
from styr.ui.chart_scale import Scale, round_step, unit_of
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

_TOP, _BOTTOM, _LEFT, _RIGHT = 30, 24, 54, 14
_LEAST_BETWEEN = 46  # pixels that the words under a point need
_PARTS = 100
_TOLD = (1, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Belief:
    """What was believed at a time (`label`), øre; `low_ore` to `high_ore` is its range, if it had one."""

    label: str
    ore: int
    low_ore: int | None = None
    high_ore: int | None = None
    address: str = ""


def beliefs(words: Words, points: Sequence[Belief], *, measure_ore: int | None, measure: str = "Budget") -> SafeString:
    """One line through what was believed at each time, its range as a band, and the measure as a level line.

    The axis does not begin at nought: it is the movement that is looked for.
    """
    amounts = [one for point in points for one in (point.ore, point.low_ore, point.high_ore) if one is not None]
    amounts += [] if measure_ore is None else [measure_ore]
    legend = [LegendItem("line", "Prognose")]
    if any(point.low_ore is not None for point in points):
        legend.append(LegendItem("band", "Usikkerhed"))
    if measure_ore is not None:
        legend.append(LegendItem("budget", measure))
    return chart(
        words,
        (Size("broad", 1240, 260), Size("wide", 760, 260), Size("narrow", 360, 230)),
        lambda size, _own: _drawn(size, points, amounts, measure_ore),
        legend=legend,
        table=DataTable(
            ("Regnet", "Prognose", f"Mod {measure.lower()}"),
            [(one.label, kroner(one.ore, whole=True), _against(one.ore, measure_ore)) for one in points],
        ),
    )


def scale_around(amounts: Sequence[int], *, start: float, end: float) -> Scale:
    """An axis that holds every amount in round steps, and need not hold nought."""
    low, high = min(amounts, default=0), max(amounts, default=0)
    step = round_step((high - low) / 4 or abs(high) / 20 or 100)
    bottom, top = low // step * step, -(-high // step) * step
    if top == bottom:
        bottom, top = bottom - step, top + step
    return Scale(bottom, top, start, end, tuple(range(bottom, top + 1, step)))


def _drawn(size: Size, points: Sequence[Belief], amounts: Sequence[int], measure_ore: int | None) -> SafeString:
    scale = scale_around(amounts, start=size.height - _BOTTOM, end=_TOP)
    unit = unit_of(scale)
    right = size.width - _RIGHT
    slot = (right - _LEFT) / max(len(points), 1)
    at = [(_LEFT + slot * (number + 0.5), scale.at(point.ore)) for number, point in enumerate(points)]
    shapes = [value_axis(scale, _LEFT, right, unit), _band(points, at, scale)]
    if measure_ore is not None:
        y = scale.at(measure_ore)
        shapes.append(line("chart-budget", (_LEFT, y), (right, y)))
    shapes.append(format_html('<polyline class="chart-line" points="{}"/>', _path(at)))
    every = max(1, -(-_LEAST_BETWEEN // max(int(slot), 1)))
    for number, (point, (x, y)) in enumerate(zip(points, at, strict=True)):
        mark = format_html('<circle class="chart-point" cx="{}" cy="{}" r="4"/>', place(x), place(y))
        shapes.append(linked(mark, f"{point.label}: {kroner(point.ore, whole=True)}", point.address))
        if (len(points) - 1 - number) % every == 0:
            shapes.append(text(point.label, (x, size.height - 7), anchor="middle"))
    if at:
        shapes.append(text(unit.write(points[-1].ore), (at[-1][0], at[-1][1] - 9), anchor="middle", css="chart-figure"))
    return joined(shapes)


def _band(points: Sequence[Belief], at: Sequence[tuple[float, float]], scale: Scale) -> SafeString:
    known = [
        (x, scale.at(point.low_ore), scale.at(point.high_ore))
        for point, (x, _) in zip(points, at, strict=True)
        if point.low_ore is not None and point.high_ore is not None
    ]
    if not known:
        return joined([])
    if len(known) == 1:
        x, low, high = known[0]
        known = [(x - 9, low, high), (x + 9, low, high)]
    border = [(x, high) for x, _, high in known] + [(x, low) for x, low, _ in reversed(known)]
    return format_html('<polygon class="chart-band" points="{}"/>', _path(border))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{place(x)},{place(y)}" for x, y in points)


def _against(ore: int, measure_ore: int | None) -> str:
    if measure_ore is None:
        return "–"
    return f"{'+' if ore > measure_ore else ''}{kroner(ore - measure_ore, whole=True)}"


def shares_of(amounts: Sequence[int]) -> list[tuple[float, float]]:
    """What share of the amount lies on the dearest share of those who have any: [(0, 0), …, (1, 1)], falling."""
    dearest = sorted((ore for ore in amounts if ore > 0), reverse=True)
    total, so_far, points = sum(dearest), 0, [(0.0, 0.0)]
    for number, ore in enumerate(dearest, start=1):
        so_far += ore
        points.append((number / len(dearest), so_far / total))
    return points


def share_of_dearest(amounts: Sequence[int], part: float) -> float | None:
    """The share of the amount on the dearest `part` (0 to 1) of all, at least on one of them; None without any."""
    points = shares_of(amounts)
    if len(points) == 1:
        return None
    return points[max(1, round(part * (len(points) - 1)))][1]


def concentration(words: Words, amounts: Sequence[int], *, many: str = "borgere") -> SafeString:
    """How much of the amount lies on the dearest few: the curve over the line that it would be if all cost the same."""
    points = shares_of(amounts)
    told = [(part, share_of_dearest(amounts, part / 100)) for part in _TOLD]
    return chart(
        words,
        (Size("broad", 1240, 300), Size("wide", 640, 290), Size("narrow", 360, 260)),
        lambda size, _own: _curve(size, points, many),
        legend=[LegendItem("line", "Andel af udgiften"), LegendItem("even", "Hvis alle kostede det samme")],
        table=DataTable(
            (f"De dyreste {many}", "Andel af udgiften"), [(f"{part} %", _per_cent(share)) for part, share in told]
        ),
    )


def _curve(size: Size, points: Sequence[tuple[float, float]], many: str) -> SafeString:
    left, right, top, bottom = _LEFT, size.width - _RIGHT, _TOP, size.height - _BOTTOM - 14
    every = max(1, len(points) // _PARTS)
    kept = [point for at, point in enumerate(points) if at % every == 0 or at == len(points) - 1]
    drawn = [(left + x * (right - left), bottom - y * (bottom - top)) for x, y in kept]
    shapes = []
    for number in range(0, 101, 25):
        y = bottom - number / 100 * (bottom - top)
        shapes.append(line("chart-zero" if number == 0 else "chart-grid", (left, y), (right, y)))
        shapes.append(text(f"{number} %", (left - 8, y + 4), anchor="end"))
        x = left + number / 100 * (right - left)
        shapes.append(text(f"{number} %", (x, bottom + 16), anchor="end" if number == 100 else "middle"))  # noqa: PLR2004 - per cent
    shapes.append(text(f"de dyreste {many}", ((left + right) / 2, size.height - 4), anchor="middle"))
    shapes.append(line("chart-even", (left, bottom), (right, top)))
    if len(points) > 1:
        area = [(left, bottom), *drawn, (right, bottom)]
        shapes.append(format_html('<polygon class="chart-area" points="{}"/>', _path(area)))
        shapes.append(format_html('<polyline class="chart-line" points="{}"/>', _path(drawn)))
        tenth = points[max(1, round((len(points) - 1) / 10))]
        x, y = left + tenth[0] * (right - left), bottom - tenth[1] * (bottom - top)
        mark = format_html('<circle class="chart-point" cx="{}" cy="{}" r="4"/>', place(x), place(y))
        words = f"de dyreste {_per_cent(tenth[0])}: {_per_cent(tenth[1])} af udgiften"
        shapes.append(linked(mark, words, ""))
        shapes.append(text(words, (x + 10, max(y + 16, top + 12)), css="chart-figure"))
    return joined(shapes)


def _per_cent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f} %"
