"""What happened to grants on their way to approval since a moment, for whoever tells people of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from styr.grants.core.codes import GrantStatus, StepKind
from styr.grants.models import Grant, GrantStep

_OUTCOMES: Final = (StepKind.APPROVED, StepKind.SENT_BACK)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A grant that still waits for approval, who sent it there, and its full-year cost in øre."""

    step_id: UUID
    grant_id: UUID
    number: str
    by: UUID
    year_cost_ore: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a grant that somebody had sent to approval."""

    step_id: UUID
    grant_id: UUID
    number: str
    kind: StepKind
    sent_by: UUID
    at: datetime


def submitted(*, since: datetime) -> list[Submitted]:
    """The grants sent to approval since then that still wait, the earliest first. One query."""
    rows = GrantStep.objects.filter(
        kind=StepKind.SUBMITTED.value, taken_at__gte=since, grant__status=GrantStatus.AWAITING.value
    ).order_by("taken_at", "id")
    found = rows.values_list("id", "grant_id", "grant__number", "taken_by_id", "year_cost_ore", "taken_at")
    return [Submitted(one, grant, number, by, cost or 0, at) for one, grant, number, by, cost, at in found]


def outcomes(*, since: datetime) -> list[Outcome]:
    """What another decided since then of grants that somebody had sent to approval, the earliest first. One query."""
    before = GrantStep.objects.filter(
        grant=OuterRef("grant"), kind=StepKind.SUBMITTED.value, taken_at__lte=OuterRef("taken_at")
    ).order_by("-taken_at", "-id")
    rows = (
        GrantStep.objects.filter(kind__in=[one.value for one in _OUTCOMES], taken_at__gte=since)
        .annotate(sent_by=Subquery(before.values("taken_by_id")[:1]))
        .exclude(sent_by=None)
        .exclude(sent_by=F("taken_by_id"))
        .order_by("taken_at", "id")
    )
    found = rows.values_list("id", "grant_id", "grant__number", "kind", "sent_by", "taken_at")
    return [Outcome(one, grant, number, StepKind(kind), by, at) for one, grant, number, kind, by, at in found]


def grants_seen(ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the grants that the scope sees. One query."""
    return frozenset(Grant.objects.filter(id__in=ids).values_list("id", flat=True))
