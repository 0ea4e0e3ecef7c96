"""What an import of transport's registers hands over: one value per row of a register file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class AreaRow:
    """A transport area (befordringsområde)."""

    number: int
    name: str
    department: str
    description: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """An allocation criterion (tildelingskriterium)."""

    code: str
    area_no: int
    name: str
    law: str
    target_group: str
    form: str
    section: str | None = None
    terms: str | None = None
    rule: str | None = None
    account_prefix: str | None = None
    needs_check: bool | None = None
    source: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class AreaAccountRow:
    """Which postings are an area's, by the first digits of their account string."""

    area_no: int
    prefix: str
    operator_kind: str | None = None
    is_admin: bool | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class TransportPlaceRow:
    """A place that rides begin or end at; a home has a citizen. Times are texts, HH:MM; degrees may be."""

    number: str
    kind: str
    name: str | None = None
    street: str | None = None
    postal_code: str | None = None
    town: str | None = None
    latitude: str | Decimal | None = None
    longitude: str | Decimal | None = None
    citizen_source_id: str | None = None
    calendar: str | None = None
    bell_in: str | None = None
    bell_out: str | None = None


@dataclass(frozen=True, kw_only=True)
class OperatorRow:
    """Whoever drives or pays (operatør)."""

    name: str
    kind: str
    supplier_source_id: str | None = None
    contract_number: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class PriceRow:
    """An operator's prices of a product in a period, kr. and percent."""

    operator: str
    product: str
    valid_from: date
    valid_to: date | None = None
    start: Decimal | None = None
    km: Decimal | None = None
    minute: Decimal | None = None
    waiting_minute: Decimal | None = None
    lift: Decimal | None = None
    bridge: Decimal | None = None
    no_show: Decimal | None = None
    day: Decimal | None = None
    fee_share: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class VehicleRow:
    """A vehicle of an operator."""

    operator: str
    name: str
    registration: str | None = None
    seats: int | None = None
    wheelchairs: int | None = None
    lift: bool | None = None
    solo: bool | None = None
    fuel: str | None = None
    co2_g_km: int | None = None
    first_registered: date | None = None
    unit_source_id: str | None = None
    use: str | None = None


@dataclass(frozen=True, kw_only=True)
class RideGrantRow:
    """What an ordinary grant says of rides. `weekdays` is names of days; the payment is kr. a trip."""

    grant_source_id: str
    criterion: str
    operator: str | None = None
    home: str | None = None
    destination: str | None = None
    weekdays: str | None = None
    out_arrive: str | None = None
    back_leave: str | None = None
    aids: str | None = None
    companion: bool | None = None
    solo: bool | None = None
    max_ride_minutes: int | None = None
    user_payment: Decimal | None = None
    road_km: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class CostRow:
    """A year's mapped cost of an area by operator kind, kr.; None is not estimated. `year` None is the file's own."""

    area_no: int
    private: Decimal | None = None
    movia: Decimal | None = None
    own: Decimal | None = None
    reimbursement: Decimal | None = None
    movia_admin: Decimal | None = None
    total: Decimal | None = None
    year: int | None = None
    area: str | None = None
    department: str | None = None
