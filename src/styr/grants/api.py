"""Grants as JSON: listed, shown with what they are expected to cost, written as drafts; absence and stops."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from styr.access.api import Kroner, Made, PageNumber, PageSize, Problem, caller, kr, plain, scoped, written_once
from styr.access.core.permissions import Permission
from styr.grants import queries
from styr.grants.acting import Actor, BeAway, Stop, carry_out
from styr.grants.costing import expected_by_service
from styr.grants.drafting import Draft, Editor, create_draft
from styr.grants.lines import NewLine
from styr.grants.listing import GrantFilter, grant_rows
from styr.grants.locked import UnknownGrantError
from styr.kernel import clock
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.units import Per, Unit

router = Router(tags=["Grants"])
MOST_MONTHS = 60
Quantity = Annotated[Decimal, Field(ge=0, lt=10**9, max_digits=13, decimal_places=4)]
Price = Annotated[Decimal, Field(ge=0, lt=10**9, max_digits=13, decimal_places=4)]


class GrantOut(Schema):
    """A grant (bevilling) in [starts, ends)."""

    id: UUID
    number: str
    citizen: UUID
    section: str
    status: str
    starts: date
    ends: date | None
    contract: UUID | None


class GrantsOut(Schema):
    """A page of grants."""

    total: int
    rows: list[GrantOut]


class ServiceOut(Schema):
    """A service line: `quantity` of `unit` per `per`."""

    id: UUID
    line: int
    service: str
    unit: str
    per: str
    quantity: str
    factor: str
    starts: date | None
    ends: date | None


class AbsenceOut(Schema):
    """Days away in [starts, ends)."""

    id: UUID
    starts: date
    ends: date | None
    reason: str


class GrantCardOut(GrantOut):
    """A grant with its services and absence."""

    caseworker: str
    account_string: str
    follow_up_on: date | None
    services: list[ServiceOut]
    absences: list[AbsenceOut]


class ExpectedOut(Schema):
    """What a service is expected to cost in a month (YYYY-MM); `unpriced_days` have no price and cost nothing here."""

    service: UUID
    month: str
    quantity: str
    unit: str
    amount: Kroner
    unpriced_days: int


class ServiceIn(Schema):
    """A service to be bought, priced by a line of the grant's contract or by its own `price` (kr. per unit)."""

    service: str = Field(max_length=40)
    unit: Unit
    per: Per
    quantity: Quantity
    factor: Quantity = Decimal(1)
    contract_line: UUID | None = None
    price: Price | None = None


class GrantIn(Schema):
    """A draft to be made, from `starts` to `last_day` (inclusive; none leaves it open)."""

    citizen: UUID
    section: str = Field(max_length=20, description="For example SEL-107.")
    starts: date
    last_day: date | None = None
    services: list[ServiceIn] = Field(min_length=1, max_length=50)
    contract: UUID | None = None
    case_number: str = Field("", max_length=60)
    caseworker: str = Field("", max_length=100)
    follow_up_on: date | None = None
    professional_reason: str = Field("", max_length=4000)
    economic_reason: str = Field("", max_length=4000)


class AbsenceIn(Schema):
    """Days away, both days included; without `last_day` nobody knows yet."""

    starts: date
    last_day: date | None = None
    reason: str = Field(max_length=200)


class StopIn(Schema):
    """The grant's last day."""

    last_day: date


@router.get("", response=GrantsOut, summary="Grants by number")
@scoped(Permission.SEE_GRANTS)
def grants(  # noqa: PLR0913, PLR0917 - the query's own words
    request: HttpRequest,  # noqa: ARG001 - ninja's
    page: PageNumber = 1,
    size: PageSize = 50,
    citizen: UUID | None = None,
    status: str | None = None,
    running_on: date | None = None,
) -> GrantsOut:
    """Return a page, if asked only those of a citizen, of a status, or that run on a day."""
    rows, total = grant_rows(
        GrantFilter(citizen_id=citizen, status=status, running_on=running_on), page=page, size=size
    )
    shown = [
        GrantOut(
            id=row.id,
            number=row.number,
            citizen=row.citizen_id,
            section=row.section,
            status=row.status,
            starts=row.starts,
            ends=row.ends,
            contract=row.contract_id,
        )
        for row in rows
    ]
    return GrantsOut(total=total, rows=shown)


