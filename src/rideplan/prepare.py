"""A problem as the arrays the inner loops work on."""

from collections.abc import Sequence
from math import inf, isfinite, nan
from typing import Any

import numpy as np

from rideplan.kernels.arrays import Data, Ints, Reals
from rideplan.model.problem import Problem
from rideplan.model.requests import Request
from rideplan.neighbours import around, near
from rideplan.slots import Slot, slots_of

_ROUNDING = 1e-9
_ROOMY = 1 << 40
STRING_LENGTH = 10.0
REMOVED_ON_AVERAGE = 10.0
BLINK_RATE = 0.01
WHOLE_ROUTE_RATE = 0.03
EJECT_EVERY = 20.0
NEIGHBOURS = 40


def prepare(problem: Problem, *, lists: bool = True) -> Data:
    """The arrays of a checked problem; some 16 bytes × (2 requests)² are the largest.

    Without `lists` nobody has neighbours: sorting them takes most of the time, and who asks only for one insertion
    writes his own.
    """
    slots = slots_of(problem)
    places, opens, closes, stays = _nodes(problem, slots)
    distance, time = _matrices(problem, places)
    nodes = 2 * len(problem.requests)
    family, apart_from, apart_with = _company(problem.requests)
    wish = _wishes(problem)
    fleet = _fleet(problem, slots)
    ride = _reals([request.max_ride for request in problem.requests])
    tariff = _tariff(problem, slots)
    cost = _costs(distance, time, sorted(set(tariff)))
    wished = bool(problem.weights.changed_time > 0 and not np.isnan(wish).all())
    timed = np.isfinite(ride).any() or np.isfinite(fleet["longest"]).any() or (fleet["rest"][:, 2] >= 0).any()
    priced = wished or (fleet["per_minute"] > 0).any() or (fleet["per_rider"] > 0).any()
    company = (len(apart_with) > 0, bool((family >= 0).any()))
    flags = [bool(timed), bool(priced), wished, *company, _uniform(problem, slots)]
    return Data(
        time=time,
        time_into=_turned(time),
        cost=cost,
        cost_into=_turned(cost),
        open=opens,
        close=closes + _ROUNDING,
        service=stays,
        load=_loads(problem, len(places)),
        ride=ride,
        penalty=penalties(problem),
        family=family,
        apart_from=apart_from,
        apart_with=apart_with,
        tariff=np.array([sorted(set(tariff)).index(rate) for rate in tariff]),
        wish=wish,
        near=near(time, opens, closes, stays, nodes, NEIGHBOURS) if lists else np.zeros((nodes, 0), dtype=np.int64),
        around=around(distance, nodes) if lists else np.zeros((nodes, 0), dtype=np.int64),
        keys=_sort_keys(problem, distance, opens, closes),
        flag=np.array(flags, dtype=np.int64),
        knob=_knobs(problem),
        **fleet,
    )


def _fleet(problem: Problem, slots: tuple[Slot, ...]) -> dict[str, Any]:
    """The arrays of `Data` that tell of the vehicles."""
    groups = [slot.group for slot in slots]
    nodes = 2 * len(problem.requests)
    return {
        "seat": _seats(problem, slots),
        "slot_class": np.array(groups),
        "class_from": np.searchsorted(groups, np.arange(len(set(groups)) + 1)),
        "slot_vehicle": np.array([slot.number for slot in slots]),
        "first": np.array([nodes + 2 * group for group in groups]),
        "last": np.array([nodes + 2 * group + 1 for group in groups]),
        "fixed": _fixed(problem, slots),
        "per_minute": _reals([problem.weights.cost * slot.kind.per_minute for slot in slots]),
        "per_rider": _reals([_per_rider(problem, slot) for slot in slots]),
        "longest": _reals([slot.kind.max_duration for slot in slots]),
        "rest": _rests(slots),
        "capacity": _capacities(problem, slots),
    }


def _reals(values: Sequence[float] | Sequence[tuple[float, float, float]]) -> Reals:
    """Floating point whatever was given: another type of array would mean another compilation of the kernels."""
    return np.array(values, dtype=np.float64)


