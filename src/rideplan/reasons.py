"""Why a request is not driven: the first constraint that no vehicle could keep, even if the request were alone."""

from dataclasses import dataclass, replace
from math import inf

from rideplan.model.fleet import Shift, VehicleType
from rideplan.model.plan import Route, Unserved
from rideplan.model.problem import Problem
from rideplan.model.requests import Request

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A constraint in the way; a higher `rank` is a vehicle that came further."""

    rank: int
    reason: str
    detail: str


def unserved_of(problem: Problem, routes: tuple[Route, ...]) -> tuple[Unserved, ...]:
    """Everyone nobody drives, each with the constraint in the way."""
    served = {name for route in routes for name in route.requests()}
    return tuple(_why(problem, request, routes) for request in problem.requests if request.id not in served)


def _why(problem: Problem, request: Request, routes: tuple[Route, ...]) -> Unserved:
    lock = next((row for row in problem.locks if row.request == request.id), None)
    found: list[Obstacle] = []
    for kind in problem.vehicles:
        present = [name for name in kind.names() if name not in problem.absent]
        if lock is not None:
            present = [name for name in present if name == lock.vehicle]
        if present:
            found += [_obstacle(problem, request, kind, shift) for shift in kind.shifts]
    if not found:
        return Unserved(request.id, "lock" if lock else "vehicle", "the vehicle it is locked to is not there")
    furthest = max(found, key=lambda obstacle: obstacle.rank)
    if furthest.reason == "fleet" and request.outside_price is not None:
        return Unserved(request.id, "outside", f"bought at {request.outside_price:g}: driving it costs more")
    if furthest.reason == "fleet":
        furthest = _among_others(problem, request, routes, locked=lock is not None)
    return Unserved(request.id, furthest.reason, furthest.detail)


def _among_others(problem: Problem, request: Request, routes: tuple[Route, ...], *, locked: bool) -> Obstacle:
    if locked:
        return Obstacle(9, "lock", "alone it could be driven; with its locked vehicle or times it does not fit")
    if request.together is not None:
        served = {name for route in routes for name in route.requests()}
        others = [r.id for r in problem.requests if r.together == request.together and r.id != request.id]
        if not set(others) & served:
            return Obstacle(9, "together", f"no trip has room for it and {', '.join(others)}")
    if request.penalty is not None:
        return Obstacle(9, "penalty", f"leaving it out costs {request.penalty * request.priority:g}, driving it more")
    return Obstacle(9, "fleet", "alone it could be driven; every vehicle is taken at that time")


def _obstacle(problem: Problem, request: Request, kind: VehicleType, shift: Shift) -> Obstacle:
    return _unfit(request, kind) or _untimely(problem, request, kind, shift) or Obstacle(8, "fleet", "")


def _unfit(request: Request, kind: VehicleType) -> Obstacle | None:
    missing, unwanted = request.needs - kind.features, request.refuses & kind.features
    if missing:
        return Obstacle(1, "feature", f"needs {', '.join(sorted(missing))}")
    if unwanted:
        return Obstacle(1, "feature", f"refuses {', '.join(sorted(unwanted))}")
    if not any(all(a <= b for a, b in zip(request.load, room, strict=True)) for room in kind.configurations):
        return Obstacle(2, "capacity", f"takes {request.load}; {kind.id} has {kind.configurations}")
    return None


def _untimely(problem: Problem, request: Request, kind: VehicleType, shift: Shift) -> Obstacle | None:
    ride, trip = _ride(problem, request), _duration(problem, request, kind, shift)
    if not _alone(problem, request, kind, replace(shift, close=inf, rest=None)):
        return Obstacle(3, "window", _lateness(problem, request, kind, shift))
    if ride > request.max_ride + _SLACK:
        return Obstacle(4, "ride_time", f"the shortest ride takes {ride:g} of {request.max_ride:g} minutes")
    if not _alone(problem, request, kind, replace(shift, rest=None)):
        return Obstacle(5, "shift", f"{kind.id} must be home at {shift.close:g}")
    if trip > kind.max_duration + _SLACK:
        return Obstacle(6, "duration", f"alone it takes {trip:g} of the {kind.max_duration:g} minutes of a trip")
    if shift.rest is not None and not _alone(problem, request, kind, shift):
        return Obstacle(7, "break", "the driver's break does not fit in")
    return None


def _ride(problem: Problem, request: Request) -> float:
    """The shortest time aboard: the direct drive, or longer where the windows force a wait aboard."""
    drive = float(problem.travel.duration[request.pickup.place, request.delivery.place])
    return max(drive, request.delivery.open - request.pickup.close - request.pickup.service)


def _times(problem: Problem, request: Request, kind: VehicleType, shift: Shift) -> tuple[float, float, float]:
    duration, pickup, delivery = problem.travel.duration, request.pickup, request.delivery
    up = max(shift.open + float(duration[kind.start, pickup.place]), pickup.open)
    down = max(up + pickup.service + float(duration[pickup.place, delivery.place]), delivery.open)
    return up, down, down + delivery.service + float(duration[delivery.place, kind.end])


def _alone(problem: Problem, request: Request, kind: VehicleType, shift: Shift) -> bool:
    up, down, home = _times(problem, request, kind, shift)
    if up > request.pickup.close + _SLACK or down > request.delivery.close + _SLACK or home > shift.close + _SLACK:
        return False
    rest = shift.rest
    if rest is None:
        return True
    before = replace(shift, open=max(shift.open, rest.earliest) + rest.duration, rest=None)
    after = max(home, rest.earliest)
    early = max(shift.open, rest.earliest) <= rest.latest and _alone(problem, request, kind, before)
    return early or (after <= rest.latest and after + rest.duration <= shift.close)


def _duration(problem: Problem, request: Request, kind: VehicleType, shift: Shift) -> float:
    duration, pickup, delivery = problem.travel.duration, request.pickup, request.delivery
    _, down, home = _times(problem, request, kind, shift)
    drive = float(duration[pickup.place, delivery.place])
    up = min(pickup.close, max(down, delivery.open) - drive - pickup.service)
    return home - (up - float(duration[kind.start, pickup.place]))


def _lateness(problem: Problem, request: Request, kind: VehicleType, shift: Shift) -> str:
    up, down, _ = _times(problem, request, kind, shift)
    if up > request.pickup.close:
        return f"reached at {up:g} at the earliest, the pickup closes at {request.pickup.close:g}"
    return f"delivered at {down:g} at the earliest, the delivery closes at {request.delivery.close:g}"
