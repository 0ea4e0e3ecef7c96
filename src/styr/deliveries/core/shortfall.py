"""What was paid for and not delivered: the months that are told of, against what grant and contract promise.

The expected cost says both how much a service line buys in a month, after absence and the contract's terms, and what
it costs. Of the months in which deliveries are known

    not delivered (øre) = expected cost x (promised - delivered) / promised, where less than promised was delivered

summed over the months, so that a month with more makes up for none with less: what was not given in a month was missed.
Only what lacks at least `LEAST_PERCENT` of what was promised over the months is a finding, since hours fall unevenly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.controls.core.horizon import horizon
from styr.deliveries.core.relations import DELIVERY
from styr.grants.core.concerned import granted
from styr.grants.core.cost_relations import SERVICE_WINDOW
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.grants.core.relations import GRANT, SERVICE
from styr.kernel.exact import rounded_ore, total, whole

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

LEAST_PERCENT: Final = 5
"""A shortfall below this share of what was promised is no finding: hours of a week do not fall evenly in months."""


WRITTEN: Final = 500
"""What lacks less than this (ten-thousandths of a unit) is how numbers are written: 26.57 hours for 26 and 4/7."""


def months_compared(delivery: ibis.Table) -> ibis.Table:
    """Return a row a delivery: (service_id, grant_id, month, promised, delivered, cost_ore, missing_ore).

    `promised` and `delivered` are in the service's unit (decimal(18, 4)), `missing_ore` int64, 0 where nothing lacks.
    """
    windows = delivery.select("service_id", month_start="month", first_day="month", **_ends(delivery))
    lines = SERVICE.table().semi_join(windows, "service_id")
    cost = expected_cost(CostInputs(service=lines, window=windows.select(*SERVICE_WINDOW.columns)))
    told = delivery.select("service_id", "month", delivered=delivery["quantity"].cast("decimal(18, 4)"))
    both = told.join(cost, ["service_id", "month"])
    promised, got = whole(both["quantity"], decimals=4), whole(both["delivered"], decimals=4)
    lacks = ibis.ifelse(promised - got >= WRITTEN, promised - got, ibis.literal(0).cast(promised.type()))
    share = rounded_ore(whole(both["amount_ore"]) * lacks, ibis.ifelse(promised > 0, promised, 1))
    return both.select(
        "service_id", "grant_id", "month", "delivered", promised="quantity", cost_ore="amount_ore", missing_ore=share
    )


def paid_not_delivered(focus: Focus) -> ibis.Table:
    """Find grants of which less was delivered than promised, in the months told of; at stake is what it costs."""
    grants = granted(focus(GRANT.table(), "grant_id"))
    services = SERVICE.table().semi_join(grants, "grant_id").select("service_id")
    span = horizon().select("first_day", "today")
    known = DELIVERY.table().semi_join(services, "service_id").cross_join(span)
    told = known.filter((known["month"] >= known["first_day"]) & (known["month"] < known["today"]))
    compared = months_compared(told.select(*DELIVERY.columns))
    of_grant = compared.group_by("grant_id").agg(
        delivered_from=compared["month"].min(),
        delivered_months=compared["month"].nunique().cast("int64"),
        cost_ore=total(compared["cost_ore"]),
        amount_ore=total(compared["missing_ore"]),
    )
    short = of_grant.filter(
        (of_grant["amount_ore"] > 0) & (of_grant["amount_ore"] * 100 >= of_grant["cost_ore"] * LEAST_PERCENT)
    )
    shown = grants.join(short, "grant_id")
    return shown.select(
        "unit_id",
        "citizen_id",
        "supplier_id",
        "grant_id",
        "contract_id",
        "number",
        "section",
        "delivered_from",
        "delivered_months",
        "cost_ore",
        "amount_ore",
        subject_id="grant_id",
    )


def _ends(delivery: ibis.Table) -> dict[str, ibis.Column]:
    """The first day of the month after."""
    end = (delivery["month"] + ibis.interval(months=1)).cast("timestamp").cast("date")
    return {"month_end": end, "end_day": end}
