"""What an import hands over: one value per row of a file, already read into proper types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class TripRow:
    """A trip of a settlement; amounts in kr., `starts` and `ends` as on a clock. None is an empty cell."""

    operator: str
    settlement: str
    external_no: str
    product: str
    service_day: date
    cost: Decimal
    invoice_number: str | None = None
    citizen_source_id: str | None = None
    cpr: str | None = None
    grant_source_id: str | None = None
    ordered_on: date | None = None
    starts: str | None = None
    ends: str | None = None
    from_place: str | None = None
    to_place: str | None = None
    km: Decimal | None = None
    minutes: int | None = None
    waiting_minutes: int | None = None
    aids: str | None = None
    lift: bool | None = None
    bridge: bool | None = None
    companions: int | None = None
    solo: bool | None = None
    no_show: bool | None = None
    cancelled: bool | None = None
    fee: Decimal | None = None
    user_payment: Decimal | None = None
    account_string: str | None = None

    def __repr__(self) -> str:
        """Name the row without saying who it is about."""
        return f"TripRow(settlement={self.settlement!r}, external_no={self.external_no!r})"


@dataclass(frozen=True, kw_only=True)
class AttendanceRow:
    """Whether a citizen came on a day."""

    grant_source_id: str
    day: date
    present: bool
