"""One citizen's rides in a tender: where between, when, what they take of the vehicle, and how much in a year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from styr.kernel.money import round_half_away
from styr.tenders.core.codes import Need

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

YEAR = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Ride:
    """A grant's rides in a year, single trips; None where nobody knows.

    `area` is postal code and town, never a street, and empty where the address is protected or unknown. `months` are
    the trips of the twelve months. `measured` is False where the year is worked out from the grant and the calendar.
    """

    grant_id: UUID
    unit_id: UUID
    citizen_id: UUID
    area: str
    destination_id: UUID | None
    destination: str
    need: Need
    weekdays: int
    out_arrive: str
    back_leave: str
    measured: bool
    trips: int
    km: Decimal | None
    minutes: int | None
    waiting: int
    lifts: int
    bridges: int
    no_shows: int
    cost_ore: int | None
    months: tuple[int, ...]
    ends: date | None


def need_of(*, solo: bool, aids: str) -> Need:
    """What the ride takes: nobody else beside, a wheelchair place, or a seat."""
    if solo:
        return Need.SOLO
    return Need.WHEELCHAIR if "kørestol" in aids.casefold() else Need.SEATED


def a_year(counted: int, days: int) -> int:
    """What was counted in so many days, as of a whole year; a half away from zero."""
    return round_half_away(counted * YEAR, days) if days > 0 else 0


def km_a_year(counted: Decimal, days: int) -> Decimal:
    """Kilometres as of a whole year, two decimals."""
    numerator, denominator = (counted * 100 * YEAR).as_integer_ratio()
    return Decimal(round_half_away(numerator, denominator * days)).scaleb(-2) if days > 0 else Decimal(0)
