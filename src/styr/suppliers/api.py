"""Suppliers with their offers and rates as JSON."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from styr.access.api import PageNumber, PageSize, Problem, plain, scoped
from styr.access.core.permissions import Permission
from styr.suppliers import queries

router = Router(tags=["Suppliers"])


class SupplierOut(Schema):
    """A supplier (leverandør)."""

    id: UUID
    number: str
    name: str
    cvr: str
    kind: str
    ean: str


class RateOut(Schema):
    """A rate reported to Tilbudsportalen, kr. per `unit` in [valid_from, valid_to)."""

    service: str
    unit: str
    valid_from: date
    valid_to: date | None
    amount: str


class OfferOut(Schema):
    """A provider unit (tilbud), approved in [approved_from, approved_to)."""

    id: UUID
    name: str
    p_number: str
    section: str
    approved_from: date | None
    approved_to: date | None
    places: int | None
    rates: list[RateOut]


class SupplierCardOut(SupplierOut):
    """A supplier with its offers."""

    offers: list[OfferOut]


class SuppliersOut(Schema):
    """A page of suppliers."""

    total: int
    page: int
    pages: int
    rows: list[SupplierOut]


@router.get("", response=SuppliersOut, summary="Suppliers in Danish order of name")
@scoped(Permission.SEE_SUPPLIERS)
def suppliers(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50) -> SuppliersOut:  # noqa: ARG001 - ninja's
    """Return a page."""
    found = queries.suppliers_page(number=page, size=size)
    return SuppliersOut(
        total=found.paginator.count,
        page=found.number,
        pages=found.paginator.num_pages,
        rows=[_out(line) for line in found.object_list],
    )


@router.get("/{uuid:supplier_id}", response={200: SupplierCardOut, 404: Problem}, summary="One supplier with offers")
@scoped(Permission.SEE_SUPPLIERS)
def supplier(request: HttpRequest, supplier_id: UUID) -> SupplierCardOut:  # noqa: ARG001 - ninja's
    """Return the supplier with its offers and their rates."""
    try:
        card = queries.supplier_card(supplier_id)
    except queries.SupplierNotVisibleError as missing:
        raise HttpError(404, str(missing)) from missing
    offers = [
        OfferOut(
            id=offer.id,
            name=offer.name,
            p_number=offer.p_number,
            section=offer.section,
            approved_from=offer.approved_from,
            approved_to=offer.approved_to,
            places=offer.places,
            rates=[
                RateOut(
                    service=rate.service,
                    unit=rate.unit,
                    valid_from=rate.valid_from,
                    valid_to=rate.valid_to,
                    amount=plain(rate.amount),
                )
                for rate in offer.portal_rates
            ],
        )
        for offer in card.provider_units
    ]
    return SupplierCardOut(**_out(card).dict(), offers=offers)


def _out(line: queries.SupplierLine) -> SupplierOut:
    return SupplierOut(id=line.id, number=line.source_id, name=line.name, cvr=line.cvr, kind=line.kind, ean=line.ean)