@router.get("/{uuid:grant_id}", response={200: GrantCardOut, 404: Problem}, summary="One grant with services")
@scoped(Permission.SEE_GRANTS)
def grant(request: HttpRequest, grant_id: UUID) -> GrantCardOut:  # noqa: ARG001 - ninja's
    """Return the grant with its services and absence."""
    card = _card(grant_id)
    return GrantCardOut(
        id=card.id,
        number=card.number,
        citizen=card.citizen_id,
        section=card.section,
        status=card.status,
        starts=card.starts,
        ends=card.ends,
        contract=card.contract_id,
        caseworker=card.caseworker,
        account_string=card.account_string,
        follow_up_on=card.follow_up_on,
        services=[
            ServiceOut(
                id=line.id,
                line=line.line_no,
                service=line.service,
                unit=line.unit,
                per=line.per,
                quantity=plain(line.quantity),
                factor=plain(line.factor),
                starts=line.starts,
                ends=line.ends,
            )
            for line in card.lines
        ],
        absences=[
            AbsenceOut(id=away.id, starts=away.starts, ends=away.ends, reason=away.reason) for away in card.absences
        ],
    )


@router.get(
    "/{uuid:grant_id}/expected",
    response={200: list[ExpectedOut], 400: Problem, 404: Problem},
    summary="What the grant is expected to cost, service by service and month by month",
)
@scoped(Permission.SEE_GRANTS)
def expected(request: HttpRequest, grant_id: UUID, first: date, last: date) -> list[ExpectedOut]:  # noqa: ARG001 - ninja's
    """Return the months from the one of `first` to the one of `last`, at most sixty."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 0 < months <= MOST_MONTHS:
        raise HttpError(400, f"Vælg fra 1 til {MOST_MONTHS} måneder, den første først.")
    _card(grant_id)
    rows = expected_by_service(grant_id=grant_id, from_month=first, to_month=last)
    return [
        ExpectedOut(
            service=row.service_id,
            month=f"{row.month:%Y-%m}",
            quantity=plain(Decimal(row.quantity)),
            unit=row.unit,
            amount=kr(row.amount_ore),
            unpriced_days=row.unpriced_days,
        )
        for row in rows
    ]


@router.post("", response={201: Made, 400: Problem, 404: Problem, 409: Problem}, summary="Make a draft")
@scoped(Permission.EDIT_GRANTS)
@written_once("/api/v1/grants/{id}")
def make_grant(request: HttpRequest, given: GrantIn) -> UUID:
    """Make a draft in the citizen's unit under a new grant number; people approve it."""
    if given.last_day is not None and given.last_day < given.starts:
        raise HttpError(400, "Sidste dag ligger før første dag.")
    lines = tuple(
        NewLine(
            service=line.service,
            unit=line.unit,
            per=line.per,
            quantity=line.quantity,
            factor=line.factor,
            contract_line_id=line.contract_line,
            price=line.price,
        )
        for line in given.services
    )
    draft = Draft(
        citizen_id=given.citizen,
        section=given.section,
        period=Period(given.starts, None if given.last_day is None else given.last_day + ONE_DAY),
        lines=lines,
        contract_id=given.contract,
        case_number=given.case_number,
        caseworker=given.caseworker,
        follow_up_on=given.follow_up_on,
        professional_reason=given.professional_reason,
        economic_reason=given.economic_reason,
    )
    who = caller(request)
    return create_draft(municipality_id=who.municipality_id, draft=draft, by=Editor(who.user_id, clock.today()))


@router.post("/{uuid:grant_id}/absences", response={204: None, 404: Problem, 409: Problem}, summary="Register absence")
@scoped(Permission.EDIT_GRANTS)
@written_once()
def away(request: HttpRequest, grant_id: UUID, given: AbsenceIn) -> None:
    """Register that the citizen is away; months that were paid are adjusted."""
    if given.last_day is not None and given.last_day < given.starts:
        raise HttpError(400, "Sidste dag ligger før første dag.")
    _card(grant_id)
    period = Period(given.starts, None if given.last_day is None else given.last_day + ONE_DAY)
    actor = Actor(caller(request).user_id, clock.today(), clock.now())
    carry_out(grant_id=grant_id, act=BeAway(period, given.reason), seen_version=None, actor=actor)


@router.post("/{uuid:grant_id}/stop", response={204: None, 404: Problem, 409: Problem}, summary="Stop the grant")
@scoped(Permission.EDIT_GRANTS)
@written_once()
def stop(request: HttpRequest, grant_id: UUID, given: StopIn) -> None:
    """Stop the grant after its last day; months that were paid are adjusted."""
    _card(grant_id)
    actor = Actor(caller(request).user_id, clock.today(), clock.now())
    carry_out(grant_id=grant_id, act=Stop(given.last_day), seen_version=None, actor=actor)


def _card(grant_id: UUID) -> queries.GrantCard:
    try:
        return queries.grant_card(grant_id)
    except (queries.GrantNotVisibleError, UnknownGrantError) as missing:
        raise HttpError(404, str(missing)) from missing
