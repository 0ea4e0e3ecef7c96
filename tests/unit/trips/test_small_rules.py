"""Change sheets, the order's file and seal, what a settlement says, and the town on dry land."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from exampletown.generate import make_town
from exampletown.outline import CENTRES, inside, near, road_km
from exampletown.transport_files import town_transport
from styr.trips.core.change_sheet import is_late, next_sheet
from styr.trips.core.digest import digest_of
from styr.trips.core.order_file import OrderLine, order_csv, seal_of
from styr.trips.core.rows import TripRow

ROW = TripRow(
    operator="Movia", settlement="A", external_no="1", product="Flexkommune", service_day=date(2026, 5, 4),
    cost=Decimal("100.50"), km=Decimal("7.5"),
)  # fmt: skip
LINE = OrderLine(date(2026, 5, 4), "ud", "08:00", "=Ida", "Ellevej 1", "Værkstedet", "", True, False, 45)  # noqa: FBT003 - a row


@pytest.mark.parametrize(
    ("today", "month", "day"),
    [
        (date(2026, 11, 25), date(2026, 12, 1), date(2026, 11, 25)),
        (date(2026, 11, 26), date(2027, 1, 1), date(2026, 12, 25)),
        (date(2026, 12, 1), date(2027, 1, 1), date(2026, 12, 25)),
        (date(2026, 12, 31), date(2027, 2, 1), date(2027, 1, 25)),
    ],
)
def test_a_month_can_be_changed_until_the_25th_of_the_month_before(today: date, month: date, day: date) -> None:
    assert next_sheet(today) == (month, day)
    assert not is_late(starts=month, told_on=today)
    assert is_late(starts=month.replace(day=1), told_on=day.replace(day=26))


def test_a_settlement_says_the_same_in_any_order_and_with_any_noughts() -> None:
    other = replace(ROW, external_no="2")
    assert digest_of([ROW, other]) == digest_of([other, replace(ROW, cost=Decimal("100.5000"))])
    assert digest_of([ROW, other]) != digest_of([ROW, replace(other, cost=Decimal("100.51"))])
    assert digest_of([ROW]) != digest_of([ROW, ROW])


def test_an_order_s_file_has_no_formulas_and_its_seal_hangs_on_the_one_before() -> None:
    content = order_csv(7, [LINE])
    assert content.decode().splitlines()[2] == "1;04-05-2026;ud;08:00;'=Ida;Ellevej 1;Værkstedet;;ja;nej;45;"
    first = seal_of(7, content, "")
    assert seal_of(8, content, first) != seal_of(8, content, "") != first
    assert seal_of(7, content + b" ", "") != first


def test_the_town_lies_within_its_outline_and_is_the_same_for_the_same_seed() -> None:
    assert all(inside(centre) for centre in CENTRES.values())
    assert not inside((56.5, 8.5))
    rng = Random("places")  # noqa: S311 - an invented town
    assert all(inside(near(rng, centre, 0.02)) for centre in CENTRES.values())
    assert road_km((56.0, 8.5), (56.0, 8.5)) == 0
    today = date(2026, 11, 21)
    one, two = (town_transport(3, 0.02, make_town(3, 0.02, today)) for _ in range(2))
    assert all(place.point is None or inside(place.point) for place in one.places)
    told = [
        [(trip.number, trip.citizen, trip.cost, trip.flaws) for trip in made.settlements[0].trips]
        for made in (one, two)
    ]
    assert told[0] == told[1]
    assert {ride.number for ride in one.rides} == {ride.number for ride in two.rides}
