"""Months paid by several invoices, given back by credit notes, or paid in parts: held to a reference by single days."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.ledger.core.paid_months import PaidClaim, Part, Running, Window, full_months, parts_of, windows_of

SERVICE, GRANT = UUID(int=1), UUID(int=2)
JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
DAY = timedelta(days=1)


def claim(number: int, start: date, end: date, ore: int, *, credits_: int | None = None, paid: date = MAR) -> PaidClaim:
    return PaidClaim(
        invoice_id=UUID(int=100 + number),
        origin_id=UUID(int=100 + (number if credits_ is None else credits_)),
        grant_id=GRANT,
        service_id=SERVICE,
        start=start,
        end=end,
        amount_ore=ore,
        paid_on=paid,
    )


def every_day(start: date = JAN, end: date = date(2026, 4, 1)) -> dict[tuple[UUID, date], Running]:
    days: defaultdict[date, set[date]] = defaultdict(set)
    while start < end:
        days[start.replace(day=1)].add(start)
        start += DAY
    return {(SERVICE, month): Running(frozenset(own)) for month, own in days.items()}


def paid(*claims: PaidClaim, running: dict[tuple[UUID, date], Running] | None = None) -> list[tuple[date, int]]:
    parts = [part for one in claims for part in parts_of(one, {})]
    return [(month.month, month.amount_ore) for month in full_months(parts, running or every_day())]


def test_a_whole_month_that_is_paid_is_paid() -> None:
    assert paid(claim(1, JAN, FEB, 3_100)) == [(JAN, 3_100)]


def test_part_of_a_month_waits_for_the_rest() -> None:
    first, second = claim(1, JAN, date(2026, 1, 16), 1_500), claim(2, date(2026, 1, 16), FEB, 1_600)
    assert paid(first) == []
    assert paid(first, second) == [(JAN, 3_100)]
    assert paid(first, claim(3, date(2026, 1, 17), FEB, 1_600)) == []


def test_a_supplement_on_a_bill_of_its_own_is_part_of_the_month() -> None:
    assert paid(claim(1, JAN, FEB, 3_100), claim(2, date(2026, 1, 5), date(2026, 1, 6), 40)) == [(JAN, 3_140)]


def test_an_invoice_given_back_pays_nothing_until_it_is_billed_again() -> None:
    wrong, back = claim(1, JAN, FEB, 3_500), claim(2, JAN, FEB, -3_500, credits_=1)
    assert paid(wrong, back) == []
    assert paid(wrong, back, claim(3, JAN, FEB, 3_100)) == [(JAN, 3_100)]


def test_an_invoice_given_back_in_part_pays_what_is_left() -> None:
    assert paid(claim(1, JAN, FEB, 3_100), claim(2, JAN, FEB, -600, credits_=1)) == [(JAN, 2_500)]


def test_a_credit_note_that_names_no_invoice_is_money_and_no_day() -> None:
    assert paid(claim(1, JAN, FEB, 3_100), claim(2, JAN, FEB, -600)) == [(JAN, 2_500)]
    assert paid(claim(2, JAN, FEB, -600)) == []


def test_days_on_which_the_service_did_not_run_need_no_payment() -> None:
    from_mid = every_day(date(2026, 1, 12))
    assert paid(claim(1, date(2026, 1, 12), FEB, 2_000), running=from_mid) == [(JAN, 2_000)]
    weekdays = {key: Running(frozenset(d for d in run.days if d.weekday() < 5)) for key, run in every_day().items()}
    assert paid(claim(1, JAN, date(2026, 1, 31), 2_000), running=weekdays) == [(JAN, 2_000)]


def test_a_sum_paid_once_needs_no_days() -> None:
    once = {(SERVICE, JAN): Running(frozenset(every_day()[SERVICE, JAN].days), once=True)}
    assert paid(claim(1, date(2026, 1, 9), date(2026, 1, 10), 900), running=once) == [(JAN, 900)]


def test_months_are_paid_by_what_was_expected_of_each_and_add_up() -> None:
    both = claim(1, JAN, MAR, 6_000)
    expected = dict(zip(windows_of(both), (3_301, 2_699), strict=True))
    assert [part.amount_ore for part in parts_of(both, expected)] == [3_301, 2_699]
    assert sum(part.amount_ore for part in parts_of(claim(1, JAN, MAR, 6_001), expected)) == 6_001


@pytest.mark.parametrize("ore", [-7, 1, 100_001])
def test_where_nothing_was_expected_days_divide(ore: int) -> None:
    parts = parts_of(claim(1, date(2026, 1, 22), date(2026, 2, 11), ore), {})
    assert [part.window.first_day for part in parts] == [date(2026, 1, 22), FEB]
    assert abs(parts[0].amount_ore - parts[1].amount_ore) <= 1
    assert sum(part.amount_ore for part in parts) == ore


# ------------------------------------------------------------------------------------------------ the slow reference


def rounded(exact: Fraction) -> int:
    down = int(abs(exact) * 2)
    return (1 if exact >= 0 else -1) * ((down + 1) // 2)


def slow_parts(one: PaidClaim, expected: dict[Window, int]) -> dict[date, int]:
    """The claim's øre by month: cumulated exact shares, each month one difference of rounded sums."""
    every = [(one.start + n * DAY).replace(day=1) for n in range((one.end - one.start).days)]
    months = sorted(set(every))
    days = {month: every.count(month) for month in months}
    weight = {m: sum(ore for window, ore in expected.items() if window.month == m and ore > 0) for m in months}
    if not sum(weight.values()):
        weight = days
    shares, seen, given_out = {}, 0, 0
    for month in months:
        seen += weight[month]
        until = rounded(Fraction(one.amount_ore * seen, sum(weight.values())))
        shares[month] = until - given_out
        given_out = until
    return shares


