"""Fewer vehicles, and routes put together anew."""

from dataclasses import replace

import numpy as np

from rideplan.kernels.arrays import BEST, MET_FROM, MET_SIZE, NEARLY, OUT, ROUTES
from rideplan.kernels.upkeep import take_over
from rideplan.model.fleet import Shift
from rideplan.model.problem import Lock, Problem, Travel
from rideplan.model.requests import Request, Stop
from rideplan.pool import usable
from rideplan.prepare import prepare
from rideplan.search import Search, begin, cap, drop_route, put_together, squeeze, uncap
from rideplan.solver import solve
from rideplan.stopping import Stop as Budget
from unit.rideplan.problems import bus, problem


def errands(number: int = 14) -> Problem:
    """Short rides all over a square, 25 minutes to begin each."""
    chance = np.random.default_rng(5)
    at = np.vstack([[10.0, 10.0], chance.uniform(0, 20, (2 * number, 2))])
    matrix = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    requests = []
    for row in range(number):
        early = float(chance.integers(20, 120))
        requests.append(Request(f"r{row}", Stop(1 + 2 * row, early, early + 25.0), Stop(2 + 2 * row, close=early + 60)))
    fleet = bus(number, seats=3, fixed_cost=400.0, shifts=(Shift(0, 340),))
    return Problem(tuple(requests), (fleet,), Travel(matrix, matrix))


def shuttle(fixed: float) -> Problem:
    """Rides at both ends of the line by turns, an hour apart: one bus can, but drives to and fro."""
    rides = []
    for turn in range(6):
        place, time = (1, 28)[turn % 2], 60.0 * (turn + 1)
        rides.append(Request(f"r{turn}", Stop(place, time, time + 10.0), Stop(place + 1, close=time + 20.0)))
    return problem(*rides, fleet=(bus(3, start=15, end=15, fixed_cost=fixed),))


def begun(day: Problem, steps: int = 40) -> Search:
    search = begin(prepare(day), Budget(iterations=100_000), 1)
    search.run(steps, 1.0)
    return search


def test_where_vehicles_are_dear_fewer_drive() -> None:
    dear, cheap = (solve(shuttle(fixed), Budget(iterations=2000), seed=1) for fixed in (400.0, 10.0))
    assert (dear.vehicles, cheap.vehicles) == (1, 2)
    assert dear.distance > cheap.distance


def test_squeezing_leaves_nobody_out() -> None:
    search = begun(shuttle(fixed=400.0))
    assert squeeze(search, 1.0)
    assert search.state.tally[[OUT, ROUTES]].tolist() == [0, 1]


def test_fewer_vehicles_that_only_drive_further_are_not_kept() -> None:
    search = begun(shuttle(fixed=10.0))
    assert not squeeze(search, 1.0)
    assert search.state.tally[[OUT, ROUTES]].tolist() == [0, 2]


def test_a_plan_that_leaves_somebody_out_is_no_answer_while_that_is_allowed() -> None:
    search = begun(errands())
    cap(search, 0.01)
    drop_route(search)
    search.run(20, 0.01)
    assert search.state.best_size.sum() == 28
    uncap(search, 0.01, prepare(errands()).penalty)
    assert search.state.tally[OUT] == 0


def test_routes_met_are_put_together_to_a_plan_as_cheap_as_the_best() -> None:
    search = begin(prepare(errands()), Budget(seconds=1000, iterations=100_000), 1)
    search.run(40, 1.0)
    search.state.total[NEARLY] = 1e9
    search.run(150, 30.0)
    met, best = np.count_nonzero(search.state.met[:, MET_SIZE]), search.state.total[BEST]
    put_together(search)
    assert met > search.state.tally[ROUTES]
    assert search.state.total[BEST] <= best
    assert search.state.tally[OUT] == 0


def test_of_the_routes_met_with_the_same_riders_the_cheapest_order_is_kept() -> None:
    search = begin(prepare(errands()), Budget(seconds=1000, iterations=100_000), 1)
    search.state.total[NEARLY] = 1e9
    search.run(300, 30.0)
    state, half = search.state, len(search.data.ride)
    found: dict[frozenset[int], float] = {}
    for row in np.flatnonzero(state.met[:, MET_SIZE]):
        nodes = state.met[row, MET_FROM : MET_FROM + state.met[row, MET_SIZE]]
        riders = frozenset(int(node) for node in nodes if node < half)
        assert riders not in found
        assert riders == frozenset(int(node) - half for node in nodes if node >= half)
        found[riders] = float(state.met_price[row])
    for slot in np.flatnonzero(state.best_size):
        nodes = state.best_route[slot, 1 : state.best_size[slot] + 1]
        riders = frozenset(int(node) for node in nodes if node < half)
        state.size[:], state.route[slot, 1 : len(nodes) + 1], state.size[slot] = 0, nodes, len(nodes)
        take_over(search.data, state, search.work)
        assert found.get(riders, 0.0) <= state.price[slot] + 1e-9


def test_routes_are_not_put_together_where_vehicles_are_not_alike() -> None:
    day = errands(4)
    assert usable(prepare(day))
    assert not usable(prepare(replace(day, locks=(Lock("r1", "bus/2"),))))
