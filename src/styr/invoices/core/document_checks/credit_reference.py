"""A credit note should say what it credits: without it we match by amount and period only."""

from collections.abc import Iterator
from typing import Final

from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.einvoice.model import EInvoice, Kind

_REFERENCE: Final = rule(own="STYR-KREDIT", own_severity=Severity.INFO)


def missing_credit_reference(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """An information when a credit note names no invoice, on its head or any line."""
    if invoice.kind is not Kind.CREDIT_NOTE or invoice.references.billing:
        return
    if any(line.billing for line in invoice.lines):
        return
    message = "Kreditnotaen nævner ikke den faktura, den krediterer (cac:BillingReference). Bed om fakturanummeret."
    yield from _REFERENCE.on(invoice, "/*", message)
