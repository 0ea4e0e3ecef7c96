"""Trips and their settlements as JSON. Homes are never named; citizens are ids."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from styr.access.api import Kroner, PageNumber, PageSize, Problem, kr, plain, scoped
from styr.access.core.permissions import Permission
from styr.trips import settling
from styr.trips.core.codes import SettlementStatus
from styr.trips.listing import TripFilter, trip_rows

router = Router(tags=["Transport"])
MOST_SETTLEMENTS = 500


class TripOut(Schema):
    """A trip as it was settled; `cost` is what we pay for it, `findings` how many controls found something."""

    id: UUID
    number: str
    day: date
    operator: str
    product: str
    settlement: UUID
    citizen: UUID | None
    grant: UUID | None
    km: str
    minutes: int
    cost: Kroner
    user_payment: Kroner
    no_show: bool
    cancelled: bool
    findings: int


class TripsOut(Schema):
    """A page of trips, and what all of them cost."""

    total: int
    sum: Kroner
    rows: list[TripOut]


class SettlementOut(Schema):
    """A settlement in its newest version: what is asked for, what its invoice says (null: none), what was found."""

    id: UUID
    operator: UUID
    operator_name: str
    number: str
    version: int
    received_at: datetime
    first_day: date | None
    last_day: date | None
    trips: int
    owed: Kroner
    invoice: UUID | None
    invoiced: str | None
    status: str
    findings: int
    at_stake: Kroner


@router.get("", response=TripsOut, summary="Trips, the latest first")
@scoped(Permission.SEE_TRANSPORT)
def trips(  # noqa: PLR0913, PLR0917 - the query's own words
    request: HttpRequest,  # noqa: ARG001 - ninja's
    page: PageNumber = 1,
    size: PageSize = 50,
    first: date | None = None,
    last: date | None = None,
    operator: UUID | None = None,
    settlement: UUID | None = None,
    grant: UUID | None = None,
    citizen: UUID | None = None,
    deviating: bool = False,  # noqa: FBT001, FBT002 - a word of the query
) -> TripsOut:
    """Return a page, if asked only those of days (both included), an operator, a settlement, a grant or a citizen."""
    wanted = TripFilter(
        first=first,
        last=last,
        operator_id=operator,
        settlement_id=settlement,
        grant_id=grant,
        citizen_id=citizen,
        code="any" if deviating else "",
    )
    rows, total, sum_ore = trip_rows(wanted, page=page, size=size)
    shown = [
        TripOut(
            id=row.id,
            number=row.external_no,
            day=row.service_day,
            operator=row.operator,
            product=row.product,
            settlement=row.settlement_id,
            citizen=row.citizen_id,
            grant=row.grant_id,
            km=plain(row.km),
            minutes=row.minutes,
            cost=kr(row.billed_ore),
            user_payment=kr(row.user_payment_ore),
            no_show=row.no_show,
            cancelled=row.cancelled,
            findings=row.findings,
        )
        for row in rows
    ]
    return TripsOut(total=total, sum=kr(sum_ore), rows=shown)


@router.get("/settlements", response=list[SettlementOut], summary="Settlements of trips, the latest first")
@scoped(Permission.SEE_TRANSPORT)
def settlements(
    request: HttpRequest,  # noqa: ARG001 - ninja's
    operator: UUID | None = None,
    status: SettlementStatus | None = None,
) -> list[SettlementOut]:
    """Return the latest 500 at the most."""
    found = settling.settlements(operator_id=operator, status=status.value if status else "", most=MOST_SETTLEMENTS)
    return [_settlement(card) for card in found]


@router.get(
    "/settlements/{uuid:settlement_id}", response={200: SettlementOut, 404: Problem}, summary="One settlement of trips"
)
@scoped(Permission.SEE_TRANSPORT)
def settlement(request: HttpRequest, settlement_id: UUID) -> SettlementOut:  # noqa: ARG001 - ninja's
    """Return the settlement; its trips are listed with `settlement` set to its id."""
    try:
        return _settlement(settling.settlement(settlement_id))
    except settling.SettlementNotVisibleError as missing:
        raise HttpError(404, str(missing)) from missing


def _settlement(card: settling.SettlementCard) -> SettlementOut:
    return SettlementOut(
        id=card.id,
        operator=card.operator_id,
        operator_name=card.operator,
        number=card.number,
        version=card.version,
        received_at=card.received_at,
        first_day=card.first_day,
        last_day=card.last_day,
        trips=card.trips,
        owed=kr(card.owed_ore),
        invoice=card.invoice_id,
        invoiced=None if card.invoiced_ore is None else kr(card.invoiced_ore),
        status=card.status,
        findings=card.found,
        at_stake=kr(card.at_stake_ore),
    )
