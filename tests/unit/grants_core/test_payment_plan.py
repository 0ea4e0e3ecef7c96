from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.grants.core.payment_plan import ClosedDay, Frequency, Schedule, banking_date, cover_ends, scheduled_dates
from styr.grants.core.plan_file import read_plan
from styr.grants.core.plan_run import make_plan
from styr.kernel.calendar import is_banking_day
from styr.kernel.period import Period

YEAR = Period(date(2024, 1, 1), date(2025, 1, 1))


def test_monthly_on_the_31st_falls_back_to_the_last_day() -> None:
    dates = scheduled_dates(Schedule(Frequency.MONTHLY, 31), date(2020, 1, 1), YEAR)
    assert [day.day for day in dates] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_fortnights_are_counted_from_the_grants_start() -> None:
    start = date(2023, 12, 20)
    dates = scheduled_dates(Schedule(Frequency.BIWEEKLY), start, YEAR)
    assert dates[0] == date(2024, 1, 3)
    assert {(day - start).days % 14 for day in dates} == {0}


@given(
    st.sampled_from(list(Frequency)),
    st.integers(1, 31),
    st.integers(-400, 400).map(lambda offset: date(2024, 1, 1) + timedelta(days=offset)),
)
def test_payments_cover_every_day_once(frequency: Frequency, day_of_month: int, start: date) -> None:
    within = Period(max(start, YEAR.start), max(start, YEAR.start) + timedelta(days=200))
    own = (start, within.start + timedelta(days=3))
    dates = scheduled_dates(Schedule(frequency, day_of_month, own), start, within)
    assert all(day in within for day in dates)
    paid_on = dates or [within.start]
    ends = cover_ends(paid_on, within)
    assert len(ends) == len(paid_on)
    assert ends == sorted(set(ends))
    assert ends[-1] == within.until
    assert all(day < end for day, end in zip(paid_on, ends, strict=True))


@pytest.mark.parametrize(
    ("rule", "moved"),
    [
        (ClosedDay.KEEP, date(2026, 4, 5)),
        (ClosedDay.PREVIOUS, date(2026, 4, 1)),
        (ClosedDay.NEXT, date(2026, 4, 7)),
    ],
)
def test_a_payment_on_easter_sunday_moves_past_all_of_easter(rule: ClosedDay, moved: date) -> None:
    assert banking_date(date(2026, 4, 5), rule) == moved


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_banking_day_stays_where_it_is(day: date) -> None:
    for rule in (ClosedDay.PREVIOUS, ClosedDay.NEXT):
        moved = banking_date(day, rule)
        assert is_banking_day(moved)
        assert (moved == day) == is_banking_day(day)


def _payments(**service: object) -> list[tuple[str, Decimal]]:
    asked = {"id": "S", "quantity": 1, "rates": [{"from": "2020-01-01", "amount": 100}], **service}
    grant = {"id": "B", "start": "2026-01-01", "end": "2027-01-01", "services": [asked]}
    file = {"from": "2026-01-01", "to": "2027-01-01", "grants": [grant]}
    plan = make_plan(read_plan(json.dumps(file)))
    assert sum(row.amount for row in plan.payments) == sum(row.amount for row in plan.expected)
    return [(row.date.isoformat(), Decimal(row.amount).scaleb(-2)) for row in plan.payments]


def test_a_one_off_is_split_evenly_and_the_first_date_carries_the_rest() -> None:
    own = {"frequency": "dates", "dates": ["2026-03-31", "2026-01-05", "2026-02-28"]}
    assert _payments(unit="once", payment=own) == [
        ("2026-01-05", Decimal("33.34")),
        ("2026-02-28", Decimal("33.33")),
        ("2026-03-31", Decimal("33.33")),
    ]


def test_a_one_off_is_priced_at_its_first_date_that_has_a_rate() -> None:
    own = {"frequency": "dates", "dates": ["2026-01-05", "2026-02-28"]}
    rates = [{"from": "2026-02-01", "amount": 100}]
    assert _payments(unit="once", payment=own, rates=rates) == [
        ("2026-01-05", Decimal(50)),
        ("2026-02-28", Decimal(50)),
    ]


@pytest.mark.parametrize(
    ("payment", "paid_on"),
    [
        ({"frequency": "once"}, "2026-01-01"),
        ({"frequency": "dates", "dates": ["2026-02-02", "2026-03-03", "2026-08-08"]}, "2026-03-03"),
        ({"frequency": "dates", "dates": ["2026-08-08", "2026-09-09"]}, "2026-08-08"),
        ({"frequency": "monthly", "day_of_month": 15}, "2026-05-15"),
        ({"frequency": "dates", "dates": ["2025-06-01"]}, "2026-06-01"),
    ],
)
def test_a_payment_outside_the_days_asked_for_keeps_its_own_date(payment: dict[str, object], paid_on: str) -> None:
    service = {"id": "S", "unit": "day", "quantity": 1, "rates": [{"from": "2020-01-01", "amount": 100}]}
    grant = {"id": "B", "start": "2026-01-01", "end": None, "services": [{**service, "payment": payment}]}
    plan = make_plan(read_plan(json.dumps({"from": "2026-06-01", "to": "2026-06-11", "grants": [grant]})))
    assert [(row.date.isoformat(), row.amount) for row in plan.payments] == [(paid_on, 100_000)]
    assert [row.amount for row in plan.expected] == [100_000]


def test_a_one_off_without_dates_is_paid_on_the_start() -> None:
    assert _payments(unit="once") == [("2026-01-01", Decimal(100))]


def test_payments_moved_to_the_same_day_stay_apart() -> None:
    weekend = {"frequency": "dates", "dates": ["2026-01-10", "2026-01-11"], "on_closed_day": "next"}
    moved = _payments(unit="day", payment=weekend)
    assert [day for day, _ in moved] == ["2026-01-12", "2026-01-12"]


def test_when_no_date_falls_within_the_period_one_payment_covers_it_all() -> None:
    before = {"frequency": "dates", "dates": ["2025-06-01"]}
    assert _payments(unit="month", payment=before) == [("2026-01-01", Decimal(1200))]


def test_a_grant_outside_the_period_costs_nothing() -> None:
    grant = {"id": "B", "start": "2020-01-01", "end": "2021-01-01", "services": []}
    plan = make_plan(read_plan(json.dumps({"from": "2026-01-01", "to": "2027-01-01", "grants": [grant]})))
    assert (plan.expected, plan.payments) == ((), ())
