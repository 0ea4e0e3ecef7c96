"""What people did about an invoice is hidden with it from whoever is kept from its citizen's case."""

from datetime import date

from personas import persona, rows_seen_by
from styr.access.blocks import block_from_case
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import acting_as
from styr.invoices.looking import note_look
from styr.invoices.models import InvoiceLine, LineMatch
from styr.invoices.services import ask_about_invoice, match_by_hand, reject_invoice
from styr.kernel.cpr import Cpr

from .conftest import NOW, Village
from .test_casework import LETTER, claim, given

TABLES = ("question", "followup", "manualmatch", "invoicelook", "decision", "supplierquery", "linematch", "claim")


def test_questions_follow_ups_matches_by_hand_looks_decisions_and_letters_are_hidden_with_the_case(
    village: Village,
) -> None:
    invoice, municipality = village.clean, Municipality.objects.get(id=village.municipality_id)
    sister = persona("mona", municipality, Role.MANAGER)
    line = InvoiceLine.objects.get(invoice=invoice)
    grant_id = LineMatch.objects.get(invoice=invoice).grant_id
    assert grant_id is not None
    match_by_hand(
        invoice_id=invoice.id, line_ids=[line.id], grant_id=grant_id, service_id=None, reason="Jeg ved det.",
        actor_id=village.clerk.id, now=NOW,
    )  # fmt: skip
    ask_about_invoice(
        invoice_id=invoice.id, to_role=Role.CASEWORKER, text="Hvem er det?", due_on=date(2026, 12, 1),
        actor_id=village.clerk.id, seen=None, now=NOW,
    )  # fmt: skip
    reject_invoice(**given(village, invoice), claim=claim(), letter=LETTER)
    with acting_as(sister.token):
        note_look(invoice_id=invoice.id, what="page", actor_id=sister.user.id, now=NOW)

    def seen() -> dict[str, int]:
        return {
            name: len(rows_seen_by(sister.token, f"SELECT 1 FROM {name} WHERE invoice_id = '{invoice.id}'"))  # noqa: S608 - our own names
            for table in TABLES
            for name in (f"invoices_{table}", f"invoices_{table}event")
        }

    assert all(seen().values()), seen()
    block_from_case(
        municipality_id=municipality.id, user_id=sister.user.id, cpr=Cpr.parse("610170-1111"), reason="Bror",
        starts=date(2020, 1, 1),
    )  # fmt: skip
    assert not any(seen().values()), seen()
    others = rows_seen_by(sister.token, "SELECT id FROM invoices_invoice")
    assert (village.stopped.id,) in others
    assert (invoice.id,) not in others
