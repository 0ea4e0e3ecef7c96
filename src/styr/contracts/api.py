"""Contracts with their lines and prices as JSON."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from styr.access.api import PageNumber, PageSize, Problem, plain, scoped
from styr.access.core.permissions import Permission
from styr.contracts import queries
from styr.contracts.listing import ContractFilter, contract_rows
from styr.kernel import clock

router = Router(tags=["Contracts"])


class ContractOut(Schema):
    """A contract (kontrakt) in [starts, ends)."""

    id: UUID
    number: str
    kind: str
    section: str
    supplier: UUID
    citizen: UUID | None
    starts: date
    ends: date | None
    status: str
    signed_on: date | None


class PriceOut(Schema):
    """A price, kr. per the line's unit in [valid_from, valid_to)."""

    valid_from: date
    valid_to: date | None
    amount: str


class LineOut(Schema):
    """A contract line with its prices, the earliest first."""

    id: UUID
    line: int
    kind: str
    service: str
    unit: str
    purpose: str
    hours: str | None
    hourly_rate: str | None
    evaluation_on: date | None
    prices: list[PriceOut]


class ContractCardOut(ContractOut):
    """A contract with terms and lines; `absence_billable` is a share from 0 to 1."""

    notice_days: int | None
    absence_free_days: int
    absence_billable: str
    lines: list[LineOut]


class ContractsOut(Schema):
    """A page of contracts."""

    total: int
    rows: list[ContractOut]


@router.get("", response=ContractsOut, summary="Contracts by number")
@scoped(Permission.SEE_CONTRACTS)
def contracts(  # noqa: PLR0913, PLR0917 - the query's own words
    request: HttpRequest,  # noqa: ARG001 - ninja's
    page: PageNumber = 1,
    size: PageSize = 50,
    supplier: UUID | None = None,
    status: str | None = None,
    running_on: date | None = None,
) -> ContractsOut:
    """Return a page, if asked only those of a supplier, of a status, or that run on a day."""
    wanted = ContractFilter(supplier_id=supplier, status=status, running_on=running_on)
    rows, total = contract_rows(wanted, today=clock.today(), page=page, size=size)
    shown = [
        ContractOut(
            id=row.id,
            number=row.number,
            kind=row.kind,
            section=row.section,
            supplier=row.supplier_id,
            citizen=row.citizen_id,
            starts=row.starts,
            ends=row.ends,
            status=row.status,
            signed_on=row.signed_on,
        )
        for row in rows
    ]
    return ContractsOut(total=total, rows=shown)


@router.get("/{uuid:contract_id}", response={200: ContractCardOut, 404: Problem}, summary="One contract with prices")
@scoped(Permission.SEE_CONTRACTS)
def contract(request: HttpRequest, contract_id: UUID) -> ContractCardOut:  # noqa: ARG001 - ninja's
    """Return the contract with its terms, lines and prices."""
    try:
        card = queries.contract_card(contract_id)
    except queries.ContractNotVisibleError as missing:
        raise HttpError(404, str(missing)) from missing
    return ContractCardOut(
        id=card.id,
        number=card.number,
        kind=card.kind,
        section=card.section,
        supplier=card.supplier_id,
        citizen=card.citizen_id,
        starts=card.starts,
        ends=card.ends,
        status=card.status,
        signed_on=card.signed_on,
        notice_days=card.notice_days,
        absence_free_days=card.absence_free_days,
        absence_billable=plain(card.absence_billable),
        lines=[_line(line) for line in card.lines],
    )


def _line(line: queries.LineCard) -> LineOut:
    return LineOut(
        id=line.id,
        line=line.line_no,
        kind=line.kind,
        service=line.service,
        unit=line.unit,
        purpose=line.purpose,
        hours=None if line.hours is None else plain(line.hours),
        hourly_rate=None if line.hourly_rate is None else plain(line.hourly_rate),
        evaluation_on=line.evaluation_on,
        prices=[
            PriceOut(valid_from=rate.valid_from, valid_to=rate.valid_to, amount=plain(rate.amount))
            for rate in line.rates
        ],
    )
