"""Charts are read as the XML they are: what is drawn, how long it is, and what it says to those who cannot see it."""

from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.ui import charts
from styr.ui.chart_bars import parts_of

WORDS = charts.Words("aar", "Budget og forbrug", "Over budget fra april.")
SVG = "svg"
ore = st.none() | st.integers(-(10**9), 10**11)
months = st.lists(st.builds(charts.Month, st.just("jan"), ore, ore, ore), min_size=1, max_size=15)


def read(chart: str) -> Element:
    return fromstring(chart)  # noqa: S314 - our own drawing


def drawings(chart: str) -> list[Element]:
    return read(chart).findall(SVG)


def inside(svg: Element) -> bool:
    _, _, width, height = (float(number) for number in svg.attrib["viewBox"].split())
    return all(
        float(rect.attrib["x"]) >= -0.1
        and float(rect.attrib["y"]) >= -0.1
        and float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width + 0.2
        and float(rect.attrib["y"]) + float(rect.attrib["height"]) <= height + 0.2
        for group in (*svg.iter("g"), *svg.iter("a"))
        for rect in group.findall("rect")
    )


@given(months)
def test_no_bar_is_drawn_outside_the_chart(year: list[charts.Month]) -> None:
    assert all(inside(svg) for svg in drawings(charts.bars_per_month(WORDS, year)))


@given(months)
def test_the_parts_of_a_bar_meet_and_sum_to_the_month(year: list[charts.Month]) -> None:
    for month in year:
        parts = list(parts_of(month))
        above = [part for part in parts if part.low_ore >= 0]
        assert all(part.low_ore < part.high_ore for part in parts)
        assert all(one.high_ore == other.low_ore for one, other in pairwise(above))
        spent, expected = month.actual_ore or 0, max(month.forecast_ore or 0, 0)
        assert sum(part.high_ore - part.low_ore for part in above) == max(spent, 0) + expected


def test_a_bar_splits_where_it_passes_the_budget_in_what_is_spent_and_in_what_is_expected() -> None:
    def kinds(actual: int | None, forecast: int | None) -> list[tuple[str, int, int]]:
        return [
            (part.kind, part.low_ore, part.high_ore) for part in parts_of(charts.Month("nov", actual, forecast, 100))
        ]

    assert kinds(80, None) == [("actual", 0, 80)]
    assert kinds(130, None) == [("actual", 0, 100), ("over", 100, 130)]
    assert kinds(60, 70) == [("actual", 0, 60), ("forecast", 60, 100), ("over-forecast", 100, 130)]
    assert kinds(130, 10) == [("actual", 0, 100), ("over", 100, 130), ("over-forecast", 130, 140)]
    assert kinds(-20, 50) == [("actual", -20, 0), ("forecast", 0, 50)]


def test_heights_are_proportional_to_amounts() -> None:
    year = [charts.Month("jan", 3_000_000), charts.Month("feb", 6_000_000), charts.Month("mar", 12_000_000)]
    for svg in drawings(charts.bars_per_month(WORDS, year)):
        heights = [float(rect.attrib["height"]) for group in svg.iter("g") for rect in group.findall("rect")]
        assert heights[1] / heights[0] == pytest.approx(2, rel=0.01)
        assert heights[2] / heights[0] == pytest.approx(4, rel=0.01)


def test_the_drawing_says_what_it_shows_and_has_its_table_beside_it() -> None:
    year = [charts.Month("okt", 11_000_000, None, 9_600_000), charts.Month("nov", None, 11_200_000, 9_600_000)]
    figure = read(charts.bars_per_month(WORDS, year))
    for svg in figure.findall(SVG):
        assert svg.attrib["role"] == "img"
        assert svg.attrib["aria-labelledby"] == svg.findall("title")[0].attrib["id"]
        assert svg.findtext("title") == "Budget og forbrug"
        assert svg.findtext("desc") == "Over budget fra april."
        assert "okt: 110.000 kr., 14.000 kr. over budget" in [title.text for title in svg.iter("title")]
    assert figure.findtext("details/summary") == "Vis som tabel"
    rows = ["|".join(cell.text or "" for cell in row) for row in figure.iter("tr")]
    assert rows == [
        "Måned|Budget|Forbrug|Prognose|Over budget",
        "okt|96.000 kr.|110.000 kr.|–|14.000 kr.",
        "nov|96.000 kr.|–|112.000 kr.|16.000 kr.",
    ]
    assert [item[0].tail for item in figure.findall("ul/li")] == ["Forbrug", "Prognose", "Over budget", "Budget"]