def slow_full(claims: Sequence[PaidClaim], expected: dict[PaidClaim, dict[Window, int]]) -> list[tuple[date, int]]:
    """Each month, each day: is there an invoice with money left in this month that covers it?"""
    found = []
    for (_, month), running in sorted(every_day().items(), key=lambda item: item[0][1]):
        money = {one: slow_parts(one, expected[one]).get(month, 0) for one in claims}
        left = {one.origin_id: sum(m for c, m in money.items() if c.origin_id == one.origin_id) for one in claims}
        total = sum(money.values())
        covered = all(
            any(
                c.start <= day < c.end and c.invoice_id == c.origin_id and left[c.origin_id] > 0 and money[c]
                for c in claims
            )
            for day in running.days
        )
        if covered and total > 0:
            found.append((month, total))
    return found


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[PaidClaim], dict[PaidClaim, dict[Window, int]]]:
    claims: list[PaidClaim] = []
    for _ in range(draw(st.integers(1, 6))):
        start = JAN + draw(st.integers(0, 60)) * DAY
        end = min(draw(st.sampled_from([FEB, MAR, date(2026, 4, 1), start + 14 * DAY])), date(2026, 4, 1))
        start = draw(st.sampled_from([start, start.replace(day=1)]))
        ore = draw(st.integers(-4_000, 9_000).filter(bool))
        credited = draw(st.sampled_from([None, *range(len(claims))])) if ore < 0 else None
        if credited is not None and draw(st.booleans()):
            other = claims[credited]
            start, end, ore = other.start, other.end, -abs(other.amount_ore)
        if start < end:
            claims.append(claim(len(claims), start, end, ore, credits_=credited))
    expected = {one: {w: draw(st.integers(0, 5_000)) for w in windows_of(one)} for one in claims}
    return claims, expected


@given(histories())
def test_full_months_are_as_the_slow_reference(
    history: tuple[list[PaidClaim], dict[PaidClaim, dict[Window, int]]],
) -> None:
    claims, expected = history
    parts: list[Part] = [part for one in claims for part in parts_of(one, expected[one]) if part.amount_ore]
    assert [(m.month, m.amount_ore) for m in full_months(parts, every_day())] == slow_full(claims, expected)


@given(histories())
def test_what_is_paid_is_never_more_than_what_was_posted(
    history: tuple[list[PaidClaim], dict[PaidClaim, dict[Window, int]]],
) -> None:
    claims, expected = history
    parts = [part for one in claims for part in parts_of(one, expected[one])]
    assert sum(part.amount_ore for part in parts) == sum(one.amount_ore for one in claims)
