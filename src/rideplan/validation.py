"""Refuses a problem that cannot be meant, naming each field that is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan

import numpy as np

from rideplan.model.fleet import Shift, VehicleType
from rideplan.model.problem import Assignment, Lock, Matrix, Problem
from rideplan.model.requests import Request, Stop


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field and what is wrong with it."""

    field: str
    message: str


class InvalidProblemError(ValueError):
    """The problem cannot be meant; `faults` names each field."""

    def __init__(self, faults: list[FieldError]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))


def check(problem: Problem) -> None:
    """Refuses a problem with fields that cannot be meant.

    Raises:
        InvalidProblemError: Names every such field.
    """
    faults = list(_travel(problem))
    if not faults:
        places = len(problem.travel.duration)
        faults += _requests(problem, places)
        faults += _vehicles(problem, places)
        faults += _references(problem)
        faults += _weights(problem)
    if faults:
        raise InvalidProblemError(faults)


def _travel(problem: Problem) -> Iterator[FieldError]:
    distance, duration = problem.travel.distance, problem.travel.duration
    for name, matrix in (("distance", distance), ("duration", duration)):
        field = f"travel.{name}"
        if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):  # noqa: PLR2004  a matrix
            yield FieldError(field, f"must be square, is {matrix.shape}")
        else:
            yield from _entries(field, matrix)
    if distance.shape != duration.shape:
        yield FieldError("travel.distance", f"has shape {distance.shape}, the durations {duration.shape}")


def _entries(field: str, matrix: Matrix) -> Iterator[FieldError]:
    if np.isfinite(matrix).all() and matrix.min() >= 0:
        return
    for wrong, message in ((np.isnan(matrix), "is not a number"), (np.isinf(matrix), "the places are not connected")):
        if wrong.any():
            yield FieldError(_entry(field, wrong), message)
    negative = matrix < 0
    if negative.any():
        yield FieldError(_entry(field, negative), "is negative")


