"""The central refund of a whole municipality as one expression: the twin of `refund.year_refund`, to the øre.

Everything is counted in twelfths of an øre: a month's basis is 12 x (running - income) + the year's one-offs, so that a
month's limit is the year's limit and no division comes before the rounding.
"""

from __future__ import annotations

import ibis

from styr.kernel.exact import Column, rounded_ore, small_quotient, total
from styr.kernel.relation import Relation
from styr.people.core.relations import CITIZEN
from styr.refunds.core.amounts import amounts
from styr.refunds.core.refund import MONTHS
from styr.refunds.core.relations import COVERED, FRAME, HOUSEHOLD, LIMIT

_PERCENT = 100
_LAST_APART, _GROWN_UP = 2020, 18
"""SEL § 176 a was for children; the ages of today's rules are dated reference data."""
_AGES = ("age_limit", "child", "young", "covered_from")

CITIZEN_MONTH = Relation(
    "rel_refund_citizen_month",
    {
        "scheme": "string",
        "case_id": "uuid",
        "pooled": "boolean",
        "citizen_id": "uuid",
        "year": "int32",
        "month": "date",
        "running_ore": "int64",
        "income_ore": "int64",
        "one_off": "int64",
        "basis12": "int64",
        "booked": "boolean",
    },
)
"""A citizen's month in a case; `one_off` and `basis12` in twelfths of an øre."""

RESULT = (
    *("scheme", "case_id", "pooled", "month", "running_ore", "one_off_ore", "income_ore", "basis_ore"),
    *("refund_ore", "step", "booked", "near"),
)


def citizen_months() -> ibis.Table:
    """Return what each citizen brings into a case each month; see `CITIZEN_MONTH`."""
    return _of_age(_by_citizen(amounts())).select(*CITIZEN_MONTH.columns)


def refund_months(rows: ibis.Table | None = None) -> ibis.Table:
    """Return the months of every case of the frame's year; see `RESULT`. `rows` are those of `citizen_months`.

    `case_id` is a citizen, or a household where `pooled`. `booked`: nothing of the month rests on the expected cost.
    `near`: the share (percent, whole) of the first limit that the case's dearest month reaches. Cases of a scheme
    without limits for the year are not there: a limit is never guessed.
    """
    by_case = _by_case(citizen_months() if rows is None else rows)
    stepped = _stepped(by_case)
    of = ["scheme", "case_id"]
    case = ibis.window(group_by=of, order_by="month")  # type: ignore[no-untyped-call] # Ibis'
    whole = ibis.window(group_by=of)  # type: ignore[no-untyped-call] # Ibis'
    until_now = ibis.window(rows=(None, 0), group_by=of, order_by="month")  # type: ignore[no-untyped-call] # Ibis'
    so_far = stepped.mutate(
        sum_so_far=stepped.numerator.sum().over(until_now),
        dearest=stepped.basis12.max().over(whole),
    )
    rounded = so_far.mutate(after=rounded_ore(so_far.sum_so_far, ibis.literal(MONTHS * _PERCENT, type="int64")))
    twelve = ibis.literal(MONTHS, type="int64")
    return rounded.mutate(
        refund_ore=(rounded.after - rounded.after.lag(1).over(case).fill_null(0)).cast("int64"),
        one_off_ore=rounded_ore(rounded.one_off, twelve),
        basis_ore=rounded_ore(rounded.basis12, twelve),
        near=ibis.ifelse(rounded.dearest > 0, small_quotient(rounded.dearest * _PERCENT, rounded.first_ore), 0).cast(
            "int32"
        ),
    ).select(*RESULT)


def _by_citizen(rows: ibis.Table) -> ibis.Table:
    """One row a citizen, law and each of the twelve months: a one-off reaches them all.

    One that is only expected reaches the months that rest on what is expected: a booked month rests on the books alone.
    """
    frame, nothing = FRAME.table(), ibis.literal(0, type="int64")
    rows = _in_own_month(rows, frame)
    year = rows.group_by("citizen_id", "law").agg(
        one_off=total(ibis.ifelse(rows.booked, rows.one_off, nothing)),
        planned=total(ibis.ifelse(rows.booked, nothing, rows.one_off)),
    )
    monthly = rows.group_by("citizen_id", "law", "month").agg(
        running_ore=total(rows.running), income_ore=total(rows.income), booked=rows.booked.all()
    )
    months = year.cross_join(frame).select(
        "citizen_id", "law", "one_off", "planned", "year", *_AGES, number="month", in_past="booked"
    )
    monthly = monthly.rename(whose="citizen_id", under="law")
    joined = months.left_join(
        monthly,
        (months.citizen_id == monthly.whose) & (months.law == monthly.under) & (months.number == monthly.month),
    )
    told = joined.mutate(rests_on_books=joined.booked.fill_null(joined.in_past))
    return told.select(
        "citizen_id",
        "law",
        "year",
        *_AGES,
        one_off=told.one_off + ibis.ifelse(told.rests_on_books, nothing, told.planned),
        month=told.number,
        running_ore=told.running_ore.fill_null(0),
        income_ore=told.income_ore.fill_null(0),
        booked=told.rests_on_books,
    )


