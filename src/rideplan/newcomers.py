"""One more citizen in a running plan: everyone else keeps vehicle and order."""

from math import inf

from rideplan.kernels.arrays import BLINK
from rideplan.kernels.search import iterate
from rideplan.kernels.upkeep import take_over
from rideplan.model.plan import Result, Route
from rideplan.model.problem import Problem
from rideplan.model.requests import Request
from rideplan.prepare import prepare
from rideplan.room import new_state, new_work
from rideplan.schedule import fill, routes_of, sequences_of
from rideplan.solver import judged
from rideplan.validation import check


def add_request(problem: Problem, routes: tuple[Route, ...], request: Request) -> tuple[Problem, Result]:
    """Puts a request where it costs least in a plan of a problem; the order of all others stays.

    Returns:
        The problem with the request, and the plan; the request is among the unserved where it fits nowhere.

    Raises:
        InvalidProblemError: A field of the request cannot be meant.
    """
    larger = problem.with_requests((*problem.requests, request))
    check(larger)
    data = prepare(larger)
    data.knob[BLINK] = 0.0
    data = data._replace(around=data.around[:, :0].copy())  # an iteration then removes nobody
    state = new_state(data, 0)
    work = new_work(data, state)
    fill(larger, state, sequences_of(routes))
    take_over(data, state, work)
    state.best_route[:], state.best_size[:] = state.route, state.size
    iterate(data, state, work, 1, 1e-9)
    return larger, judged(larger, routes_of(larger, data, state, work))


def extra_cost(before: Result, after: Result, request: str) -> float:
    """What the newcomer costs; infinite where there is no room."""
    if any(row.request == request for row in after.unserved):
        return inf
    return after.cost - before.cost
