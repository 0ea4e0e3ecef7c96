"""What is to be looked at before a grant is kept: the register's own controls, asked about this one grant.

No rule is written here. Each control's expression is run over the grant as it lies in the transaction, narrowed to it,
and its sentence is the control's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.controls.core.evidence import typed
from styr.controls.core.explain import explain
from styr.controls.core.focus import NARROWED
from styr.controls.core.registry import REGISTRY
from styr.grants.core.codes import GrantStatus
from styr.grants.models import Grant
from styr.kernel.danish import danish_date
from styr.kernel.engine import compile_postgres
from styr.kernel.period import ONE_DAY

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

_ASKED: Final = (
    "duplicate_grant",
    "overlapping_grants",
    "grant_after_death",
    "grant_after_move",
    "grant_without_contract",
    "contract_unsigned",
    "contract_expired",
    "supplier_differs",
    "rate_above_portal",
    "provider_not_approved",
    "sole_proprietor",
    "account_missing",
)
_EXPIRY: Final = "contract_expired"

# The controls are asked on the grant's first day, if that is to come; of a contract's end, when it comes.
_ABOUT: Final = """
draft AS MATERIALIZED (
    SELECT g.id, g.number::text AS number, g.citizen_id, g.contract_id, greatest(g.starts, %(today)s::date) AS asked,
           greatest(g.starts, %(today)s::date, least(c.ends, g.ends)) AS expiry
    FROM grants_grant g LEFT JOIN rel_contract c ON c.contract_id = g.contract_id WHERE g.id = %(grant)s
),
rel_narrow AS MATERIALIZED (
    SELECT g.id FROM grants_grant g JOIN draft d ON d.citizen_id = g.citizen_id
    UNION SELECT contract_id FROM draft WHERE contract_id IS NOT NULL
    UNION SELECT l.contract_line_id FROM grants_serviceline l JOIN draft d ON d.id = l.grant_id
    WHERE l.contract_line_id IS NOT NULL
)"""
_ONE: Final = """
SELECT '{code}' AS code, d.number, to_jsonb(found)::text AS found
FROM (WITH rel_today AS (SELECT {day} AS today FROM draft) SELECT * FROM ({rows}) AS control_rows) AS found, draft d
WHERE coalesce(to_jsonb(found) ->> 'grant_id', d.id::text) = d.id::text
   OR to_jsonb(found) ->> 'other_number' = d.number"""


@dataclass(frozen=True)
class Warned:
    """Something to look at: the control's title, severity and source, and its sentence about this grant."""

    code: str
    title: str
    sentence: str
    severity: str
    source: str


def warnings_about(*, grant_id: UUID, today: date) -> tuple[Warned, ...]:
    """Ask the controls about a grant as the transaction holds it (status granted); one query.

    A grant that begins later is asked about as on its first day, and its contract as on the day that ends.
    """
    asked = [code for code in _ASKED if REGISTRY.control(code).in_force(today)]
    text = f"WITH {_ABOUT} {' UNION ALL '.join(_one(code) for code in asked)}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('jit', 'off', true)")
        cursor.execute(text, {"today": today, "grant": grant_id})
        rows = cursor.fetchall()
    warned = [_warned(code, number, json.loads(found, parse_float=Decimal), today) for code, number, found in rows]
    return tuple(sorted(warned, key=lambda one: _ASKED.index(one.code)))


def warnings_of_draft(*, grant_id: UUID, today: date) -> tuple[Warned, ...]:
    """The same of a grant that is not granted yet, as if it were; nothing is kept."""
    with transaction.atomic():
        Grant.objects.filter(id=grant_id).update(status=GrantStatus.GRANTED)
        warned = warnings_about(grant_id=grant_id, today=today)
        transaction.set_rollback(True)
    return warned


def _one(code: str) -> str:
    control = REGISTRY.control(code)
    rows = compile_postgres(partial(control.expression, NARROWED), key=control.key(NARROWED)).replace("%", "%%")
    return _ONE.format(code=code, day="expiry" if code == _EXPIRY else "asked", rows=rows)


def _warned(code: str, number: str, found: dict[str, Any], today: date) -> Warned:
    entry = REGISTRY[code]
    evidence = typed(found, entry.evidence)
    title, sentence = entry.control.title, explain(entry.control.explanation, evidence)
    ends = evidence.get("contract_ends")
    if code == _EXPIRY and ends is not None and ends > today:  # type: ignore[operator] # the column is a date
        title = "Kontrakten udløber før bevillingen"
        sentence = sentence.replace(f"udløb {danish_date(ends - ONE_DAY)}", f"udløber {danish_date(ends - ONE_DAY)}")  # type: ignore[operator, arg-type] # the same
    for written, said in ((f"Bevilling {number}", "Bevillingen"), (f"bevilling {number}", "denne bevilling")):
        sentence = sentence.replace(written, said)
    return Warned(code, title, sentence, entry.control.severity.value, entry.control.source)
