"""`solve`: a problem in, a checked result out."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rideplan.kernels.arrays import BEST, COST, Data, State, Work
from rideplan.kernels.upkeep import take_over
from rideplan.model.plan import Result, Route
from rideplan.model.problem import Problem
from rideplan.prepare import prepare
from rideplan.reasons import unserved_of
from rideplan.schedule import Sequence, changes, costs_of, fill, routes_of
from rideplan.search import Search, begin, improve
from rideplan.stopping import Listener, Stop
from rideplan.validation import check
from rideplan.verifier import verify


@dataclass(frozen=True, slots=True)
class Effort:
    """What a search spent."""

    iterations: int = 0
    seconds: float = 0.0
    seed: int = 0


def solve(
    problem: Problem,
    stop: Stop,
    *,
    seed: int = 0,
    start: Mapping[tuple[str, int], Sequence] | None = None,
    listener: Listener | None = None,
) -> Result:
    """Plans the rides of a problem.

    Args:
        problem: What to plan.
        stop: When to end.
        seed: With a budget in iterations alone, a seed always gives the same plan.
        start: Orders of visits by vehicle and shift to begin with (of a legal plan).
        listener: Told of the progress; answering `False` ends the search.

    Returns:
        A plan with times, costs, who is left out and why, and the independent verifier's verdict.

    Raises:
        InvalidProblemError: Fields that cannot be meant, each named.
    """
    check(problem)
    data = prepare(problem)
    search = begin(data, stop, seed, listener)
    if start:
        fill(problem, search.state, dict(start))
        take_over(data, search.state, search.work)
        search.state.total[BEST] = search.state.total[COST]
        search.state.best_route[:], search.state.best_size[:] = search.state.route, search.state.size
    improve(search, fewer_vehicles=not start and worth_squeezing(data))
    return _answer(problem, search, seed)


def worth_squeezing(data: Data) -> bool:
    """Whether the search should first look for fewer vehicles: where a vehicle costs more than a few long drives."""
    longest = float(data.cost.max(initial=0))
    return bool(len(data.fixed) and data.fixed.min() > longest / 4)


def _answer(problem: Problem, search: Search, seed: int) -> Result:
    routes = best_routes(problem, search.data, search.state, search.work)
    share = search.share()
    seconds = share * search.stop.seconds if np.isfinite(search.stop.seconds) else 0.0
    return judged(problem, routes, Effort(search.spent, seconds, seed))


def best_routes(problem: Problem, data: Data, state: State, work: Work) -> tuple[Route, ...]:
    """The best plan of a search, in the order of the fleet."""
    return routes_of(problem, data, state, work)


def judged(problem: Problem, routes: tuple[Route, ...], effort: Effort = Effort()) -> Result:
    """A plan with its figures, its verdict and the reasons of those left out."""
    costs, distance, co2 = costs_of(problem, routes)
    drivers, times = changes(problem, routes)
    return Result(
        routes=routes,
        unserved=unserved_of(problem, routes),
        violations=verify(problem, routes),
        vehicles=len({route.vehicle for route in routes}),
        distance=distance,
        costs=costs,
        co2=co2,
        changed_driver=drivers,
        changed_time=times,
        estimated=problem.travel.estimated,
        iterations=effort.iterations,
        seconds=effort.seconds,
        seed=effort.seed,
    )
