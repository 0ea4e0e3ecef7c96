"""Operators' invoices held against the settlements that name them: one, several, credited and doubted."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.template.loader import render_to_string

from db.trips.conftest import CLEAN, NOW, TODAY, Ridden, rows_of, trip
from styr.access.core.roles import Role
from styr.controls.core.focus import WHOLE
from styr.controls.core.registry import REGISTRY
from styr.invoices.case import invoice_case
from styr.invoices.core.relations import INVOICE
from styr.invoices.models import Document, Invoice, InvoiceLine
from styr.invoices.services import control_everything
from styr.kernel.engine import DuckEngine, PostgresEngine
from styr.transport.core.relations import OPERATOR
from styr.trips.bulk import land_trips
from styr.trips.core.relations import SETTLEMENT
from styr.trips.models import Settlement
from styr.trips.settling import settlement

if TYPE_CHECKING:
    from typing import Any

    from styr.trips.core.rows import TripRow


def billed(ridden: Ridden, ore: int, number: str = "F1", **told: "Any") -> Invoice:
    """The haulier's invoice (or credit note) of the settlement's number, with one line that names nobody."""
    nth = str(Document.objects.count() + 1)
    document = Document.objects.create(
        municipality_id=ridden.municipality_id, sha256=nth.rjust(64, "0"), filename=f"{nth}.xml", content=b"", size=0,
        received_at=NOW,
    )  # fmt: skip
    invoice = Invoice.objects.create(
        municipality_id=ridden.municipality_id, document=document, format="oioubl2", number=number,
        supplier_cvr="12345674", supplier_name="Bostedet Ærø ApS",
        issue_date=date(2026, 7, 1), due_date=date(2026, 7, 30), currency="DKK", net_ore=ore, tax_ore=0,
        payable_ore=ore, received_at=NOW, **{"kind": "invoice", "status": "received", **told},
    )  # fmt: skip
    InvoiceLine.objects.create(
        municipality_id=ridden.municipality_id, invoice=invoice, line_no=1, net_ore=ore,
        period_start=date(2026, 6, 1), period_end=date(2026, 7, 1),
    )  # fmt: skip
    return invoice


def land(ridden: Ridden, *rows: "TripRow") -> None:
    """Land a file of trips without an error."""
    assert land_trips(rows, municipality_id=ridden.municipality_id, now=NOW).errors == ()


def differing() -> set[tuple[str, int]]:
    """(settlements, øre) of the open findings about sums; both engines say the same, and the view that pays by sums."""
    expression = REGISTRY.control("settlement_invoice_differs").expression(WHOLE)
    with DuckEngine(threads=1) as duck, connection.cursor() as cursor:
        for relation in (INVOICE, OPERATOR, SETTLEMENT):
            duck.load(relation, [{name: row[name] for name in relation.columns} for row in rows_of(relation.name)])
        rows = PostgresEngine(cursor).rows(expression)
        assert sorted(map(str, duck.rows(expression))) == sorted(map(str, rows))
        cursor.execute(
            "SELECT s.number FROM rel_finding f JOIN trips_settlement s ON s.id = f.subject_id "
            "WHERE f.control_code = 'settlement_invoice_differs' AND f.status = 'open'"
        )
        assert {row["number"].split(" ")[0] for row in rows} == {number for (number,) in cursor.fetchall()}
        # What an invoice is paid by, the view, says the same of the sums as what asks about it, the control.
        cursor.execute(
            "SELECT DISTINCT min(settlement_id::text), invoiced_ore - due_ore FROM rel_settled_invoice "
            "JOIN rel_invoice USING (invoice_id) WHERE invoiced_ore <> due_ore AND status <> 'rejected' "
            "GROUP BY invoice_id, 2"
        )
        told = {(str(row["subject_id"]), row["amount_ore"]) for row in rows}
        assert set(cursor.fetchall()) == told
    return {(row["number"], row["amount_ore"]) for row in rows}


def test_an_invoice_is_held_against_its_settlement_and_no_grant(ridden: Ridden) -> None:
    """Whoever reads it is told the sum; what no settlement explains is told as before."""
    to: dict[str, Any] = {"municipality_id": ridden.municipality_id, "today": TODAY, "now": NOW}
    invoice = billed(ridden, 15_350)
    control_everything(**to)
    assert told_of(invoice) == ("deviating", {"invoice_citizen_unclear"})
    land(ridden, CLEAN)
    settled = Settlement.objects.get()
    control_everything(**to, changed=[settled.id])
    assert told_of(invoice) == ("ready", set())
    case = invoice_case(invoice.id)
    assert case.settled is not None
    assert (case.settled.parts[0].settlement_id, case.expected_ore, case.difference_ore) == (settled.id, 15_350, 0)
    shown = render_to_string("invoices/settled.html", {"case": case, "may": {"SEE_TRANSPORT": True}})
    assert f"/afregninger/{settled.id}/" in shown
    assert "153,50" in shown
    # The operator is asked: nothing is paid meanwhile. Then it comes again with a dearer trip.
    settled.status, settled.decided_by_id, settled.decided_at = "asked", ridden.by(Role.MANAGER).actor_id, NOW
    settled.save()
    control_everything(**to, changed=[settled.id])
    assert told_of(invoice) == ("deviating", set())
    land(ridden, trip("1", cost=Decimal("183.50")))
    control_everything(**to, changed=[settled.id])
    assert told_of(invoice) == ("deviating", {"settlement_invoice_differs"})
    assert invoice_case(invoice.id).difference_ore == -1_000
    assert differing() == {("A-1 (version 2)", -1_000)}
    card = settlement(settled.id)
    assert (card.invoiced_ore, card.owed_ore, card.differs) == (15_350, 16_350, True)


def test_several_settlements_on_one_invoice_are_added_up_and_credit_notes_taken_off(ridden: Ridden) -> None:
    to: dict[str, Any] = {"municipality_id": ridden.municipality_id, "today": TODAY, "now": NOW}
    invoice = billed(ridden, 2 * 15_350)
    land(ridden, CLEAN, trip("2", settlement="A-2", service_day=date(2026, 6, 2)))
    first, second = Settlement.objects.order_by("number")
    control_everything(**to)
    assert (told_of(invoice), differing()) == (("ready", set()), set())
    case = invoice_case(invoice.id)
    assert case.settled is not None
    assert (case.settled.numbers, case.settled.trips, case.difference_ore) == ("A-1 og A-2", 2, 0)
    shown = render_to_string("invoices/settled.html", {"case": case, "may": {"SEE_TRANSPORT": True}})
    assert f"/afregninger/{second.id}/" in shown
    for one in (first, second):
        card = settlement(one.id)
        assert (card.invoiced_ore, card.due_ore, card.together, card.differs) == (30_700, 30_700, "A-1, A-2", False)
    # The second comes again with a cheaper trip: the invoice is too high, and told so once, on the first settlement.
    land(ridden, trip("2", settlement="A-2", service_day=date(2026, 6, 2), cost=Decimal("163.50")))
    control_everything(**to, changed=[second.id])
    assert told_of(invoice) == ("deviating", {"settlement_invoice_differs"})
    assert differing() == {("A-1 (version 1), A-2 (version 2)", 1_000)}
    # The operator gives the difference back, and the coordinator accepts the settlement as it is.
    note = billed(ridden, -1_000, "K1", kind="credit_note", credits_number="F1")
    second.refresh_from_db()
    second.status, second.decided_by_id, second.decided_at = "accepted", ridden.by(Role.MANAGER).actor_id, NOW
    second.save()
    control_everything(**to, changed=[note.id, second.id])
    assert (told_of(invoice), told_of(note), differing()) == (("ready", set()), ("ready", set()), set())
    assert (settlement(first.id).invoiced_ore, invoice_case(invoice.id).difference_ore) == (29_700, 0)


def test_a_settlement_with_findings_pays_no_invoice_of_itself(ridden: Ridden) -> None:
    """The invoice asks for the sum to the øre, but the sum holds a trip twice: a person accepts it, or it waits."""
    to: dict[str, Any] = {"municipality_id": ridden.municipality_id, "today": TODAY, "now": NOW}
    invoice = billed(ridden, 2 * 15_350)
    land(ridden, CLEAN, trip("2", starts="07:55"))
    control_everything(**to)
    assert told_of(invoice) == ("deviating", set())
    case = invoice_case(invoice.id)
    assert case.settled is not None
    assert (case.settled.doubted, case.difference_ore) == (True, 0)
    settled = Settlement.objects.get()
    settled.status, settled.decided_by_id, settled.decided_at = "accepted", ridden.by(Role.MANAGER).actor_id, NOW
    settled.save()
    control_everything(**to, changed=[settled.id])
    assert told_of(invoice) == ("ready", set())


def test_an_invoice_sent_again_after_it_was_rejected_counts_once(ridden: Ridden) -> None:
    to: dict[str, Any] = {"municipality_id": ridden.municipality_id, "today": TODAY, "now": NOW}
    billed(ridden, 20_000, status="rejected")
    again = billed(ridden, 15_350)
    land(ridden, CLEAN)
    control_everything(**to)
    assert (told_of(again), differing()) == (("ready", set()), set())
    assert settlement(Settlement.objects.get().id).invoice_id == again.id


def told_of(invoice: Invoice) -> tuple[str, set[str]]:
    """The invoice's status, and the controls that hold something open on it."""
    invoice.refresh_from_db(fields=["status"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT control_code FROM rel_finding WHERE invoice_id = %s AND status = 'open'", [invoice.id]
        )  # fmt: skip
        return invoice.status, {row[0] for row in cursor.fetchall()}
