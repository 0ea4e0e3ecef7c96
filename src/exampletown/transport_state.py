"""The true state of the town's transport: who drives, where, at what price. Money in øre, km in hundredths."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from exampletown.model import Citizen, Unit
    from exampletown.outline import Point

HUNDRED, TEN_THOUSAND = 100, 10_000


def rounded(numerator: int, denominator: int) -> int:
    """A quotient to a whole number, half away from nought."""
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


@dataclass(slots=True, frozen=True)
class Price:
    """What an operator takes for a product in a period; ``fee`` is administration in hundredths of a per cent."""

    product: str
    start_day: date
    end_day: date | None
    start: int = 0
    km: int = 0
    minute: int = 0
    waiting: int = 0
    lift: int = 0
    bridge: int = 0
    no_show: int = 0
    day: int = 0
    fee: int = 0


@dataclass(slots=True, eq=False)
class Operator:
    """Someone who drives; ``code`` begins the numbers of its settlements and names its files."""

    code: str
    name: str
    kind: str
    cvr: str
    prices: list[Price] = field(default_factory=list)

    def price(self, product: str, day: date) -> Price:
        """The price that holds on a day."""
        for price in self.prices:
            if price.product == product and price.start_day <= day and (price.end_day is None or day < price.end_day):
                return price
        raise LookupError(product)


@dataclass(slots=True, eq=False)
class Place:
    """A home (with its citizen), a destination (with its calendar and bells) or another place."""

    number: str
    kind: str
    name: str
    street: str
    postcode: str
    town: str
    point: Point | None
    citizen: Citizen | None = None
    calendar: str | None = None
    bell_in: int | None = None
    bell_out: int | None = None


@dataclass(slots=True, eq=False)
class Ride:
    """A transport grant: whom, by which criterion, where, when and on what terms; ends are exclusive."""

    number: str
    citizen: Citizen
    area: int
    criterion: str
    section: str
    account: str
    unit: Unit
    operator: Operator
    product: str
    home: Place
    destination: Place | None
    weekdays: int
    start: date
    end: date | None
    aids: str = ""
    companion: bool = False
    solo: bool = False
    user_payment: int = 0
    road: int | None = None
    """Hundredths of a km, one way; None where nobody knows."""
    true_road: int = 0
    absences: list[tuple[date, date, str]] = field(default_factory=list)
    route: str = ""
    """The fixed route that the citizen rides with, where there is one."""

    def away(self, day: date) -> bool:
        """Whether an absence covers the day."""
        return any(start <= day < end for start, end, _ in self.absences)

    def runs(self, day: date) -> bool:
        """Whether the grant holds on the day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(slots=True, eq=False)
class Trip:
    """A row of a settlement; ``start`` in minutes after midnight of ``day``, ``start`` + ``minutes`` may pass it."""

    ride: Ride | None
    number: str
    product: str
    citizen: str
    grant: str
    day: date
    start: int
    minutes: int
    from_no: str
    to_no: str
    km: int
    account: str
    waiting: int = 0
    aids: str = ""
    lift: bool = False
    bridge: bool = False
    companions: int = 0
    solo: bool = False
    no_show: bool = False
    cancelled: bool = False
    cost: int = 0
    fee: int = 0
    user_payment: int = 0
    flaws: list[str] = field(default_factory=list)
    end_shift: int = 0
    """Minutes that the told end lies from the true one."""


@dataclass(slots=True, eq=False)
class Settlement:
    """What an operator settles for a month; ``versions`` are the rows of each time it came, the last one counts."""

    operator: Operator
    number: str
    month: date
    invoice: str
    trips: list[Trip] = field(default_factory=list)
    first: list[Trip] | None = None
    """The rows that came first, where they were later corrected."""
    again: bool = False
    """The file came twice."""


@dataclass
class Transport:
    """All of it."""

    operators: list[Operator]
    places: list[Place]
    rides: list[Ride] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    attendance: list[tuple[str, date, bool]] = field(default_factory=list)
    closed: dict[str, frozenset[date]] = field(default_factory=dict)


def priced(trip: Trip, price: Price) -> None:
    """Set what the trip costs by its price."""
    if trip.cancelled:
        trip.cost = 0
    elif trip.no_show:
        trip.cost = price.no_show
    else:
        trip.cost = (
            price.start
            + rounded(trip.km * price.km, HUNDRED)
            + trip.minutes * price.minute
            + trip.waiting * price.waiting
            + (price.lift if trip.lift else 0)
            + (price.bridge if trip.bridge else 0)
            + price.day
        )
    trip.fee = rounded(trip.cost * price.fee, TEN_THOUSAND)
