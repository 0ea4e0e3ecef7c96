"""A plan as text: JSON for programs, a table for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.table import Table

from styr.kernel.danish import danish_date, danish_month, danish_number, kroner
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from styr.grants.core.plan_run import Plan
    from styr.kernel.money import Ore


def plan_json(plan: Plan) -> str:
    """Return the plan as JSON: decimals as text (amounts in kr. with two decimals), months YYYY-MM, dates ISO."""
    return json.dumps(
        {
            "expected": [
                {
                    "grant": row.grant,
                    "service": row.service,
                    "month": f"{row.month:%Y-%m}",
                    "quantity": f"{row.quantity:f}",
                    "unit": row.unit,
                    "amount": _amount(row.amount),
                }
                for row in plan.expected
            ],
            "payments": [
                {
                    "grant": row.grant,
                    "service": row.service,
                    "date": row.date.isoformat(),
                    "amount": _amount(row.amount),
                }
                for row in plan.payments
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def plan_tables(plan: Plan) -> tuple[Table, Table]:
    """Return the expected cost and the payments as tables."""
    expected = _table("Forventet udgift", "Måned", "Antal", "Enhed", "Beløb", "Dage uden takst")
    for row in plan.expected:
        unit = Unit(row.unit).danish
        unpriced = str(row.unpriced_days or "")
        month, quantity = danish_month(row.month), danish_number(row.quantity)
        expected.add_row(row.grant, row.service, month, quantity, unit, kroner(row.amount), unpriced)
    payments = _table("Betalinger", "Dato", "Beløb")
    for payment in plan.payments:
        payments.add_row(payment.grant, payment.service, danish_date(payment.date), kroner(payment.amount))
    return expected, payments


def unpriced_warnings(plan: Plan) -> list[str]:
    """Return a sentence for each month with days that no rate covers: they cost nothing in the plan."""
    return [
        f"Bevilling »{row.grant}«, ydelse »{row.service}«: {row.unpriced_days} dag(e) i {danish_month(row.month)} "
        "har ingen takst og er ikke regnet med. Udfyld hullet i »rates«."
        for row in plan.expected
        if row.unpriced_days
    ]


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("Bevilling", "Ydelse", *columns):
        table.add_column(
            column, justify="right" if column in ("Antal", "Beløb", "Dage uden takst") else "left", no_wrap=True
        )
    return table


def _amount(ore: Ore) -> str:
    sign = "-" if ore < 0 else ""
    kroner_part, rest = divmod(abs(ore), 100)
    return f"{sign}{kroner_part}.{rest:02d}"
