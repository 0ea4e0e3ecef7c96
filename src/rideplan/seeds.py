"""Several searches at once, one for each seed; the answer does not depend on the number of workers."""

from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from rideplan.model.plan import Result
from rideplan.model.problem import Problem
from rideplan.solver import solve
from rideplan.stopping import Stop


def solve_seeds(problem: Problem, stop: Stop, seeds: Sequence[int], *, workers: int | Executor = 1) -> Result:
    """The best of several searches; of equal ones that of the first seed.

    Args:
        problem: What to plan.
        stop: Budget of each search.
        seeds: One search each.
        workers: Processes on this machine, 1 stays in this one; or an executor (`machines` gives a Dask cluster's).

    Raises:
        InvalidProblemError: Fields that cannot be meant.
        ValueError: There is no seed.
    """
    if not seeds:
        raise ValueError("seeds: there are none")
    search = partial(_one, problem, stop)
    if isinstance(workers, Executor):
        found = list(workers.map(search, list(seeds)))
    elif workers <= 1:
        found = [search(seed) for seed in seeds]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            found = list(pool.map(search, seeds))
    return min(found, key=lambda result: (not result.feasible, result.cost))


def _one(problem: Problem, stop: Stop, seed: int) -> Result:
    return solve(problem, stop, seed=seed)
