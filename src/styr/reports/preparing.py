"""Working the management page's figures out, for every unit at once, and keeping what they were worked out from.

Everything is read in one transaction of a scope that spans the municipality. A page adds up the figures of the units
that its reader sees; the figures name nobody.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.budgets.assumptions import index_percents
from styr.budgets.core.frame import Frame
from styr.budgets.counting import asked, counted
from styr.budgets.queries import By, current_run, figures, frozen_runs
from styr.budgets.services import planned_for_all
from styr.negotiations.core.codes import SavingStatus
from styr.negotiations.queries import savings_of
from styr.reports.core.story import since_day
from styr.reports.core.waterfall import GrantYears, waterfall_by_unit
from styr.reports.freshness import histories_now
from styr.reports.models import Figure, Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from styr.budgets.queries import RunView
    from styr.negotiations.queries import SavingLine

_AGREED: Final = (SavingStatus.AGREED, SavingStatus.REALISED)
Key = tuple["UUID | None", str, str]
_LAST_YEAR: Final = """
SELECT unit_id, section, grant_id, sum(amount_ore)::bigint FROM ({rows}) AS rows GROUP BY unit_id, section, grant_id"""
_THIS_YEAR: Final = """
SELECT unit_id, section, grant_id, sum(amount_ore)::bigint FROM budgets_forecastrow
WHERE run_id = %(run)s AND month >= %(first)s AND month < %(end)s GROUP BY unit_id, section, grant_id"""
_DAYS: Final = """
SELECT grant_id, greatest(0, least(ends, %(first)s) - greatest(starts, %(before)s)),
       greatest(0, least(ends, %(end)s) - greatest(starts, %(first)s)), ride
FROM (SELECT s.grant_id, min(s.starts) AS starts, max(coalesce(s.ends, 'infinity'::date)) AS ends,
             bool_and(s.service = 'befordring') AS ride
      FROM rel_service s JOIN rel_grant g ON g.grant_id = s.grant_id
      WHERE g.status IN ('granted', 'stopped') GROUP BY s.grant_id) AS runs"""
_AREAS: Final = """
SELECT r.unit_id, coalesce(nullif(r.section, ''), g.section, ''), count(DISTINCT coalesce(r.citizen_id, g.citizen_id)),
       count(DISTINCT r.grant_id) FILTER (WHERE g.status = 'granted' AND g.starts <= %(today)s
                                          AND (g.ends IS NULL OR g.ends > %(today)s)),
       sum(r.amount_ore)::bigint,
       coalesce(sum(r.amount_ore) FILTER (WHERE c.status IN ('signed', 'terminated')), 0)::bigint,
       coalesce(sum(r.amount_ore) FILTER (WHERE q.assured), 0)::bigint,
       coalesce(sum(r.amount_ore) FILTER (WHERE d.own), 0)::bigint,
       coalesce(sum(r.amount_ore) FILTER (WHERE r.grant_id = ANY(%(agreed)s::uuid[])), 0)::bigint
FROM budgets_forecastrow r LEFT JOIN rel_grant g ON g.grant_id = r.grant_id
LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
LEFT JOIN LATERAL (SELECT true AS assured FROM agreements_qualitymark m WHERE m.contract_id = c.contract_id) q ON true
LEFT JOIN LATERAL (SELECT true AS own FROM drafting_contractdraft t
                   WHERE t.contract_id = c.contract_id AND t.state = 'signed' LIMIT 1) d ON true
WHERE r.run_id = %(run)s AND r.month >= %(first)s AND r.month < %(end)s AND r.grant_id IS NOT NULL
GROUP BY 1, 2"""
_INVOICES: Final = """
SELECT unit_id, 'checked', count(*), coalesce(sum(payable_ore), 0)::bigint FROM rel_invoice
WHERE received_at >= %(first)s AND received_at < %(end)s GROUP BY 1
UNION ALL
SELECT unit_id, 'rejected', count(*), coalesce(sum(payable_ore), 0)::bigint FROM rel_invoice
WHERE received_at >= %(first)s AND received_at < %(end)s AND status = 'rejected' GROUP BY 1
UNION ALL
SELECT unit_id, 'claimed', count(*), coalesce(sum(claimed_ore - recovered_ore), 0)::bigint FROM invoices_followup
WHERE state = 'open' GROUP BY 1
UNION ALL
SELECT unit_id, 'recovered', count(*), coalesce(sum(recovered_ore), 0)::bigint FROM invoices_followup
WHERE recovered_ore > 0 AND opened_at < %(end)s AND (settled_at IS NULL OR settled_at >= %(first)s) GROUP BY 1"""
_CHANGED: Final = """
SELECT g.unit_id, 'started', count(*), coalesce(sum(c.ore), 0)::bigint FROM rel_grant g
LEFT JOIN (SELECT grant_id, sum(amount_ore) AS ore FROM budgets_forecastrow WHERE run_id = %(run)s
           AND month >= %(first)s AND month < %(end)s GROUP BY 1) c ON c.grant_id = g.grant_id
