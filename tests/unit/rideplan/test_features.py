"""Each feature of the model: the planner keeps it, and a plan made in ignorance of it fails the verifier."""

from dataclasses import replace
from math import inf

import pytest

from rideplan.model.fleet import Break, Shift, VehicleType
from rideplan.model.plan import Result
from rideplan.model.problem import Assignment, Lock, Problem, Weights
from rideplan.model.requests import Stop
from rideplan.solver import solve
from rideplan.verifier import verify
from unit.rideplan.problems import SHORT, bus, problem, ride

TWO = (ride("a", 10, 20), ride("b", 10, 20))
PROMPT = replace(ride("a", 10, 20, max_ride=10.0), pickup=Stop(10, 0.0, 15.0))
WHEELCHAIRS = VehicleType("bus", 2, ((4, 0), (1, 1)), shifts=(Shift(0, 1000),))
TWO_TYPES = (replace(bus(), per_km=1.0), VehicleType("lift", 1, ((4,),), features=frozenset({"lift"}), per_km=3.0))


def case(strict: Problem, **ignorant: object) -> tuple[Problem, Problem]:
    return strict, replace(strict, **ignorant)  # type: ignore[arg-type]  # the fields of a problem


CASES = {
    "window": case(problem(ride("a", 10, 20), ride("b", 5, 1, late=10)), requests=(TWO[0], ride("b", 15, 1))),
    "ride_time": case(
        problem(PROMPT, ride("b", 15, 18, early=40.0)),
        requests=(replace(PROMPT, max_ride=inf), ride("b", 15, 18, early=40.0)),
    ),
    "capacity": case(problem(*TWO, fleet=(bus(2, seats=1),)), vehicles=(bus(2),)),
    "duration": case(
        problem(ride("a", 10, 20, late=25.0), ride("c", 20, 25, early=60.0), fleet=(bus(2, max_duration=55.0),)),
        vehicles=(bus(2),),
    ),
    "shift": case(
        problem(ride("a", 10, 20, early=15.0), fleet=(bus(shifts=(Shift(0, 45),)),)),
        requests=(ride("a", 10, 20, early=30.0),),
        vehicles=(bus(),),
    ),
    "break": case(problem(TWO[0], fleet=(bus(shifts=(Shift(0, 90, Break(12, 30, 5)),)),)), vehicles=(bus(),)),
    "feature": case(problem(ride("a", 10, 20, needs=frozenset({"lift"})), fleet=TWO_TYPES), requests=(TWO[0],)),
    "solo": case(problem(ride("a", 10, 20, solo=True), TWO[1]), requests=TWO),
    "apart": case(problem(ride("a", 10, 20, apart=frozenset({"b"})), TWO[1]), requests=TWO),
    "together": case(
        problem(
            ride("a", 10, 20, early=500, together="twins"),
            ride("b", 10, 20, late=100, together="twins"),
            fleet=(bus(2, per_minute=1.0),),
        ),
        requests=(ride("a", 10, 20, early=500), ride("b", 10, 20, late=100)),
    ),
    "lock": case(problem(*TWO, fleet=(bus(2),), locks=(Lock("a", "bus/2", pickup=33.0),)), locks=()),
    "absent": case(problem(*TWO, fleet=(bus(2),), absent=frozenset({"bus/1"})), absent=frozenset()),
    "unserved": case(problem(TWO[0]), requests=(ride("a", 10, 20, outside_price=1.0),)),
    "order": case(problem(*TWO), requests=(TWO[0], replace(TWO[1], id="stranger"))),
    "place": case(problem(*TWO), requests=(TWO[0], replace(TWO[1], pickup=Stop(12)))),
}


def broken(strict: Problem, made: Result) -> set[str]:
    return {row.constraint for row in verify(strict, made.routes)}


@pytest.mark.parametrize("feature", CASES)
def test_a_plan_in_ignorance_of_a_feature_fails_the_verifier(feature: str) -> None:
    strict, ignorant = CASES[feature]
    made = solve(ignorant, SHORT)
    assert feature in broken(strict, made)


@pytest.mark.parametrize("feature", CASES)
def test_the_planner_keeps_each_feature(feature: str) -> None:
    strict, _ = CASES[feature]
    made = solve(strict, SHORT)
    assert broken(strict, made) - {"unserved"} == set()