def penalties(problem: Problem) -> Reals:
    """What leaving each request out costs: its outside price, its penalty, or more than any plan."""
    dearest = max((_rate(problem, slot) for slot in slots_of(problem)), default=1.0)
    longest = float(max(problem.travel.distance.max(), problem.travel.duration.max(), 1.0))
    fixed = sum(problem.weights.cost * kind.fixed_cost + problem.weights.vehicle for kind in problem.vehicles)
    ruinous = 10.0 * (fixed + dearest * longest * (2 + len(problem.requests)) + 1.0)
    return _reals([_penalty(problem, request, ruinous) for request in problem.requests])


def _penalty(problem: Problem, request: Request, ruinous: float) -> float:
    if request.outside_price is not None:
        return problem.weights.cost * request.outside_price
    return request.priority * (ruinous if request.penalty is None else request.penalty)


def _rate(problem: Problem, slot: Slot) -> float:
    return _per_km(problem, slot) + problem.weights.cost * slot.kind.per_minute + _per_rider(problem, slot)


def _per_km(problem: Problem, slot: Slot) -> float:
    return problem.weights.cost * slot.kind.per_km + problem.weights.co2_kg * slot.kind.co2_per_km


def _per_rider(problem: Problem, slot: Slot) -> float:
    return problem.weights.cost * slot.kind.per_rider_minute + problem.weights.rider_minute


def _tariff(problem: Problem, slots: tuple[Slot, ...]) -> list[tuple[float, float]]:
    return [(_per_km(problem, slot), problem.weights.cost * slot.kind.per_minute) for slot in slots]


def _costs(distance: Reals, time: Reals, tariffs: list[tuple[float, float]]) -> Reals:
    """Tariff × node × node: kilometres and minutes at the wheel; the matrix itself where a kilometre costs one."""
    if tariffs == [(1.0, 0.0)]:
        return distance[None]
    made = np.empty((len(tariffs), *distance.shape))
    for row, (per_km, per_minute) in enumerate(tariffs):
        made[row] = per_km * distance
        if per_minute:
            made[row] += per_minute * time
    return made


def _turned(matrix: Reals) -> Reals:
    """Rows and columns changed about; the same array where that makes no difference."""
    turned = matrix.swapaxes(-1, -2)
    return matrix if np.array_equal(matrix, turned) else np.ascontiguousarray(turned)


def _uniform(problem: Problem, slots: tuple[Slot, ...]) -> bool:
    """Whether all empty slots of a class are alike to everyone."""
    if len({slot.vehicle for slot in slots}) < len(slots) or problem.locks:
        return False
    return not (problem.existing and problem.weights.changed_driver)


def _fixed(problem: Problem, slots: tuple[Slot, ...]) -> Reals:
    fixed = np.zeros(1 + max((slot.number for slot in slots), default=-1))
    for slot in slots:
        fixed[slot.number] = problem.weights.cost * slot.kind.fixed_cost + problem.weights.vehicle
    return fixed


def _nodes(problem: Problem, slots: tuple[Slot, ...]) -> tuple[Ints, Reals, Reals, Reals]:
    pinned = {row.request: row for row in problem.locks}
    rows: list[tuple[int, float, float, float]] = []
    for end in ("pickup", "delivery"):
        for request in problem.requests:
            stop, lock = getattr(request, end), pinned.get(request.id)
            at = getattr(lock, end, None)
            low, high = (stop.open, stop.close) if at is None else (max(stop.open, at), min(stop.close, at))
            rows.append((stop.place, low, high, stop.service))
    for slot in {slot.group: slot for slot in slots}.values():
        hours = (slot.hours.open, slot.hours.close, 0.0)
        rows += [(slot.kind.start, *hours), (slot.kind.end, *hours)]
    table = np.array(rows, dtype=np.float64)
    return table[:, 0].astype(np.int64), table[:, 1].copy(), table[:, 2].copy(), table[:, 3].copy()


def _matrices(problem: Problem, places: Ints) -> tuple[Reals, Reals]:
    cells = np.ix_(places, places)
    distance = np.ascontiguousarray(problem.travel.distance[cells], dtype=np.float64)
    if problem.travel.duration is problem.travel.distance:
        return distance, distance
    return distance, np.ascontiguousarray(problem.travel.duration[cells], dtype=np.float64)


