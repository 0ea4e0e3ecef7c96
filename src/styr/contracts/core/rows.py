"""What an import hands over: one value per row of a register file, already read into proper types.

Period ends are exclusive; None is an empty cell; amounts are kroner. Order of import: closing days, contracts, lines,
rates. Rows point at others with contract numbers and the sources' own numbers, resolved in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class ClosingDayRow:
    """A day (Danish: lukkedag) on which the places that follow `calendar` are closed, besides weekends and holidays."""

    calendar: str
    day: date


@dataclass(frozen=True, kw_only=True)
class ContractRow:
    """A contract: `kind` individual|framework, `status` draft|sent|signed|terminated.

    `absence_free_days` days of each absence are paid in full, what follows with the share `absence_billable` (0..1);
    None for both means that absence changes nothing. An individual contract names its citizen.

    What follows `calendar` are the terms from the first day (None: the file does not say): days paid after death and
    after moving, the share paid (0..1) until the citizen moved in, `notice_from` day|month_end, `index_kind`
    fixed|pl|percent with its percentage or cap a year, the days in which to invoice; the framework that it is a
    call-off of, and the day on which the citizen in fact moved in.
    """

    number: str
    kind: str
    supplier_source_id: str
    section: str
    starts: date
    status: str
    provider_unit_source_id: str | None = None
    citizen_source_id: str | None = None
    ends: date | None = None
    notice_days: int | None = None
    signed_on: date | None = None
    absence_free_days: int | None = None
    absence_billable: Decimal | None = None
    calendar: str | None = None
    days_after_death: int | None = None
    days_after_move: int | None = None
    vacancy_billable: Decimal | None = None
    notice_from: str | None = None
    index_kind: str | None = None
    index_percent: Decimal | None = None
    invoice_days: int | None = None
    framework_number: str | None = None
    moved_in_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ContractLineRow:
    """A line of a contract: `kind` base|supplement|special; `unit` a code of kernel.units.Unit.

    `hours` are hours a week and `hourly_rate` kr. an hour: what a special rate (Danish: særtakst) is reckoned from.
    """

    contract_number: str
    line_no: int
    kind: str
    service: str
    unit: str
    purpose: str | None = None
    hours: Decimal | None = None
    hourly_rate: Decimal | None = None
    evaluation_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ContractRateRow:
    """The price of a contract line in a period, kr. per the line's unit."""

    contract_number: str
    line_no: int
    valid_from: date
    amount: Decimal
    valid_to: date | None = None
