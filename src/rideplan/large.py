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
from rideplan.schedule import Sequence, costs_of, sequences_of
from rideplan.solver import Effort, judged, solve
from rideplan.stopping import Listener, Progress, Stop
from rideplan.validation import check

_FIRST_SHARE = 0.4  # of the budget, for the first plan by institution


@dataclass(frozen=True, slots=True)
class Cutting:
    """How a large problem is cut: requests in a part, turns of re-planning in mixed parts, and what is left whole."""

    size: int = 250
    turns: int = 4
    whole: int = 600


def solve_large(  # noqa: PLR0913  the problem, and what may be chosen
    problem: Problem,
    stop: Stop,
    *,
    seed: int = 0,
    workers: int | Executor = 1,
    cutting: Cutting = Cutting(),
    listener: Listener | None = None,
) -> Result:
    """Plans a large problem; one that fits a single part is searched globally.

    Args:
        problem: What to plan.
        stop: CPU-seconds or iterations in all, over all parts, turns and processes.
        seed: With a budget in iterations, a seed gives the same plan whichever the number of workers.
        workers: Processes on this machine, 1 stays in this one; or an executor (`machines` gives a Dask cluster's).
        cutting: Size of the parts and turns.
        listener: Told of each part that is planned (`best` is the cost of the latest whole plan, infinite before
            there is one); answering `False` ends the search with that plan.

    Raises:
        InvalidProblemError: Fields that cannot be meant.
    """
    check(problem)
    if len(problem.requests) <= cutting.whole:
        return solve(problem, stop, seed=seed, listener=listener)
    with _processes(workers) as pool:
        parts = by_institution(problem, cutting.size)
        share = _FIRST_SHARE if cutting.turns else 1.0
        work = _Turns(problem, pool, listener, cutting.turns + 1)
        work.carry_out(parts, _slice(stop, share / len(parts)), seed)
        for turn in range(1, cutting.turns + 1):
            if work.cancelled:
                break
            parts = mixed(problem, work.routes, cutting.size, turn)
            work.carry_out(parts, _slice(stop, (1 - share) / cutting.turns / len(parts)), seed + 1000 * turn)
    spent = stop.seconds * work.turn / (cutting.turns + 1) if stop.seconds < inf else 0.0
    return judged(problem, work.routes, Effort(work.spent, spent, seed))


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


@dataclass(slots=True)
class _Turns:
    """The turns of a large plan, and what they have come to."""

    problem: Problem
    pool: Executor | None
    listener: Listener | None
    turns: int
    routes: tuple[Route, ...] = ()
    spent: int = 0
    turn: int = 0
    best: float = inf
    cancelled: bool = False

    def carry_out(self, parts: tuple[Part, ...], stop: Stop, seed: int) -> None:
        """Plans parts side by side; a turn that is cancelled half-way changes only the parts that were done."""
        tasks = [_task(self.problem, part, self.routes, stop, seed + number) for number, part in enumerate(parts)]
        found = map(_plan, tasks) if self.pool is None else self.pool.map(_plan, tasks)
        made: list[Route] = []
        for number, (routes, steps) in enumerate(found, 1):
            made += routes
            self.spent += steps
            if self._told(number / len(parts)) is False:
                self.cancelled = True
                made += [row for part in parts[number:] for row in self.routes if row.vehicle in part.vehicles]
                break
        self.routes, self.turn = tuple(made), self.turn + 1
        if self.listener is not None:
            costs, _, _ = costs_of(self.problem, self.routes)
            self.best = costs.total

    def _told(self, part: float) -> bool | None:
        if self.listener is None:
            return None
        return self.listener(Progress((self.turn + part) / self.turns, self.spent, self.best))


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
