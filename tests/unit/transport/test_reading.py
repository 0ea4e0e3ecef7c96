"""Days of the week as people write them, and what services answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.transport.core.answers import UnreadableAnswerError, addresses_in, road_in
from styr.transport.core.codes import OperatorKind
from styr.transport.core.distance import Basis, Point, air_line, estimated
from styr.transport.core.weekdays import UnreadableWeekdaysError, days_of, mask_of, text_of


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        *(("man ons fre", 0b10101), ("mandag-fredag", 31), ("Hverdage", 31), ("1,3;5", 0b10101), (None, 0), ("", 0)),
        *(("lø og sø", 0b1100000), ("alle", 127), ("tirsdag/torsdag", 0b1010), ("skoledage", 31), ("dagligt", 127)),
    ],
)
def test_weekdays_are_read_as_people_write_them(text: str | None, mask: int) -> None:
    assert mask_of(text) == mask


@pytest.mark.parametrize("text", ["måske", "8", "0", "man-blå"])
def test_a_word_that_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(UnreadableWeekdaysError):
        mask_of(text)


@given(st.integers(1, 127))
def test_days_written_out_are_read_back(mask: int) -> None:
    written = {"alle dage": "alle", "hverdage": "hverdage"}.get(text_of(mask), text_of(mask))
    assert mask_of(written) == mask
    assert sum(1 << day for day in days_of(mask)) == mask
    assert text_of(0) == "efter behov"


def test_an_address_is_read_with_or_without_its_written_form() -> None:
    parts = {"vejnavn": "Ellevej", "husnr": "1", "postnr": "9999", "postnrnavn": "Eksempel", "x": 12.5, "y": "55.7"}
    [found] = addresses_in([parts])
    assert (found.written, found.latitude) == ("Ellevej 1, 9999 Eksempel", Decimal("55.700000"))


@pytest.mark.parametrize(
    "told",
    [None, {}, [None], [{}], [{"betegnelse": "A", "x": True, "y": 1}], [{"betegnelse": "A", "x": "NaN", "y": 1}]],
)
def test_an_answer_that_is_no_list_of_addresses_is_told(told: object) -> None:
    with pytest.raises(UnreadableAnswerError):
        addresses_in(told)


@pytest.mark.parametrize(
    "told", [None, {}, {"code": "NoRoute"}, {"code": "Ok", "routes": []}, {"code": "Ok", "routes": [1]}]
)
def test_an_answer_without_a_route_is_told(told: object) -> None:
    with pytest.raises(UnreadableAnswerError):
        road_in(told)


def test_a_road_is_read_in_whole_metres() -> None:
    assert road_in({"code": "Ok", "routes": [{"distance": Decimal("1234.5")}]}) == 1234
    assert OperatorKind.MOVIA.danish == "Movia"


@given(st.decimals(54, 58, places=6), st.decimals(8, 16, places=6), st.decimals(54, 58, places=6))
def test_an_estimate_is_never_shorter_than_the_air_line(north: Decimal, east: Decimal, other: Decimal) -> None:
    line = air_line(Point(north, east), Point(other, Decimal(12)))
    road = estimated(line, likely_percent=130, most_percent=200)
    assert road.least == line <= road.metres <= road.most
    assert road.basis is Basis.ESTIMATED
    assert road.basis.danish == "skønnet"
