"""Works the year's central refund and what other municipalities owe out anew, inside the database."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.kernel.engine import PostgresEngine
from styr.kernel.period import next_month
from styr.kernel.relation import Relation
from styr.refunds.core.ages import ages_of, month_number
from styr.refunds.core.amounts import OPEN_MONTH
from styr.refunds.core.limits import CHILDREN_APART, CHILDRENS_ACT, Scheme
from styr.refunds.core.municipality import CITIZEN_MONTH, RESULT, citizen_months, refund_months
from styr.refunds.core.relations import FRAME
from styr.refunds.law_numbers import claim_deadlines, law_numbers
from styr.refunds.models import MunicipalCost, RefundMember, RefundMonth, RefundRun

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from styr.kernel.engine import Cursor

NEAR: Final = 80
"""Percent of the first limit's twelfth from which a case is kept and shown: it may come to pass the limit."""

LATE_MONTHS: Final = 2
"""So many of the last booked months may still lack bills: what is expected of them stands in until they come."""

_YEARS_OF_CLAIMS: Final = 4
"""So many years are always looked at, so that what was too late is seen; longer where a deadline is longer."""

_RESULT: Final = Relation(
    "refund_result",
    dict.fromkeys(RESULT, "int64")
    | {"scheme": "string", "case_id": "uuid", "pooled": "boolean", "month": "date"}
    | {"step": "int32", "booked": "boolean", "near": "int32"},
)
# What was claimed is kept however low it has come, so that the next claim knows whether that is booked or expected.
_KEPT: Final = """near >= %(near)s OR (scheme, case_id) IN (
    SELECT l.scheme, l.case_id FROM refunds_refundclaimline l JOIN refunds_refundclaim c ON c.id = l.claim_id
    WHERE c.year = %(year)s)"""
