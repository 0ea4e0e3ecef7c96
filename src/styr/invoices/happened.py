"""What happened among the invoices since a moment, for whoever tells people of it: ids and amounts, never names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from styr.access.core.roles import Role
from styr.invoices.core.codes import Decided, Waiting
from styr.invoices.models import Decision, Invoice, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a role that nobody has answered yet; the invoice's amount in øre."""

    question_id: UUID
    invoice_id: UUID
    to_role: Role
    by: UUID
    payable_ore: int
    due_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to somebody's question; the invoice's amount in øre."""

    question_id: UUID
    invoice_id: UUID
    asked_by: UUID
    answered_by: UUID
    payable_ore: int
    at: datetime


@dataclass(frozen=True, slots=True)
class HalfApproved:
    """An invoice that one person has approved and that still waits for another; its amount in øre."""

    decision_id: UUID
    invoice_id: UUID
    by: UUID
    payable_ore: int
    at: datetime


def questions_asked(*, since: datetime) -> list[Asked]:
    """The questions asked since then that are still open, the earliest first. One query."""
    rows = Question.objects.filter(asked_at__gte=since, answered_at=None, withdrawn_at=None).order_by("asked_at", "id")
    found = rows.values_list("id", "invoice_id", "to_role", "asked_by_id", "invoice__payable_ore", "due_on", "asked_at")
    return [Asked(one, invoice, Role(role), by, ore, due, at) for one, invoice, role, by, ore, due, at in found]


def questions_answered(*, since: datetime) -> list[Answered]:
    """The questions answered since then, the earliest first. One query."""
    rows = Question.objects.filter(answered_at__gte=since, answered_by__isnull=False).order_by("answered_at", "id")
    found = rows.values_list("id", "invoice_id", "asked_by_id", "answered_by_id", "invoice__payable_ore", "answered_at")
    return [Answered(one, invoice, asked, by, ore, at) for one, invoice, asked, by, ore, at in found if by and at]


def first_approvals(*, since: datetime) -> list[HalfApproved]:
    """The first approvals since then of invoices that still wait for a second person, the earliest first. One query."""
    rows = Decision.objects.filter(
        outcome=Decided.FIRST.value,
        decided_at__gte=since,
        decided_by__isnull=False,
        undone_by=None,
        invoice__waits_for=Waiting.SECOND.value,
    ).order_by("decided_at", "id")
    found = rows.values_list("id", "invoice_id", "decided_by_id", "invoice__payable_ore", "decided_at")
    return [HalfApproved(one, invoice, by, ore, at) for one, invoice, by, ore, at in found if by]


def invoices_seen(ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the invoices that the scope sees. One query."""
    return frozenset(Invoice.objects.filter(id__in=ids).values_list("id", flat=True))
