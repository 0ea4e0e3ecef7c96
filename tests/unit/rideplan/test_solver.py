"""The search: right, repeatable, stoppable."""

import os
import subprocess
import sys
from dataclasses import replace
from itertools import permutations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rideplan.model.plan import Kind
from rideplan.model.problem import Problem, Travel, Weights
from rideplan.model.requests import Request, Stop
from rideplan.solver import solve
from rideplan.stopping import Progress
from rideplan.stopping import Stop as Budget
from unit.rideplan.problems import SHORT, bus, problem, ride

Order = tuple[tuple[int, int], ...]


def orders(members: frozenset[int]) -> list[Order]:
    visits = [(kind, row) for row in members for kind in (0, 1)]
    return [found for found in permutations(visits) if all(found.index((0, r)) < found.index((1, r)) for r in members)]


def feasible_length(drawn: Problem, order: Order) -> float:
    """The length of one trip in an order, infinite where earliest times break a window or the seats."""
    kind, time, place, load, length = drawn.vehicles[0], 0.0, 0, 0, 0.0
    for end, row in order:
        request = drawn.requests[row]
        stop = (request.pickup, request.delivery)[end]
        step = float(drawn.travel.distance[place, stop.place])
        time, place, length = max(time + step, stop.open), stop.place, length + step
        load += request.load[0] * (1 - 2 * end)
        if time > stop.close or load > kind.configurations[0][0]:
            return inf
        time += stop.service
    home = float(drawn.travel.distance[place, 0])
    return length + home if time + home <= kind.shifts[0].close and has_times(drawn, order) else inf


def has_times(drawn: Problem, order: Order) -> bool:
    """Whether some times keep every window, ride and the duration: no cycle of differences gains (Bellman & Ford)."""
    kind, distance = drawn.vehicles[0], drawn.travel.distance
    stops = [(drawn.requests[row].pickup, drawn.requests[row].delivery)[end] for end, row in order]
    bounds = [kind.shifts[0], *stops, kind.shifts[0]]
    places, stays, midnight = [0, *(stop.place for stop in stops), 0], [0.0, *(s.service for s in stops)], len(bounds)
    later = [(n, n + 1, stays[n] + float(distance[places[n], places[n + 1]])) for n in range(len(stops) + 1)]
    for n, bound in enumerate(bounds):
        later += [(midnight, n, bound.open), (n, midnight, -bound.close)]
    for n, (end, row) in enumerate(order, 1):
        if end:
            up = 1 + order.index((0, row))
            later.append((n, up, -drawn.requests[row].max_ride - stays[up]))
    later.append((len(stops) + 1, 0, -kind.max_duration))
    time = [0.0] * (midnight + 1)
    for _ in range(midnight + 2):
        moved = [(b, time[a] + by) for a, b, by in later if time[a] + by > time[b] + 1e-9]
        for at, least in moved:
            time[at] = max(time[at], least)
    return not moved


def cheapest(drawn: Problem) -> float:
    """The least cost by trying every split over the vehicles and every order."""
    rows, kind = range(len(drawn.requests)), drawn.vehicles[0]
    best = {frozenset[int](): 0.0}
    subsets = [frozenset(r for r in rows if mask >> r & 1) for mask in range(1, 2 ** len(rows))]
    trip = {group: min(feasible_length(drawn, order) for order in orders(group)) + kind.fixed_cost for group in subsets}

    def split(left: frozenset[int], vehicles: int) -> float:
        if not left:
            return 0.0
        if vehicles == 0:
            return inf
        first = min(left)
        return min(trip[g] + split(left - g, vehicles - 1) for g in subsets if first in g and g <= left)

    best[frozenset(rows)] = split(frozenset(rows), kind.count)
    return best[frozenset(rows)]


@st.composite
def small_problems(draw: st.DrawFn, *, timed: bool = False) -> Problem:
    at = np.array(draw(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=7, max_size=7)), float)
    matrix = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    requests = []
    for row in range(draw(st.integers(1, 3))):
        early = draw(st.integers(0, 40))
        pickup = Stop(1 + 2 * row, early, early + draw(st.integers(5, 60)), draw(st.integers(0, 3)))
        most = float(draw(st.integers(8, 40))) if timed else inf
        delivery = Stop(2 + 2 * row, float(draw(st.integers(0, 60))) if timed else 0.0, 150, 1.0 if timed else 0.0)
        requests.append(Request(str(row), pickup, delivery, load=(draw(st.integers(1, 2)),), max_ride=most))
    fleet = bus(draw(st.integers(1, 2)), seats=2, fixed_cost=float(draw(st.integers(0, 30))))
    fleet = replace(fleet, max_duration=float(draw(st.integers(50, 120))) if timed else inf)
    return Problem(tuple(requests), (fleet,), Travel(matrix, matrix))


@settings(max_examples=60, deadline=None)
@given(small_problems())
def test_tiny_problems_are_solved_to_the_optimum_and_never_break_a_constraint(drawn: Problem) -> None:
    best, found = cheapest(drawn), solve(drawn, Budget(iterations=400))
    assert {row.constraint for row in found.violations} <= {"unserved"}
    if best < inf:
        assert found.feasible
        assert found.cost == pytest.approx(best, rel=1e-6)
    else:
        assert found.unserved


