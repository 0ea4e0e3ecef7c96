"""Working the management page's figures out, for every unit at once, and keeping what they were worked out from.

Everything is read in one transaction of a scope that spans the municipality, through the relations and queries of the
domains. A page adds up the figures of the units that its reader sees; the figures name nobody.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.agreements.assured import assured_contracts
from styr.budgets.assumptions import index_percents
from styr.budgets.core.frame import Frame
from styr.budgets.cost_by_grant import cost_by_grant
from styr.budgets.counting import asked, counted
from styr.budgets.queries import By, current_run, figures, frozen_runs
from styr.budgets.services import planned_for_all
from styr.controls.newly_found import newly_found
from styr.drafting.own_text import contracts_on_own_text
from styr.initiatives.core.measured import together
from styr.initiatives.measuring import measure_all
from styr.invoices.claims_back import claims_back
from styr.negotiations.core.codes import SavingStatus
from styr.negotiations.queries import savings_of
from styr.reports import gathering
from styr.reports.core.coverage import InOrder, count_areas
from styr.reports.core.kept import Kept
from styr.reports.core.story import since_day
from styr.reports.core.waterfall import GrantYears, waterfall_by_unit
from styr.reports.freshness import HISTORIES
from styr.reports.models import Figure, Prepared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from styr.budgets.cost_by_grant import GrantCost
    from styr.budgets.queries import RunView
    from styr.negotiations.queries import SavingLine
    from styr.reports.core.coverage import GrantFact

    Savings = Mapping[int, Sequence[SavingLine]]
    Facts = Mapping[UUID, GrantFact]

_AGREED: Final = (SavingStatus.AGREED, SavingStatus.REALISED)
_LAST_YEAR: Final = """
SELECT unit_id, section, grant_id, sum(amount_ore)::bigint FROM ({rows}) AS rows GROUP BY unit_id, section, grant_id"""
AHEAD: Final = timedelta(days=60)
"""Deadlines so far ahead are counted."""


@transaction.atomic
def prepare(*, municipality_id: UUID, today: date, now: datetime) -> UUID:
    """Work the figures of today's year out anew and put them in the place of those before; the run's id.

    Runs in the caller's scope, which must span the whole municipality. About twenty statements, however many grants.
    """
    seen = HISTORIES.now()
    run = current_run()
    if run is not None and today.year not in run.years:
        run = None
    kept, facts = Kept(), gathering.grant_facts()
    if run is not None:
        _of_forecast(kept, run, facts, today)
    _invoices(kept, today)
    for unit_id, kind, number in gathering.deadlines(_given(today)):
        kept.add(unit_id, "deadlines", kind, number=number)
    brought = together(measure_all(municipality_id=municipality_id, today=today, now=now).values())
    if brought.ore is not None:
        kept.add(None, "initiatives", "measured", ore=brought.ore, number=brought.shared)
    Prepared.objects.filter(year=today.year).delete()
    data_at = HISTORIES.latest(seen)
    made = Prepared.objects.create(
        municipality_id=municipality_id, year=today.year, as_of=today, seen=seen, data_at=data_at,
        made_at=max(now, data_at or now), forecast_at=run.made_at if run else None,
    )  # fmt: skip
    Figure.objects.bulk_create(
        Figure(
            municipality_id=municipality_id, prepared=made, unit_id=unit_id, topic=topic, key=key, ore=ore,
            number=number, persons=persons,
        )
        for unit_id, topic, key, ore, number, persons in kept.figures()
    )  # fmt: skip
    return made.id


def _of_forecast(kept: Kept, run: RunView, facts: Facts, today: date) -> None:
    year = today.year
    savings = {which: savings_of(year=which) for which in (year - 1, year)}
    cost = cost_by_grant(run_id=run.id, year=year)
    held = frozenset(line.grant_id for line in savings[year] if line.status in _AGREED and line.meets(year))
    _economy(kept, run, today)
    count_areas(kept, cost, facts, InOrder(assured_contracts(), contracts_on_own_text(), held), today=today)
    _waterfall(kept, _grant_years(cost, savings, today), facts)
    _savings(kept, savings[year], today)
    _changed(kept, cost, facts, today)


def _economy(kept: Kept, run: RunView, today: date) -> None:
    for row in figures(run_id=run.id, year=today.year, by=By.UNIT):
        kept.add(row.key, "economy", "budget", ore=row.budget_ore)
        kept.add(row.key, "economy", "forecast", ore=row.forecast_ore)
        kept.add(row.key, "economy", "spent", ore=row.so_far_ore)
    since = since_day(today)
    before = next((one for one in frozen_runs() if today.year in one.years and one.as_of <= since), None)
    if before is not None:
        for row in figures(run_id=before.id, year=today.year, by=By.UNIT):
            kept.add(row.key, "economy", "before", ore=row.forecast_ore, number=1)


def _waterfall(kept: Kept, rows: Sequence[GrantYears], facts: Facts) -> None:
    for unit_id, found in waterfall_by_unit(rows).items():
        kept.add(unit_id, "waterfall", "last", ore=found.last_ore)
        kept.add(unit_id, "waterfall", "this", ore=found.this_ore)
        for name, ore in found.parts:
            kept.add(unit_id, "waterfall", name, ore=ore)
    for row in rows:
        fact = facts.get(row.grant_id) if row.grant_id else None
        part = "transport" if row.transport else "negotiation" if row.saved_ore else ""
        if fact is not None and part:
            kept.add(row.unit_id, "waterfall", part, citizen=fact.citizen_id)


def _grant_years(cost: Iterable[GrantCost], savings: Savings, today: date) -> list[GrantYears]:
    frame = Frame.of(first_year=today.year - 1, as_of=today)
    both: dict[tuple[Any, str, Any], list[int]] = {}
    with connection.cursor() as cursor, planned_for_all(cursor):
        cursor.execute(_LAST_YEAR.format(rows=counted()), asked(frame, index_percents()))
        for unit_id, section, grant_id, ore in cursor.fetchall():
            both.setdefault((unit_id, section, grant_id), [0, 0])[0] += ore
    for one in cost:
        both.setdefault((one.unit_id, one.section, one.grant_id), [0, 0])[1] += one.ore
    days, saved = gathering.days_of_grants(_given(today)), _saved_more(savings, today.year)
    rows = []
    for (unit_id, section, grant_id), (last, this) in both.items():
        # A grant's cost may lie on several units or sections: its days and its saving go with the first of them.
        before, after, ride = days.pop(grant_id, (0, 0, False)) if grant_id else (0, 0, False)
        more = saved.pop(grant_id, 0)
        rows.append(GrantYears(unit_id, section, grant_id, last, this, before, after, ride, more))
    return rows


def _saved_more(savings: Savings, year: int) -> dict[UUID | None, int]:
    """What agreements bring on each grant this year beyond last year, øre."""
    found: Counter[UUID | None] = Counter()
    for which, sign in ((year, 1), (year - 1, -1)):
        for line in savings[which]:
            if line.status in _AGREED:
                found[line.grant_id] += sign * line.year_ore
    return dict(found)


def _savings(kept: Kept, lines: Iterable[SavingLine], today: date) -> None:
    year, units = today.year, gathering.units_of_savings()
    for line in lines:
        unit_id, whom = units.get(line.id), line.citizen_id
        if line.status is SavingStatus.EXPECTED:
            kept.add(unit_id, "savings", "expected", ore=line.year_ore, number=1, citizen=whom)
        elif line.status in _AGREED and line.meets(year):
            kept.add(unit_id, "savings", "agreed", ore=line.year_ore, number=1, citizen=whom)
            if line.ends is None or line.ends > today:
                kept.add(unit_id, "savings", "full_year", ore=line.full_year_ore, number=1, citizen=whom)
            for key, ore in (("realised", line.realised_in(year)), ("leaked", line.leaked_in(year))):
                kept.add(unit_id, "savings", key, ore=ore, number=int(ore > 0), citizen=whom if ore else None)


def _changed(kept: Kept, cost: Iterable[GrantCost], facts: Facts, today: date) -> None:
    since = since_day(today)
    year: Counter[UUID | None] = Counter()
    for one in cost:
        year[one.grant_id] += one.ore
    for grant_id, fact in facts.items():
        if fact.status == "granted" and since <= fact.starts <= today:
            kept.add(fact.unit_id, "changed", "started", ore=year[grant_id], number=1, citizen=fact.citizen_id)
        if fact.status in ("granted", "stopped") and fact.ends is not None and since < fact.ends <= today:
            kept.add(fact.unit_id, "changed", "stopped", number=1, citizen=fact.citizen_id)
    for found in newly_found(since=since):
        kept.add(found.unit_id, "changed", "findings", ore=found.ore, number=found.count, citizen=found.citizen_id)


def _invoices(kept: Kept, today: date) -> None:
    given = _given(today)
    for unit_id, number, ore in gathering.checked_invoices(given):
        kept.add(unit_id, "invoices", "checked", ore=ore, number=number)
    rejected = gathering.rejected_invoices(given)
    claims = claims_back(since=given["first"], until=given["end"])
    about = gathering.citizens_on({one[0] for one in rejected} | {one.invoice_id for one in claims})
    rows = [(invoice_id, unit_id, "rejected", ore) for invoice_id, unit_id, ore in rejected]
    rows += [(one.invoice_id, one.unit_id, "claimed", one.missing_ore) for one in claims if one.is_open]
    rows += [(one.invoice_id, one.unit_id, "recovered", one.recovered_ore) for one in claims if one.recovered_ore > 0]
    for invoice_id, unit_id, key, ore in rows:
        kept.add(unit_id, "invoices", key, ore=ore, number=1)
        for citizen_id in about.get(invoice_id, ()):
            kept.add(unit_id, "invoices", key, citizen=citizen_id)


def _given(today: date) -> dict[str, Any]:
    return {
        "before": date(today.year - 1, 1, 1), "first": date(today.year, 1, 1), "end": date(today.year + 1, 1, 1),
        "today": today, "ahead": today + AHEAD,
    }  # fmt: skip
