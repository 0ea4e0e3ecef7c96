"""Checks a plan against its problem, slowly and on its own: nothing here is shared with the search.

Names of constraints: `vehicle`, `absent`, `overlap`, `shift`, `order`, `twice`, `place`, `travel`, `window`,
`ride_time`, `capacity`, `duration`, `break`, `feature`, `solo`, `apart`, `together`, `lock`, `unserved`.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from rideplan.model.fleet import VehicleType
from rideplan.model.plan import Kind, Route, Violation, Visit
from rideplan.model.problem import Problem
from rideplan.model.requests import Request, Stop

_SLACK = 1e-4  # minutes


def verify(problem: Problem, routes: tuple[Route, ...]) -> tuple[Violation, ...]:
    """Every broken constraint of a plan; empty for a legal one."""
    requests = {request.id: request for request in problem.requests}
    found = list(_vehicles(problem, routes))
    types = {name: kind for kind in problem.vehicles for name in kind.names()}
    for route in routes:
        kind = types.get(route.vehicle)
        if kind is None or not 0 <= route.shift < len(kind.shifts):
            continue
        strangers = [v.request for v in route.visits if v.kind is not Kind.BREAK and v.request not in requests]
        found += [Violation("order", name, "is not a request") for name in strangers]
        if not strangers:
            found += _one_route(problem, route, kind, requests)
    found += _whole_plan(problem, routes)
    return tuple(found)


def _one_route(problem: Problem, route: Route, kind: VehicleType, requests: dict[str, Request]) -> Iterator[Violation]:
    yield from _order(route)
    yield from _places(route, requests)
    yield from _travel(problem, route, kind, requests)
    yield from _windows(route, requests)
    yield from _hours(route, kind)
    yield from _rides(route, requests)
    yield from _loads(problem, route, kind, requests)
    yield from _company(route, requests)
    yield from _features(route, kind, requests)
    yield from _breaks(route, kind)


def _vehicles(problem: Problem, routes: tuple[Route, ...]) -> Iterator[Violation]:
    types = {name: kind for kind in problem.vehicles for name in kind.names()}
    for route in routes:
        kind = types.get(route.vehicle)
        if kind is None:
            yield Violation("vehicle", route.vehicle, "there is no such vehicle")
        elif not 0 <= route.shift < len(kind.shifts):
            yield Violation("shift", route.vehicle, f"has no shift {route.shift}")
        if route.vehicle in problem.absent:
            yield Violation("absent", route.vehicle, "is not there")
    trips = sorted(routes, key=lambda route: (route.vehicle, route.start))
    for before, after in pairwise(trips):
        if before.vehicle == after.vehicle and after.start < before.end - _SLACK:
            yield Violation("overlap", after.vehicle, f"leaves at {after.start:g}, is home at {before.end:g}")


def _order(route: Route) -> Iterator[Violation]:
    aboard: set[str] = set()
    for visit in route.visits:
        match visit.kind:
            case Kind.PICKUP:
                aboard.add(visit.request)
            case Kind.DELIVERY if visit.request not in aboard:
                yield Violation("order", visit.request, "is set down before being picked up")
            case Kind.DELIVERY:
                aboard.remove(visit.request)
            case Kind.BREAK if aboard:
                yield Violation("break", route.vehicle, f"is taken with {', '.join(sorted(aboard))} aboard")
            case Kind.BREAK:
                pass
    for name in sorted(aboard):
        yield Violation("order", name, "is never set down")


def _stop(visit: Visit, requests: dict[str, Request]) -> Stop:
    request = requests[visit.request]
    return request.pickup if visit.kind is Kind.PICKUP else request.delivery


def _places(route: Route, requests: dict[str, Request]) -> Iterator[Violation]:
    for visit in route.visits:
        if visit.kind is not Kind.BREAK and visit.place != _stop(visit, requests).place:
            yield Violation("place", visit.request, f"{visit.kind} at place {visit.place}")


def _travel(problem: Problem, route: Route, kind: VehicleType, requests: dict[str, Request]) -> Iterator[Violation]:
    place, free = kind.start, route.start
    rest = kind.shifts[route.shift].rest
    for visit in route.visits:
        reached = free + float(problem.travel.duration[place, visit.place])
        if visit.time < reached - _SLACK:
            yield Violation("travel", visit.request or route.vehicle, f"at {visit.time:g}, reached at {reached:g}")
        place = visit.place
        stay = (rest.duration if rest else 0.0) if visit.kind is Kind.BREAK else _stop(visit, requests).service
        free = visit.time + stay
    reached = free + float(problem.travel.duration[place, kind.end])
    if route.end < reached - _SLACK:
        yield Violation("travel", route.vehicle, f"home at {route.end:g}, reached at {reached:g}")


def _windows(route: Route, requests: dict[str, Request]) -> Iterator[Violation]:
    for visit in route.visits:
        if visit.kind is Kind.BREAK:
            continue
        stop = _stop(visit, requests)
        if not stop.open - _SLACK <= visit.time <= stop.close + _SLACK:
            window = f"[{stop.open:g}, {stop.close:g}]"
            yield Violation("window", visit.request, f"{visit.kind} at {visit.time:g}, allowed {window}")


def _hours(route: Route, kind: VehicleType) -> Iterator[Violation]:
    hours = kind.shifts[route.shift]
    if route.start < hours.open - _SLACK or route.end > hours.close + _SLACK:
        seen = f"[{route.start:g}, {route.end:g}]"
        yield Violation("shift", route.vehicle, f"drives {seen}, allowed [{hours.open:g}, {hours.close:g}]")
    if route.end - route.start > kind.max_duration + _SLACK:
        yield Violation("duration", route.vehicle, f"{route.end - route.start:g} above {kind.max_duration:g} minutes")


def _rides(route: Route, requests: dict[str, Request]) -> Iterator[Violation]:
    left: dict[str, float] = {}
    for visit in route.visits:
        if visit.kind is Kind.PICKUP:
            left[visit.request] = visit.time + requests[visit.request].pickup.service
        elif visit.kind is Kind.DELIVERY and visit.request in left:
            ride, allowed = visit.time - left[visit.request], requests[visit.request].max_ride
            if ride > allowed + _SLACK:
                yield Violation("ride_time", visit.request, f"{ride:g} above {allowed:g} minutes")


def _loads(problem: Problem, route: Route, kind: VehicleType, requests: dict[str, Request]) -> Iterator[Violation]:
    load = [0] * len(problem.dimensions)
    for visit in route.visits:
        if visit.kind is Kind.BREAK:
            continue
        sign = 1 if visit.kind is Kind.PICKUP else -1
        load = [a + sign * b for a, b in zip(load, requests[visit.request].load, strict=True)]
        if not any(all(a <= b for a, b in zip(load, room, strict=True)) for room in kind.configurations):
            seen = ", ".join(f"{part} {name}" for part, name in zip(load, problem.dimensions, strict=True))
            yield Violation("capacity", route.vehicle, f"after {visit.request}: {seen}")


def _company(route: Route, requests: dict[str, Request]) -> Iterator[Violation]:
    aboard: list[str] = []
    for visit in route.visits:
        if visit.kind is Kind.DELIVERY and visit.request in aboard:
            aboard.remove(visit.request)
        if visit.kind is not Kind.PICKUP:
            continue
        for other in aboard:
            if requests[other].solo or requests[visit.request].solo:
                yield Violation("solo", visit.request, f"rides with {other}")
            if other in requests[visit.request].apart or visit.request in requests[other].apart:
                yield Violation("apart", visit.request, f"rides with {other}")
        aboard.append(visit.request)


def _features(route: Route, kind: VehicleType, requests: dict[str, Request]) -> Iterator[Violation]:
    for name in route.requests():
        missing, unwanted = requests[name].needs - kind.features, requests[name].refuses & kind.features
        for feature in sorted(missing):
            yield Violation("feature", name, f"needs {feature}; {route.vehicle} has none")
        for feature in sorted(unwanted):
            yield Violation("feature", name, f"refuses {feature}; {route.vehicle} has it")


def _breaks(route: Route, kind: VehicleType) -> Iterator[Violation]:
    rest = kind.shifts[route.shift].rest
    taken = [visit for visit in route.visits if visit.kind is Kind.BREAK]
    if len(taken) != (rest is not None):
        yield Violation("break", route.vehicle, f"{len(taken)} taken")
    elif rest and not rest.earliest - _SLACK <= taken[0].time <= rest.latest + _SLACK:
        yield Violation("break", route.vehicle, f"at {taken[0].time:g}, allowed [{rest.earliest:g}, {rest.latest:g}]")


def _whole_plan(problem: Problem, routes: tuple[Route, ...]) -> Iterator[Violation]:
    served = Counter(name for route in routes for name in route.requests())
    for name, times in served.items():
        if times > 1:
            yield Violation("twice", name, f"{times} times")
    for request in problem.requests:
        if request.id not in served and request.outside_price is None:
            yield Violation("unserved", request.id, "nobody drives it")
    yield from _together(problem, routes)
    yield from _locks(problem, routes)


def _together(problem: Problem, routes: tuple[Route, ...]) -> Iterator[Violation]:
    trip = {name: (route.vehicle, route.shift) for route in routes for name in route.requests()}
    families: dict[str, list[str]] = {}
    for request in problem.requests:
        if request.together is not None:
            families.setdefault(request.together, []).append(request.id)
    for label, members in families.items():
        if len({trip.get(name) for name in members}) > 1:
            yield Violation("together", label, f"{', '.join(members)} are not on one trip")


def _locks(problem: Problem, routes: tuple[Route, ...]) -> Iterator[Violation]:
    seen = {(visit.request, visit.kind): (route.vehicle, visit.time) for route in routes for visit in route.visits}
    for lock in problem.locks:
        for kind, wanted in ((Kind.PICKUP, lock.pickup), (Kind.DELIVERY, lock.delivery)):
            vehicle, time = seen.get((lock.request, kind), (lock.vehicle, wanted or 0.0))
            if vehicle != lock.vehicle:
                yield Violation("lock", lock.request, f"rides with {vehicle}, locked to {lock.vehicle}")
            if wanted is not None and abs(time - wanted) > _SLACK:
                yield Violation("lock", lock.request, f"{kind} at {time:g}, locked to {wanted:g}")
