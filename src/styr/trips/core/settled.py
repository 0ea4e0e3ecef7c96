"""Settlements held against the operator's invoice, and against the prices that we have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.controls.core.focus import WHOLE
from styr.invoices.core.codes import Status
from styr.invoices.core.relations import INVOICE
from styr.kernel.exact import total
from styr.transport.core.relations import OPERATOR
from styr.trips.core.reach import priced_trips, settled_trips
from styr.trips.core.relations import SETTLEMENT

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

_BILL: Final = ("supplier_id", "invoice_number")
"""What an invoice is known by."""


def invoice_differs(focus: Focus) -> ibis.Table:
    """Find invoices that do not ask for the sum of the settlements that name them. At stake: what is asked too much.

    The documents of one number are added up, credit notes to it taken off and rejected ones left out; so are the
    settlements that name it, and the difference is told once: on the first settlement, and on the first document.
    """
    settlement = SETTLEMENT.table().filter(lambda row: row["invoice_number"] != "")
    operator = OPERATOR.table().select("operator_id", "supplier_id")
    known = settlement.join(operator.filter(operator["supplier_id"].notnull()), "operator_id")
    version = ibis.literal(" (version ") + known["version"].cast("string") + ")"
    told = known.mutate(told=known["number"] + version, ident=known["settlement_id"].cast("string"))
    due = told.group_by(*_BILL).aggregate(
        settlement_id=told["ident"].min().cast("uuid"),
        number=told["told"].group_concat(", ", order_by=told["number"]),
        trips=told["trips"].sum().cast("int64"),
        settled_ore=total(told["cost_ore"] + told["fee_ore"] - told["user_payment_ore"]),
    )
    asked = _asked_for(due.select(*_BILL))
    summed = asked.group_by(*_BILL).aggregate(
        invoiced_ore=total(asked["net_ore"]), invoices=asked.count(),
        invoice_id=asked["invoice_id"].cast("string").min().cast("uuid"),
    )  # fmt: skip
    met = focus(due.join(summed, list(_BILL)), "settlement_id")
    off = met.mutate(amount_ore=(met["invoiced_ore"] - met["settled_ore"]).cast("int64"))
    return _subject(off.filter(off["amount_ore"] != 0)).select(
        "subject_id", "unit_id", "supplier_id", "invoice_id", "amount_ore", "number", "invoice_number",
        "invoiced_ore", "settled_ore", "trips", "invoices",
    )  # fmt: skip


def _asked_for(named: ibis.Table) -> ibis.Table:
    """Every document with the number that it counts under: its own, or a credit note's that of what it credits."""
    bill = INVOICE.table()
    standing = bill.filter(bill["status"] != Status.REJECTED.value)
    kept = ("supplier_id", "net_ore", "invoice_id")
    own = standing.select(*kept, invoice_number=standing["number"])
    note = standing.filter(standing["credits_invoice_id"].notnull())
    unnamed = note.anti_join(named, ["supplier_id", note["number"] == named["invoice_number"]])
    credited = bill.select(credits_invoice_id="invoice_id", invoice_number="number")
    return own.union(unnamed.join(credited, "credits_invoice_id").select(*kept, "invoice_number"))


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
