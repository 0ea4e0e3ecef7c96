"""What citizens ask for."""

from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True)
class Stop:
    """One end of a ride.

    Attributes:
        place: Row of the travel matrices.
        open: Earliest begin of service, minutes after midnight.
        close: Latest begin of service (a school's latest arrival is the close of the delivery).
        service: Minutes the vehicle stands there.
    """

    place: int
    open: float = 0.0
    close: float = inf
    service: float = 0.0


@dataclass(frozen=True, slots=True)
class Request:
    """One ride of one citizen.

    Attributes:
        id: Unique name.
        pickup: Where and when the ride begins.
        delivery: Where and when it ends.
        load: What it takes of each of the problem's dimensions (seat, wheelchair place, …).
        max_ride: Longest time aboard in minutes, from departure at the pickup to arrival at the delivery.
        needs: Features the vehicle must have (a lift).
        refuses: Features the vehicle must not have.
        solo: Nobody else may be aboard.
        together: Requests of the same label ride on the same trip of the same vehicle, or none of them rides.
        apart: Requests that may not be aboard at the same time.
        priority: Weight of the penalty when the request is left out.
        penalty: Cost of leaving it out; without it, more than any plan costs.
        outside_price: A price at which somebody else drives it; it is then optional, and one solve says make or buy.
    """

    id: str
    pickup: Stop
    delivery: Stop
    load: tuple[int, ...] = (1,)
    max_ride: float = inf
    needs: frozenset[str] = field(default_factory=frozenset)
    refuses: frozenset[str] = field(default_factory=frozenset)
    solo: bool = False
    together: str | None = None
    apart: frozenset[str] = field(default_factory=frozenset)
    priority: float = 1.0
    penalty: float | None = None
    outside_price: float | None = None
