"""What an import of the fleet's files hands over: one value per row. Times are texts, HH:MM; amounts are kr."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """A line of a logbook (kørebog); an end before the start is on the next day."""

    vehicle: str
    day: date
    starts: str
    ends: str
    km: Decimal | None = None
    purpose: str | None = None
    unit_source_id: str | None = None
    passengers: int | None = None


@dataclass(frozen=True, kw_only=True)
class VehicleCostRow:
    """What a vehicle costs from a day on; None is not known."""

    vehicle: str
    valid_from: date
    valid_to: date | None = None
    leasing: Decimal | None = None
    insurance: Decimal | None = None
    service: Decimal | None = None
    per_100km: Decimal | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """That a vehicle drives the standing rides to a place."""

    vehicle: str
    place: str
    valid_from: date
    valid_to: date | None = None