_MONTHS: Final = """
INSERT INTO refunds_refundmonth (id, municipality_id, run_id, unit_id, {columns})
SELECT gen_random_uuid(), %(municipality)s, %(run)s, u.unit_id, {from_columns}
FROM (SELECT * FROM refund_result WHERE {kept}) r
LEFT JOIN (
    SELECT m.case_id, CASE WHEN count(DISTINCT c.unit_id) = 1 THEN (array_agg(c.unit_id))[1] END AS unit_id
    FROM (SELECT DISTINCT case_id, citizen_id FROM rel_refund_citizen_month) m
    JOIN rel_citizen c ON c.citizen_id = m.citizen_id GROUP BY m.case_id
) u ON u.case_id = r.case_id
"""
_MEMBERS: Final = """
INSERT INTO refunds_refundmember (id, municipality_id, run_id, unit_id, scheme, case_id, citizen_id)
SELECT gen_random_uuid(), %(municipality)s, %(run)s, c.unit_id, m.scheme, m.case_id, m.citizen_id
FROM (SELECT DISTINCT scheme, case_id, citizen_id FROM rel_refund_citizen_month) m
JOIN rel_citizen c ON c.citizen_id = m.citizen_id
WHERE (m.scheme, m.case_id) IN (SELECT scheme, case_id FROM refund_result WHERE {kept})
"""
# The register names today's payer and no date. Who pays in a month is what somebody has told, else the payer that it
# was first worked out for, else today's. What was claimed of another is kept, to be given back.
_FORMER: Final = """
CREATE TEMP TABLE refunds_former ON COMMIT DROP AS
SELECT DISTINCT ON (citizen_id, month) citizen_id, month, payer FROM refunds_municipalcost
ORDER BY citizen_id, month, cost_ore = 0, payer
"""
_DUE: Final = """
(SELECT ({month} + make_interval(months => r.months))::date
 FROM unnest(%(rule_from)s::date[], %(rule_to)s::date[], %(months)s::int[]) AS r(starts, ends, months)
 WHERE r.starts <= {month} AND (r.ends IS NULL OR {month} < r.ends) LIMIT 1)
"""
_GIVEN_BACK: Final = """
INSERT INTO refunds_municipalcost (id, municipality_id, unit_id, citizen_id, payer, month, cost_ore, due_on)
SELECT gen_random_uuid(), %(municipality)s, k.unit_id, k.citizen_id, k.payer, k.month, 0, {due}
FROM refunds_claimed k
WHERE k.month >= %(since)s AND k.claimed_ore <> 0
  AND NOT EXISTS (SELECT FROM refunds_municipalcost c
                  WHERE c.citizen_id = k.citizen_id AND c.month = k.month AND c.payer = k.payer)
"""
_OWED: Final = """
INSERT INTO refunds_municipalcost (id, municipality_id, unit_id, citizen_id, payer, month, cost_ore, due_on)
SELECT gen_random_uuid(), %(municipality)s, c.unit_id, c.citizen_id, w.payer, p.month, sum(p.amount_ore)::bigint,
       {due}
FROM rel_citizen c
JOIN rel_posting p ON p.citizen_id = c.citizen_id AND p.month >= %(since)s AND p.month < %(until)s
LEFT JOIN refunds_former f ON f.citizen_id = c.citizen_id AND f.month = p.month
LEFT JOIN rel_payer_period d ON d.citizen_id = c.citizen_id AND d.valid_from <= p.month
     AND (d.valid_to IS NULL OR p.month < d.valid_to)
CROSS JOIN LATERAL (SELECT coalesce(d.payer, f.payer, c.paying_municipality, '') AS payer) w
WHERE w.payer <> '' AND (d.payer <> '' OR coalesce(c.paying_municipality, '') <> '')
  AND NOT EXISTS (SELECT FROM rel_payer o WHERE w.payer IN (o.code, o.name)
                  OR (d.payer IS NULL AND c.paying_municipality IN (o.code, o.name)))
  AND NOT EXISTS (SELECT FROM rel_refund_treatment t
                  WHERE t.treatment = 'own_refund' AND p.account LIKE t.prefix || '%%')
GROUP BY c.unit_id, c.citizen_id, w.payer, p.month
HAVING sum(p.amount_ore) <> 0
"""


def schemes_of(year: int) -> tuple[Scheme, ...]:
    """Return the schemes that a year has."""
    if year <= CHILDREN_APART:
        return Scheme.ADULTS, Scheme.CHILDREN_BEFORE
    return (Scheme.ADULTS, Scheme.CHILDREN) if year >= CHILDRENS_ACT else (Scheme.ADULTS,)


@transaction.atomic
def compute_year(*, municipality_id: UUID, year: int, today: date, now: datetime) -> RefundRun:
    """Compute a year's refund and replace the former result; the scope must span the whole municipality.

    Booked are the months that have ended and up to the latest that anything is posted on; the rest is expected cost.
    Schemes without limits are named on the run and not computed. A fixed number of statements.
    """
    until = _booked_until(today) or date(year, 1, 1)
    told = {
        "open_from": min(max(until, date(year, 1, 1)), date(year + 1, 1, 1)),
        "made_at": now,
        "asked_at": None,
        "missing": _missing(year),
    }
    run, _ = RefundRun.objects.update_or_create(municipality_id=municipality_id, year=year, defaults=told)
    RefundMonth.objects.filter(run=run).delete()
    RefundMember.objects.filter(run=run).delete()
    months = [date(year, number, 1) for number in range(1, 13)]
    with connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        late, ages = _months_before(until, LATE_MONTHS), _ages(year)
        engine.load(FRAME, [_frame(each, run.open_from, late) | ages for each in months])
        engine.load(OPEN_MONTH, [_window(each) for each in months if each >= late])
        engine.load(CITIZEN_MONTH, [])
        columns = tuple(CITIZEN_MONTH.columns)
        engine.insert_select(CITIZEN_MONTH.name, columns, citizen_months, key="refunds:citizens")
        cursor.execute("ANALYZE pg_temp.rel_refund_citizen_month")
        _store(cursor, run)
    return run


