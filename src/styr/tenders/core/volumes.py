"""What a lot asks for in a year (mængder), and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away
from styr.tenders.core.codes import Element, Need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from styr.tenders.core.rides import Ride

SEATS: Final = 8
"""The seats of the vehicle that the number of vehicles is reckoned with."""
SEATS_OF_A_WHEELCHAIR: Final = 2
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Volume:
    """How much of one price element in a year, and how much of that is granted a year into the contract."""

    quantity: Decimal
    low: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LotFigures:
    """A lot's year. `unknown_km` are citizens whose way is known from neither trips nor grant: an average stands in.

    `today_ore` is a year's price with today's operators: the measured trips' cost, as of all the lot's; None where none
    are measured.
    """

    riders: int
    volumes: Mapping[Element, Volume]
    months: tuple[int, ...]
    measured_percent: int
    ending: int
    unknown_km: int
    peak_vehicles: int
    today_ore: int | None


def figures_of(rides: Sequence[Ride], *, lasts_until: date) -> LotFigures:
    """Add up a lot; grants that end before `lasts_until` are in the quantity, not in its lower bound."""
    known = _filled(rides)
    lasting = [ride for ride in known if ride.ends is None or ride.ends >= lasts_until]
    all_in, sure = _sums(known), _sums(lasting)
    trips = sum(ride.trips for ride in known)
    costs = sum(ride.cost_ore or 0 for ride in known)
    measured = sum(ride.trips for ride in known if ride.measured)
    return LotFigures(
        riders=len({ride.citizen_id for ride in known}),
        volumes={element: Volume(all_in[element], sure[element]) for element in Element},
        months=tuple(sum(ride.months[month] for ride in known) for month in range(_MONTHS)),
        measured_percent=round_half_away(100 * measured, trips) if trips else 0,
        ending=len({ride.citizen_id for ride in known}) - len({ride.citizen_id for ride in lasting}),
        unknown_km=sum(ride.km is None for ride in rides),
        peak_vehicles=peak_vehicles(known),
        today_ore=round_half_away(costs * trips, measured) if measured else None,
    )


def peak_vehicles(rides: Iterable[Ride]) -> int:
    """How many vehicles of eight seats drive in the busiest hour, each to one destination; a solo ride has its own."""
    wanted: defaultdict[tuple[int, str, int], defaultdict[object, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0, 0])
    )
    for ride in rides:
        for way, told in (("out", ride.out_arrive), ("back", ride.back_leave)):
            if not told:
                continue
            for bit in range(7):
                if ride.weekdays & (1 << bit):
                    place = wanted[bit, way, int(told[:2])][ride.destination_id]
                    place[0] += SEATS_OF_A_WHEELCHAIR if ride.need is Need.WHEELCHAIR else ride.need is Need.SEATED
                    place[1] += ride.need is Need.SOLO
    return max(
        (sum(-(-seats // SEATS) + solo for seats, solo in places.values()) for places in wanted.values()), default=0
    )


def _filled(rides: Sequence[Ride]) -> list[Ride]:
    """The rides with the lot's average per trip where kilometres or minutes are not known."""
    km = _average(rides, lambda ride: ride.km)
    minutes = _average(rides, lambda ride: None if ride.minutes is None else Decimal(ride.minutes))
    return [
        replace(
            ride,
            km=(km * ride.trips).quantize(Decimal("0.01")) if ride.km is None else ride.km,
            minutes=int((minutes * ride.trips).to_integral_value()) if ride.minutes is None else ride.minutes,
        )
        for ride in rides
    ]


def _average(rides: Sequence[Ride], of: Callable[[Ride], Decimal | None]) -> Decimal:
    """The average a trip of those that are known, four decimals."""
    known = [(value, ride.trips) for ride in rides if (value := of(ride)) is not None]
    trips = sum(number for _, number in known)
    if not trips:
        return Decimal(0)
    numerator, denominator = (sum((value for value, _ in known), Decimal(0)) * 10_000).as_integer_ratio()
    return Decimal(round_half_away(numerator, denominator * trips)).scaleb(-4)


def _sums(rides: Sequence[Ride]) -> dict[Element, Decimal]:
    days = max((-(-ride.trips // 2) for ride in rides), default=0)
    return {
        Element.START: Decimal(sum(ride.trips for ride in rides)),
        Element.KM: sum((ride.km or Decimal(0) for ride in rides), Decimal(0)),
        Element.MINUTE: Decimal(sum(ride.minutes or 0 for ride in rides)),
        Element.WAITING: Decimal(sum(ride.waiting for ride in rides)),
        Element.LIFT: Decimal(sum(ride.lifts for ride in rides)),
        Element.BRIDGE: Decimal(sum(ride.bridges for ride in rides)),
        Element.NO_SHOW: Decimal(sum(ride.no_shows for ride in rides)),
        Element.DAY: Decimal(peak_vehicles(rides) * days),
    }