@pytest.mark.parametrize("feature", sorted(set(CASES) - {"together"}))
def test_everyone_is_driven_where_the_feature_leaves_room(feature: str) -> None:
    assert solve(CASES[feature][0], SHORT).feasible


def test_a_wheelchair_place_takes_the_seats_of_its_configuration() -> None:
    seated = [ride(f"s{n}", 10, 20, load=(1, 0)) for n in range(3)]
    chair = ride("w", 10, 20, load=(0, 1))
    strict = problem(*seated, chair, fleet=(WHEELCHAIRS,), dimensions=("seat", "wheelchair"))
    made = solve(strict, SHORT)
    assert made.feasible
    roomy = replace(WHEELCHAIRS, configurations=((4, 1),))
    ignorant = solve(replace(strict, vehicles=(replace(roomy, fixed_cost=100.0),)), SHORT)
    assert broken(strict, ignorant) == {"capacity"}


def test_a_feature_that_is_refused_and_a_service_time_cannot_be_ignored_either() -> None:
    dear, cheap = replace(bus(), per_km=3.0), VehicleType("lift", 1, ((4,),), features=frozenset({"lift"}))
    wary = problem(ride("a", 10, 20, refuses=frozenset({"lift"})), fleet=(dear, cheap))
    assert solve(wary, SHORT).feasible
    assert broken(wary, solve(replace(wary, requests=(TWO[0],)), SHORT)) == {"feature"}
    slow = problem(replace(TWO[0], pickup=Stop(10, service=5.0)))
    assert solve(slow, SHORT).feasible
    assert broken(slow, solve(replace(slow, requests=(TWO[0],)), SHORT)) == {"travel"}


def test_the_same_vehicle_drives_two_trips_a_day_and_pays_its_fixed_cost_once() -> None:
    fleet = bus(fixed_cost=100.0, shifts=(Shift(0, 100), Shift(500, 600)))
    made = solve(problem(ride("m", 10, 20, late=60), ride("n", 20, 10, early=520), fleet=(fleet,)), SHORT)
    assert [route.shift for route in made.routes] == [0, 1]
    assert (made.vehicles, made.costs.fixed, made.feasible) == (1, 100.0, True)


def test_trips_of_one_vehicle_that_overlap_are_named() -> None:
    fleet = bus(shifts=(Shift(0, 100), Shift(500, 600)))
    strict = problem(ride("m", 10, 20, late=60), ride("n", 20, 10, early=520), fleet=(fleet,))
    morning, noon = solve(strict, SHORT).routes
    assert "overlap" in {row.constraint for row in verify(strict, (replace(morning, end=530.0), noon))}


def test_whoever_is_served_twice_is_named() -> None:
    strict = problem(*TWO, fleet=(bus(2),))
    (route,) = solve(strict, SHORT).routes
    assert "twice" in {row.constraint for row in verify(strict, (route, replace(route, vehicle="bus/2")))}


def test_an_unknown_vehicle_and_impossible_travel_are_named() -> None:
    strict = problem(*TWO)
    (route,) = solve(strict, SHORT).routes
    hurried = replace(route, visits=tuple(replace(v, time=10.0) for v in route.visits))
    assert "vehicle" in {row.constraint for row in verify(strict, (replace(route, vehicle="x/1"),))}
    assert "travel" in {row.constraint for row in verify(strict, (hurried,))}


def test_citizens_keep_their_driver_where_a_change_costs_more_than_it_saves() -> None:
    before = (Assignment("a", "bus/2", 10.0), Assignment("b", "bus/1", 10.0))
    free = problem(*TWO, fleet=(bus(2),), existing=before)
    assert solve(free, SHORT).changed_driver == 1
    assert solve(replace(free, weights=Weights(changed_driver=1000.0)), SHORT).changed_driver == 0


def test_citizens_keep_their_time_where_a_change_costs_something() -> None:
    before = (Assignment("a", "bus/1", 200.0),)
    kept = solve(problem(TWO[0], existing=before, weights=Weights(changed_time=50.0)), SHORT)
    assert kept.changed_time == 0
    assert kept.routes[0].visits[0].time == pytest.approx(200.0, abs=5.001)
