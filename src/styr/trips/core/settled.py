"""Settlements held against the operator's invoice, and against the prices that we have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from styr.controls.core.focus import WHOLE
from styr.invoices.core.relations import INVOICE
from styr.kernel.exact import total
from styr.transport.core.relations import OPERATOR
from styr.trips.core.reach import priced_trips, settled_trips
from styr.trips.core.relations import SETTLEMENT

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

INVOICE_KIND = "invoice"


def invoice_differs(focus: Focus) -> ibis.Table:
    """Find settlements whose invoices, added up, are not the sum of the trips. At stake: what is asked too much.

    It is told on the first of those invoices too.
    """
    settlement = focus(SETTLEMENT.table(), "settlement_id").filter(lambda row: row["invoice_number"] != "")
    operator = OPERATOR.table().select("operator_id", "supplier_id")
    known = settlement.join(operator.filter(operator["supplier_id"].notnull()), "operator_id")
    bill = INVOICE.table().filter(lambda row: row["kind"] == INVOICE_KIND)
    named = bill.select("supplier_id", "net_ore", "invoice_id", invoice_number=bill["number"])
    met = known.join(named, ["supplier_id", "invoice_number"])
    summed = met.group_by(
        "settlement_id", "supplier_id", "number", "version", "invoice_number", "first_day", "last_day", "trips",
        "cost_ore", "fee_ore", "user_payment_ore",
    ).aggregate(
        invoiced_ore=total(met["net_ore"]), invoices=met.count(),
        invoice_id=met["invoice_id"].cast("string").min().cast("uuid"),
    )  # fmt: skip
    due = summed["cost_ore"] + summed["fee_ore"] - summed["user_payment_ore"]
    off = summed.mutate(settled_ore=due, amount_ore=(summed["invoiced_ore"] - due).cast("int64"))
    return _subject(off.filter(off["amount_ore"] != 0)).select(
        "subject_id", "unit_id", "supplier_id", "invoice_id", "amount_ore", "number", "version", "invoice_number",
        "invoiced_ore", "settled_ore", "trips", "invoices",
    )  # fmt: skip


def without_price(focus: Focus) -> ibis.Table:
    """Find settlements with trips of a product that we have no price for on their day, one row a settlement."""
    settlement = focus(SETTLEMENT.table(), "settlement_id").select("settlement_id", "number")
    trip = settled_trips(WHOLE).join(settlement, "settlement_id")
    bare = trip.anti_join(priced_trips(trip), "trip_id")
    operator = OPERATOR.table().select("operator_id", "supplier_id")
    together = bare.group_by("settlement_id", "operator_id", "number").aggregate(
        trips=bare.count(), product=bare["product"].min(), amount_ore=total(bare["billed_ore"])
    )
    return _subject(together.left_join(operator, "operator_id")).select(
        "subject_id", "unit_id", "supplier_id", "amount_ore", "number", "product", "trips"
    )


def _subject(rows: ibis.Table) -> ibis.Table:
    return rows.mutate(subject_id=rows["settlement_id"], unit_id=ibis.null("uuid"))
