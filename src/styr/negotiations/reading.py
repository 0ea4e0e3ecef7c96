"""Negotiations read: the list, one case with its log and arguments, and which arguments brought what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import F, Q

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.drafting.core.codes import DraftState
from styr.negotiations.cases import NegotiationNotThereError
from styr.negotiations.core.codes import ArgumentOutcome, CaseStatus, EntryKind, Reason, SavingKind
from styr.negotiations.models import ArgumentTemplate, CaseArgument, CaseEntry, CaseLimit, Negotiation
from styr.negotiations.reference.load import arguments

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A negotiation in a list; the potential in øre a year, as it was told when it was opened."""

    id: UUID
    title: str
    kind: SavingKind
    status: CaseStatus
    supplier_id: UUID
    supplier_name: str
    grant_id: UUID
    grant_number: str
    likely_ore: int | None
    negotiator: str
    opened_at: datetime
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of the log."""

    kind: EntryKind
    happened_on: date
    amount: Decimal | None
    words: str
    made_by: str


@dataclass(frozen=True, slots=True)
class ArgumentLine:
    """An argument that was put forward."""

    id: UUID
    reason: Reason
    words: str
    evidence: str
    outcome: ArgumentOutcome


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """The draft of a contract text that a negotiation led to, and where it is."""

    id: UUID
    state: str
    signed: bool


@dataclass(frozen=True, slots=True)
class CaseCard:
    """Everything the page about a negotiation shows; `walk_away` is "" for whoever does not negotiate there."""

    line: CaseLine
    goal: str
    walk_away: str
    low_ore: int | None
    high_ore: int | None
    contract_id: UUID | None
    contract_number: str
    unit_id: UUID
    draft: CaseDraft | None
    entries: tuple[EntryLine, ...]
    arguments: tuple[ArgumentLine, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """An argument to use again; `own` is the municipality's, the others come with the program."""

    reason: Reason
    title: str
    words: str
    own: bool


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a reason brought with a kind of supplier: how often it was used, and how often it gave something.

    `realised_ore` sums what invoices have realised of the savings of negotiations in which it won or helped; several
    arguments may share in the same saving, so these are never added.
    """

    reason: Reason
    supplier_kind: str
    used: int
    won: int
    lost: int
    realised_ore: int


_LEARNT: Final = """
SELECT a.reason, coalesce(p.kind, ''), count(*), count(*) FILTER (WHERE a.outcome IN ('won', 'partly')),
       count(*) FILTER (WHERE a.outcome = 'lost'),
       coalesce(sum(r.realised_ore) FILTER (WHERE a.outcome IN ('won', 'partly')), 0)::bigint
FROM negotiations_caseargument a
JOIN negotiations_negotiation n ON n.id = a.negotiation_id
LEFT JOIN suppliers_supplier p ON p.id = n.supplier_id
LEFT JOIN LATERAL (SELECT sum(s.realised_ore)::bigint AS realised_ore FROM negotiations_saving s
                   WHERE s.negotiation_id = n.id AND s.status = 'realised') r ON true
GROUP BY 1, 2 ORDER BY 6 DESC, 4 DESC, 1, 2
"""
_OVERDUE: Final = """
SELECT g.grant_id, g.number, coalesce(p.name, ''), l.purpose, l.evaluation_on, r.amount
FROM rel_contract_line l
JOIN rel_service s ON s.contract_line_id = l.contract_line_id
JOIN rel_grant g ON g.grant_id = s.grant_id AND g.status = 'granted'
LEFT JOIN suppliers_supplier p ON p.id = g.supplier_id
JOIN LATERAL (SELECT amount FROM rel_rate r WHERE r.service_id = s.service_id AND r.valid_from <= %(today)s
              AND (r.valid_to IS NULL OR r.valid_to > %(today)s) LIMIT 1) r ON true
WHERE l.kind = 'special' AND l.evaluation_on < %(until)s
  AND s.starts <= %(today)s AND (s.ends IS NULL OR s.ends > %(today)s)
ORDER BY l.evaluation_on, g.number LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class DueSpecial:
    """A special rate whose reason should have ended, or should be evaluated soon; the price in kr. today."""

    grant_id: UUID
    grant_number: str
    supplier_name: str
    purpose: str | None
    evaluation_on: date
    price: Decimal


