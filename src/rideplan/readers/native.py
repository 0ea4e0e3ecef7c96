"""The library's own JSON format; its schema is `reference/problem.schema.json`."""

import json
from collections.abc import Mapping
from math import inf
from typing import Any

import numpy as np

from rideplan.model.fleet import Break, Shift, VehicleType
from rideplan.model.problem import Assignment, Lock, Matrix, Problem, Travel, Weights
from rideplan.model.requests import Request, Stop
from rideplan.validation import FieldError, InvalidProblemError

Row = Mapping[str, Any]
_STOP = {"place": int, "open": float, "close": float, "service": float}
_REQUEST = {"id": str, "max_ride": float, "solo": bool, "together": str, "priority": float, "penalty": float} | {
    "outside_price": float
}
_VEHICLE = {"id": str, "count": int, "start": int, "end": int, "max_duration": float, "fixed_cost": float} | {
    "per_km": float,
    "per_minute": float,
    "per_rider_minute": float,
    "co2_per_km": float,
    "haulier": str,
}
_SHIFT = {"open": float, "close": float}
_BREAK = {"earliest": float, "latest": float, "duration": float}
_WEIGHTS = dict.fromkeys(("cost", "vehicle", "rider_minute", "co2_kg", "changed_driver", "changed_time"), float) | {
    "tolerance": float
}
_TOP = ("requests", "vehicles", "travel", "dimensions", "weights", "existing", "locks", "absent", "name", "$schema")
_LOCK = {"request": str, "vehicle": str, "pickup": float, "delivery": float}
_ASSIGNMENT = {"request": str, "vehicle": str, "pickup": float}


def read_native(text: str) -> Problem:
    """Reads the library's own JSON.

    Raises:
        InvalidProblemError: Names the field that is missing, unknown or of the wrong kind.
    """
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidProblemError([FieldError(f"line {error.lineno}", error.msg)]) from error
    top = _Fields("", whole)
    top.only(*_TOP)
    dimensions = tuple(top.strings("dimensions", ("seat",)))
    return Problem(
        requests=tuple(_request(row) for row in top.rows("requests")),
        vehicles=tuple(_vehicle(row) for row in top.rows("vehicles")),
        travel=_travel(top),
        dimensions=dimensions,
        weights=Weights(**top.inner("weights").alone(_WEIGHTS)),
        existing=tuple(Assignment(**row.alone(_ASSIGNMENT, all_of_them=True)) for row in top.rows("existing")),
        locks=tuple(Lock(**row.alone(_LOCK, needed=("request", "vehicle"))) for row in top.rows("locks")),
        absent=frozenset(top.strings("absent")),
        name=str(whole.get("name", "")),
    )


class _Fields:
    """A JSON object that knows where it stands in the file."""

    def __init__(self, path: str, values: object) -> None:
        if not isinstance(values, dict):
            raise InvalidProblemError([FieldError(path or "file", "must be an object")])
        self.path, self.values = path, values

    def name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def only(self, *keys: str) -> None:
        """Refuses a key that nobody reads: a misspelt limit would silently not hold."""
        for key in self.values:
            if key not in keys:
                raise self.fail(str(key), "is not a field here")

    def alone(
        self, kinds: Mapping[str, type], *, needed: tuple[str, ...] = (), all_of_them: bool = False
    ) -> dict[str, Any]:
        """Plain values, and no other keys."""
        self.only(*kinds)
        return self.plain(kinds, needed=needed, all_of_them=all_of_them)

    def fail(self, key: str, message: str) -> InvalidProblemError:
        return InvalidProblemError([FieldError(self.name(key), message)])

    def inner(self, key: str) -> "_Fields":
        return _Fields(self.name(key), self.values.get(key, {}))

    def rows(self, key: str) -> list["_Fields"]:
        found = self.values.get(key, [])
        if not isinstance(found, list):
            raise self.fail(key, "must be a list")
        return [_Fields(f"{self.name(key)}[{number}]", row) for number, row in enumerate(found)]

    def strings(self, key: str, otherwise: tuple[str, ...] = ()) -> list[str]:
        found = self.values.get(key, list(otherwise))
        if not isinstance(found, list) or not all(isinstance(part, str) for part in found):
            raise self.fail(key, "must be a list of texts")
        return found

    def counts(self, key: str) -> tuple[int, ...]:
        return _whole_numbers(self.values.get(key), self.name(key))

    def plain(
        self, kinds: Mapping[str, type], *, needed: tuple[str, ...] = (), all_of_them: bool = False
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, kind in kinds.items():
            value = self.values.get(key)
            if value is None:
                if all_of_them or key in needed:
                    raise self.fail(key, "is missing")
                continue
            allowed = (int, float) if kind is float else kind
            if not isinstance(value, allowed) or (isinstance(value, bool) and kind is not bool):
                raise self.fail(key, f"must be of the kind {kind.__name__}, is {value!r}")
            found[key] = kind(value)
        return found


def _whole_numbers(value: object, name: str) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(isinstance(part, int) for part in value):
        raise InvalidProblemError([FieldError(name, "must be a list of whole numbers")])
    return tuple(value)


def _request(row: _Fields) -> Request:
    row.only(*_REQUEST, "load", "needs", "refuses", "apart", "pickup", "delivery")
    found = row.plain(_REQUEST, needed=("id",))
    if "load" in row.values:
        found["load"] = row.counts("load")
    for key in ("needs", "refuses", "apart"):
        found[key] = frozenset(row.strings(key))
    for key in ("pickup", "delivery"):
        found[key] = Stop(**row.inner(key).alone(_STOP, needed=("place",)))
    return Request(**found)


def _vehicle(row: _Fields) -> VehicleType:
    row.only(*_VEHICLE, "configurations", "features", "shifts")
    found = row.plain(_VEHICLE, needed=("id", "count"))
    rooms = row.values.get("configurations")
    if not isinstance(rooms, list):
        raise row.fail("configurations", "must be a list of lists")
    found["configurations"] = tuple(
        _whole_numbers(room, f"{row.name('configurations')}[{number}]") for number, room in enumerate(rooms)
    )
    found["features"] = frozenset(row.strings("features"))
    if "shifts" in row.values:
        found["shifts"] = tuple(_shift(shift) for shift in row.rows("shifts"))
    return VehicleType(**found)


def _shift(row: _Fields) -> Shift:
    row.only(*_SHIFT, "rest")
    found = row.plain(_SHIFT)
    if row.values.get("rest") is not None:
        found["rest"] = Break(**row.inner("rest").alone(_BREAK, all_of_them=True))
    return Shift(**found)


def _travel(top: _Fields) -> Travel:
    row = top.inner("travel")
    row.only("duration", "distance", "positions", "estimated")
    duration = _matrix(row, "duration")
    distance = _matrix(row, "distance") if "distance" in row.values else duration
    positions = row.values.get("positions", [])
    if not isinstance(positions, list) or not all(isinstance(at, list) and len(at) == 2 for at in positions):  # noqa: PLR2004  x and y
        raise row.fail("positions", "must be a list of pairs")
    estimated = row.plain({"estimated": bool}).get("estimated", False)
    return Travel(distance, duration, estimated, tuple((float(x), float(y)) for x, y in positions))


def _matrix(row: _Fields, key: str) -> Matrix:
    try:
        found = np.array([[inf if cell is None else cell for cell in line] for line in row.values[key]], np.float64)
    except (KeyError, TypeError, ValueError) as error:
        raise row.fail(key, "must be a square table of figures") from error
    return found