WHERE g.status = 'granted' AND g.starts >= %(since)s AND g.starts <= %(today)s GROUP BY 1
UNION ALL
SELECT g.unit_id, 'stopped', count(*), 0::bigint FROM rel_grant g
WHERE g.status IN ('granted', 'stopped') AND g.ends > %(since)s AND g.ends <= %(today)s GROUP BY 1
UNION ALL
SELECT unit_id, 'findings', count(*), coalesce(sum(amount_ore), 0)::bigint FROM controls_finding
WHERE status = 'open' AND first_seen >= %(since)s GROUP BY 1"""
_DEADLINES: Final = """
SELECT unit_id, kind, count(*), 0::bigint FROM rel_milestone
WHERE due_on >= %(today)s AND due_on < %(ahead)s GROUP BY 1, 2
UNION ALL
SELECT unit_id, 'late_follow_up', count(*), 0::bigint FROM rel_grant
WHERE status = 'granted' AND follow_up_on < %(today)s AND (ends IS NULL OR ends > %(today)s) GROUP BY 1"""
AHEAD: Final = timedelta(days=60)
"""Deadlines so far ahead are counted."""


class Kept:
    """The figures, added up by unit, topic and key."""

    def __init__(self) -> None:
        self.ore: Counter[Key] = Counter()
        self.number: Counter[Key] = Counter()
        self.keys: dict[Key, None] = {}

    def add(self, unit_id: UUID | None, topic: str, key: str, *, ore: int = 0, number: int = 0) -> None:
        """Add to a figure."""
        at = (unit_id, topic, key)
        self.keys[at] = None
        self.ore[at] += ore
        self.number[at] += number


@transaction.atomic
def prepare(*, municipality_id: UUID, today: date, now: datetime) -> UUID:
    """Work the figures of today's year out anew and put them in the place of those before; the run's id.

    Runs in the caller's scope, which must span the whole municipality. About fifteen statements, however many grants.
    """
    seen = histories_now()
    run = current_run()
    kept = Kept()
    year = today.year
    if run is not None and year in run.years:
        savings = {which: savings_of(year=which) for which in (year - 1, year)}
        units = _units_of_savings()
        _economy(kept, run, year, today)
        _areas(kept, run, savings[year], today)
        _waterfall(kept, run, savings, today)
        _savings(kept, savings[year], today, units)
        _counted(kept, "changed", _CHANGED, _given(run, today))
    _counted(kept, "invoices", _INVOICES, _given(run, today))
    _counted(kept, "deadlines", _DEADLINES, _given(run, today))
    Prepared.objects.filter(year=year).delete()
    made = Prepared.objects.create(municipality_id=municipality_id, year=year, as_of=today, made_at=now, seen=seen)
    Figure.objects.bulk_create(
        Figure(
            municipality_id=municipality_id, prepared=made, unit_id=unit_id, topic=topic, key=key,
            ore=kept.ore[unit_id, topic, key], number=kept.number[unit_id, topic, key],
        )
        for unit_id, topic, key in kept.keys
    )  # fmt: skip
    return made.id


def _economy(kept: Kept, run: RunView, year: int, today: date) -> None:
    for row in figures(run_id=run.id, year=year, by=By.UNIT):
        kept.add(row.key, "economy", "budget", ore=row.budget_ore)
        kept.add(row.key, "economy", "forecast", ore=row.forecast_ore)
        kept.add(row.key, "economy", "spent", ore=row.so_far_ore)
    since = since_day(today)
    before = next((one for one in frozen_runs() if year in one.years and one.as_of <= since), None)
    if before is not None:
        for row in figures(run_id=before.id, year=year, by=By.UNIT):
            kept.add(row.key, "economy", "before", ore=row.forecast_ore, number=1)


def _areas(kept: Kept, run: RunView, savings: Iterable[SavingLine], today: date) -> None:
    held = (line for line in savings if line.status in _AGREED and line.meets(today.year))
    agreed = sorted({line.grant_id for line in held}, key=str)
    names = ("cost", "signed", "assured", "own", "renegotiated")
    for unit_id, section, persons, grants, *amounts in _ask(_AREAS, _given(run, today) | {"agreed": agreed}):
        kept.add(unit_id, "persons", section, number=persons)
        kept.add(unit_id, "grants", section, number=grants)
        for name, ore in zip(names, amounts, strict=True):
            kept.add(unit_id, name, section, ore=ore)


def _waterfall(kept: Kept, run: RunView, savings: dict[int, list[SavingLine]], today: date) -> None:
    for unit_id, found in waterfall_by_unit(_grant_years(run, savings, today)).items():
        kept.add(unit_id, "waterfall", "last", ore=found.last_ore)
        kept.add(unit_id, "waterfall", "this", ore=found.this_ore)
        for name, ore in found.parts:
            kept.add(unit_id, "waterfall", name, ore=ore)


def _grant_years(run: RunView, savings: dict[int, list[SavingLine]], today: date) -> list[GrantYears]:
    given = _given(run, today)
    frame = Frame.of(first_year=today.year - 1, as_of=today)
    cost: dict[tuple[Any, str, Any], list[int]] = {}
    with connection.cursor() as cursor, planned_for_all(cursor):
        for place, text, values in (
            (0, _LAST_YEAR.format(rows=counted()), asked(frame, index_percents())),
            (1, _THIS_YEAR, given),
        ):
            cursor.execute(text, values)
            for unit_id, section, grant_id, ore in cursor.fetchall():
                cost.setdefault((unit_id, section, grant_id), [0, 0])[place] += ore
        cursor.execute(_DAYS, given)
        days = {grant_id: rest for grant_id, *rest in cursor.fetchall()}
    saved = _saved_more(savings, today.year)
    rows = []
    for (unit_id, section, grant_id), (last, this) in cost.items():
        # A grant's cost may lie on several units or sections: its days and its saving go with the first of them.
        before, after, ride = days.pop(grant_id, (0, 0, False)) if grant_id else (0, 0, False)
        more = saved.pop(grant_id, 0)
        rows.append(GrantYears(unit_id, section, grant_id, last, this, before, after, bool(ride), more))
    return rows


def _saved_more(savings: dict[int, list[SavingLine]], year: int) -> dict[UUID | None, int]:
    """What agreements bring on each grant this year beyond last year, øre."""
    found: Counter[UUID | None] = Counter()
    for which, sign in ((year, 1), (year - 1, -1)):
        for line in savings[which]:
            if line.status in _AGREED:
                found[line.grant_id] += sign * line.year_ore
    return dict(found)


def _savings(kept: Kept, lines: Iterable[SavingLine], today: date, units: dict[UUID, UUID | None]) -> None:
    year = today.year
    for line in lines:
        unit_id = units.get(line.id)
        if line.status is SavingStatus.EXPECTED:
            kept.add(unit_id, "savings", "expected", ore=line.year_ore, number=1)
        elif line.status in _AGREED and line.meets(year):
            kept.add(unit_id, "savings", "agreed", ore=line.year_ore, number=1)
            if line.ends is None or line.ends > today:
                kept.add(unit_id, "savings", "full_year", ore=line.full_year_ore)
            kept.add(unit_id, "savings", "realised", ore=line.realised_in(year))
            kept.add(unit_id, "savings", "leaked", ore=line.leaked_ore, number=int(line.leaked_ore > 0))


def _units_of_savings() -> dict[UUID, UUID | None]:
    return dict(_ask("SELECT saving_id, unit_id FROM rel_saving", {}))


def _counted(kept: Kept, topic: str, text: str, given: dict[str, Any]) -> None:
    for unit_id, key, number, ore in _ask(text, given):
        kept.add(unit_id, topic, key, ore=ore, number=number)


def _given(run: RunView | None, today: date) -> dict[str, Any]:
    return {
        "run": run.id if run else None, "before": date(today.year - 1, 1, 1), "first": date(today.year, 1, 1),
        "end": date(today.year + 1, 1, 1), "today": today, "since": since_day(today), "ahead": today + AHEAD,
    }  # fmt: skip


def _ask(text: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        rows: list[Any] = cursor.fetchall()
    return rows
