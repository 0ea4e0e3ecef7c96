"""The economy's own charts, read as the XML they are."""

from xml.etree.ElementTree import Element, fromstring

from hypothesis import given
from hypothesis import strategies as st

from styr.ui import charts
from styr.ui.chart_lines import scale_around, shares_of

WORDS = charts.Words("oekonomi", "Prognosen over året", "Prognosen er steget siden marts.")
amounts = st.lists(st.integers(0, 10**12), max_size=300)


def read(chart: str) -> Element:
    return fromstring(chart)  # noqa: S314 - our own drawing


@given(amounts)
def test_the_curve_of_concentration_rises_to_all_and_never_lies_under_the_even_line(values: list[int]) -> None:
    points = shares_of(values)
    assert points[0] == (0.0, 0.0)
    if any(values):
        assert points[-1] == (1.0, 1.0)
    assert all(y >= x - 1e-9 for x, y in points)


def test_the_share_of_the_dearest_counts_at_least_one() -> None:
    assert charts.share_of_dearest([100, 100, 100, 700], 0.1) == 0.7
    assert charts.share_of_dearest([100] * 10, 0.1) == 0.1
    assert charts.share_of_dearest([0, -5], 0.1) is None


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30))
def test_an_axis_around_amounts_holds_them_all(values: list[int]) -> None:
    scale = scale_around(values, start=200, end=20)
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert scale.low < scale.high
    assert len(scale.ticks) <= 8


@given(amounts)
def test_the_concentration_is_drawn_whatever_the_amounts(values: list[int]) -> None:
    assert len(read(charts.concentration(WORDS, values)).findall("svg")) == 3


def test_what_was_believed_is_told_against_the_budget_in_the_table() -> None:
    points = [charts.Belief("mar", 100_00), charts.Belief("apr", 150_00, 140_00, 160_00, "?aar=2026")]
    drawn = charts.beliefs(WORDS, points, measure_ore=120_00)
    assert "-20 kr." in drawn
    assert "+30 kr." in drawn
    assert drawn.count('<a href="?aar=2026">') == 3
    assert "Usikkerhed" in drawn
    assert "chart-budget" not in charts.beliefs(WORDS, points, measure_ore=None)


def test_a_heat_cell_is_warm_over_and_cool_under_its_measure_and_says_it_in_figures() -> None:
    cells = [charts.HeatCell(121_000_00, 100_000_00, "?m=1"), charts.HeatCell(95_000_00, 100_000_00),
             charts.HeatCell(None, 5), charts.HeatCell(100_000_00, 100_000_00)]  # fmt: skip
    row = charts.HeatRow("Voksne", cells, charts.HeatCell(316_000_00, 300_000_00), "/enhed/")
    table = read(f"<div>{charts.heat(WORDS, ['jan', 'feb', 'mar', 'apr'], [row])}</div>")
    drawn = list(table.iter("td"))
    assert [cell.attrib.get("data-over") for cell in drawn] == ["3", None, None, None, "1"]
    assert drawn[1].attrib["data-under"] == "1"
    assert ["".join(cell.itertext()) for cell in drawn] == ["+21", "−5", "–", "0", "+16"]


def test_something_where_nothing_was_set_aside_is_as_far_off_as_can_be() -> None:
    assert charts.HeatCell(1, 0).level == 3
    assert charts.HeatCell(0, 0).level == 0
