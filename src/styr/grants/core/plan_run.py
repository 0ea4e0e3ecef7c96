"""From a plan file to the expected cost and the payments, through the same relation as everything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyarrow as pa  # type: ignore[import-untyped] # it ships no types

from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_relations import SERVICE_DATE, SERVICE_WINDOW
from styr.grants.core.expected_cost import CostInputs, windowed_cost
from styr.grants.core.payment_plan import banking_date, cover_ends, covering_date, scheduled_dates
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.calendar import STANDARD_CALENDAR, open_before
from styr.kernel.engine import DuckEngine
from styr.kernel.period import ONE_DAY, Period, next_month
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    import ibis

    from styr.grants.core.plan_file import PlanFile, PlannedGrant, PlannedService
    from styr.kernel.money import Ore

_Rows = list[dict[str, Any]]
_WINDOW = ("service_id", "month_start", "month_end", "first_day", "end_day")


@dataclass(frozen=True)
class Expected:
    """What one service costs in one month; `month` is its first day."""

    grant: str
    service: str
    month: date
    quantity: Decimal
    unit: str
    amount: Ore
    unpriced_days: int


@dataclass(frozen=True)
class Payment:
    """One payment."""

    grant: str
    service: str
    date: date
    amount: Ore


@dataclass(frozen=True)
class Plan:
    """The answer to a plan file: in the file's order, then by date. The two always sum to the same for each service."""

    expected: tuple[Expected, ...]
    payments: tuple[Payment, ...]


@dataclass(frozen=True)
class _Asked:
    """A service that runs within the horizon, on the closed period `days`.

    `once_dates` are all dates of a one-off, within the horizon or not; `dates` the payment dates in `days`; `paid_on`
    the same or, when there are none, the date that covers these days; `ends` where what each pays for ends.
    """

    key: str
    grant: PlannedGrant
    service: PlannedService
    days: Period
    once_dates: list[date]
    dates: list[date]
    paid_on: list[date]
    ends: list[date]


@dataclass(frozen=True)
class _Cost:
    """The cost of each service from its first day in a month up to each cut, in columns; `at` finds the row."""

    at: dict[tuple[str, date], int]
    columns: dict[str, list[Any]]

    def ore(self, key: str, end: date) -> Ore:
        """What the service costs in the month that `end` closes or cuts, up to `end`."""
        row = self.at.get((key, end))
        amount: Ore = 0 if row is None else self.columns["amount_ore"][row]
        return amount


def make_plan(file: PlanFile) -> Plan:
    """Compute the expected cost by month and the payments of every service in the file."""
    asked = list(_asked(file))
    if not asked:
        return Plan((), ())
    cost = _cost(file, asked)
    expected = tuple(row for each in asked for row in _expected(each, cost))
    payments = tuple(row for each in asked for row in _payments(each, cost))
    return Plan(expected, payments)


def _asked(file: PlanFile) -> Iterator[_Asked]:
    number = 0
    for grant in file.grants:
        days = grant.period.intersection(file.horizon)
        for service in grant.services:
            number += 1
            if days is not None:
                yield _scheduled(str(UUID(int=number)), grant, service, days)


def _scheduled(key: str, grant: PlannedGrant, service: PlannedService, days: Period) -> _Asked:
    start, schedule = grant.period.start, service.schedule
    once_dates: list[date] = []
    if service.unit is Unit.ONCE:
        end = grant.period.end or max((start, *schedule.dates)) + ONE_DAY
        once_dates = scheduled_dates(schedule, start, Period(start, end)) or [start]
        dates = [day for day in once_dates if day in days]
    else:
        dates = scheduled_dates(schedule, start, days)
    paid_on = dates or [covering_date(schedule, grant.period, days)]
    return _Asked(key, grant, service, days, once_dates, dates, paid_on, cover_ends(paid_on, days))


