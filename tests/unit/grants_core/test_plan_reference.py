"""`styr plan` equals the references to the øre, and what is paid is what is expected."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from styr.grants.core.plan_file import read_plan
from styr.grants.core.plan_run import make_plan
from styr.grants.core.plan_text import plan_json
from unit.grants_core import plan_reference
from unit.grants_core.cost_reference import STANDARD, Days, Line, expected, four_decimals
from unit.grants_core.cost_strategies import horizons, lines

PAYMENTS = st.one_of(
    st.fixed_dictionaries({"frequency": st.sampled_from(["daily", "weekly", "biweekly", "once"])}),
    st.fixed_dictionaries({"frequency": st.just("monthly"), "day_of_month": st.integers(1, 31)}),
    st.fixed_dictionaries(
        {
            "frequency": st.just("dates"),
            "dates": st.sets(
                st.integers(0, 500).map(lambda offset: (date(2023, 12, 20) + timedelta(days=offset)).isoformat()),
                min_size=1,
                max_size=6,
            ).map(sorted),
        }
    ),
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Days, list[tuple[Line, dict[str, Any]]]]:
    services = []
    for line in draw(st.lists(lines(), min_size=1, max_size=4)):
        payment = draw(PAYMENTS)
        endless = line.per == "total" or (line.unit == "once" and payment["frequency"] not in ("once", "dates"))
        ends = line.ends or (line.starts + timedelta(days=100) if endless else None)
        services.append((replace(line, ends=ends, calendar=STANDARD, dates=()), payment))
    return draw(horizons()), services


@settings(max_examples=20, deadline=None)
@given(plans())
def test_expected_and_payments_equal_the_references(plan: tuple[Days, list[tuple[Line, dict[str, Any]]]]) -> None:
    days, services = plan
    answer = json.loads(plan_json(make_plan(read_plan(json.dumps(_file(days, services))))))
    wanted_cost, wanted_paid = [], []
    for number, (given_line, payment) in enumerate(services):
        grant, line = f"B{number}", given_line
        first, end = max(line.starts, days.start), min(line.ends or days.end, days.end)
        if first >= end:
            continue
        pay_dates = plan_reference.dates(payment, line.starts, first, end)
        if line.unit == "once":
            all_dates = plan_reference.dates(payment, line.starts, line.starts, line.ends or date(2026, 1, 1))
            line = replace(line, dates=tuple(all_dates or [line.starts]))
            pay_dates = [day for day in line.dates if first <= day < end]
        for month, cost in expected(line, Days(first, end)).items():
            wanted_cost.append(
                (grant, f"{month:%Y-%m}", f"{four_decimals(cost.quantity):f}", line.unit, _kroner(cost.ore))
            )
        outside = plan_reference.covering_date(payment, line, first, end)
        for day, ore in plan_reference.payments(line, pay_dates, first, end, otherwise=outside):
            wanted_paid.append((grant, day.isoformat(), _kroner(ore)))
    got = [(row["grant"], row["month"], row["quantity"], row["unit"], row["amount"]) for row in answer["expected"]]
    assert got == wanted_cost
    assert [(row["grant"], row["date"], row["amount"]) for row in answer["payments"]] == wanted_paid
    assert _total(answer["expected"]) == _total(answer["payments"])


def _total(rows: list[dict[str, str]]) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows), Decimal(0))


def _kroner(ore: int) -> str:
    return f"{Decimal(ore).scaleb(-2):.2f}"


def _file(days: Days, services: list[tuple[Line, dict[str, Any]]]) -> dict[str, Any]:
    grants = [_grant(number, line, payment) for number, (line, payment) in enumerate(services)]
    return {"from": days.start.isoformat(), "to": days.end.isoformat(), "grants": grants}


def _grant(number: int, line: Line, payment: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"B{number}",
        "start": line.starts.isoformat(),
        "end": line.ends and line.ends.isoformat(),
        "services": [
            {
                "id": "S",
                "unit": line.unit,
                "per": line.per,
                "quantity": f"{line.quantity:f}",
                "factor": f"{line.factor:f}",
                "rates": [_period(start, end, "amount", value) for start, end, value in line.rates],
                "payment": payment,
            }
        ],
        "absence": [_period(start, end, "billable_factor", value) for start, end, value in line.absence],
    }


def _period(start: date, end: date | None, name: str, value: Decimal) -> dict[str, Any]:
    return {"from": start.isoformat(), "to": end and end.isoformat(), name: f"{value:f}"}