def _loads(problem: Problem, nodes: int) -> Ints:
    number, solo = len(problem.requests), any(request.solo for request in problem.requests)
    load = np.zeros((nodes, len(problem.dimensions) + solo), dtype=np.int64)
    for row, request in enumerate(problem.requests):
        load[row, : len(request.load)] = request.load
        if solo:
            load[row, -1] = number if request.solo else 1
    load[number : 2 * number] = -load[:number]
    return load


def _capacities(problem: Problem, slots: tuple[Slot, ...]) -> Ints:
    """Class × configuration × dimension; a solo ride is a last dimension that one such rider fills alone."""
    kinds = [slot.kind for slot in {slot.group: slot for slot in slots}.values()]
    solo = any(request.solo for request in problem.requests)
    most = max((len(kind.configurations) for kind in kinds), default=1)
    table = np.full((len(kinds), most, len(problem.dimensions) + solo), _ROOMY, dtype=np.int64)
    for row, kind in enumerate(kinds):
        for column in range(most):
            chosen = kind.configurations[min(column, len(kind.configurations) - 1)]
            table[row, column, : len(chosen)] = chosen
            if solo:
                table[row, column, -1] = len(problem.requests)
    return table


def _company(requests: tuple[Request, ...]) -> tuple[Ints, Ints, Ints]:
    labels = sorted({request.together for request in requests if request.together is not None})
    family = np.array([-1 if row.together is None else labels.index(row.together) for row in requests], dtype=np.int64)
    index = {request.id: row for row, request in enumerate(requests)}
    apart: list[set[int]] = [set() for _ in requests]
    for row, request in enumerate(requests):
        for other in request.apart:
            apart[row].add(index[other])
            apart[index[other]].add(row)
    offsets = np.cumsum([0, *(len(others) for others in apart)])
    flat = [other for others in apart for other in sorted(others)]
    return family, offsets.astype(np.int64), np.array(flat, dtype=np.int64)


def _seats(problem: Problem, slots: tuple[Slot, ...]) -> Reals:
    locked = {row.request: row.vehicle for row in problem.locks}
    before = {row.request: row.vehicle for row in problem.existing}
    seat = np.zeros((len(problem.requests), len(slots)))
    vehicles = np.array([slot.vehicle for slot in slots])
    offered = {slot.kind.id: slot.kind.features for slot in slots}
    kinds = np.array([slot.kind.id for slot in slots])
    for row, request in enumerate(problem.requests):
        if before.get(request.id):
            seat[row, vehicles != before[request.id]] = problem.weights.changed_driver
        for kind, features in offered.items():
            if not request.needs <= features or request.refuses & features:
                seat[row, kinds == kind] = inf
        if request.id in locked:
            seat[row, vehicles != locked[request.id]] = inf
    return seat


def _rests(slots: tuple[Slot, ...]) -> Reals:
    rests = [slot.hours.rest for slot in slots]
    return _reals([(0.0, 0.0, -1.0) if rest is None else (rest.earliest, rest.latest, rest.duration) for rest in rests])


def _wishes(problem: Problem) -> Reals:
    before = {row.request: row.pickup for row in problem.existing}
    return _reals([before.get(request.id, nan) for request in problem.requests])


def _sort_keys(problem: Problem, distance: Reals, opens: Reals, closes: Reals) -> Reals:
    number = len(problem.requests)
    home = 2 * number
    far = distance[home, :number] + distance[home, number : 2 * number]
    size = np.array([sum(request.load) for request in problem.requests], dtype=np.float64)
    narrow = (closes[:number] - opens[:number]) + (closes[number:home] - opens[number:home])
    keys = np.stack([-size, -far, far, narrow, opens[:number], -closes[number:home]], axis=1)
    return np.where(np.isfinite(keys), keys, np.sign(keys) * 1e12)


def _knobs(problem: Problem) -> Reals:
    weights = problem.weights
    tolerance = weights.tolerance if isfinite(weights.tolerance) else 0.0
    search = [REMOVED_ON_AVERAGE, STRING_LENGTH, BLINK_RATE, WHOLE_ROUTE_RATE, EJECT_EVERY]
    return _reals([weights.changed_time, tolerance, *search])
