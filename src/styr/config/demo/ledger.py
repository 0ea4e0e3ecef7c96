"""What the example's finance system has paid comes back, as after any import; then one line tells of it."""

from datetime import datetime
from uuid import UUID

from rich.console import Console

from styr.access.scope import service_scope
from styr.kernel.danish import danish_number, kroner
from styr.ledger.queries import ledger_figures
from styr.ledger.services import note_payments, place_figures


def bring_payments_home(*, municipality_id: UUID, now: datetime, console: Console) -> None:
    """Place the figures, note what was paid, and tell what the books hold."""
    with service_scope(municipality_id, "control"), console.status("Læser regnskabet ind på fakturaer og måneder"):
        place_figures()
        note_payments(municipality_id=municipality_id, now=now)
    with service_scope(municipality_id, "report"):
        found = ledger_figures()
    console.print(
        f"Regnskab: {danish_number(found.postings)} posteringer ({kroner(found.posted_ore, whole=True)}), "
        f"{danish_number(found.budget_lines)} budgetlinjer, {danish_number(found.paid_invoices)} fakturaer betalt, "
        f"{danish_number(found.paid_months)} måneder betalt fuldt ud",
        highlight=False,
    )
