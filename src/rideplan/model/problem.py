"""A whole planning problem: requests, fleet, travel and what counts."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rideplan.model.fleet import VehicleType
from rideplan.model.requests import Request

Matrix = npt.NDArray[np.float32] | npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Travel:
    """Travel between places.

    Attributes:
        distance: Places × places, in the unit of `per_km`.
        duration: Places × places, minutes.
        estimated: The times come from a formula, not from roads; plans say so.
        positions: Longitude and latitude (or x and y) of the places, for drawings.
    """

    distance: Matrix
    duration: Matrix
    estimated: bool = False
    positions: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """What the search minimises: a weighted sum, in money.

    Attributes:
        cost: Weight of the fleet's own costs.
        vehicle: For each vehicle used, beside its fixed cost.
        rider_minute: For each minute a citizen is aboard (inconvenience).
        co2_kg: For each kilogramme of CO2.
        changed_driver: For each citizen who gets another vehicle than in the existing plan.
        changed_time: For each citizen whose pickup moves more than `tolerance` minutes from the existing plan.
        tolerance: Minutes.
    """

    cost: float = 1.0
    vehicle: float = 0.0
    rider_minute: float = 0.0
    co2_kg: float = 0.0
    changed_driver: float = 0.0
    changed_time: float = 0.0
    tolerance: float = 5.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """A citizen's place in an existing plan: which vehicle (`type/number`), picked up when."""

    request: str
    vehicle: str
    pickup: float


@dataclass(frozen=True, slots=True)
class Lock:
    """A part of a plan that stays: the request rides with this vehicle, and at these times where they are given."""

    request: str
    vehicle: str
    pickup: float | None = None
    delivery: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Everything a solver may know; it changes nothing in it.

    Attributes:
        requests: The rides.
        vehicles: The fleet, type by type.
        travel: Times and distances between places.
        dimensions: Names of the load dimensions.
        weights: What counts.
        existing: A plan that citizens already live by.
        locks: Parts that stay.
        absent: Names of vehicles that are not there today.
        name: For the reader of a result.
    """

    requests: tuple[Request, ...]
    vehicles: tuple[VehicleType, ...]
    travel: Travel
    dimensions: tuple[str, ...] = ("seat",)
    weights: Weights = Weights()
    existing: tuple[Assignment, ...] = ()
    locks: tuple[Lock, ...] = ()
    absent: frozenset[str] = frozenset()
    name: str = ""

    def with_requests(self, requests: tuple[Request, ...]) -> "Problem":
        """The same problem with other requests; what names those left out falls away."""
        kept = {request.id for request in requests}
        return replace(
            self,
            requests=tuple(row if row.apart <= kept else replace(row, apart=row.apart & kept) for row in requests),
            existing=tuple(row for row in self.existing if row.request in kept),
            locks=tuple(row for row in self.locks if row.request in kept),
        )
