"""One more citizen in a running plan: everyone else keeps vehicle and order."""

from math import inf

import numpy as np

from rideplan.kernels.arrays import BLINK, Ints, State
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
    data = prepare(larger, lists=False)  # an iteration then removes nobody
    data.knob[BLINK] = 0.0
    state = new_state(data, 0)
    work = new_work(data, state)
    fill(larger, state, sequences_of(routes))
    take_over(data, state, work)
    data = data._replace(near=_one_of_each_route(state, len(data.near)))
    state.best_route[:], state.best_size[:] = state.route, state.size
    iterate(data, state, work, 1, 1e-9)
    return larger, judged(larger, routes_of(larger, data, state, work))


def _one_of_each_route(state: State, nodes: int) -> Ints:
    """As the neighbours of every node a visit of each route, so that all routes are looked into."""
    return np.tile(state.route[np.flatnonzero(state.size), 1], (nodes, 1))


def extra_cost(before: Result, after: Result, request: str) -> float:
    """What the newcomer costs; infinite where there is no room."""
    if any(row.request == request for row in after.unserved):
        return inf
    return after.cost - before.cost
