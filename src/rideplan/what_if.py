"""Other circumstances: each gives a new problem and leaves the old one as it is."""

from collections.abc import Collection
from dataclasses import replace

from rideplan.model.fleet import VehicleType
from rideplan.model.plan import Kind, Result
from rideplan.model.problem import Assignment, Problem
from rideplan.model.requests import Stop


def other_fleet(problem: Problem, vehicles: tuple[VehicleType, ...]) -> Problem:
    """With another fleet; locks and assignments to vehicles that are gone fall away."""
    there = {name for kind in vehicles for name in kind.names()}
    return replace(
        problem,
        vehicles=vehicles,
        absent=problem.absent & there,
        locks=tuple(row for row in problem.locks if row.vehicle in there),
        existing=tuple(row for row in problem.existing if row.vehicle in there),
    )


def vehicle_absent(problem: Problem, *names: str) -> Problem:
    """With vehicles (`type/number`) away; locks to them fall away."""
    away = problem.absent | set(names)
    return replace(problem, absent=away, locks=tuple(row for row in problem.locks if row.vehicle not in away))


def bell_moved(problem: Problem, places: Collection[int], minutes: float) -> Problem:
    """With the windows at some places (a school's) moved; no window begins before midnight."""

    def shifted(stop: Stop) -> Stop:
        if stop.place not in places:
            return stop
        return replace(stop, open=max(0.0, stop.open + minutes), close=max(0.0, stop.close + minutes))

    return replace(
        problem,
        requests=tuple(
            replace(request, pickup=shifted(request.pickup), delivery=shifted(request.delivery))
            for request in problem.requests
        ),
    )


def living_by(problem: Problem, result: Result) -> Problem:
    """With a result as the plan that citizens live by, so that changes can be counted and priced."""
    rows = [
        Assignment(visit.request, route.vehicle, visit.time)
        for route in result.routes
        for visit in route.visits
        if visit.kind is Kind.PICKUP
    ]
    return replace(problem, existing=tuple(rows))