def _in_own_month(rows: ibis.Table, frame: ibis.Table) -> ibis.Table:
    """Where one-offs are not spread, each counts as what runs in its own month."""
    rule = frame.select("spread", of="month")
    told = rows.join(rule, rows.month == rule.of)
    nothing = ibis.literal(0, type="int64")
    return told.mutate(
        running=told.running + ibis.ifelse(told.spread, nothing, told.one_off),
        one_off=ibis.ifelse(told.spread, told.one_off, nothing),
    ).drop("spread", "of")


def _of_age(rows: ibis.Table) -> ibis.Table:
    """Add scheme and case; drop the months of citizens past the age limit who were not covered before it."""
    citizen = CITIZEN.table().select("citizen_id", "birth_date")
    known = COVERED.table().select(told_id="citizen_id", covered="covered")
    aged = rows.join(citizen, "citizen_id")
    aged = aged.mutate(
        number=_number(aged.month),
        born=_number(aged.birth_date),
        early=ibis.ifelse(aged.birth_date.day() > 1, 1, 0).cast("int64"),
        basis12=(aged.running_ore - aged.income_ore) * MONTHS + aged.one_off,
    )
    told = aged.left_join(known, aged.citizen_id == known.told_id)
    first = LIMIT.table()
    first = first.filter(first.step == 1).select(limit_year="year", limit_scheme="scheme", first_ore="over_ore")
    before = aged.filter(aged.number == aged.born + 12 * aged.age_limit - 1)
    shown = before.join(first, (before.year == first.limit_year) & (first.limit_scheme == _adult_scheme(before.law)))
    passed = shown.group_by(passed_id="citizen_id", passed_law="law").agg(
        passed=(shown.basis12 > shown.first_ore).any()
    )
    judged = told.left_join(passed, (told.citizen_id == passed.passed_id) & (told.law == passed.passed_law))
    reached_later = judged.born + 12 * judged.age_limit + judged.early > _number(judged.covered_from)
    covered = ibis.coalesce(judged.covered, judged.passed, ibis.literal(value=False))
    counts = _below(judged, judged.age_limit) | (reached_later & covered).fill_null(ibis.literal(value=False))
    return _with_case(judged.filter(counts))


def _with_case(rows: ibis.Table) -> ibis.Table:
    """Add the scheme, and the case: the household where the month is pooled, else the citizen."""
    house = HOUSEHOLD.table().select("household_id", "valid_from", "valid_to", lives="citizen_id")
    housed = rows.left_join(
        house,
        (rows.citizen_id == house.lives)
        & (rows.month >= house.valid_from)
        & (house.valid_to.isnull() | (rows.month < house.valid_to)),
    )
    young = _below(housed, housed.young) & (housed.law == "BL")
    pooled = housed.household_id.notnull() & (_below(housed, housed.child) | young)
    before = (housed.year <= _LAST_APART) & _below(housed, _GROWN_UP)
    return housed.mutate(
        scheme=ibis.ifelse(before, "SEL-176a", _adult_scheme(housed.law)),
        pooled=pooled,
        case_id=ibis.ifelse(pooled, housed.household_id, housed.citizen_id),
    )


def _adult_scheme(law: Column) -> Column:
    return ibis.ifelse(law == "BL", "BL-198", "SEL-176")


def _by_case(rows: ibis.Table) -> ibis.Table:
    return rows.group_by("scheme", "case_id", "pooled", "year", "month").agg(
        running_ore=total(rows.running_ore),
        income_ore=total(rows.income_ore),
        one_off=total(rows.one_off),
        basis12=total(rows.basis12),
        booked=rows.booked.all(),
    )


def _stepped(cases: ibis.Table) -> ibis.Table:
    """Add what the month refunds (in 1/1200 øre), how many limits it passes, and the year's first limit."""
    limit = LIMIT.table().select(
        limit_scheme="scheme", limit_year="year", number="step", over_ore="over_ore", added="added"
    )
    joined = cases.join(limit, (cases.scheme == limit.limit_scheme) & (cases.year == limit.limit_year))
    above: Column = ibis.greatest(joined.basis12 - joined.over_ore, ibis.literal(0, type="int64"))
    names = ("scheme", "case_id", "pooled", "year", "month", "running_ore", "income_ore", "one_off", "basis12")
    return joined.group_by(*names, "booked").agg(
        numerator=total(above * joined.added),
        step=(above > 0).sum().cast("int32"),
        first_ore=joined.over_ore.min(),
    )


def _number(day: Column) -> Column:
    """Number the months through the years, as `ages.month_number`."""
    return (day.year() * 12 + day.month() - 1).cast("int64")


def _below(row: ibis.Table, age: Column | int) -> Column:
    """As `ages.below`: the month's first day lies before the birthday."""
    reached = row.born + 12 * age
    return (row.number < reached) | ((row.number == reached) & (row.early == 1))