def _cost(file: PlanFile, asked: list[_Asked]) -> _Cost:
    calendar = [
        {"calendar_id": STANDARD_CALENDAR, "day": day, "open_before": count} for day, count in open_before(file.horizon)
    ]
    with DuckEngine() as engine:
        engine.load(SERVICE, [_service_row(each) for each in asked])
        engine.load(RATE, [row for each in asked for row in _rate_rows(each)])
        engine.load(SERVICE_ABSENCE, [row for each in asked for row in _absence_rows(each)])
        engine.load(SERVICE_WINDOW, _windows(asked))
        engine.load(SERVICE_DATE, [row for each in asked for row in _date_rows(each)])
        engine.load(CALENDAR, calendar)
        table = engine.arrow(_expression, key="grants plan")
    columns = {name: table[name].to_pylist() for name in table.column_names}
    keys = zip(columns["service_id"], columns["end_day"], strict=True)
    return _Cost({key: row for row, key in enumerate(keys)}, columns)


def _expression() -> ibis.Table:
    cost = windowed_cost(CostInputs(window=SERVICE_WINDOW.table(), once_date=SERVICE_DATE.table()))
    return cost.select("service_id", "end_day", "quantity", "amount_ore", "unpriced_days")


def _service_row(each: _Asked) -> dict[str, Any]:
    service = each.service
    return {
        "service_id": each.key,
        "grant_id": each.key,
        "unit_id": None,
        "line_no": None,
        "service": None,
        "unit": service.unit.value,
        "per": service.per.value,
        "quantity": service.quantity,
        "factor": service.factor,
        "starts": each.grant.period.start,
        "ends": each.grant.period.end,
        "contract_line_id": None,
        "calendar_id": STANDARD_CALENDAR,
    }


def _rate_rows(each: _Asked) -> _Rows:
    return [
        {
            "service_id": each.key,
            "valid_from": rate.period.start,
            "valid_to": rate.period.end,
            "amount": rate.value,
        }
        for rate in each.service.rates
    ]


def _absence_rows(each: _Asked) -> _Rows:
    return [
        {"service_id": each.key, "starts": away.period.start, "ends": away.period.end, "billable": away.value}
        for away in each.grant.absence
    ]


def _date_rows(each: _Asked) -> _Rows:
    """The dates of a one-off: the whole is priced at the first of them that has a rate."""
    dates = each.once_dates
    periods = [rate.period for rate in each.service.rates]
    rated = (day for day in dates if any(day in period for period in periods))
    priced_on = next(rated, dates[0] if dates else None)
    return [
        {"service_id": each.key, "day": day, "number": number, "numbers": len(dates), "priced_on": priced_on}
        for number, day in enumerate(dates, start=1)
    ]


def _windows(asked: list[_Asked]) -> pa.Table:
    """For each month of each service: windows from its first day in the month up to each cut between payments."""
    rows = [row for each in asked for row in _window_rows(each)]
    columns = zip(*rows, strict=True)
    return pa.table({name: pa.array(column) for name, column in zip(_WINDOW, columns, strict=True)})


def _window_rows(each: _Asked) -> Iterator[tuple[str, date, date, date, date]]:
    at = 0
    for part in each.days.months():
        first, until = part.start, part.until
        month = first.replace(day=1)
        month_end = next_month(month)
        while at < len(each.ends) and each.ends[at] < until:
            yield each.key, month, month_end, first, each.ends[at]
            at += 1
        if at < len(each.ends) and each.ends[at] == until:
            at += 1
        yield each.key, month, month_end, first, until


def _expected(each: _Asked, cost: _Cost) -> Iterator[Expected]:
    for part in each.days.months():
        row = cost.at.get((each.key, part.until))
        if row is not None:
            yield Expected(
                each.grant.id,
                each.service.id,
                part.start.replace(day=1),
                cost.columns["quantity"][row],
                each.service.unit.value,
                cost.columns["amount_ore"][row],
                cost.columns["unpriced_days"][row],
            )


def _payments(each: _Asked, cost: _Cost) -> Iterator[Payment]:
    """Yield the payments; the one that stands in for dates outside the days asked for is left out when it is nil."""
    months = [part.until for part in each.days.months()]
    rule = each.service.schedule.on_closed_day
    before = paid = at = 0
    for paid_on, end in zip(each.paid_on, each.ends, strict=True):
        while months[at] < end:
            before += cost.ore(each.key, months[at])
            at += 1
        total = before + cost.ore(each.key, end)
        if each.dates or total:
            yield Payment(each.grant.id, each.service.id, banking_date(paid_on, rule), total - paid)
        paid = total
