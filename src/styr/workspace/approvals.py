"""What waits for somebody's approval beside grants and invoices, and what came of it: prices, drafts, budgets.

Texts name numbers, amounts and days, never a person; the rows are read in whoever's scope asks.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection

from styr.access.core.acts import Act
from styr.access.core.permissions import Permission
from styr.kernel.danish import danish_date, kroner
from styr.workspace.core.noticing import News, NoticeKind

_WAITING: Final = """
SELECT 'price', r.id, l.contract_id, c.number, r.dearest_ore, r.valid_from, 0, ARRAY[r.asked_by_id], r.asked_at
FROM grants_pricerequest r JOIN rel_contract_line l ON l.contract_line_id = r.contract_line_id
JOIN rel_contract c ON c.contract_id = l.contract_id
WHERE r.answer = 'waiting' AND r.asked_at >= %(since)s
UNION ALL
SELECT 'draft', s.id, d.id, c.number, s.year_ore, NULL, s.deviations, ARRAY[s.taken_by_id, d.owner_id], s.taken_at
FROM drafting_contractdraft d JOIN rel_contract c ON c.contract_id = d.contract_id
JOIN LATERAL (
    SELECT * FROM drafting_draftstep WHERE draft_id = d.id AND kind = 'submitted'
    ORDER BY taken_at DESC, id DESC LIMIT 1
) s ON s.taken_at >= %(since)s
WHERE d.state = 'approval'
UNION ALL
SELECT 'budget', b.id, b.id, b.name || ' ' || b.year, NULL, NULL, 0, ARRAY[b.made_by_id, b.sent_by_id], b.sent_at
FROM planning_budgetversion b WHERE b.state = 'awaiting' AND b.sent_at >= %(since)s
"""
_ANSWERED: Final = """
SELECT 'price', r.id, l.contract_id, c.number, r.answer = 'approved', r.asked_by_id, r.answered_at
FROM grants_pricerequest r JOIN rel_contract_line l ON l.contract_line_id = r.contract_line_id
JOIN rel_contract c ON c.contract_id = l.contract_id
WHERE r.answer IN ('approved', 'refused') AND r.answered_at >= %(since)s
UNION ALL
SELECT 'draft', s.id, d.id, c.number, s.kind <> 'sent_back', d.owner_id, s.taken_at
FROM drafting_contractdraft d JOIN rel_contract c ON c.contract_id = d.contract_id
JOIN LATERAL (
    SELECT * FROM drafting_draftstep WHERE draft_id = d.id
      AND kind IN ('approved_amount', 'approved_terms', 'sent_back')
    ORDER BY taken_at DESC, id DESC LIMIT 1
) s ON s.taken_at >= %(since)s AND s.taken_by_id <> d.owner_id
WHERE d.state <> 'approval'
UNION ALL
SELECT 'budget', b.id, b.id, b.name || ' ' || b.year, b.state = 'approved', b.sent_by_id, b.decided_at
FROM planning_budgetversion b
WHERE b.decided_at >= %(since)s AND b.sent_by_id IS NOT NULL AND b.decided_by_id <> b.sent_by_id
"""
_SEEN: Final = """
SELECT contract_id FROM rel_contract WHERE contract_id = ANY(%(ids)s)
UNION ALL SELECT id FROM drafting_contractdraft WHERE id = ANY(%(ids)s)
UNION ALL SELECT id FROM planning_budgetversion WHERE id = ANY(%(ids)s)
"""
_BEYOND_ALL: Final = 10**15
"""An amount that cannot be told is for those without a limit."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: `besides` are those who may not answer it; the act and amount (øre) it takes, if any."""

    kind: NoticeKind
    subject_id: UUID
    needs: Permission
    besides: frozenset[UUID]
    text: str
    key: str
    at: datetime
    act: Act | None = None
    amount_ore: int = 0


def waiting(*, since: datetime) -> list[Waiting]:
    """Everything that was sent to approval since then and still waits; a draft counts once for its terms. One query."""
    found: list[Waiting] = []
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"since": since})
        for what, row_id, subject, named, ore, day, deviations, besides, at in cursor.fetchall():
            key, others = f"waits:{row_id}", frozenset(besides)
            match what:
                case "price":
                    found.append(_price(subject, named, ore, day, key, others, at))
                case "draft":
                    found += _draft(subject, named, ore, deviations or 0, key, others, at)
                case _:
                    text = f"Budgettet »{named}« er sendt til godkendelse"[:300]
                    found.append(Waiting(NoticeKind.BUDGET, subject, Permission.APPROVE_BUDGETS, others, text, key, at))
    return found


def answered(*, since: datetime) -> list[News]:
    """What another answered since then of what somebody had sent to approval. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED, {"since": since})
        return [
            News(
                user_id=receiver,
                kind=_ANSWERS[what],
                subject_id=subject,
                text=f"{_NAMED[what].format(named)} er {_outcome(what, yes=yes)}"[:300],
                key=f"answered:{what}:{row_id}:{at.isoformat()}"[:120],
                happened_at=at,
            )
            for what, row_id, subject, named, yes, receiver, at in cursor.fetchall()
        ]


def seen(ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the contracts, drafts and budgets that the scope sees. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, {"ids": list(ids)})
        return frozenset(row[0] for row in cursor.fetchall())


_ANSWERS: Final = {
    "price": NoticeKind.PRICE_ANSWERED,
    "draft": NoticeKind.DRAFT_ANSWERED,
    "budget": NoticeKind.BUDGET_ANSWERED,
}
_NAMED: Final = {
    "price": "Den nye pris på kontrakt {}",
    "draft": "Udkastet til kontrakt {}",
    "budget": "Budgettet »{}«",
}


def _outcome(what: str, *, yes: bool) -> str:
    if yes:
        return "godkendt"
    return "afvist; begrundelsen står på kontrakten" if what == "price" else "sendt tilbage til dig"


def _price(  # noqa: PLR0913, PLR0917 - the columns of a row
    subject: UUID, named: str, ore: int, day: date, key: str, besides: frozenset[UUID], at: datetime
) -> Waiting:
    dear = kroner(ore, whole=True)
    text = f"En ny pris på kontrakt {named} fra {danish_date(day)} gør en bevilling så dyr som {dear} på tolv måneder"
    needs = Permission.APPROVE_GRANTS
    return Waiting(NoticeKind.PRICE, subject, needs, besides, text, key, at, Act.APPROVE_GRANT, ore)


def _draft(  # noqa: PLR0913, PLR0917 - the columns of a row
    subject: UUID, named: str, ore: int | None, deviations: int, key: str, besides: frozenset[UUID], at: datetime
) -> list[Waiting]:
    """Its amount waits for a limit, its deviations for whoever decides the terms; one key: nobody is told twice."""
    worth = f" til {kroner(ore, whole=True)} om året" if ore is not None else ""
    text = f"Udkastet til kontrakt {named}{worth} venter på godkendelse"
    amount = _BEYOND_ALL if ore is None else ore
    kind, act = NoticeKind.DRAFT, Act.APPROVE_CONTRACT
    found = [Waiting(kind, subject, Permission.APPROVE_CONTRACTS, besides, text, key, at, act, amount)]
    if deviations:
        found.append(Waiting(kind, subject, Permission.DECIDE_TERMS, besides, text, key, at))
    return found
