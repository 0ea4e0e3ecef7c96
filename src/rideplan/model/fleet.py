"""What there is to drive with."""

from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True)
class Break:
    """The driver's break: begins in `[earliest, latest]`, lasts `duration` minutes, with nobody aboard."""

    earliest: float
    latest: float
    duration: float


@dataclass(frozen=True, slots=True)
class Shift:
    """One trip of a vehicle from its start to its end place; several shifts are several trips a day.

    Attributes:
        open: Earliest departure, minutes after midnight.
        close: Latest return.
        rest: A break that the trip must hold, if it is driven.
    """

    open: float = 0.0
    close: float = inf
    rest: Break | None = None


@dataclass(frozen=True, slots=True)
class VehicleType:
    """A number of equal vehicles, own or a haulier's; a vehicle is named `id/number`, counted from 1.

    Attributes:
        id: Unique name.
        count: How many there are.
        configurations: Capacities per dimension; at every moment the load must fit one of them (a wheelchair place
            takes seats).
        start: Row of the travel matrices where trips begin.
        end: Where they end.
        shifts: Windows of its trips, in order, without overlap.
        features: What it offers (lift, low entry).
        max_duration: Longest trip in minutes.
        fixed_cost: Per vehicle that drives at all.
        per_km: Per unit of the distance matrix.
        per_minute: Per minute of a trip, waiting and break included.
        per_rider_minute: Per minute a citizen is aboard.
        co2_per_km: Kilogrammes per unit of the distance matrix.
        haulier: Who drives; empty for the own fleet.
    """

    id: str
    count: int
    configurations: tuple[tuple[int, ...], ...]
    start: int = 0
    end: int = 0
    shifts: tuple[Shift, ...] = (Shift(),)
    features: frozenset[str] = field(default_factory=frozenset)
    max_duration: float = inf
    fixed_cost: float = 0.0
    per_km: float = 1.0
    per_minute: float = 0.0
    per_rider_minute: float = 0.0
    co2_per_km: float = 0.0
    haulier: str = ""

    def names(self) -> tuple[str, ...]:
        """Names of the single vehicles."""
        return tuple(f"{self.id}/{number}" for number in range(1, self.count + 1))
