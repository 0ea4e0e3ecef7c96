"""What an import hands over: one value per row of a register file, already read into proper types.

Period ends are exclusive; None is an empty cell; amounts are kroner. Rows point at each other with the sources' own
numbers (`source_id`), which are resolved to our ids in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class SupplierRow:
    """A supplier (Danish: leverandør): `kind` is private|municipal|regional|foundation|sole_proprietor.

    A new `account` (Danish: konto) is kept beside the former ones, from `account_from`.
    """

    source_id: str
    cvr: str
    name: str
    kind: str
    ean: str | None = None
    account: str | None = None
    account_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProviderUnitRow:
    """A provider unit (Danish: tilbud): the place with a P-number that is approved for a section of the law."""

    source_id: str
    supplier_source_id: str
    p_number: str
    name: str
    section: str
    approved_from: date | None = None
    approved_to: date | None = None
    places: int | None = None


@dataclass(frozen=True, kw_only=True)
class PortalRateRow:
    """A rate that the provider unit has reported to Tilbudsportalen, kr. per `unit`."""

    provider_unit_source_id: str
    service: str
    unit: str
    valid_from: date
    amount: Decimal
    valid_to: date | None = None