def test_forecast_and_overspending_are_hatched_each_in_its_own_way() -> None:
    chart = charts.bars_per_month(WORDS, [charts.Month("nov", 5_000_000, 4_000_000, 4_500_000)])
    for svg in drawings(chart):
        patterns = {pattern.attrib["id"] for pattern in svg.iter("pattern")}
        used = {rect.attrib["fill"][5:-1] for rect in svg.iter("rect") if "fill" in rect.attrib}
        assert used <= patterns
        assert {name.removeprefix("aar-").partition("-")[2] for name in used} == {"over", "over-forecast"}


def test_ids_are_unique_so_that_two_sizes_and_two_charts_live_on_a_page() -> None:
    page = read(f"<div>{charts.bars_per_month(WORDS, [charts.Month('jan', 1)])}"
                f"{charts.horizontal_bars(charts.Words('b', 'B', 'b'), [charts.Bar('x', 1)])}</div>")  # fmt: skip
    ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


def test_a_bar_with_an_address_is_a_link_and_the_drawing_then_no_image() -> None:
    chart = charts.bars_per_month(WORDS, [charts.Month("jan", 100_000, address="/fakturaer/?maaned=1&a=2")])
    for svg in drawings(chart):
        assert svg.attrib["role"] == "group"
        link = next(svg.iter("a"))
        assert link.attrib["href"] == "/fakturaer/?maaned=1&a=2"
        assert link.findtext("title") == "jan: 1.000 kr."


def test_names_are_escaped() -> None:
    chart = charts.horizontal_bars(
        charts.Words("n", "<b>", "\"x\" & 'y'"), [charts.Bar("<script>alert(1)</script>", 1)]
    )
    assert "<script" not in chart
    assert drawings(chart)[0].findtext("title") == "<b>"


steps = st.lists(st.builds(charts.Step, st.text("abcæøå ", max_size=40), st.integers(-(10**10), 10**10), st.booleans()),
                 min_size=1, max_size=9)  # fmt: skip


@given(steps)
def test_a_waterfall_stays_in_its_frame_and_its_table_carries_the_sum(made: list[charts.Step]) -> None:
    figure = read(charts.waterfall(WORDS, made))
    assert all(inside(svg) for svg in figure.findall(SVG))
    now = 0
    for step, row in zip(made, list(figure.iter("tr"))[1:], strict=True):
        now = step.ore if step.total else now + step.ore
        told = (row[2].text or "").removesuffix(" kr.").replace(".", "")
        assert abs(int(told) * 100 - now) <= 50


@given(st.lists(st.builds(charts.Bar, st.text("abc ", max_size=60), st.integers(-(10**9), 10**10)), max_size=8))
def test_horizontal_bars_stay_in_their_frame(bars: list[charts.Bar]) -> None:
    assert all(inside(svg) for svg in drawings(charts.horizontal_bars(WORDS, bars)))


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(st.builds(charts.Span, st.just("Botilbud"), days, st.none()), max_size=4), days, st.integers(1, 2000))
def test_a_timeline_shows_only_its_window(spans: list[charts.Span], start: date, length: int) -> None:
    window = charts.Window(start, date.fromordinal(start.toordinal() + length), today=start)
    assert all(inside(svg) for svg in drawings(charts.timeline(WORDS, spans, window)))


def test_the_table_of_a_timeline_tells_the_last_day_inclusive() -> None:
    span = charts.Span("Botilbud", date(2026, 1, 1), date(2026, 11, 1), note="udløbet")
    figure = read(charts.timeline(WORDS, [span], charts.Window(date(2026, 1, 1), date(2027, 1, 1))))
    assert [cell.text for cell in list(figure.iter("tr"))[1]] == ["Botilbud", "1. jan. 2026 – 31. okt. 2026", "udløbet"]


@given(st.lists(st.integers(-(10**9), 10**9), max_size=30))
def test_a_sparkline_stays_in_its_frame_and_says_what_it_shows(values: list[int]) -> None:
    svg = read(charts.sparkline(values, title="Stigende"))
    assert svg.findtext("title") == "Stigende"
    points = [point.split(",") for point in svg.findall("polyline")[0].attrib["points"].split()]
    assert len(points) == len(values)
    assert all(0 <= float(x) <= 96 and 0 <= float(y) <= 24 for x, y in points)


def test_the_exact_shape_of_a_small_chart() -> None:
    wide = drawings(charts.bars_per_month(WORDS, [charts.Month("jan", 10_000_000, None, 10_000_000)]))[1]
    assert wide.attrib["viewBox"] == "0 0 880 280"
    bar = next(rect for rect in wide.iter("rect") if rect.attrib["class"] == "bar-part bar-part--actual")
    assert (bar.attrib["x"], bar.attrib["y"], bar.attrib["width"], bar.attrib["height"]) == (
        "430", "67.7", "64", "188.3",
    )  # fmt: skip
    budget = next(line for line in wide.iter("line") if line.attrib["class"] == "chart-budget")
    assert budget.attrib["y1"] == budget.attrib["y2"] == "67.7"
