"""Volumes, lots and route lists: what is counted, how sure it is, and that nobody can be recognised."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.tenders.core.anonymous import ANY_GOAL, ANYWHERE, FEWEST, rounded_time, route_list
from styr.tenders.core.codes import Element, Need, Procedure, SplitBy, TenderKind
from styr.tenders.core.lots import MOST_LOTS, proposed_lots
from styr.tenders.core.money_rules import procedure_of, standstill_until
from styr.tenders.core.rides import Ride, a_year, km_a_year, need_of
from styr.tenders.core.volumes import figures_of, peak_vehicles

LASTS = date(2028, 1, 1)
RIDE = Ride(
    grant_id=UUID(int=1), unit_id=UUID(int=9), citizen_id=UUID(int=1), area="9990 Skagen", destination_id=UUID(int=77),
    destination="Værkstedet", need=Need.SEATED, weekdays=31, out_arrive="08:22", back_leave="15:00", measured=True,
    trips=400, km=Decimal(4000), minutes=8000, waiting=10, lifts=0, bridges=2, no_shows=3, cost_ore=4_000_000,
    months=(40, 40, 40, 40, 40, 40, 0, 40, 40, 40, 20, 20), ends=None,
)  # fmt: skip


def ride(number: int, **changed: object) -> Ride:
    """The ride of another citizen."""
    return replace(RIDE, grant_id=UUID(int=number), citizen_id=UUID(int=number), **changed)  # type: ignore[arg-type]


rides = st.lists(
    st.builds(
        lambda area, goal, need, out: (area, goal, need, out),
        st.sampled_from(["9990 Skagen", "9900 Frederikshavn", ""]), st.sampled_from(["Værkstedet", "Skolen", "STU"]),
        st.sampled_from(list(Need)), st.sampled_from(["07:50", "08:22", ""]),
    ),
    max_size=40,
).map(
    lambda told: [
        ride(at + 1, area=area, destination=goal, destination_id=UUID(int=len(goal)), need=need, out_arrive=out)
        for at, (area, goal, need, out) in enumerate(told)
    ]
)  # fmt: skip


@given(rides)
def test_no_line_of_a_route_list_stands_for_fewer_than_five(known: list[Ride]) -> None:
    """And none is left out, so nothing can be worked out by subtracting."""
    lines = route_list(known)
    assert all(line.riders >= FEWEST for line in lines)
    assert sum(line.riders for line in lines) == (len(known) if len(known) >= FEWEST else 0)


def test_what_is_alone_takes_the_smallest_group_with_it() -> None:
    known = [ride(at) for at in range(1, 7)] + [ride(at, destination="Skolen") for at in range(7, 14)]
    lines = route_list([*known, ride(20, destination="STU", area="")])
    assert [(line.area, line.destination, line.riders) for line in lines] == [
        (ANYWHERE, ANY_GOAL, 7), ("9990 Skagen", "Skolen", 7),
    ]  # fmt: skip


def test_one_citizen_with_many_grants_is_one() -> None:
    assert route_list([replace(RIDE, grant_id=UUID(int=at)) for at in range(9)]) == ()


@pytest.mark.parametrize(("told", "near"), [("08:22", "08:15"), ("08:23", "08:30"), ("23:55", "00:00"), ("", "")])
def test_times_are_told_to_the_quarter(told: str, near: str) -> None:
    assert rounded_time(told) == near


def test_a_year_is_as_long_as_was_seen_of_it() -> None:
    assert (a_year(10, 73), a_year(1, 0)) == (50, 0)
    assert km_a_year(Decimal("10.05"), 73) == Decimal("50.25")
    assert need_of(solo=True, aids="kørestol") is Need.SOLO
    assert need_of(solo=False, aids="El-kørestol") is Need.WHEELCHAIR
    assert need_of(solo=False, aids="") is Need.SEATED


def test_a_lot_is_its_rides_and_the_sure_part_is_what_lasts() -> None:
    found = figures_of([RIDE, ride(2, ends=date(2027, 6, 1))], lasts_until=LASTS)
    assert (found.riders, found.ending, found.measured_percent, found.today_ore) == (2, 1, 100, 8_000_000)
    assert {one: (int(held.quantity), int(held.low)) for one, held in found.volumes.items()} == {
        Element.START: (800, 400), Element.KM: (8000, 4000), Element.MINUTE: (16000, 8000), Element.WAITING: (20, 10),
        Element.LIFT: (0, 0), Element.BRIDGE: (4, 2), Element.NO_SHOW: (6, 3), Element.DAY: (200, 200),
    }  # fmt: skip
    assert found.months[0] == 80


def test_an_unknown_way_is_the_average_of_the_others_and_told() -> None:
    unknown = ride(2, km=None, minutes=None, measured=False, cost_ore=None, trips=200)
    found = figures_of([RIDE, unknown], lasts_until=LASTS)
    assert (found.unknown_km, found.measured_percent) == (1, 67)
    assert found.volumes[Element.KM].quantity == 6000
    assert found.today_ore == 6_000_000, "today's price is as of all the trips, as the bids' are"
    alone = figures_of([unknown], lasts_until=LASTS)
    assert alone.volumes[Element.KM].quantity == 0
    assert alone.today_ore is None
    assert figures_of([], lasts_until=LASTS).measured_percent == 0


def test_vehicles_seat_eight_a_wheelchair_takes_two_and_solo_rides_alone() -> None:
    seated = [ride(at) for at in range(1, 8)]
    assert peak_vehicles(seated) == 1
    assert peak_vehicles([*seated, ride(8, need=Need.WHEELCHAIR)]) == 2
    assert peak_vehicles([*seated, ride(9, need=Need.SOLO)]) == 2
    assert peak_vehicles([ride(1), ride(2, destination_id=UUID(int=5))]) == 2, "a vehicle drives to one place"
    assert peak_vehicles([ride(1), ride(2, out_arrive="10:00", back_leave="")]) == 1


@given(rides, st.sampled_from(list(SplitBy)))
def test_lots_hold_every_ride_once_and_are_never_too_small(known: list[Ride], by: SplitBy) -> None:
    lots = proposed_lots(known, by=by)
    held = Counter(grant for lot in lots for grant in lot.grant_ids)
    assert held == Counter(one.grant_id for one in known)
    assert len(lots) <= MOST_LOTS
    assert all(len(lot.grant_ids) >= FEWEST for lot in lots) or len(known) < FEWEST
    assert all(lot.name for lot in lots)


def test_many_places_become_eight_lots() -> None:
    known = [ride(at * 10 + of, destination=f"Mål {at}") for at in range(12) for of in range(1, 6)]
    lots = proposed_lots(known, by=SplitBy.DESTINATION)
    assert (len(lots), lots[-1].name) == (8, "Øvrige")


def test_the_value_and_the_kind_choose_the_procedure() -> None:
    rules = [procedure_of(value, kind=TenderKind.OPEN, eu=1_644) for value in (164_399_999, 164_400_000, None)]
    assert rules == [Procedure.NATIONAL, Procedure.EU, Procedure.EU]
    assert procedure_of(1, kind=TenderKind.MINI, eu=1_644) is Procedure.FRAMEWORK


def test_standstill_never_ends_on_a_weekend() -> None:
    assert standstill_until(date(2026, 8, 20), days=10) == date(2026, 8, 31)
    assert standstill_until(date(2026, 8, 21), days=10) == date(2026, 8, 31)
