"""An invoice in the hands of whoever decides it: locked, as they saw it, and what is written when they have."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from styr.access import queries as access
from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls.on_invoices import FoundOnInvoice, findings_of_invoices
from styr.invoices.core.codes import Decided, Status, Waiting
from styr.invoices.core.seen import Ground, seen_token
from styr.invoices.deciding import UnableToDecideInvoiceError
from styr.invoices.models import Decision, Invoice
from styr.invoices.sent import refuse_sent
from styr.kernel.clock import danish_day
from styr.kernel.danish import kroner

UNDECIDED: Final = (Status.RECEIVED.value, Status.READY.value, Status.DEVIATING.value)
NOT_THERE: Final = "Fakturaen findes ikke, eller den ligger uden for dit område."


class InvoiceChangedMeanwhileError(UnableToDecideInvoiceError):
    """Somebody else decided, or the control found something else, since the page was opened."""

    def __init__(self) -> None:
        super().__init__("Fakturaen er ændret, siden du åbnede den. Se den igen, før du afgør den.")


@dataclass(frozen=True, slots=True)
class Held:
    """A locked invoice with its findings."""

    invoice: Invoice
    findings: tuple[FoundOnInvoice, ...]

    @property
    def open(self) -> tuple[FoundOnInvoice, ...]:
        """Findings that nobody has settled."""
        return tuple(one for one in self.findings if one.open)

    @property
    def stops(self) -> tuple[FoundOnInvoice, ...]:
        """Findings that stop payment, also one that somebody once decided: none is settled before the invoice is."""
        return tuple(one for one in self.findings if one.view.hard_stop)

    @property
    def uncontrolled(self) -> bool:
        """Whether no control has looked at it yet: that nothing is found then tells nothing."""
        return self.invoice.status == Status.RECEIVED.value

    @property
    def amount_ore(self) -> int:
        """What the approval is about, in øre: what is to be paid, never below nothing."""
        return max(self.invoice.payable_ore, self.invoice.net_ore, 0)


def hold(*, invoice_id: UUID, seen: str | None, actor_id: UUID, now: datetime) -> Held:
    """Lock an undecided invoice for this transaction, for somebody who may decide it.

    Args:
        invoice_id: which one.
        seen: the token of what the person saw (`shown`); None where nothing was shown.
        actor_id: who decides; a role that covers the invoice's unit is asked for before anything is told of it.
        now: when.

    Raises:
        UnableToDecideInvoiceError: it is not there, is decided already, or is not the person's to decide.
        InvoiceChangedMeanwhileError: it is not as it was seen.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an invoice is held in a transaction")
    invoice = Invoice.objects.select_for_update().filter(id=invoice_id).first()
    if invoice is None:
        raise UnableToDecideInvoiceError(NOT_THERE)
    refuse_outside(invoice, actor_id=actor_id, now=now)
    findings = findings_of_invoices([invoice_id])
    if seen is not None and seen != shown(invoice.status, invoice.waits_for, _decisions(invoice_id), findings):
        raise InvoiceChangedMeanwhileError
    if invoice.status == Status.PAID.value:
        raise UnableToDecideInvoiceError("Fakturaen er betalt og kan ikke afgøres igen.")
    if invoice.status not in UNDECIDED:
        raise UnableToDecideInvoiceError(f"Fakturaen er allerede {Status(invoice.status).danish}.")
    return Held(invoice, findings)


def shown(status: str, waits_for: str, decisions: int, findings: Collection[FoundOnInvoice]) -> str:
    """The token of what a page shows of an invoice."""
    grounds = (Ground(one.view.id, one.view.fingerprint, one.open) for one in findings)
    return seen_token(status=status, waits_for=waits_for, decisions=decisions, grounds=grounds)


def _decisions(invoice_id: UUID) -> int:
    return Decision.objects.filter(invoice_id=invoice_id).count()


def moved(  # noqa: PLR0913 - one row, all by keyword
    held: Held, outcome: Decided, *, status: Status, waits_for: Waiting, reason: str, actor_id: UUID, now: datetime
) -> Decision:
    """Write what was decided, and bring the invoice to where it now stands.

    Raises:
        UnableToDecideInvoiceError: no reason is given, or the invoice is sent to be paid and this would not pay it.
    """
    if not reason.strip():
        raise UnableToDecideInvoiceError("Skriv en begrundelse.")
    invoice = held.invoice
    if status is not Status.APPROVED:
        refuse_sent(invoice.id)
    decision = Decision.objects.create(
        municipality_id=invoice.municipality_id,
        unit_id=invoice.unit_id,
        invoice=invoice,
        outcome=outcome.value,
        reason=reason.strip(),
        grounds=[ground_of(one) for one in held.open],
        status_before=invoice.status,
        waits_before=invoice.waits_for,
        decided_by_id=actor_id,
        decided_at=now,
    )
    invoice.status, invoice.waits_for = status.value, waits_for.value
    invoice.save(update_fields=["status", "waits_for"])
    return decision


def ground_of(found: FoundOnInvoice) -> dict[str, str | int | bool | None]:
    """A finding as a decision keeps it."""
    finding = found.view
    return {
        "finding_id": str(finding.id),
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "exception_code": found.exception_code,
        "title": finding.title,
        "sentence": finding.sentence,
        "amount_ore": finding.amount_ore,
        "hard_stop": finding.hard_stop,
    }


def four_eyes_from(*, actor_id: UUID, unit_id: UUID | None, amount_ore: int, on: date) -> bool:
    """Whether a second person must approve an amount (øre); refuses what is beyond the person's own limit.

    The limit is that of the roles that cover the invoice's unit; whoever has none there approves nothing of it.

    Raises:
        UnableToDecideInvoiceError: the amount is above what the person may approve.
    """
    own = access.limit_for(user_id=actor_id, act="approve_invoice", on=on, unit_id=unit_id)
    if own is not None and (own == 0 or amount_ore > own):
        said = f"Du må godkende op til {kroner(own, whole=True)}" if own else "Du må ikke godkende fakturaer her"
        raise UnableToDecideInvoiceError(f"{said}. Bed en kollega med en højere grænse om det.")
    two = access.limit_for(user_id=actor_id, act="four_eyes_invoice", on=on, unit_id=unit_id)
    return two is not None and amount_ore > two


def refuse_outside(invoice: Invoice, *, actor_id: UUID, now: datetime) -> None:
    """Refuse whoever holds no role to decide invoices that covers the invoice's unit; roles elsewhere do not count.

    Raises:
        UnableToDecideInvoiceError: they hold none.
    """
    wanted = Permission.DECIDE_INVOICES
    if not may_in(user_id=actor_id, permission=wanted, unit_id=invoice.unit_id, on=danish_day(now)):
        raise UnableToDecideInvoiceError(f"Du må ikke {wanted.danish} i den enhed, fakturaen hører til.")