def negotiations(*, status: CaseStatus | None) -> list[CaseLine]:
    """Return the negotiations, the latest first; one query."""
    rows = Negotiation.objects.select_related("supplier", "grant", "negotiator").order_by("-opened_at", "-id")
    if status is not None:
        rows = rows.filter(status=status)
    return [_line(row) for row in rows[:500]]


SORTS: Final = {
    "emne": "title",
    "leverandoer": "supplier__name",
    "bevilling": "grant__number",
    "forhandler": "negotiator__name",
    "aabnet": "opened_at",
    "potentiale": "likely_ore",
}
"""What the list can be sorted by, as the address names it."""


def negotiation_page(
    *, status: CaseStatus | None, words: str, order: tuple[str, bool], part: tuple[int, int]
) -> tuple[list[CaseLine], int]:
    """Return a part of the negotiations, and how many there are; two queries.

    `words` are of the subject, the supplier, the grant's number or who negotiates; `order` is a word of `SORTS` and
    whether it falls, `part` the first negotiation and how many.
    """
    asked = Q() if status is None else Q(status=status)
    if words:
        asked &= (
            Q(title__icontains=words) | Q(supplier__name__icontains=words) | Q(grant__number__icontains=words)
            | Q(negotiator__name__icontains=words)
        )  # fmt: skip
    found = Negotiation.objects.filter(asked)
    own = F(SORTS.get(order[0], SORTS["aabnet"]))
    by = own.desc(nulls_last=True) if order[1] else own.asc(nulls_last=True)
    rows = found.select_related("supplier", "grant", "negotiator").order_by(by, "-opened_at", "-id")
    return [_line(row) for row in rows[part[0] : part[0] + part[1]]], found.count()


def negotiation(negotiation_id: UUID, *, actor_id: UUID, today: date) -> CaseCard:
    """Return a case; the walk-away only to whoever negotiates where it lies. Five queries.

    Raises:
        NegotiationNotThereError: there is none for the caller.
    """
    rows = Negotiation.objects.select_related("supplier", "grant", "negotiator", "contract", "draft")
    row = rows.defer("draft__facts").filter(id=negotiation_id).first()
    if row is None:
        raise NegotiationNotThereError
    limit = ""
    if may_in(user_id=actor_id, permission=Permission.NEGOTIATE, unit_id=row.unit_id, on=today):
        found = CaseLimit.objects.filter(negotiation=row).values_list("walk_away", flat=True).first()
        limit = found or ""
    entries = CaseEntry.objects.filter(negotiation=row).select_related("made_by").order_by("-happened_on", "-made_at")
    used = CaseArgument.objects.filter(negotiation=row).order_by("id")
    return CaseCard(
        _line(row), row.goal, limit, row.low_ore, row.high_ore, row.contract_id,
        row.contract.number if row.contract else "", row.unit_id, _draft(row.draft),
        tuple(EntryLine(EntryKind(e.kind), e.happened_on, e.amount, e.words, e.made_by.name) for e in entries),
        tuple(ArgumentLine(a.id, Reason(a.reason), a.words, a.evidence, ArgumentOutcome(a.outcome)) for a in used),
    )  # fmt: skip


def templates(reason: Reason | None = None) -> list[Template]:
    """Return the arguments to use again, the municipality's own first; one query."""
    own = ArgumentTemplate.objects.filter(retired=False).order_by("reason", "title")
    kept = [Template(Reason(row.reason), row.title, row.words, own=True) for row in own]
    shipped = [Template(one.reason, one.title, one.words, own=False) for one in arguments()]
    return [one for one in (*kept, *shipped) if reason is None or one.reason is reason]


def learnt() -> list[Learnt]:
    """Return which reasons brought what with which kind of supplier, most first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LEARNT)
        return [Learnt(Reason(row[0]), *row[1:]) for row in cursor.fetchall()]


def due_specials(*, today: date, until: date) -> list[DueSpecial]:
    """Return special rates that are paid and to be evaluated before a day, the longest overdue first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE, {"today": today, "until": until})
        return [DueSpecial(*row) for row in cursor.fetchall()]


def _draft(row: Any) -> CaseDraft | None:
    return None if row is None else CaseDraft(row.id, DraftState(row.state).danish, row.state == DraftState.SIGNED)


def _line(row: Negotiation) -> CaseLine:
    return CaseLine(
        row.id, row.title, SavingKind(row.kind), CaseStatus(row.status), row.supplier_id, row.supplier.name,
        row.grant_id, row.grant.number, row.likely_ore, row.negotiator.name, row.opened_at, row.closed_on,
    )  # fmt: skip
