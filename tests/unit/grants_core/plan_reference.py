"""The slow, obvious reference of the payment plan: a payment is the difference of two costs, rounded by month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

from unit.grants_core.cost_reference import Days, Line, expected, round_ore

DAY = timedelta(days=1)


def dates(payment: dict[str, object], start: date, first: date, end: date) -> list[date]:
    """Walk through every day and ask whether it is a payment day."""
    found = []
    day = start
    while day < end:
        if day >= first and _is_payment_day(payment, start, day):
            found.append(day)
        day += DAY
    return found


def covering_date(payment: dict[str, object], line: Line, first: date, end: date) -> date:
    """Walk back from the first day to a payment day, else forward from the end; else the first day."""
    for day in reversed(_days(line.starts, first)):
        if _is_payment_day(payment, line.starts, day):
            return day
    return next(iter(dates(payment, line.starts, end, line.ends or end + DAY * 600)), first)


def payments(
    line: Line, pay_dates: list[date], first: date, end: date, *, otherwise: date | None = None
) -> list[tuple[date, int]]:
    """Return (date, øre): what the line costs from the payment's date up to the next, the first also what precedes.

    Without a date one payment covers it all, on the day `otherwise`, else on the first.
    """
    paid_on = pay_dates or [otherwise or first]
    cuts = [first, *paid_on[1:], end]
    is_total = line.per == "total" and line.unit != "once"
    by_day = {day: _cost(line, day) for day in _days(line.starts if is_total else first, end)}
    before = _total_before if is_total else _cost_before
    rows = []
    for day, start, until in zip(paid_on, cuts, cuts[1:], strict=False):
        rows.append((day, before(by_day, until) - before(by_day, start)))
    return rows if pay_dates else [row for row in rows if row[1]]


def _cost(line: Line, day: date) -> Fraction:
    return sum((month.cost for month in expected(line, Days(day, day + DAY)).values()), Fraction(0))


def _total_before(by_day: dict[date, Fraction], until: date) -> int:
    """A total is rounded from its first day on, whatever months it lies in."""
    return round_ore(sum((cost for day, cost in by_day.items() if day < until), Fraction(0)))


def _cost_before(by_day: dict[date, Fraction], until: date) -> int:
    """The rounded cost of every whole month, and of the days of the last month up to `until`."""
    months: dict[date, Fraction] = {}
    for day, cost in by_day.items():
        if day < until:
            months[day.replace(day=1)] = months.get(day.replace(day=1), Fraction(0)) + cost
    return sum(round_ore(cost) for cost in months.values())


def _days(first: date, end: date) -> list[date]:
    return [first + DAY * offset for offset in range((end - first).days)]


def _is_payment_day(payment: dict[str, object], start: date, day: date) -> bool:
    wanted = {
        "daily": True,
        "weekly": (day - start).days % 7 == 0,
        "biweekly": (day - start).days % 14 == 0,
        "monthly": day.day == min(int(str(payment.get("day_of_month", 1))), monthrange(day.year, day.month)[1]),
        "once": day == start,
        "dates": day.isoformat() in (payment.get("dates") or ()),  # type: ignore[operator]
    }
    return wanted[str(payment["frequency"])]
