"""What the scope may see of grants. Citizens are ids here: names come through `people.queries`, which logs the read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery

from styr.grants.core.codes import GrantStatus, StepKind
from styr.grants.costing import ExpectedMonth, expected_by_month
from styr.grants.models import Absence, Adjustment, Grant, GrantStep, ServiceLine
from styr.kernel.refusal import NotThere

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID


__all__ = (
    "ExpectedMonth",
    "GrantCard",
    "GrantNotVisibleError",
    "GrantSummary",
    "WaitingGrant",
    "expected_by_month",
    "follow_ups_due",
    "grant_card",
    "grants_of_citizen",
    "running_grant_count",
    "waiting_for_approval",
)
PAGE_SIZE = 200


class GrantNotVisibleError(NotThere):
    """There is no such grant, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Bevillingen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True)
class GrantSummary:
    """A grant in a list; `ends` is exclusive."""

    id: UUID
    number: str
    case_number: str
    citizen_id: UUID
    unit_id: UUID
    section: str
    status: str
    starts: date
    ends: date | None
    contract_id: UUID | None
    supplier_id: UUID | None
    caseworker: str
    account_string: str
    follow_up_on: date | None


@dataclass(frozen=True)
class WaitingGrant:
    """A grant that waits for somebody with a higher limit: twelve months' cost (øre), who sent it and when."""

    id: UUID
    number: str
    citizen_id: UUID
    unit_id: UUID
    section: str
    year_cost_ore: int | None
    sent_by: str | None
    sent_at: datetime | None


@dataclass(frozen=True)
class OwnRatePeriod:
    """The grant's own price (kr. per the line's unit) in [valid_from, valid_to)."""

    valid_from: date
    valid_to: date | None
    amount: Decimal


@dataclass(frozen=True)
class ServiceLineCard:
    """A service line with the grant's own prices, the earliest first; empty where the contract gives the price."""

    id: UUID
    line_no: int
    service: str
    unit: str
    per: str
    quantity: Decimal
    factor: Decimal
    starts: date | None
    ends: date | None
    contract_line_id: UUID | None
    rates: tuple[OwnRatePeriod, ...]


@dataclass(frozen=True)
class AbsenceLine:
    """Days away, [starts, ends)."""

    id: UUID
    starts: date
    ends: date | None
    reason: str


@dataclass(frozen=True)
class AdjustmentCard:
    """What was adjusted for a month that had been paid, øre."""

    service_line_id: UUID
    month: date
    amount_ore: int
    reason: str
    made_at: datetime


@dataclass(frozen=True)
class GrantCard(GrantSummary):
    """Everything a page about the grant shows."""

    lines: tuple[ServiceLineCard, ...]
    absences: tuple[AbsenceLine, ...]
    adjustments: tuple[AdjustmentCard, ...]


def grants_of_citizen(citizen_id: UUID) -> list[GrantSummary]:
    """Return the citizen's grants, the latest first; one query."""
    return [GrantSummary(**_facts(grant)) for grant in Grant.objects.filter(citizen_id=citizen_id).order_by("-starts")]


def grant_head(grant_id: UUID) -> GrantSummary:
    """Return a grant without what it buys; one query.

    Raises:
        GrantNotVisibleError: there is none for the caller.
    """
    grant = Grant.objects.filter(id=grant_id).first()
    if grant is None:
        raise GrantNotVisibleError
    return GrantSummary(**_facts(grant))


def grant_card(grant_id: UUID) -> GrantCard:
    """Return a grant with its lines, own prices, absence and adjustments; five queries.

    Raises:
        GrantNotVisibleError: there is none for the caller.
    """
    grant = Grant.objects.filter(id=grant_id).first()
    if grant is None:
        raise GrantNotVisibleError
    lines = grant.lines.prefetch_related("rates").order_by("line_no")
    absences = Absence.objects.filter(grant=grant).order_by("starts")
    adjustments = Adjustment.objects.filter(service_line__grant=grant).order_by("month", "made_at", "id")
    return GrantCard(
        **_facts(grant),
        lines=tuple(_line(line) for line in lines),
        absences=tuple(AbsenceLine(row.id, row.starts, row.ends, row.reason) for row in absences),
        adjustments=tuple(
            AdjustmentCard(row.service_line_id, row.month, row.amount_ore, row.reason, row.made_at)
            for row in adjustments
        ),
    )


def waiting_for_approval(*, limit: int = 50) -> tuple[WaitingGrant, ...]:
    """Return the grants sent to somebody with a higher limit, the longest waiting first; one query."""
    sent = GrantStep.objects.filter(grant=OuterRef("id"), kind=StepKind.SUBMITTED).order_by("-taken_at", "-id")
    found = Grant.objects.filter(status=GrantStatus.AWAITING).annotate(
        year_cost_ore=Subquery(sent.values("year_cost_ore")[:1]),
        sent_by=Subquery(sent.values("taken_by__name")[:1]),
        sent_at=Subquery(sent.values("taken_at")[:1]),
    )
    names = [field.name for field in fields(WaitingGrant)]
    rows = found.order_by("sent_at", "number").values(*names)[:limit]
    return tuple(WaitingGrant(**row) for row in rows)


def follow_ups_due(
    *, until: date, today: date, caseworker: str | None = None, limit: int = 50
) -> tuple[GrantSummary, ...]:
    """Return granted grants, not ended, that are to be followed up by a day, the earliest first; one query."""
    running = Q(ends=None) | Q(ends__gt=today)
    found = Grant.objects.filter(running, status=GrantStatus.GRANTED, follow_up_on__lte=until)
    if caseworker is not None:
        found = found.filter(caseworker=caseworker)
    return tuple(GrantSummary(**_facts(grant)) for grant in found.order_by("follow_up_on", "number")[:limit])


def running_grant_count(today: date) -> int:
    """How many granted grants run on that day. One query."""
    running = Q(ends__isnull=True) | Q(ends__gt=today)
    return Grant.objects.filter(running, status=GrantStatus.GRANTED, starts__lte=today).count()


def _facts(grant: Grant) -> dict[str, Any]:
    return {name: getattr(grant, name) for name in GrantSummary.__dataclass_fields__}


def _line(line: ServiceLine) -> ServiceLineCard:
    rates = sorted(line.rates.all(), key=lambda rate: rate.valid_from)
    return ServiceLineCard(
        id=line.id,
        line_no=line.line_no,
        service=line.service,
        unit=line.measure,
        per=line.per,
        quantity=line.quantity,
        factor=line.factor,
        starts=line.starts,
        ends=line.ends,
        contract_line_id=line.contract_line_id,
        rates=tuple(OwnRatePeriod(rate.valid_from, rate.valid_to, rate.amount) for rate in rates),
    )
