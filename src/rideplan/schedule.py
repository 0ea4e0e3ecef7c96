"""From the order of visits to a plan with times, and its costs."""

from itertools import pairwise

import numpy as np

from rideplan.kernels.arrays import Data, State, Work
from rideplan.kernels.timing import settle
from rideplan.kernels.upkeep import take_over
from rideplan.model.plan import Costs, Kind, Route, Visit
from rideplan.model.problem import Problem
from rideplan.model.requests import Request
from rideplan.prepare import penalties, prepare
from rideplan.room import new_state, new_work
from rideplan.slots import Slot, slots_of

Sequence = tuple[tuple[str, str], ...]
"""Visits in order: the kind (`pickup`, `delivery`) and the request."""


def routes_of(problem: Problem, data: Data, state: State, work: Work) -> tuple[Route, ...]:
    """The best plan met, with times: shortest trips first, then short rides."""
    state.route[:], state.size[:] = state.best_route, state.best_size
    take_over(data, state, work)
    slots = slots_of(problem)
    return tuple(_route(problem, data, state, work, slots, int(slot)) for slot in np.flatnonzero(state.size))


def _route(problem: Problem, data: Data, state: State, work: Work, slots: tuple[Slot, ...], slot: int) -> Route:  # noqa: PLR0913, PLR0917  a search has these parts
    rows, half = settle(data, state, work, slot), len(data.ride)
    rest_at, at, visits = int(work.rest_at[0]), 0, []
    place = slots[slot].kind.start
    for position in range(state.size[slot] + 1):
        node = int(state.route[slot, position])
        if position:
            kind = Kind.PICKUP if node < half else Kind.DELIVERY
            request = problem.requests[node % half]
            place = (request.pickup if node < half else request.delivery).place
            visits.append(Visit(kind, request.id, place, round(float(work.when[at]), 6)))
        at += 1
        if rows and at == rest_at:
            visits.append(Visit(Kind.BREAK, "", place, round(float(work.when[at]), 6)))
            at += 1
    ends = float(work.when[max(rows, at + 1) - 1])
    return Route(slots[slot].vehicle, slots[slot].shift, round(float(work.when[0]), 6), round(ends, 6), tuple(visits))


def timed_routes(problem: Problem, sequences: dict[tuple[str, int], Sequence]) -> tuple[Route, ...]:
    """Times for given orders of visits, by vehicle and shift; a route without possible times gets impossible ones."""
    data = prepare(problem)
    state = new_state(data, 0)
    work = new_work(data, state)
    fill(problem, state, sequences)
    state.best_route[:], state.best_size[:] = state.route, state.size
    return routes_of(problem, data, state, work)


def fill(problem: Problem, state: State, sequences: dict[tuple[str, int], Sequence]) -> None:
    """Writes orders of visits into a state's routes."""
    index = {request.id: row for row, request in enumerate(problem.requests)}
    slots = {(slot.vehicle, slot.shift): row for row, slot in enumerate(slots_of(problem))}
    for key, visits in sequences.items():
        nodes = [index[name] + (len(index) if kind == Kind.DELIVERY else 0) for kind, name in visits]
        state.route[slots[key], 1 : len(nodes) + 1] = nodes
        state.size[slots[key]] = len(nodes)


def sequences_of(routes: tuple[Route, ...]) -> dict[tuple[str, int], Sequence]:
    """The orders of visits of a plan, breaks left out."""
    return {
        (route.vehicle, route.shift): tuple((v.kind, v.request) for v in route.visits if v.kind is not Kind.BREAK)
        for route in routes
    }


def costs_of(problem: Problem, routes: tuple[Route, ...]) -> tuple[Costs, float, float]:
    """The parts of the cost, the distance and the CO2 of a plan with times."""
    types = {name: kind for kind in problem.vehicles for name in kind.names()}
    requests = {request.id: request for request in problem.requests}
    weight, weights = problem.weights.cost, problem.weights
    driven = {route.vehicle for route in routes}
    parts = {"distance": 0.0, "minutes": 0.0, "rider_minutes": 0.0}
    aboard_total, travelled, co2 = 0.0, 0.0, 0.0
    for route in routes:
        kind, length = types[route.vehicle], length_of(problem, route)
        aboard = _minutes_aboard(route, requests)
        parts["distance"] += weight * kind.per_km * length
        parts["minutes"] += weight * kind.per_minute * (route.end - route.start)
        parts["rider_minutes"] += weight * kind.per_rider_minute * aboard
        aboard_total, travelled, co2 = aboard_total + aboard, travelled + length, co2 + kind.co2_per_km * length
    drivers, times = changes(problem, routes)
    served = {name for route in routes for name in route.requests()}
    left = [(r, p) for r, p in zip(problem.requests, penalties(problem), strict=True) if r.id not in served]
    costs = Costs(
        fixed=sum(weight * types[name].fixed_cost + weights.vehicle for name in sorted(driven)),
        **parts,
        co2=weights.co2_kg * co2,
        inconvenience=weights.rider_minute * aboard_total,
        outside=sum(float(p) for r, p in left if r.outside_price is not None),
        stability=weights.changed_driver * drivers + weights.changed_time * times,
        penalty=sum(float(p) for r, p in left if r.outside_price is None),
    )
    return costs, travelled, co2


def length_of(problem: Problem, route: Route) -> float:
    """The distance of a route, in the unit of the matrix."""
    kind = next(kind for kind in problem.vehicles if kind.id == route.vehicle.rsplit("/", 1)[0])
    places = [kind.start, *(visit.place for visit in route.visits), kind.end]
    return float(sum(float(problem.travel.distance[a, b]) for a, b in pairwise(places)))


def _minutes_aboard(route: Route, requests: dict[str, Request]) -> float:
    left = {v.request: v.time + requests[v.request].pickup.service for v in route.visits if v.kind is Kind.PICKUP}
    return sum(v.time - left[v.request] for v in route.visits if v.kind is Kind.DELIVERY)


def changes(problem: Problem, routes: tuple[Route, ...]) -> tuple[int, int]:
    """How many citizens of the existing plan get another vehicle, and how many another time."""
    now = {v.request: (r.vehicle, v.time) for r in routes for v in r.visits if v.kind is Kind.PICKUP}
    kept = [(row, now[row.request]) for row in problem.existing if row.request in now]
    drivers = sum(row.vehicle != vehicle for row, (vehicle, _) in kept)
    return drivers, sum(abs(row.pickup - time) > problem.weights.tolerance + 1e-6 for row, (_, time) in kept)
