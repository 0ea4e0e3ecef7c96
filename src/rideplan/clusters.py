"""Cuts a large problem into parts that can be planned side by side."""

from collections import Counter
from dataclasses import dataclass, replace
from math import atan2, ceil

import numpy as np

from rideplan.model.plan import Route
from rideplan.model.problem import Problem, Travel
from rideplan.model.requests import Request, Stop


@dataclass(frozen=True, slots=True)
class Part:
    """Some requests (positions in the problem) and the vehicles that may drive them."""

    requests: tuple[int, ...]
    vehicles: frozenset[str]


def by_institution(problem: Problem, size: int) -> tuple[Part, ...]:
    """Parts of about `size` requests that share institutions; the fleet is dealt out in proportion."""
    times = Counter(place for row in problem.requests for place in (row.pickup.place, row.delivery.place))
    institution = [max((row.pickup.place, row.delivery.place), key=lambda p: (times[p], p)) for row in problem.requests]
    units: dict[str, list[int]] = {}
    for row, request in enumerate(problem.requests):
        units.setdefault(_bound_to(problem, request), []).append(row)
    ordered = sorted(
        units.values(), key=lambda rows: (_angle(problem, institution[rows[0]]), institution[rows[0]], rows)
    )
    return _deal(problem, _chunks(ordered, size, len(problem.requests)))


def mixed(problem: Problem, routes: tuple[Route, ...], size: int, turn: int) -> tuple[Part, ...]:
    """Parts of neighbouring routes, cut elsewhere at each turn; those nobody drives and free vehicles are dealt out."""
    index = {request.id: row for row, request in enumerate(problem.requests)}
    vehicles: dict[str, list[int]] = {}
    for route in routes:
        vehicles.setdefault(route.vehicle, []).extend(index[name] for name in route.requests())
    centres = {name: _centre(problem, rows, turn) for name, rows in vehicles.items()}
    ordered = sorted(vehicles, key=lambda name: (centres[name], name))
    shift = len(ordered) * turn * 2 // 7 % max(len(ordered), 1)
    ordered = ordered[shift:] + ordered[:shift]
    driven = {row for rows in vehicles.values() for row in rows}
    chunks = _chunks([vehicles[name] for name in ordered], size, len(driven))
    owner = {row: number for number, rows in enumerate(chunks) for row in rows}
    groups = [{name for name in ordered if owner[vehicles[name][0]] == number} for number in range(len(chunks))]
    return _with_leftovers(problem, chunks, groups, [row for row in index.values() if row not in driven])


def part_of(problem: Problem, part: Part) -> tuple[Problem, tuple[int, ...]]:
    """A part as a problem of its own with matrices of its own, and its places in the whole."""
    everyone = {name for kind in problem.vehicles for name in kind.names()}
    chosen = [problem.requests[row] for row in part.requests]
    places = {place for row in chosen for place in (row.pickup.place, row.delivery.place)}
    ends = {place for kind in problem.vehicles for place in (kind.start, kind.end)}
    kept = sorted(places | ends)
    at, cells = {place: row for row, place in enumerate(kept)}, np.ix_(kept, kept)
    distance = problem.travel.distance[cells]
    same = problem.travel.duration is problem.travel.distance
    travel = Travel(distance, distance if same else problem.travel.duration[cells], problem.travel.estimated)
    fleet = tuple(replace(kind, start=at[kind.start], end=at[kind.end]) for kind in problem.vehicles)
    smaller = problem.with_requests(tuple(_moved(row, at) for row in chosen))
    absent = frozenset(everyone - part.vehicles) | problem.absent
    return replace(smaller, vehicles=fleet, travel=travel, absent=absent), tuple(kept)


def _moved(request: Request, at: dict[int, int]) -> Request:
    def there(stop: Stop) -> Stop:
        return replace(stop, place=at[stop.place])

    return replace(request, pickup=there(request.pickup), delivery=there(request.delivery))


def _bound_to(problem: Problem, request: Request) -> str:
    """What a request may not be parted from: its locked vehicle, or those it rides with."""
    kin = {request.id} | {row.id for row in problem.requests if request.together and row.together == request.together}
    locked = sorted(row.vehicle for row in problem.locks if row.request in kin)
    return f"lock {locked[0]}" if locked else f"ride {request.together or request.id}"


def _angle(problem: Problem, place: int) -> float:
    """The direction of a place from the first depot; without positions, its distance."""
    home = problem.vehicles[0].start
    if not problem.travel.positions:
        return float(problem.travel.distance[home, place])
    (east, north), (x, y) = problem.travel.positions[home], problem.travel.positions[place]
    return atan2(y - north, x - east)


def _centre(problem: Problem, rows: list[int], turn: int) -> float:
    """Where a vehicle's riders are: by direction, east or north in turn."""
    places = [problem.requests[row].pickup.place for row in rows]
    if not problem.travel.positions or turn % 3 == 0:
        return float(np.mean([_angle(problem, place) for place in places]))
    return float(np.mean([problem.travel.positions[place][turn % 3 - 1] for place in places]))


def _chunks(units: list[list[int]], size: int, total: int) -> list[list[int]]:
    number = max(1, ceil(total / size))
    chunks: list[list[int]] = [[]]
    for unit in units:
        if len(chunks[-1]) >= total / number and len(chunks) < number:
            chunks.append([])
        chunks[-1] += unit
    return [chunk for chunk in chunks if chunk]


def _deal(problem: Problem, chunks: list[list[int]]) -> tuple[Part, ...]:
    return _with_leftovers(problem, chunks, [set() for _ in chunks], [])


def _with_leftovers(
    problem: Problem, chunks: list[list[int]], groups: list[set[str]], left: list[int]
) -> tuple[Part, ...]:
    """Deals out vehicles that nobody drives, and requests that nobody drives (kin and locked ones in one part)."""
    index = {request.id: row for row, request in enumerate(problem.requests)}
    turns: dict[str, int] = {}
    for row in left:
        key = _bound_to(problem, problem.requests[row])
        chunks[turns.setdefault(key, len(turns) % len(chunks))].append(row)
    part_with = {row: number for number, chunk in enumerate(chunks) for row in chunk}
    owned = {name: number for number, group in enumerate(groups) for name in group}
    for lock in problem.locks:
        if lock.vehicle not in owned:
            owned[lock.vehicle] = part_with[index[lock.request]]
    weights = np.array([len(chunk) for chunk in chunks], dtype=np.float64)
    for kind in problem.vehicles:
        free = [name for name in kind.names() if name not in owned and name not in problem.absent]
        ends = np.rint(np.cumsum(weights) / weights.sum() * len(free)).astype(int)
        owned |= {name: int(np.searchsorted(ends, position, side="right")) for position, name in enumerate(free)}
    return tuple(
        Part(tuple(sorted(chunk)), frozenset(name for name, owner in owned.items() if owner == number))
        for number, chunk in enumerate(chunks)
    )
