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
    """Return the settlements of the changed operators (their prices too), and those that a changed invoice is of."""
    settlement, changed = SETTLEMENT.table(), NARROW.table()
    of_operator = settlement.semi_join(changed, settlement["operator_id"] == changed["id"]).select(id="settlement_id")
    bill = INVOICE.table()
    named = bill.semi_join(changed, bill["invoice_id"] == changed["id"]).select(
        "supplier_id", invoice_number=bill["number"]
    )
    operator = OPERATOR.table().select("operator_id", "supplier_id")
    of_invoice = settlement.join(operator, "operator_id").semi_join(named, ["supplier_id", "invoice_number"])
    return of_operator.union(of_invoice.select(id="settlement_id"), distinct=True)


def touched_trips() -> ibis.Table:
    """Return the trips of the touched grants, citizens and settlements."""
    trip, changed = TRIP.table(), NARROW.table()
    found = [
        trip.semi_join(changed, trip[column] == changed["id"]).select(id="trip_id")
        for column in ("grant_id", "citizen_id", "settlement_id")
    ]
    return found[0].union(found[1], found[2])
