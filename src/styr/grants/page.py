"""What the page about a grant shows: the grant with its names, lines over time, months, steps and what was paid."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import F, UUIDField
from django.db.models.expressions import RawSQL

from styr.grants.core.codes import GrantStatus, StepKind
from styr.grants.costing import Cost, cost_of_known
from styr.grants.models import Grant
from styr.grants.queries import GrantNotVisibleError

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

_FACTS: Final = (
    "id", "number", "case_number", "citizen_id", "unit_id", "section", "status", "starts", "ends", "caseworker",
    "account_string", "follow_up_on", "professional_reason", "economic_reason", "version", "contract_id", "supplier_id",
    "provider_unit_id",
)  # fmt: skip
NOTHING: Final = Cost(0, 0, 0, 0, (), 0, counted=False)
_FINDINGS: Final = (
    "ARRAY(SELECT finding_id FROM rel_finding f WHERE f.grant_id = grants_grant.id AND f.status = 'open')"
)
_LINES: Final = """
SELECT l.id, l.line_no, l.service, l.measure, l.per, l.quantity, l.factor, greatest(l.starts, g.starts),
       least(l.ends, g.ends), l.contract_line_id, coalesce(k.name, l.service), r.valid_from, r.valid_to, r.amount
FROM grants_serviceline l JOIN grants_grant g ON g.id = l.grant_id
LEFT JOIN (SELECT * FROM rel_rate
           WHERE service_id = ANY(ARRAY(SELECT id FROM grants_serviceline WHERE grant_id = %(grant)s))) r
    ON r.service_id = l.id
LEFT JOIN rel_service_kind k ON k.code = l.service
WHERE l.grant_id = %(grant)s ORDER BY l.line_no, r.valid_from
"""
# One answer of three kinds: (what, id, day or moment, end, number, words, more words).
_REST: Final = """
SELECT 'away', id, starts::timestamptz, ends, NULL::bigint, reason, NULL FROM grants_absence WHERE grant_id = %(grant)s
UNION ALL
SELECT 'step', s.id, s.taken_at, NULL, s.year_cost_ore, s.reason, s.kind || '|' || u.name
FROM grants_grantstep s JOIN access_user u ON u.id = s.taken_by_id WHERE s.grant_id = %(grant)s
UNION ALL
SELECT 'paid', NULL, p.month::timestamptz, NULL, sum(p.amount_ore)::bigint, NULL, NULL
FROM grants_paidperiod p JOIN grants_serviceline l ON l.id = p.service_line_id WHERE l.grant_id = %(grant)s GROUP BY 3
UNION ALL
SELECT 'adjusted', a.id, a.month::timestamptz, a.made_at::date, a.amount_ore, a.reason, NULL
FROM grants_adjustment a JOIN grants_serviceline l ON l.id = a.service_line_id WHERE l.grant_id = %(grant)s
ORDER BY 1, 3, 2
"""


@dataclass(frozen=True)
class Price:
    """Kr. per unit in [starts, ends)."""

    starts: date
    ends: date | None
    amount: Decimal


@dataclass(frozen=True)
class Line:
    """A service line, clipped to the grant, with the prices that hold for it: the contract's, else its own."""

    id: UUID
    line_no: int
    service: str
    unit: str
    per: str
    quantity: Decimal
    factor: Decimal
    starts: date
    ends: date | None
    contract_line_id: UUID | None
    name: str
    prices: tuple[Price, ...]

    @property
    def by_contract(self) -> bool:
        """Whether the contract gives the price."""
        return self.contract_line_id is not None


@dataclass(frozen=True)
class Away:
    """Days away, [starts, ends)."""

    id: UUID
    starts: date
    ends: date | None
    reason: str


@dataclass(frozen=True)
class Step:
    """A step on the way, latest last."""

    kind: StepKind
    at: datetime
    by: str
    reason: str
    year_cost_ore: int | None


@dataclass(frozen=True)
class Adjusted:
    """What was adjusted for a paid month, øre."""

    month: date
    amount_ore: int
    reason: str
    made_on: date


