"""What is bought today: a row a running service line with its contract's facts, price and cost of twelve months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.contracts.core.codes import ContractKind, LineKind
from styr.contracts.core.relations import CONTRACT, CONTRACT_LINE
from styr.controls.core.horizon import FAR
from styr.controls.core.relations import TODAY
from styr.grants.core.codes import GrantStatus
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.grants.core.relations import GRANT, RATE, SERVICE
from styr.kernel.exact import Column, rounded_ore, small_quotient, ten_thousandths, total, whole
from styr.kernel.relation import Relation
from styr.kernel.units import Per, Unit
from styr.suppliers.core.relations import SUPPLIER

if TYPE_CHECKING:
    from styr.negotiations.core.codes import Reason

RESULT: Final = {
    "reason": "string",
    "service_id": "uuid",
    "grant_id": "uuid",
    "contract_id": "uuid",
    "contract_number": "string",
    "grant_number": "string",
    "unit_id": "uuid",
    "supplier_id": "uuid",
    "supplier_kind": "string",
    "section": "string",
    "service": "string",
    "unit": "string",
    "framework": "boolean",
    "year_ore": "int64",
    "low_ore": "int64",
    "likely_ore": "int64",
    "high_ore": "int64",
    "price": "decimal(14, 4)",
    "usual": "decimal(14, 4)",
    "edge": "decimal(14, 4)",
    "peers": "int64",
    "alike": "boolean",
    "hours": "decimal(14, 4)",
    "hourly": "decimal(14, 4)",
    "on_day": "date",
    "counted": "int64",
    "seen_ore": "int64",
    "percent": "decimal(9, 4)",
}
"""A row a service line and reason: the amounts in a year, and the evidence; what a reason does not tell is null."""

_KEPT: Final = (
    "service_id", "grant_id", "contract_id", "contract_number", "grant_number", "unit_id", "supplier_id",
    "supplier_kind", "section", "service", "unit", "framework", "year_ore", "price",
)  # fmt: skip


BOUGHT: Final = Relation(
    "rel_bought",
    {
        "service_id": "uuid",
        "grant_id": "uuid",
        "grant_number": "string",
        "unit_id": "uuid",
        "supplier_id": "uuid",
        "supplier_kind": "string",
        "provider_unit_id": "uuid",
        "section": "string",
        "service": "string",
        "unit": "string",
        "contract_id": "uuid",
        "contract_number": "string",
        "framework": "boolean",
        "notice_days": "int32",
        "absence_billable": "decimal(9, 4)",
        "contract_line_id": "uuid",
        "line_kind": "string",
        "hours": "decimal(14, 4)",
        "hourly": "decimal(14, 4)",
        "evaluation_on": "date",
        "price": "decimal(14, 4)",
        "today": "date",
        "year_ore": "int64",
    },
)
"""What `bought` gives, worked out once: all reasons read it."""


def bought() -> ibis.Table:
    """Return running service lines of granted grants with a supplier, a price today and a cost in the coming months.

    `year_ore` is what the line is expected to cost in the twelve months of `rel_month`; a grant that ends sooner costs
    what is left of it. Sums at once are left out: they are paid, and not negotiated.
    """
    lines = _priced(_running())
    known = lines.left_join(SUPPLIER.table().select("supplier_id", supplier_kind="kind"), "supplier_id")
    # It prices the rows themselves and not every line of the municipality.
    narrowed = CostInputs().narrowed(to=lines.select(id="service_id"))
    cost = expected_cost(narrowed)
    year = cost.group_by("service_id").agg(year_ore=total(cost["amount_ore"]))
    both = known.join(year, "service_id", rname="{name}_year")
    return both.filter(both["year_ore"] > 0).select(*BOUGHT.columns)


def offers(lines: ibis.Table) -> ibis.Table:
    """The lines that are the price of an offer itself: base lines, and what is bought without a contract."""
    return lines.filter(lines["line_kind"].fill_null(LineKind.BASE.value) == LineKind.BASE.value)


def specials(lines: ibis.Table) -> ibis.Table:
    """The special rates."""
    return lines.filter(lines["line_kind"] == LineKind.SPECIAL.value)


def found(rows: ibis.Table, reason: Reason, amounts: tuple[Column, Column, Column], **evidence: Column) -> ibis.Table:
    """Make rows of `RESULT`: the amounts low, likely and high, and what shows it."""
    low, likely, high = amounts
    made = {"reason": ibis.literal(reason.value), "low_ore": low, "likely_ore": likely, "high_ore": high, **evidence}
    return rows.select(
        **{
            name: made[name].cast(kind) if name in made
            else rows[name].cast(kind) if name in _KEPT
            else ibis.null(kind)
            for name, kind in RESULT.items()
        }
    )  # fmt: skip


def part(rows: ibis.Table, numerator: Column, denominator: Column) -> Column:
    """A part of the year's cost, øre: `numerator` of `denominator`, both whole numbers."""
    return rounded_ore(whole(rows["year_ore"]) * whole(numerator), whole(denominator))


def percents(ore: Column, low: int, likely: int, high: int) -> tuple[Column, Column, Column]:
    """Parts of an amount in whole percent."""
    one, two, three = (rounded_ore(whole(ore) * percent, whole(ibis.literal(100))) for percent in (low, likely, high))
    return one, two, three


def middle(low: Column, high: Column) -> Column:
    """Halfway."""
    return low + small_quotient(high - low, 2)


def tenths(value: Column) -> Column:
    """A decimal of four decimals as a whole number (int64)."""
    return ten_thousandths(value)


def _running() -> ibis.Table:
    grant = GRANT.table().cross_join(TODAY.table())
    runs = grant.filter(
        (grant["status"] == GrantStatus.GRANTED.value)
        & (grant["ends"].fill_null(FAR) > grant["today"])
        & grant["supplier_id"].notnull()
    ).select("grant_id", "unit_id", "supplier_id", "section", "contract_id", "provider_unit_id", "today",
             grant_number="number")  # fmt: skip
    contract = CONTRACT.table()
    facts = contract.select(
        "contract_id", "notice_days", "absence_free_days", "absence_billable",
        contract_number="number", framework=contract["kind"] == ContractKind.FRAMEWORK.value,
    )  # fmt: skip
    known = runs.left_join(facts, "contract_id").drop("contract_id_right")
    service = SERVICE.table().select("service_id", "grant_id", "service", "unit", "per", "starts", "ends",
                                     "contract_line_id")  # fmt: skip
    line = service.filter((service["unit"] != Unit.ONCE.value) & (service["per"] != Per.TOTAL.value))
    both = line.join(known, "grant_id")
    return both.filter((both["starts"] <= both["today"]) & (both["ends"].fill_null(FAR) > both["today"]))


def _priced(lines: ibis.Table) -> ibis.Table:
    """Add the price of today, and the contract line's kind, hours and evaluation."""
    rate = RATE.table().select("valid_from", "valid_to", of="service_id", price="amount")
    priced = lines.join(
        rate,
        [
            lines["service_id"] == rate["of"],
            rate["valid_from"] <= lines["today"],
            rate["valid_to"].fill_null(FAR) > lines["today"],
        ],
    )
    line = CONTRACT_LINE.table().select(
        "hours", "evaluation_on", line_id="contract_line_id", line_kind="kind", hourly="hourly_rate"
    )
    joined = priced.left_join(line, [("contract_line_id", "line_id")])
    return joined.filter(joined["price"] > 0).drop("of", "line_id", "valid_from", "valid_to")
