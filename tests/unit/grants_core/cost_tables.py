"""From the reference's lines to the rows of the relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from styr.grants.core.cost_relations import MONTH, SERVICE_DATE, month_rows
from styr.grants.core.expected_cost import CALENDAR, CostInputs, expected_cost
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.calendar import open_before
from styr.kernel.period import Period
from unit.grants_core.cost_reference import KNOWN, OPEN_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis

    from styr.kernel.relation import Relation
    from unit.grants_core.cost_reference import Days, Line

Rows = list[dict[str, Any]]


def with_dates() -> ibis.Table:
    return expected_cost(CostInputs(once_date=SERVICE_DATE.table()))


def service_id(number: int) -> UUID:
    return UUID(int=number + 1)


def tables(lines: Sequence[Line], days: Days) -> dict[Relation, Rows]:
    return {
        SERVICE: [_service(number, line) for number, line in enumerate(lines)],
        RATE: [
            {"service_id": service_id(number), "valid_from": start, "valid_to": end, "amount": amount}
            for number, line in enumerate(lines)
            for start, end, amount in line.rates
        ],
        SERVICE_ABSENCE: [
            {"service_id": service_id(number), "starts": start, "ends": end, "billable": share}
            for number, line in enumerate(lines)
            for start, end, share in line.absence
        ],
        CALENDAR: _calendars(),
        MONTH: list(month_rows(Period(days.start, days.end))),
        SERVICE_DATE: [row for number, line in enumerate(lines) for row in _dates(number, line)],
    }


def _service(number: int, line: Line) -> dict[str, Any]:
    return {
        "service_id": service_id(number),
        "grant_id": UUID(int=10_000 + number),
        "unit_id": None,
        "line_no": number,
        "service": "ophold",
        "unit": line.unit,
        "per": line.per,
        "quantity": line.quantity,
        "factor": line.factor,
        "starts": line.starts,
        "ends": line.ends,
        "contract_line_id": None,
        "calendar_id": line.calendar,
    }


def _calendars() -> Rows:
    rows: Rows = []
    for calendar, opened in OPEN_DAYS.items():
        count = 0
        for day, _ in open_before(Period(*KNOWN)):
            rows.append({"calendar_id": calendar, "day": day, "open_before": count})
            count += day in opened
    return rows


def _dates(number: int, line: Line) -> Rows:
    dates = sorted(line.dates)
    rated = (day for day in dates if any(start <= day and (end is None or day < end) for start, end, _ in line.rates))
    priced_on = next(rated, dates[0] if dates else None)
    return [
        {
            "service_id": service_id(number),
            "day": day,
            "number": place,
            "numbers": len(dates),
            "priced_on": priced_on,
        }
        for place, day in enumerate(dates, start=1)
    ]
