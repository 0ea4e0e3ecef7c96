"""Savings and negotiations as JSON. Nobody's walk-away, and nothing that was written freely, is told."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from styr.access.api import PageNumber, PageSize, Problem, caller, kr, plain, scoped
from styr.access.core.permissions import Permission
from styr.kernel import clock
from styr.negotiations import queries, reading
from styr.negotiations.core.codes import CaseStatus, EntryKind, Measure, SavingKind, SavingStatus

savings_router = Router(tags=["Results"])
negotiations_router = Router(tags=["Results"])
Year = Annotated[int, Field(ge=2000, le=2100, description="The year; else this one.")]


class SavingOut(Schema):
    """A saving in [starts, ends): from `baseline` to `agreed` a unit, or one sum; citizens are reached by the grant.

    `year` is what it is worth in the year and `full_year` in twelve months at the expected volume; `realised` is what
    the year's invoices show of it and `leaked` what they were above the agreed price.
    """

    id: UUID
    kind: SavingKind
    status: SavingStatus
    measure: Measure
    grant: UUID
    grant_number: str
    section: str
    supplier: UUID | None
    negotiation: UUID | None
    baseline: str
    agreed: str
    starts: date
    ends: date | None
    year: str
    full_year: str
    realised: str
    leaked: str


class SavingsOut(Schema):
    """A year's savings: the sums of all of them, and a page, the newest first.

    `expected` is hoped for; `agreed` is a promise, and `realised` what invoices show of it.
    """

    year: int
    expected: str
    agreed: str
    full_year: str
    realised: str
    leaked: str
    total: int
    rows: list[SavingOut]


class NegotiationOut(Schema):
    """A negotiation with a supplier; `likely` is what it could bring a year, as it was told when it was opened."""

    id: UUID
    kind: SavingKind
    status: CaseStatus
    supplier: UUID
    supplier_name: str
    grant: UUID
    grant_number: str
    likely: str | None
    opened_at: datetime
    closed_on: date | None


class NegotiationsOut(Schema):
    """A page of negotiations."""

    total: int
    rows: list[NegotiationOut]


class StepOut(Schema):
    """A step of a negotiation; `amount` is an offer's price in kr., null where none was named."""

    kind: EntryKind
    day: date
    amount: str | None


class NegotiationStepsOut(Schema):
    """A negotiation with what it could bring at the least and the most, its steps, and the contract it is about."""

    negotiation: NegotiationOut
    least: str | None
    most: str | None
    contract: UUID | None
    steps: list[StepOut]


@savings_router.get("", response=SavingsOut, summary="A year's savings, held against invoices")
@scoped(Permission.SEE_RESULTS)
def savings(
    request: HttpRequest,  # noqa: ARG001 - ninja's
    year: Year | None = None,
    page: PageNumber = 1,
    size: PageSize = 50,
    status: SavingStatus | None = None,
) -> SavingsOut:
    """Return the year's sums and a page of its savings, if asked only those of a status."""
    today = clock.today()
    asked = year or today.year
    lines = queries.savings_of(year=asked)
    sums = queries.summed(lines, year=asked, today=today)
    wanted = [one for one in lines if one.meets(asked) and status in {None, one.status}]
    return SavingsOut(
        year=asked,
        expected=kr(sums.expected_ore),
        agreed=kr(sums.agreed_ore),
        full_year=kr(sums.full_year_ore),
        realised=kr(sums.realised_ore),
        leaked=kr(sums.leaked_ore),
        total=len(wanted),
        rows=[_saving(one, asked) for one in wanted[(page - 1) * size : page * size]],
    )


@negotiations_router.get("", response=NegotiationsOut, summary="Negotiations, the latest first")
@scoped(Permission.SEE_RESULTS)
def negotiations(
    request: HttpRequest,  # noqa: ARG001 - ninja's
    page: PageNumber = 1,
    size: PageSize = 50,
    status: CaseStatus | None = None,
) -> NegotiationsOut:
    """Return a page, if asked only those of a status."""
    rows, total = reading.negotiation_page(
        status=status, words="", order=("aabnet", True), part=((page - 1) * size, size)
    )
    return NegotiationsOut(total=total, rows=[_negotiation(one) for one in rows])


@negotiations_router.get(
    "/{uuid:negotiation_id}", response={200: NegotiationStepsOut, 404: Problem}, summary="One negotiation"
)
@scoped(Permission.SEE_RESULTS)
def negotiation(request: HttpRequest, negotiation_id: UUID) -> NegotiationStepsOut:
    """Return the negotiation with its steps."""
    card = reading.negotiation(negotiation_id, actor_id=caller(request).user_id, today=clock.today())
    return NegotiationStepsOut(
        negotiation=_negotiation(card.line),
        least=None if card.low_ore is None else kr(card.low_ore),
        most=None if card.high_ore is None else kr(card.high_ore),
        contract=card.contract_id,
        steps=[
            StepOut(kind=one.kind, day=one.happened_on, amount=None if one.amount is None else plain(one.amount))
            for one in card.entries
        ],
    )


def _saving(one: queries.SavingLine, year: int) -> SavingOut:
    return SavingOut(
        id=one.id,
        kind=one.kind,
        status=one.status,
        measure=one.measure,
        grant=one.grant_id,
        grant_number=one.grant_number,
        section=one.section,
        supplier=one.supplier_id,
        negotiation=one.negotiation_id,
        baseline=plain(one.baseline),
        agreed=plain(one.agreed),
        starts=one.starts,
        ends=one.ends,
        year=kr(one.year_ore),
        full_year=kr(one.full_year_ore),
        realised=kr(one.realised_in(year)),
        leaked=kr(one.leaked_in(year)),
    )


def _negotiation(one: reading.CaseLine) -> NegotiationOut:
    return NegotiationOut(
        id=one.id,
        kind=one.kind,
        status=one.status,
        supplier=one.supplier_id,
        supplier_name=one.supplier_name,
        grant=one.grant_id,
        grant_number=one.grant_number,
        likely=None if one.likely_ore is None else kr(one.likely_ore),
        opened_at=one.opened_at,
        closed_on=one.closed_on,
    )