@dataclass(frozen=True)
class GrantPage:
    """Everything of the grant's own on its page; `ends` is exclusive. Citizen and open findings are ids."""

    id: UUID
    number: str
    case_number: str
    citizen_id: UUID
    unit_id: UUID
    section: str
    status: GrantStatus
    starts: date
    ends: date | None
    caseworker: str
    account_string: str
    follow_up_on: date | None
    professional_reason: str
    economic_reason: str
    version: int
    contract_id: UUID | None
    contract_number: str | None
    supplier_id: UUID | None
    supplier_name: str | None
    provider_unit_id: UUID | None
    provider_unit_name: str | None
    findings: list[UUID]
    lines: tuple[Line, ...]
    cost: Cost
    absences: tuple[Away, ...]
    steps: tuple[Step, ...]
    paid: dict[date, int]
    adjusted: tuple[Adjusted, ...]

    @property
    def reasoned(self) -> bool:
        """Whether both reasons of SEL § 1(3) are given."""
        return bool(self.professional_reason.strip() and self.economic_reason.strip())


def grant_page(*, grant_id: UUID, today: date, costed: bool = True, followed: bool = True) -> GrantPage:
    """Return the grant's page; four queries, less what nothing asks about.

    `costed`: what it costs. `followed`: what became of it, that is absence, steps and payments.

    Raises:
        GrantNotVisibleError: there is none for the caller.
    """
    names = {
        "contract_number": F("contract__number"),
        "contract_supplier": F("contract__supplier_id"),
        "contract_supplier_name": F("contract__supplier__name"),
        "own_supplier_name": F("supplier__name"),
        "provider_unit_name": F("provider_unit__name"),
        "findings": RawSQL(_FINDINGS, (), output_field=ArrayField(UUIDField())),  # noqa: S611 - no parameter in it
    }
    facts = Grant.objects.filter(id=grant_id).values(*_FACTS, **names).first()
    if facts is None:
        raise GrantNotVisibleError
    by_contract, by_contract_name = facts.pop("contract_supplier"), facts.pop("contract_supplier_name")
    own_name = facts.pop("own_supplier_name")
    facts["supplier_id"] = by_contract or facts["supplier_id"]
    facts["status"] = GrantStatus(facts["status"])
    cost = NOTHING
    if costed:
        cost = cost_of_known(grant_id=grant_id, starts=facts["starts"], status=facts["status"], today=today)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"grant": grant_id})
        lines = _lines(cursor.fetchall())
        rest: list[Any] = []
        if followed:
            cursor.execute(_REST, {"grant": grant_id})
            rest = cursor.fetchall()
    return GrantPage(
        **facts,
        supplier_name=by_contract_name or own_name,
        lines=lines,
        cost=cost,
        absences=tuple(Away(row[1], row[2].date(), row[3], row[5] or "") for row in rest if row[0] == "away"),
        steps=tuple(_step(row) for row in rest if row[0] == "step"),
        paid={row[2].date(): row[4] for row in rest if row[0] == "paid"},
        adjusted=tuple(Adjusted(row[2].date(), row[4], row[5], row[3]) for row in rest if row[0] == "adjusted"),
    )


def _lines(rows: list[Any]) -> tuple[Line, ...]:
    prices: dict[UUID, list[Price]] = {}
    for row in rows:
        held = prices.setdefault(row[0], [])
        if row[11] is not None:
            held.append(Price(row[11], row[12], row[13]))
    first = {row[0]: row for row in reversed(rows)}
    names = [field.name for field in fields(Line)][:-1]
    found = [
        Line(**dict(zip(names, row, strict=False)), prices=tuple(prices[line_id])) for line_id, row in first.items()
    ]
    return tuple(sorted(found, key=lambda line: line.line_no))


def _step(row: Any) -> Step:
    kind, by = row[6].split("|", 1)
    return Step(StepKind(kind), row[2], by, row[5] or "", row[4])