def _store(cursor: Cursor, run: RefundRun) -> None:
    """Keep the cases that pass a limit or come near one, and whose cost is in them."""
    given: dict[str, UUID | int] = {"municipality": run.municipality_id, "run": run.id, "near": NEAR, "year": run.year}
    engine = PostgresEngine(cursor)
    engine.load(_RESULT, [])
    engine.insert_select(_RESULT.name, RESULT, lambda: refund_months(CITIZEN_MONTH.table()), key="refunds:months")
    columns = {"kept": _KEPT, "columns": ", ".join(RESULT), "from_columns": ", ".join(f"r.{name}" for name in RESULT)}
    cursor.execute(_MONTHS.format(**columns), given)
    cursor.execute(_MEMBERS.format(kept=_KEPT), given)


@transaction.atomic
def compute_owed(*, municipality_id: UUID, today: date) -> int:
    """Work out what other municipalities owe for the latest years' booked months; return the number of months.

    A month stays with the payer it was first worked out for, unless somebody has told who pays in it (`payers`): the
    register does not say when another one began. Its deadline is the one that held when help was given.
    """
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.refunds_former")
        cursor.execute(_FORMER)
    MunicipalCost.objects.all().delete()
    deadlines = claim_deadlines()
    given: dict[str, UUID | date | list[Any]] = {
        "municipality": municipality_id,
        "rule_from": [starts for starts, _, _ in deadlines],
        "rule_to": [ends for _, ends, _ in deadlines],
        "months": [months for *_, months in deadlines],
        "since": oldest_claimable(today, deadlines),
        "until": today.replace(day=1),
    }
    with connection.cursor() as cursor:
        cursor.execute(_OWED.format(due=_DUE.format(month="p.month")), given)
        found = int(cursor.rowcount)
        cursor.execute(_GIVEN_BACK.format(due=_DUE.format(month="k.month")), given)
        return found + int(cursor.rowcount)


def oldest_claimable(today: date, deadlines: list[tuple[date, date | None, int]]) -> date:
    """The first month that is looked at: four years back, or as far as a deadline (from, to, months) reaches.

    Help keeps the deadline that held when it was given, so one that no longer holds may be the one that reaches.
    """
    month = today.replace(day=1)
    reached = [max(starts.replace(day=1), _months_before(month, months + 1)) for starts, ends, months in deadlines
               if ends is None or ends > _months_before(month, months + 1)]  # fmt: skip
    return min([date(today.year - _YEARS_OF_CLAIMS, 1, 1), *reached])


def _booked_until(today: date) -> date | None:
    """The month after the latest that has ended and has a posting; None where nothing is posted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(month) FROM rel_posting WHERE month < %s", [today.replace(day=1)])
        (latest,) = cursor.fetchone()
    return None if latest is None else next_month(latest)


def _missing(year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT scheme FROM rel_refund_limit WHERE year = %s", [year])
        known = {scheme for (scheme,) in cursor.fetchall()}
    return ",".join(scheme for scheme in schemes_of(year) if scheme not in known)


def _ages(year: int) -> dict[str, int | date | None]:
    """The rules of the year as the frame holds them."""
    ages = ages_of(year, law_numbers())
    held = {"age_limit": ages.limit, "child": ages.child, "young": ages.young, "covered_from": ages.covered_from}
    return held | {"spread": ages.spread}


def _frame(month: date, open_from: date, late: date) -> dict[str, date | int | bool]:
    booked = month < open_from
    return {"year": month.year, "month": month, "booked": booked, "late": booked and month >= late}


def _months_before(month: date, months: int) -> date:
    number = month_number(month) - months
    return date(number // 12, number % 12 + 1, 1)


def _window(month: date) -> dict[str, date]:
    after = next_month(month)
    return {"month_start": month, "month_end": after, "first_day": month, "end_day": after}
