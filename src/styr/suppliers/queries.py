"""What the scope may see of suppliers; they say nothing about citizens, so no read is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, TextField
from django.db.models.functions import Collate, Lower

from styr.kernel.refusal import NotThere
from styr.suppliers.models import ProviderUnit, Supplier, SupplierAccount

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

PAGE_SIZE = 200


class SupplierNotVisibleError(NotThere):
    """There is no such supplier in the municipality."""

    def __init__(self) -> None:
        super().__init__("Leverandøren findes ikke.")


@dataclass(frozen=True)
class SupplierLine:
    """A supplier in a list."""

    id: UUID
    source_id: str
    name: str
    cvr: str
    kind: str
    ean: str


@dataclass(frozen=True)
class AccountLine:
    """A bank account and the day it is known from; `waits` until a second person than `brought_by` confirms it."""

    id: UUID
    account: str
    valid_from: date
    brought_by: UUID | None
    waits: bool


@dataclass(frozen=True)
class PortalRateLine:
    """A rate on Tilbudsportalen, kr. per unit in [valid_from, valid_to)."""

    service: str
    unit: str
    valid_from: date
    valid_to: date | None
    amount: Decimal


@dataclass(frozen=True)
class ProviderUnitCard:
    """A provider unit with its approval and its rates, the latest first."""

    id: UUID
    name: str
    p_number: str
    section: str
    approved_from: date | None
    approved_to: date | None
    places: int | None
    portal_rates: tuple[PortalRateLine, ...]


@dataclass(frozen=True)
class SupplierCard(SupplierLine):
    """Everything a page about the supplier shows."""

    accounts: tuple[AccountLine, ...]
    provider_units: tuple[ProviderUnitCard, ...]


def suppliers_page(*, number: int, size: int = PAGE_SIZE) -> Page[SupplierLine]:
    """Return a page of suppliers by name; two queries."""
    by_name = Collate(Lower(F("name"), output_field=TextField()), "C")
    shown = Paginator(Supplier.objects.order_by(by_name, "id"), size).get_page(number)
    lines = [SupplierLine(**_facts(supplier)) for supplier in shown.object_list]
    return Page(lines, shown.number, shown.paginator)  # type: ignore[arg-type]  # the same page, with lines for rows


def all_suppliers() -> list[SupplierLine]:
    """Return every supplier by name, for lists that are sorted by what other domains know; one query."""
    by_name = Collate(Lower(F("name"), output_field=TextField()), "C")
    return [SupplierLine(**_facts(supplier)) for supplier in Supplier.objects.order_by(by_name, "id")]


def provider_unit_counts() -> dict[UUID, int]:
    """Return how many provider units each supplier has, by supplier; one query."""
    groups = ProviderUnit.objects.values("supplier_id").annotate(count=Count("id"))
    return {group["supplier_id"]: group["count"] for group in groups}


def supplier_card(supplier_id: UUID) -> SupplierCard:
    """Return a supplier with accounts, provider units and portal rates; four queries.

    Raises:
        SupplierNotVisibleError: there is none in the municipality.
    """
    supplier = Supplier.objects.filter(id=supplier_id).first()
    if supplier is None:
        raise SupplierNotVisibleError
    accounts = supplier.accounts.order_by("-valid_from", "account")
    units = supplier.provider_units.prefetch_related("portal_rates").order_by("name", "id")
    return SupplierCard(
        **_facts(supplier),
        accounts=tuple(_account(row) for row in accounts),
        provider_units=tuple(_unit(unit) for unit in units),
    )


def supplier_line(supplier_id: UUID) -> SupplierLine:
    """Return a supplier by itself; one query.

    Raises:
        SupplierNotVisibleError: there is none in the municipality.
    """
    supplier = Supplier.objects.filter(id=supplier_id).first()
    if supplier is None:
        raise SupplierNotVisibleError
    return SupplierLine(**_facts(supplier))


def supplier_names(supplier_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of suppliers by id; one query."""
    return dict(Supplier.objects.filter(id__in=supplier_ids).values_list("id", "name"))


def supplier_count() -> int:
    """How many suppliers there are. One query."""
    return Supplier.objects.count()


def _facts(supplier: Supplier) -> dict[str, Any]:
    return {name: getattr(supplier, name) for name in SupplierLine.__dataclass_fields__}


def _unit(unit: ProviderUnit) -> ProviderUnitCard:
    rates = sorted(unit.portal_rates.all(), key=lambda rate: (rate.valid_from, rate.service), reverse=True)
    return ProviderUnitCard(
        id=unit.id,
        name=unit.name,
        p_number=unit.p_number,
        section=unit.section,
        approved_from=unit.approved_from,
        approved_to=unit.approved_to,
        places=unit.places,
        portal_rates=tuple(
            PortalRateLine(rate.service, rate.measure, rate.valid_from, rate.valid_to, rate.amount) for rate in rates
        ),
    )


def _account(row: SupplierAccount) -> AccountLine:
    return AccountLine(row.id, row.account, row.valid_from, row.brought_by, row.confirmed_at is None)