def _entry(field: str, wrong: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> str:
    row, column = np.argwhere(wrong)[0]
    return f"{field}[{row}][{column}]"


def _requests(problem: Problem, places: int) -> Iterator[FieldError]:
    yield from _repeated("requests", [request.id for request in problem.requests])
    if not problem.requests:
        yield FieldError("requests", "there are none")
    for number, request in enumerate(problem.requests):
        field = f"requests[{number}]"
        yield from _stop(f"{field}.pickup", request.pickup, places)
        yield from _stop(f"{field}.delivery", request.delivery, places)
        yield from _load(f"{field}.load", request.load, len(problem.dimensions))
        yield from _request_figures(field, request)


def _request_figures(field: str, request: Request) -> Iterator[FieldError]:
    yield from _not_negative(f"{field}.max_ride", request.max_ride, infinite=True)
    yield from _not_negative(f"{field}.priority", request.priority)
    for name in ("penalty", "outside_price"):
        value = getattr(request, name)
        if value is not None:
            yield from _not_negative(f"{field}.{name}", value)
    if request.id in request.apart:
        yield FieldError(f"{field}.apart", "names the request itself")
    if request.needs & request.refuses:
        yield FieldError(f"{field}.refuses", f"also needed: {', '.join(sorted(request.needs & request.refuses))}")


def _stop(field: str, stop: Stop, places: int) -> Iterator[FieldError]:
    yield from _place(f"{field}.place", stop.place, places)
    yield from _not_negative(f"{field}.open", stop.open)
    yield from _not_negative(f"{field}.close", stop.close, infinite=True)
    yield from _not_negative(f"{field}.service", stop.service)
    if stop.close < stop.open:
        yield FieldError(f"{field}.close", f"{stop.close:g} is before open {stop.open:g}")


def _vehicles(problem: Problem, places: int) -> Iterator[FieldError]:
    yield from _repeated("vehicles", [kind.id for kind in problem.vehicles])
    named = {name for kind in problem.vehicles if kind.count > 0 for name in kind.names()}
    if not named - problem.absent:
        yield FieldError("vehicles", "there are none")
    for name in sorted(problem.absent - named):
        yield FieldError("absent", f"{name} is not a vehicle")
    for number, kind in enumerate(problem.vehicles):
        yield from _vehicle(f"vehicles[{number}]", kind, places, len(problem.dimensions))


def _vehicle(field: str, kind: VehicleType, places: int, dimensions: int) -> Iterator[FieldError]:
    if kind.count < 0:
        yield FieldError(f"{field}.count", f"{kind.count} is negative")
    yield from _place(f"{field}.start", kind.start, places)
    yield from _place(f"{field}.end", kind.end, places)
    if not kind.configurations:
        yield FieldError(f"{field}.configurations", "there are none")
    for number, capacity in enumerate(kind.configurations):
        yield from _load(f"{field}.configurations[{number}]", capacity, dimensions)
    yield from _not_negative(f"{field}.max_duration", kind.max_duration, infinite=True)
    for name in ("fixed_cost", "per_km", "per_minute", "per_rider_minute", "co2_per_km"):
        yield from _not_negative(f"{field}.{name}", getattr(kind, name))
    if not kind.shifts:
        yield FieldError(f"{field}.shifts", "there are none")
    before = 0.0
    for number, shift in enumerate(kind.shifts):
        yield from _shift(f"{field}.shifts[{number}]", shift)
        if shift.open < before:
            yield FieldError(f"{field}.shifts[{number}].open", "is before the end of the shift before")
        before = shift.close


def _shift(field: str, shift: Shift) -> Iterator[FieldError]:
    yield from _not_negative(f"{field}.open", shift.open)
    yield from _not_negative(f"{field}.close", shift.close, infinite=True)
    if shift.close < shift.open:
        yield FieldError(f"{field}.close", f"{shift.close:g} is before open {shift.open:g}")
    if shift.rest is None:
        return
    for name in ("earliest", "latest", "duration"):
        yield from _not_negative(f"{field}.rest.{name}", getattr(shift.rest, name))
    if shift.rest.latest < shift.rest.earliest:
        yield FieldError(f"{field}.rest.latest", f"{shift.rest.latest:g} is before earliest {shift.rest.earliest:g}")


def _references(problem: Problem) -> Iterator[FieldError]:
    known = {request.id for request in problem.requests}
    vehicles = {name for kind in problem.vehicles for name in kind.names()}
    for number, request in enumerate(problem.requests):
        for other in sorted(request.apart - known):
            yield FieldError(f"requests[{number}].apart", f"{other} is not a request")
    yield from _named("existing", problem.existing, known, vehicles)
    yield from _named("locks", problem.locks, known, vehicles)


def _named(field: str, rows: Sequence[Assignment | Lock], known: set[str], vehicles: set[str]) -> Iterator[FieldError]:
    yield from _repeated(field, [row.request for row in rows])
    for number, row in enumerate(rows):
        if row.request not in known:
            yield FieldError(f"{field}[{number}].request", f"{row.request} is not a request")
        if row.vehicle not in vehicles:
            yield FieldError(f"{field}[{number}].vehicle", f"{row.vehicle} is not a vehicle")
        yield from _moments(f"{field}[{number}]", row.pickup, getattr(row, "delivery", None))


def _moments(field: str, pickup: float | None, delivery: float | None) -> Iterator[FieldError]:
    for name, value in (("pickup", pickup), ("delivery", delivery)):
        if value is not None:
            yield from _not_negative(f"{field}.{name}", value)


def _weights(problem: Problem) -> Iterator[FieldError]:
    for name in ("cost", "vehicle", "rider_minute", "co2_kg", "changed_driver", "changed_time", "tolerance"):
        yield from _not_negative(f"weights.{name}", getattr(problem.weights, name))


def _load(field: str, load: tuple[int, ...], dimensions: int) -> Iterator[FieldError]:
    if len(load) != dimensions:
        yield FieldError(field, f"has {len(load)} figures for {dimensions} dimensions")
    if any(part < 0 for part in load):
        yield FieldError(field, "is negative")


def _place(field: str, place: int, places: int) -> Iterator[FieldError]:
    if not 0 <= place < places:
        yield FieldError(field, f"{place} is outside the {places} places of the matrices")


def _not_negative(field: str, value: float, *, infinite: bool = False) -> Iterator[FieldError]:
    if isnan(value):
        yield FieldError(field, "is not a number")
    elif value < 0:
        yield FieldError(field, f"{value:g} is negative")
    elif not isfinite(value) and not (infinite and value == inf):
        yield FieldError(field, "is infinite")


def _repeated(field: str, names: list[str]) -> Iterator[FieldError]:
    for name in sorted({name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ()):
        yield FieldError(field, f"{name} is there more than once")
