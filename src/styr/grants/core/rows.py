"""What an import hands over: one value per row of a register file, already read into proper types.

Period ends are exclusive; None is an empty cell; amounts are kroner. Order of import: grants, service lines,
absences. Rows point at others with contract numbers and the sources' own numbers, resolved in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

ONE = Decimal(1)


@dataclass(frozen=True, kw_only=True)
class GrantRow:
    """A grant (Danish: bevilling): `status` draft|expected|granted|stopped.

    `source_id` is the case system's number; when it is a valid grant number it also becomes ours, otherwise a new
    one is issued. Without `unit_source_id` the grant belongs to the citizen's unit.
    """

    source_id: str
    citizen_source_id: str
    section: str
    status: str
    starts: date
    case_number: str | None = None
    ends: date | None = None
    unit_source_id: str | None = None
    caseworker: str | None = None
    account_string: str | None = None
    follow_up_on: date | None = None
    contract_number: str | None = None
    provider_unit_source_id: str | None = None
    supplier_source_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceLineRow:
    """A service line (Danish: bevillingsydelse): `quantity` of `unit` per `per`, codes of kernel.units.

    `contract_line_no` is a line of the grant's contract. `price` (kr. per unit) is the grant's own rate from the
    line's start, for a line without a contract line. Without `starts`/`ends` the line follows the grant.
    """

    grant_source_id: str
    line_no: int
    service: str
    unit: str
    quantity: Decimal
    per: str
    factor: Decimal = ONE
    contract_line_no: int | None = None
    starts: date | None = None
    ends: date | None = None
    price: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class AbsenceRow:
    """Days on which the citizen was away (Danish: fravær)."""

    grant_source_id: str
    starts: date
    ends: date | None = None
    reason: str | None = None
