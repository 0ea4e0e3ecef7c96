"""A day of rides as the planner's problem and its answer: held to a verifier, exact money and what was promised."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rideplan.travel.crow import CrowFlight
from styr.routes.core.codes import LeftOut, Way
from styr.routes.core.day import Bus, Day, Ride, Spot, Terms, configurations, problem_of
from styr.routes.core.outcome import METRES, Outcome
from styr.routes.core.planner import UnableToMeasureRoadsError, roads, worked_out

SCHOOL = Spot("school", 12.30, 55.96)
GARAGE = Spot("garage", 12.31, 55.95)
BELL_IN, BELL_OUT = 8 * 60, 14 * 60
TERMS = Terms()
BUS = Bus("bus", GARAGE, seats=8, wheelchairs=2, lift=True, day_ore=90_000, km_ore=400, minute_ore=550, co2_g_km=210)


def home(number: int) -> Spot:
    return Spot(f"home{number}", 12.30 + 0.01 * (number % 5), 55.96 + 0.008 * (number // 5 + 1))


def both_ways(number: int, **facts: object) -> tuple[Ride, Ride]:
    out = Ride(f"{number} ud", Way.OUT, home(number), SCHOOL, BELL_IN)
    back = Ride(f"{number} hjem", Way.BACK, home(number), SCHOOL, BELL_OUT)
    return replace(out, **facts), replace(back, **facts)  # type: ignore[arg-type]


def day(rides: int, *buses: Bus, terms: Terms = TERMS) -> Day:
    return Day(tuple(ride for number in range(rides) for ride in both_ways(number)), buses or (BUS,), terms)


def planned(asked: Day, steps: int = 60) -> Outcome:
    return worked_out(asked, CrowFlight(), steps=steps)


def test_everyone_is_there_before_the_bell_and_home_after_it() -> None:
    asked = day(6)
    outcome = planned(asked)
    assert not outcome.faults
    assert not outcome.undriven
    assert outcome.estimated
    assert {ride.key for ride in outcome.rides} == {ride.key for ride in asked.rides}
    for ride in outcome.rides:
        if ride.key.endswith("ud"):
            assert BELL_IN - asked.terms.early <= ride.dropoff <= BELL_IN
        else:
            assert BELL_OUT <= ride.pickup <= BELL_OUT + asked.terms.late
        assert ride.dropoff - ride.pickup <= asked.terms.longest + asked.terms.stop + 1


def test_the_price_is_the_vehicle_s_own_to_the_ore() -> None:
    """Slow and exact: the day once, start, kilometres, whole minutes, lifts and administration of each trip."""
    haulier = replace(BUS, start_ore=6_200, lift_ore=4_500, fee_percent=Decimal("4.7525"))
    asked = day(5, haulier)
    first, second, *others = asked.rides
    wheels = (replace(first, wheelchair=True), replace(second, wheelchair=True), *others)
    outcome = planned(replace(asked, rides=wheels))
    assert len(outcome.routes) == 2
    for number, route in enumerate(outcome.routes):
        cost = (
            haulier.start_ore
            + (haulier.day_ore if number == 0 else 0)
            + floor(Fraction(route.metres * haulier.km_ore, METRES) + Fraction(1, 2))
            + (route.ends - route.starts) * haulier.minute_ore
            + haulier.lift_ore
        )
        fee = floor(Fraction(cost) * Fraction("4.7525") / 100 + Fraction(1, 2))
        assert (route.cost_ore, route.fee_ore) == (cost + fee, fee)
    assert outcome.vehicles == 1
    assert outcome.co2_g == sum(floor(Fraction(r.metres * 210, METRES) + Fraction(1, 2)) for r in outcome.routes)


def test_one_vehicle_s_price_a_day_is_asked_once_and_two_vehicles_twice() -> None:
    small = replace(BUS, seats=3, wheelchairs=0, km_ore=0, minute_ore=0)
    outcome = planned(day(6, small, replace(small, key="another")), steps=200)
    assert not outcome.undriven
    assert (outcome.vehicles, outcome.cost_ore) == (2, 2 * BUS.day_ore)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"wheelchair": True}, LeftOut.FEATURE),
        ({"longest": 1}, LeftOut.RIDE_TIME),
    ],
)
def test_what_no_vehicle_can_is_left_out_and_told(facts: dict[str, object], reason: LeftOut) -> None:
    plain = replace(BUS, lift=False)
    outcome = planned(Day((*both_ways(1), *both_ways(2, **facts)), (plain,)))
    assert {left.key: left.reason for left in outcome.undriven} == {"2 ud": reason, "2 hjem": reason}
    assert {ride.key for ride in outcome.rides} == {"1 ud", "1 hjem"}


def test_whoever_rides_alone_meets_nobody() -> None:
    outcome = planned(Day((*both_ways(1, solo=True), *both_ways(2)), (BUS,)), steps=200)
    assert not outcome.undriven
    spans = {ride.key: (ride.pickup, ride.dropoff) for ride in outcome.rides}
    for way in ("ud", "hjem"):
        first, second = sorted((spans[f"1 {way}"], spans[f"2 {way}"]))
        assert first[1] <= second[0] + 1


def test_a_locked_ride_stays_with_its_vehicle() -> None:
    other = replace(BUS, key="other", day_ore=500_000)
    rides = [replace(ride, vehicle="other", pickup=420, locked=True) for ride in both_ways(1)]
    outcome = planned(Day((*rides, *both_ways(2)), (BUS, other)))
    by_ride = {ride.key: outcome.routes[ride.route].bus for ride in outcome.rides}
    assert by_ride["1 ud"] == by_ride["1 hjem"] == "other"


def test_a_moved_bell_moves_the_arrival() -> None:
    outcome = planned(day(2, terms=Terms(bell=-30)))
    assert all(ride.dropoff <= BELL_IN - 30 for ride in outcome.rides if ride.key.endswith("ud"))


def test_without_vehicles_everyone_is_left_out() -> None:
    outcome = planned(day(2, replace(BUS, seats=0, wheelchairs=0)))
    assert not outcome.routes
    assert len(outcome.undriven) == 4


def test_a_wheelchair_place_takes_two_seats() -> None:
    assert configurations(8, 2) == ((8, 0), (6, 1), (4, 2))
    assert configurations(3, 2) == ((3, 0), (1, 1))
    assert day(1, BUS, replace(BUS, key="none", seats=0, wheelchairs=0)).usable() == (BUS,)


def test_a_road_server_that_is_not_there_is_told() -> None:
    with pytest.raises(UnableToMeasureRoadsError):
        worked_out(day(1), roads("ftp://nowhere"), steps=1)


def test_a_search_can_be_stopped() -> None:
    heard: list[float] = []
    worked_out(day(4), CrowFlight(), steps=100_000, listener=lambda share: heard.append(share) or False)
    assert heard
    assert heard[-1] < 0.5


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from([None, 15, 40])), min_size=1, max_size=5),
    st.integers(0, 9),
)
def test_nobody_is_lost_and_nothing_is_broken(facts: list[tuple[bool, bool, int | None]], seats: int) -> None:
    rides = [
        ride
        for number, (wheelchair, companion, longest) in enumerate(facts)
        for ride in both_ways(number, wheelchair=wheelchair, companion=companion, longest=longest)
    ]
    outcome = planned(Day(tuple(rides), (replace(BUS, seats=max(seats, 1)),)), steps=30)
    assert not outcome.faults
    told = [ride.key for ride in outcome.rides] + [left.key for left in outcome.undriven]
    assert sorted(told) == sorted(ride.key for ride in rides)
    assert all(ride.pickup <= ride.dropoff and ride.pickup_order < ride.dropoff_order for ride in outcome.rides)


def test_the_rows_of_the_matrices_are_the_places_once() -> None:
    asked = day(3)
    problem = problem_of(asked, CrowFlight().table)
    assert len(asked.spots()) == 5
    assert problem.travel.distance.shape == (5, 5)
    assert problem.dimensions == ("plads", "kørestol")
