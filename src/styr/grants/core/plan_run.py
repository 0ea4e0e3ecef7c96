"""From a plan file to the expected cost and the payments, through the same relation as everything else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_relations import SERVICE_DATE, SERVICE_WINDOW
from styr.grants.core.expected_cost import CostInputs, windowed_cost
from styr.grants.core.payment_plan import banking_date, covers, scheduled_dates
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.calendar import STANDARD_CALENDAR, open_before
from styr.kernel.engine import DuckEngine
from styr.kernel.period import ONE_DAY, Period, next_month
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    import ibis

    from styr.grants.core.plan_file import PlanFile, PlannedGrant, PlannedService
    from styr.kernel.money import Ore

_Rows = list[dict[str, Any]]
_Cost = dict[tuple[UUID, date], dict[date, dict[str, Any]]]


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
    """A service that runs within the horizon."""

    key: UUID
    grant: PlannedGrant
    service: PlannedService
    days: Period

    @property
    def once_dates(self) -> list[date]:
        """The dates over which a one-off is split: all of the grant's, within the horizon or not."""
        start, schedule = self.grant.period.start, self.service.schedule
        end = self.grant.period.end or max(start, *schedule.dates) + ONE_DAY
        return scheduled_dates(schedule, start, Period(start, end)) or [start]

    @property
    def pay_dates(self) -> list[date]:
        """The scheduled dates within the days asked for."""
        if self.service.unit is Unit.ONCE:
            return [day for day in self.once_dates if day in self.days]
        return scheduled_dates(self.service.schedule, self.grant.period.start, self.days)


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
                yield _Asked(UUID(int=number), grant, service, days)


def _cost(file: PlanFile, asked: list[_Asked]) -> _Cost:
    """Return what each service costs from a month's first day up to each cut: {(service, month): {cut: row}}."""
    cost: _Cost = defaultdict(dict)
    with DuckEngine() as engine:
        engine.load(SERVICE, [_service_row(each) for each in asked])
        engine.load(RATE, [row for each in asked for row in _rate_rows(each)])
        engine.load(SERVICE_ABSENCE, [row for each in asked for row in _absence_rows(each)])
        engine.load(SERVICE_WINDOW, [row for each in asked for row in _window_rows(each)])
        engine.load(SERVICE_DATE, [row for each in asked for row in _date_rows(each)])
        engine.load(
            CALENDAR,
            [
                {"calendar_id": STANDARD_CALENDAR, "day": day, "open_before": count}
                for day, count in open_before(file.horizon)
            ],
        )
        for row in engine.rows(_expression, key="grants plan"):
            cost[row["service_id"], row["month_start"]][row["end_day"]] = row
    return cost


def _expression() -> ibis.Table:
    return windowed_cost(CostInputs(window=SERVICE_WINDOW.table(), once_date=SERVICE_DATE.table()))


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
    dates = each.once_dates if each.service.unit is Unit.ONCE else []
    return [
        {"service_id": each.key, "day": day, "number": number, "numbers": len(dates), "priced_on": dates[0]}
        for number, day in enumerate(dates, start=1)
    ]


def _window_rows(each: _Asked) -> Iterator[dict[str, Any]]:
    """For each month of the service: windows from its first day in the month up to each cut between payments."""
    cuts = defaultdict(set)
    for cover in covers(each.pay_dates, each.days):
        cuts[_month_before(cover.days.until)].add(cover.days.until)
    for part in each.days.months():
        month = part.start.replace(day=1)
        for end in cuts[month] | {part.until}:
            yield {
                "service_id": each.key,
                "month_start": month,
                "month_end": next_month(month),
                "first_day": part.start,
                "end_day": end,
            }


def _expected(each: _Asked, cost: _Cost) -> Iterator[Expected]:
    for part in each.days.months():
        month = part.start.replace(day=1)
        row = cost[each.key, month].get(part.until)
        if row is not None:
            yield Expected(
                each.grant.id,
                each.service.id,
                month,
                row["quantity"],
                row["unit"],
                row["amount_ore"],
                row["unpriced_days"],
            )


def _payments(each: _Asked, cost: _Cost) -> Iterator[Payment]:
    """Yield the payments; the one that stands in for dates outside the days asked for is left out when it is nil."""
    dates = each.pay_dates
    before = _cost_before(each, cost)
    paid = 0
    for cover in covers(dates, each.days):
        month = _month_before(cover.days.until)
        row = cost[each.key, month].get(cover.days.until)
        total = before[month] + (row["amount_ore"] if row else 0)
        if dates or total:
            day = banking_date(cover.paid_on, each.service.schedule.on_closed_day)
            yield Payment(each.grant.id, each.service.id, day, total - paid)
        paid = total


def _cost_before(each: _Asked, cost: _Cost) -> dict[date, Ore]:
    """Return, for each month, what the service's earlier months cost together."""
    before: dict[date, Ore] = {}
    total = 0
    for part in each.days.months():
        month = part.start.replace(day=1)
        before[month] = total
        row = cost[each.key, month].get(part.until)
        total += row["amount_ore"] if row else 0
    return before


def _month_before(end: date) -> date:
    return (end - ONE_DAY).replace(day=1)
