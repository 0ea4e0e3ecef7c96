"""Asks the one expected-cost relation about some grants: by month, by year, for a whole year. One query each.

The relation is the same text as everywhere else. What it is asked about is put before it (`WITH rel_month …, rel_narrow
…`), so nothing is written and every page may ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.access.prepared import planned_once
from styr.grants.core.codes import GrantStatus
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.grants.models import Grant
from styr.kernel.engine import compile_postgres
from styr.kernel.money import round_half_away
from styr.kernel.period import Period

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    import ibis

COUNTED: Final = (GrantStatus.GRANTED, GrantStatus.STOPPED)
"""What a forecast counts: what was promised, a stopped grant up to its last day."""

_MONTHS_A_YEAR: Final = 12
MONTHS: Final = """
rel_month AS MATERIALIZED (
    SELECT month::date AS month_start, (month + interval '1 month')::date AS month_end,
           greatest(month::date, %(first_day)s::date) AS first_day,
           least((month + interval '1 month')::date, %(end_day)s::date) AS end_day
    FROM generate_series(date_trunc('month', %(first_day)s::date::timestamp), %(end_day)s::date - 1,
                         interval '1 month') month
)"""
_NARROW: Final = "rel_narrow AS MATERIALIZED ({grants})"
ONE_GRANT: Final = "rel_narrow AS MATERIALIZED (SELECT %(grant)s::uuid AS id)"
_LISTED: Final = "SELECT unnest(%(grants)s::uuid[]) AS id"
_FOUND: Final = """
SELECT g.id FROM grants_grant g LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
WHERE g.status = ANY(%(statuses)s) AND {wanted}"""
# What the relation reads, of these grants alone and once: an array can be pushed into the branches of a view, a join
# cannot, and the ten places that read the lines and the prices plan quicker where they are rows.
OF_THESE: Final = """
rel_service AS MATERIALIZED (SELECT * FROM rel_service WHERE grant_id = ANY(ARRAY(SELECT id FROM rel_narrow))),
rel_rate AS MATERIALIZED (
    SELECT * FROM rel_rate WHERE service_id = ANY(ARRAY(SELECT service_id FROM rel_service))
),
rel_service_absence AS MATERIALIZED (
    SELECT * FROM rel_service_absence WHERE service_id = ANY(ARRAY(SELECT service_id FROM rel_service))
)"""
# A year as if nothing ended: a line that ends with its grant goes on, and so does the last price; nobody is away.
GOES_ON: Final = """
rel_service AS MATERIALIZED (
    SELECT s.service_id, s.grant_id, s.unit_id, s.line_no, s.service, s.unit, s.per, s.quantity, s.factor, s.starts,
           CASE WHEN s.per = 'total' OR s.unit = 'once' OR s.ends IS DISTINCT FROM g.ends THEN s.ends END AS ends,
           s.contract_line_id, s.calendar_id
    FROM rel_service s JOIN rel_grant g USING (grant_id) WHERE s.grant_id = ANY(ARRAY(SELECT id FROM rel_narrow))
),
rel_rate AS MATERIALIZED (
    SELECT service_id, valid_from,
           CASE WHEN valid_from < max(valid_from) OVER (PARTITION BY service_id) THEN valid_to END AS valid_to, amount
    FROM rel_rate WHERE service_id = ANY(ARRAY(SELECT service_id FROM rel_service))
),
rel_service_absence AS MATERIALIZED (SELECT * FROM rel_service_absence WHERE false)"""


@dataclass(frozen=True)
class ExpectedMonth:
    """What a grant costs in a month (its first day), øre; `unpriced_days` have no price and cost nothing here."""

    grant_id: UUID
    month: date
    amount_ore: int
    unpriced_days: int


@dataclass(frozen=True)
class YearCost:
    """What a year costs, øre; `unpriced_days` have no price and cost nothing here."""

    amount_ore: int
    unpriced_days: int


@dataclass(frozen=True)
class Cost:
    """What a grant costs, øre: this year, next year and twelve months; `months` are of both years.

    Twelve months from today, or from the grant's first day where that is later, and nothing when the grant is stopped.
    `unpriced_days` are of the twelve months. `counted`: the grant is in the forecast.
    """

    this_year_ore: int
    next_year_ore: int
    full_year_ore: int
    unpriced_days: int
    months: tuple[tuple[date, int], ...]
    year: int
    counted: bool

    @property
    def forecast(self) -> Cost:
        """What of it the forecast holds: nothing before the grant is granted."""
        if self.counted:
            return self
        nothing = tuple((month, 0) for month, _ in self.months)
        return Cost(0, 0, 0, 0, nothing, self.year, counted=False)

    @property
    def month_ore(self) -> int:
        """A twelfth of the twelve months."""
        return round_half_away(self.full_year_ore, 12)


@dataclass(frozen=True)
class ServiceMonth(ExpectedMonth):
    """What one of the grant's service lines costs in a month, and the quantity in the line's unit."""

    service_id: UUID
    quantity: Any
    unit: str


def expected_by_month(  # noqa: PLR0913 - one of three ways to name the grants, all by keyword
    *,
    from_month: date,
    to_month: date,
    citizen_id: UUID | None = None,
    grant_ids: Collection[UUID] | None = None,
    supplier_id: UUID | None = None,
    statuses: Collection[GrantStatus] = COUNTED,
) -> tuple[ExpectedMonth, ...]:
    """Return what the grants are expected to cost, one row a grant and month in which it runs, in order; one query.

    Name the grants by exactly one of `citizen_id`, `grant_ids` and `supplier_id` (the contract's supplier, else the
    grant's own). Both months are included; any day of a month means that month. Only grants of `statuses` are counted.
    """
    wanted, given = _wanted(citizen_id, grant_ids, supplier_id)
    parts = (MONTHS, _NARROW.format(grants=_FOUND.format(wanted=wanted)), OF_THESE)
    columns = "grant_id, month, sum(amount_ore)::bigint, sum(unpriced_days)::int"
    horizon = months_between(from_month, to_month)
    rows = _ask(
        parts,
        f"SELECT {columns}",
        "GROUP BY grant_id, month ORDER BY grant_id, month",
        horizon,
        given | {"statuses": list(statuses)},
    )
    return tuple(ExpectedMonth(*row) for row in rows)


def expected_in_year(*, chosen: str, params: Sequence[Any], year: int) -> tuple[int, int]:
    """How many grants a statement (one column, ids) chooses, and what the forecast holds for them in a year (øre)."""
    counted = "SELECT g.id FROM grants_grant g JOIN chosen USING (id) WHERE g.status IN ('granted', 'stopped')"
    horizon = {"first_day": date(year, 1, 1), "end_day": date(year + 1, 1, 1)}
    months = MONTHS
    for name, day in horizon.items():
        months = months.replace(f"%({name})s", f"'{day}'")
    named = f"chosen AS MATERIALIZED ({chosen}), {months}, {_NARROW.format(grants=counted)}, {OF_THESE}"
    text = f"WITH {named} SELECT (SELECT count(*) FROM chosen), coalesce(sum(amount_ore), 0)::bigint FROM ({priced()}) AS cost"  # noqa: S608, E501 - compiled by us and by Django
    with connection.cursor() as cursor:
        cursor.execute(text, list(params))
        count, amount = cursor.fetchone()
    return int(count), int(amount)


def expected_by_service(*, grant_id: UUID, from_month: date, to_month: date) -> tuple[ServiceMonth, ...]:
    """Return what each line of a grant is expected to cost, whatever its status; months as above; one query."""
    columns = "grant_id, month, amount_ore, unpriced_days::int, service_id, quantity, unit"
    horizon = months_between(from_month, to_month)
    rows = _ask(
        (MONTHS, _NARROW.format(grants=_LISTED), OF_THESE),
        f"SELECT {columns}",
        "ORDER BY month, service_id",
        horizon,
        {"grants": [grant_id]},
    )
    return tuple(ServiceMonth(*row) for row in rows)


def full_year(*, grant_id: UUID, from_day: date) -> YearCost:
    """What twelve months from a day cost at the prices known, as if the grant went on and nobody were away; one query.

    Danish: helårspris. What is bought as one total, or once, counts with the part that lies within the twelve months.
    """
    parts = (MONTHS, _NARROW.format(grants=_LISTED), GOES_ON)
    horizon = Period(from_day, year_after(from_day))
    columns = "coalesce(sum(amount_ore), 0)::bigint, coalesce(sum(unpriced_days), 0)::int"
    rows = _ask(parts, f"SELECT {columns}", "", horizon, {"grants": [grant_id]})
    return YearCost(*rows[0])


def cost_of(*, grant_id: UUID, today: date) -> Cost:
    """Return what a grant costs in this year and the next, and in twelve months; two queries.

    Raises:
        Grant.DoesNotExist: there is none for the caller.
    """
    starts, status = Grant.objects.values_list("starts", "status").get(id=grant_id)
    return cost_of_known(grant_id=grant_id, starts=starts, status=GrantStatus(status), today=today)


def cost_of_known(*, grant_id: UUID, starts: date, status: GrantStatus, today: date) -> Cost:
    """The same for a grant whose first day and status are known; one query."""
    year = today.year
    months: dict[date, int] = {
        date(year + ahead, number, 1): 0 for ahead in (0, 1) for number in range(1, _MONTHS_A_YEAR + 1)
    }
    start = max(starts, today)
    both = (
        _part((MONTHS, ONE_GRANT, OF_THESE), "month", "years"),
        _part((MONTHS, ONE_GRANT, GOES_ON), "NULL::date", "twelve"),
    )
    given: dict[str, Any] = {"grant": grant_id, "years_first": min(months), "years_end": date(year + 2, 1, 1)}
    given |= {"twelve_first": start, "twelve_end": year_after(start)}
    twelve = YearCost(0, 0)
    with planned_once() as cursor:
        cursor.execute(" UNION ALL ".join(both), given)
        for month, amount, unpriced in cursor.fetchall():
            if month is not None:
                months[month] += amount
            elif status != GrantStatus.STOPPED:
                twelve = YearCost(amount, unpriced)
    return Cost(
        this_year_ore=sum(ore for month, ore in months.items() if month.year == year),
        next_year_ore=sum(ore for month, ore in months.items() if month.year != year),
        full_year_ore=twelve.amount_ore,
        unpriced_days=twelve.unpriced_days,
        months=tuple(sorted(months.items())),
        year=year,
        counted=status in COUNTED,
    )


def _part(parts: Sequence[str], month: str, horizon: str) -> str:
    """One of two questions asked at once, each about days of its own."""
    named = (
        ", ".join(parts).replace("%(first_day)s", f"%({horizon}_first)s").replace("%(end_day)s", f"%({horizon}_end)s")
    )
    columns = f"{month}, coalesce(sum(amount_ore), 0)::bigint, coalesce(sum(unpriced_days), 0)::int"
    grouped = "GROUP BY month" if month == "month" else ""
    return f"SELECT * FROM (WITH {named} SELECT {columns} FROM ({priced()}) AS cost {grouped}) AS {horizon}"  # noqa: S608 - compiled and named by us


def months_between(from_month: date, to_month: date) -> Period:
    """The days from the first of one month to the last of another."""
    return Period(from_month.replace(day=1), Period.month_of(to_month).until)


def year_after(day: date) -> date:
    """The same date a year later; 29 February becomes 1 March."""
    return day.replace(year=day.year + 1, day=1) + (day - day.replace(day=1))


def _wanted(
    citizen_id: UUID | None, grant_ids: Collection[UUID] | None, supplier_id: UUID | None
) -> tuple[str, dict[str, Any]]:
    """The condition that finds the grants `g` (with their contract `c`), and its parameters."""
    if [citizen_id, grant_ids, supplier_id].count(None) != 2:  # noqa: PLR2004 - all but one of the three
        raise TypeError("name the grants by exactly one of citizen_id, grant_ids and supplier_id")
    if citizen_id is not None:
        return "g.citizen_id = %(citizen)s", {"citizen": citizen_id}
    if supplier_id is not None:
        return "coalesce(c.supplier_id, g.supplier_id) = %(supplier)s", {"supplier": supplier_id}
    return "g.id = ANY(%(grants)s::uuid[])", {"grants": list(grant_ids or ())}


def _ask(parts: Sequence[str], select: str, tail: str, horizon: Period, given: dict[str, Any]) -> list[Any]:
    text = f"WITH {', '.join(parts)} {select} FROM ({priced()}) AS cost {tail}"
    with planned_once() as cursor:
        cursor.execute(text, {"first_day": horizon.start, "end_day": horizon.until, **given})
        return list(cursor.fetchall())


@cache
def priced() -> str:
    """The one relation as PostgreSQL text, of the grants in `rel_narrow` and the months in `rel_month`."""
    return compile_postgres(_expression, key="grants.costing").replace("%", "%%")


def _expression() -> ibis.Table:
    return expected_cost(CostInputs().narrowed(by="grant_id"))