@settings(max_examples=60, deadline=None)
@given(small_problems(timed=True))
def test_longest_rides_and_trips_are_kept_and_cost_no_more_than_they_must(drawn: Problem) -> None:
    best, found = cheapest(drawn), solve(drawn, Budget(iterations=400))
    assert {row.constraint for row in found.violations} <= {"unserved"}
    assert found.feasible == (best < inf)
    if best < inf:
        assert found.cost == pytest.approx(best, rel=1e-6)


def test_a_seed_and_an_iteration_count_always_give_the_same_plan() -> None:
    rides = [ride(f"r{n}", 3 + n, 29 - 2 * n) for n in range(8)]
    first, second = (solve(problem(*rides, fleet=(bus(3, seats=2),)), Budget(iterations=500), seed=7) for _ in "ab")
    assert first.routes == second.routes


def test_the_listener_hears_and_may_cancel() -> None:
    heard: list[Progress] = []

    def listen(progress: Progress) -> bool:
        heard.append(progress)
        return len(heard) < 5

    made = solve(problem(ride("a", 10, 20)), Budget(iterations=10_000), listener=listen)
    assert len(heard) == 5
    assert made.iterations < 10_000
    assert made.feasible


def test_the_search_ends_when_nothing_gets_better_for_long() -> None:
    assert solve(problem(ride("a", 10, 20)), Budget(iterations=10**7, idle=1000)).iterations < 10**6


def test_a_search_must_have_an_end() -> None:
    with pytest.raises(ValueError, match="seconds or iterations"):
        Budget()


def test_an_outside_price_says_make_or_buy() -> None:
    made = solve(problem(ride("a", 10, 20, outside_price=39.0), ride("b", 10, 20, outside_price=50.0)), SHORT)
    assert made.costs.total == pytest.approx(40.0)
    bought = solve(problem(ride("a", 10, 20, outside_price=39.0)), SHORT)
    assert (bought.cost, bought.feasible, bought.unserved[0].reason) == (39.0, True, "outside")


def test_trips_wait_at_home_and_riders_wait_at_home() -> None:
    request = replace(ride("a", 10, 20), delivery=Stop(20, 100.0, 120.0))
    kind = bus(per_minute=1.0, per_rider_minute=1.0)
    (route,) = solve(problem(request, fleet=(kind,)), SHORT).routes
    assert (route.start, route.end) == pytest.approx((80.0, 120.0))
    assert [visit.time for visit in route.visits] == pytest.approx([90.0, 100.0])


def test_weights_add_up_to_the_cost() -> None:
    kind = bus(fixed_cost=7.0, per_km=2.0, per_minute=3.0, per_rider_minute=5.0, co2_per_km=0.5)
    weights = Weights(cost=2.0, vehicle=11.0, rider_minute=1.0, co2_kg=4.0)
    made = solve(problem(ride("a", 10, 20), fleet=(kind,), weights=weights), SHORT)
    assert made.cost == pytest.approx(2 * (7 + 2 * 40 + 3 * 40 + 5 * 10) + 11 + 10 + 4 * 20)
    assert made.co2 == 20


PROGRAM = """
from rideplan.solver import solve
from rideplan.stopping import Stop
from unit.rideplan.problems import bus, problem, ride
from rideplan.model.fleet import Break, Shift
kind = bus(2, seats=2, per_minute=1.0, shifts=(Shift(0, 400, Break(20, 200, 5)),))
rides = [ride(f"r{n}", 3 + 2 * n, 29 - 4 * n, max_ride=40.0, together="t" if n < 2 else None) for n in range(5)]
rides.append(ride("s", 4, 9, apart=frozenset({"r3"})))
made = solve(problem(*rides, fleet=(kind,)), Stop(iterations=25), seed=3)
print(made.routes, made.feasible)
kind = bus(4, seats=2, fixed_cost=500.0, shifts=(Shift(0, 90),))
rides = [ride(f"r{n}", 3 + 2 * n, 29 - 3 * n, early=5.0 * n, late=45.0 + 4 * n) for n in range(7)]
made = solve(problem(*rides, fleet=(kind,)), Stop(iterations=60), seed=3)
print(made.routes, made.feasible)
"""


def run_program(*, compiled: bool) -> str:
    environment = os.environ | {"NUMBA_DISABLE_JIT": "0" if compiled else "1", "PYTHONPATH": "src:tests"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_kernels_give_the_same_plan_without_the_compiler() -> None:
    plan = run_program(compiled=False)
    assert plan.count("True\n") == 2
    assert plan == run_program(compiled=True)


def test_deliveries_follow_pickups_on_the_way() -> None:
    made = solve(problem(ride("a", 10, 20), ride("b", 12, 22)), SHORT)
    kinds = [visit.kind for visit in made.routes[0].visits]
    assert kinds == [Kind.PICKUP, Kind.PICKUP, Kind.DELIVERY, Kind.DELIVERY]
