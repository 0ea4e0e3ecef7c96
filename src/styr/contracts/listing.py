"""The list of contracts (kontrakter): filtered, sorted, paged, with the base price of the day; two queries a page."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Collate, Lower

from styr.contracts.core.codes import ContractStatus, LineKind
from styr.contracts.models import Contract, ContractLine, ContractRate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

PAGE_SIZE: Final = 50
"""Rows a page where the caller does not say."""


@dataclass(frozen=True, kw_only=True)
class ContractFilter:
    """Which contracts; what is None is not asked about.

    `text` is part of a contract number or of a supplier's name; `ends_before` leaves out open-ended contracts and those
    that have ended by `today`; `lacks` is "signature", "price" or "end".
    """

    text: str = ""
    status: str | None = None
    kind: str | None = None
    section: str | None = None
    supplier_id: UUID | None = None
    citizen_id: UUID | None = None
    unit_id: UUID | None = None
    running_on: date | None = None
    ends_before: date | None = None
    special_rate: bool = False
    lacks: str | None = None


@dataclass(frozen=True)
class ListedContract:
    """A contract in the list; `ends` is exclusive, `price` (kr. per `price_unit`) is the base line's that day.

    The citizen is an id: names come through `people.queries`.
    """

    id: UUID
    number: str
    kind: str
    section: str
    supplier_id: UUID
    supplier_name: str
    provider_unit_name: str | None
    citizen_id: UUID | None
    starts: date
    ends: date | None
    notice_days: int | None
    status: str
    signed_on: date | None
    price: Decimal | None
    price_unit: str | None


SORTS: Final = {
    "nummer": ("number",),
    "leverandoer": ("supplier_order", "number"),
    "start": ("starts", "number"),
    "slut": ("ends", "number"),
    "pris": ("price", "number"),
    "status": ("status", "number"),
}
"""What the list can be sorted by, as the address names it; each ends with the number, which is unique."""


def contract_rows(
    wanted: ContractFilter, *, today: date, sort: str = "nummer", page: int = 1, size: int = PAGE_SIZE
) -> tuple[list[ListedContract], int]:
    """Return a page of contracts and how many there are in all. `sort` with a leading "-" goes the other way.

    Two queries. A page beyond the last is the last.
    """
    found = _found(wanted, today)
    total = found.count()
    first = min(max(page, 1) - 1, max(0, -(-total // size) - 1)) * size
    rows = _priced(found, today).order_by(*_order(sort))[first : first + size]
    names = [field.name for field in fields(ListedContract)]
    return [ListedContract(**{name: row[name] for name in names}) for row in rows.values(*names)], total


def _found(wanted: ContractFilter, today: date) -> QuerySet[Contract]:
    exact = {
        "status": wanted.status,
        "kind": wanted.kind,
        "section": wanted.section,
        "supplier_id": wanted.supplier_id,
        "citizen_id": wanted.citizen_id,
        "unit_id": wanted.unit_id,
    }
    found = Contract.objects.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.text:
        found = found.filter(Q(number__icontains=wanted.text) | Q(supplier__name__icontains=wanted.text))
    if wanted.running_on is not None:
        found = found.filter(Q(ends=None) | Q(ends__gt=wanted.running_on), starts__lte=wanted.running_on)
    if wanted.ends_before is not None:
        found = found.filter(ends__lte=wanted.ends_before, ends__gt=today)
    if wanted.special_rate:
        found = found.filter(Exists(ContractLine.objects.filter(contract=OuterRef("id"), kind=LineKind.SPECIAL)))
    return _lacking(found, wanted.lacks)


def _lacking(found: QuerySet[Contract], lacks: str | None) -> QuerySet[Contract]:
    match lacks:
        case "signature":
            return found.filter(status__in=[ContractStatus.DRAFT, ContractStatus.SENT])
        case "price":
            return found.filter(~Exists(ContractRate.objects.filter(contract_line__contract=OuterRef("id"))))
        case "end":
            return found.filter(ends=None)
        case _:
            return found


def _priced(found: QuerySet[Contract], today: date) -> QuerySet[Contract]:
    """Add the price that the first base line has on the day."""
    holding = ContractRate.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=today),
        contract_line__contract=OuterRef("id"),
        contract_line__kind=LineKind.BASE,
        valid_from__lte=today,
    ).order_by("contract_line__line_no", "-valid_from")
    return found.annotate(
        supplier_name=F("supplier__name"),
        supplier_order=Collate(Lower(F("supplier__name"), output_field=TextField()), "C"),
        provider_unit_name=F("provider_unit__name"),
        price=Subquery(holding.values("amount")[:1]),
        price_unit=Subquery(holding.values("contract_line__measure")[:1]),
    )


def _order(sort: str) -> Sequence[str]:
    """The columns to order by; words that mean nothing sort by number."""
    back = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS["nummer"])
    return [f"-{column}" if back else column for column in columns]
