"""Which trips and settlements a change touches, for the controls that are run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.invoices.core.relations import INVOICE
from styr.kernel.relation import NARROW
from styr.transport.core.relations import OPERATOR, RIDE_GRANT
from styr.trips.core.relations import SETTLEMENT, TRIP

if TYPE_CHECKING:
    import ibis


def touched_rides() -> ibis.Table:
    """Return the transport grants of the changed criteria."""
    ride, changed = RIDE_GRANT.table(), NARROW.table()
    return ride.semi_join(changed, ride["criterion_id"] == changed["id"]).select(id="grant_id")


def touched_settlements() -> ibis.Table:
    """Return the settlements of the changed operators (their prices too), and those that a changed invoice is of.

    So too the others on one invoice with a changed settlement: their sum is told on the first of them.
    """
    settlement, changed = SETTLEMENT.table(), NARROW.table()
    of_operator = settlement.semi_join(changed, settlement["operator_id"] == changed["id"]).select(id="settlement_id")
    bill = INVOICE.table()
    named = bill.semi_join(changed, bill["invoice_id"] == changed["id"]).select(
        "supplier_id", invoice_number=bill["number"]
    )
    operator = OPERATOR.table().select("operator_id", "supplier_id")
    of_invoice = settlement.join(operator, "operator_id").semi_join(named, ["supplier_id", "invoice_number"])
    billed = settlement.filter(settlement["invoice_number"] != "").join(operator, "operator_id")
    mine = billed.semi_join(changed, billed["settlement_id"] == changed["id"])
    beside = billed.view().semi_join(mine.select("supplier_id", "invoice_number"), ["supplier_id", "invoice_number"])
    others = [one.select(id="settlement_id") for one in (of_invoice, beside)]
    return of_operator.union(*others, distinct=True)


def touched_trips() -> ibis.Table:
    """Return the trips of the touched grants, citizens and settlements."""
    trip, changed = TRIP.table(), NARROW.table()
    found = [
        trip.semi_join(changed, trip[column] == changed["id"]).select(id="trip_id")
        for column in ("grant_id", "citizen_id", "settlement_id")
    ]
    return found[0].union(found[1], found[2])
