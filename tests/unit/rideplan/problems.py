"""Small problems on a line: place `n` lies `n` minutes and kilometres from place 0."""

from math import inf
from typing import Any

import numpy as np

from rideplan.model.fleet import Shift, VehicleType
from rideplan.model.problem import Problem, Travel
from rideplan.model.requests import Request, Stop
from rideplan.stopping import Stop as Budget

SHORT = Budget(iterations=300)


def line(places: int = 31) -> Travel:
    at = np.arange(places, dtype=np.float64)
    matrix = np.abs(at[:, None] - at[None, :])
    return Travel(matrix, matrix, positions=tuple((float(x), 0.0) for x in at))


def ride(name: str, origin: int, target: int, *, late: float = inf, early: float = 0.0, **more: Any) -> Request:
    return Request(name, Stop(origin, early), Stop(target, close=late), **more)


def bus(count: int = 1, seats: int = 4, **more: Any) -> VehicleType:
    return VehicleType("bus", count, ((seats,),), **({"shifts": (Shift(0, 1000),)} | more))


def problem(*requests: Request, fleet: tuple[VehicleType, ...] = (bus(),), **more: Any) -> Problem:
    return Problem(requests, fleet, line(), **more)
