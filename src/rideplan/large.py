"""Plans for thousands of requests: seeded by institution, then re-planned in mixed parts side by side.

Plain cutting wastes vehicles at the cuts; re-planning neighbouring routes with the cuts elsewhere at each turn wins
most of that back.
"""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import inf
from multiprocessing import get_context

from rideplan.clusters import Part, by_institution, mixed, part_of
from rideplan.model.plan import Result, Route
from rideplan.model.problem import Problem
from rideplan.schedule import Sequence, sequences_of
from rideplan.solver import Effort, judged, solve
from rideplan.stopping import Stop
from rideplan.validation import check

_FIRST_SHARE = 0.4  # of the budget, for the first plan by institution


@dataclass(frozen=True, slots=True)
class Cutting:
    """How a large problem is cut: requests in a part, turns of re-planning in mixed parts, and what is left whole."""

    size: int = 250
    turns: int = 4
    whole: int = 600


def solve_large(
    problem: Problem,
    stop: Stop,
    *,
    seed: int = 0,
    workers: int | Executor = 1,
    cutting: Cutting = Cutting(),
) -> Result:
    """Plans a large problem; one that fits a single part is searched globally.

    Args:
        problem: What to plan.
        stop: CPU-seconds or iterations in all, over all parts, turns and processes.
        seed: With a budget in iterations, a seed gives the same plan whichever the number of workers.
        workers: Processes on this machine, 1 stays in this one; or an executor (`machines` gives a Dask cluster's).
        cutting: Size of the parts and turns.

    Raises:
        InvalidProblemError: Fields that cannot be meant.
    """
    check(problem)
    if len(problem.requests) <= cutting.whole:
        return solve(problem, stop, seed=seed)
    with _processes(workers) as pool:
        parts = by_institution(problem, cutting.size)
        share = _FIRST_SHARE if cutting.turns else 1.0
        routes, spent = _side_by_side(problem, parts, (), _slice(stop, share / len(parts)), seed, pool)
        for turn in range(1, cutting.turns + 1):
            parts = mixed(problem, routes, cutting.size, turn)
            budget = _slice(stop, (1 - share) / cutting.turns / len(parts))
            routes, more = _side_by_side(problem, parts, routes, budget, seed + 1000 * turn, pool)
            spent += more
    return judged(problem, routes, Effort(spent, stop.seconds if stop.seconds < inf else 0.0, seed))


@contextmanager
def _processes(workers: int | Executor) -> Iterator[Executor | None]:
    if isinstance(workers, Executor) or workers <= 1:
        yield workers if isinstance(workers, Executor) else None
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


def _slice(stop: Stop, share: float) -> Stop:
    iterations = None if stop.iterations is None else max(1, int(stop.iterations * share))
    return Stop(stop.seconds * share, iterations, stop.idle)


@dataclass(frozen=True, slots=True)
class _Task:
    """One part to plan, in any process."""

    problem: Problem
    places: tuple[int, ...]
    start: dict[tuple[str, int], Sequence]
    stop: Stop
    seed: int


def _side_by_side(  # noqa: PLR0913, PLR0917  a turn has these parts
    problem: Problem, parts: tuple[Part, ...], routes: tuple[Route, ...], stop: Stop, seed: int, pool: Executor | None
) -> tuple[tuple[Route, ...], int]:
    tasks = (_task(problem, part, routes, stop, seed + number) for number, part in enumerate(parts))
    found = list(map(_plan, tasks) if pool is None else pool.map(_plan, list(tasks)))
    return tuple(route for part, _ in found for route in part), sum(spent for _, spent in found)


def _task(problem: Problem, part: Part, routes: tuple[Route, ...], stop: Stop, seed: int) -> _Task:
    smaller, places = part_of(problem, part)
    mine = tuple(route for route in routes if route.vehicle in part.vehicles)
    return _Task(smaller, places, sequences_of(mine), stop, seed)


def _plan(task: _Task) -> tuple[tuple[Route, ...], int]:
    """A part's routes with the places of the whole, and the iterations spent."""
    found = solve(task.problem, task.stop, seed=task.seed, start=task.start)
    routes = tuple(
        replace(route, visits=tuple(replace(visit, place=task.places[visit.place]) for visit in route.visits))
        for route in found.routes
    )
    return routes, found.iterations
