"""What must stand on the head of every document."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.einvoice.model import EInvoice, Format, Kind


class _Required(NamedTuple):
    rule: Rule
    place: str
    name: str
    is_missing: Callable[[EInvoice], bool]


_FATAL: Final = Severity.FATAL
_REQUIRED: Final = (
    _Required(
        rule(oioubl2="F-INV009", oioubl2_credit="F-CRN006", en="BR-02"),
        "/*/cbc:ID",
        "Fakturanummer (cbc:ID)",
        lambda invoice: invoice.number is None,
    ),
    _Required(
        rule(en="BR-03", own="STYR-UDSTEDT", own_severity=_FATAL),
        "/*/cbc:IssueDate",
        "Udstedelsesdato (cbc:IssueDate)",
        lambda invoice: invoice.issue_date is None and not _is_problem(invoice, "/*/cbc:IssueDate"),
    ),
    _Required(
        rule(oioubl2="F-INV007", oioubl2_credit="F-CRN004", en="BR-05"),
        "/*/cbc:DocumentCurrencyCode",
        "Valuta (cbc:DocumentCurrencyCode)",
        lambda invoice: invoice.currency is None,
    ),
    _Required(
        rule(en="BR-04"),
        "/*",
        "Dokumenttype (cbc:InvoiceTypeCode eller cbc:CreditNoteTypeCode)",
        lambda invoice: invoice.type_code is None,
    ),
    _Required(
        rule(en="BR-16", own="STYR-LINJER", own_severity=_FATAL),
        "/*",
        "Fakturalinjer",
        lambda invoice: not invoice.lines,
    ),
    _Required(
        rule(oioubl2="F-INV008", oioubl2_credit="F-CRN005", en="BR-CO-18"),
        "/*/cac:TaxTotal",
        "Momsopgørelse (cac:TaxTotal)",
        lambda invoice: not any(total.subtotals for total in invoice.tax_totals),
    ),
    _Required(
        rule(oioubl2="F-INV120", oioubl2_credit="F-CRN066", en="BR-12"),
        "/*/cac:LegalMonetaryTotal/cbc:LineExtensionAmount",
        "Sum af linjer (cbc:LineExtensionAmount)",
        lambda invoice: invoice.totals.line_extension is None,
    ),
    _Required(
        rule(en="BR-13"),
        "/*/cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
        "Beløb uden moms (cbc:TaxExclusiveAmount)",
        lambda invoice: invoice.totals.tax_exclusive is None,
    ),
    _Required(
        rule(en="BR-14"),
        "/*/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",
        "Beløb med moms (cbc:TaxInclusiveAmount)",
        lambda invoice: invoice.totals.tax_inclusive is None,
    ),
    _Required(
        rule(en="BR-15", own="STYR-BETALES", own_severity=_FATAL),
        "/*/cac:LegalMonetaryTotal/cbc:PayableAmount",
        "Beløb til betaling (cbc:PayableAmount)",
        lambda invoice: invoice.totals.payable is None,
    ),
    _Required(
        rule(oioubl3="PEPPOL-EN16931-R003", peppol="PEPPOL-EN16931-R003"),
        "/*",
        "Købers reference (cbc:BuyerReference) eller ordrenummer (cac:OrderReference/cbc:ID)",
        lambda invoice: invoice.references.buyer is None and invoice.references.order is None,
    ),
    _Required(
        rule(en="BR-CO-25"),
        "/*/cac:LegalMonetaryTotal/cbc:PayableAmount",
        "Forfaldsdato (cbc:DueDate) eller betalingsbetingelser (cac:PaymentTerms/cbc:Note)",
        lambda invoice: _is_to_be_paid(invoice) and not _says_when(invoice),
    ),
)


def missing_on_head(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """One finding for each thing missing."""
    for required in _REQUIRED:
        if required.is_missing(invoice):
            message = f"{required.name} mangler. Bed leverandøren sende fakturaen igen med oplysningen."
            yield from required.rule.on(invoice, required.place, message)


def _is_problem(invoice: EInvoice, place: str) -> bool:
    return any(problem.place == place for problem in invoice.problems)


def _is_to_be_paid(invoice: EInvoice) -> bool:
    return invoice.kind is Kind.INVOICE and invoice.totals.payable is not None and invoice.totals.payable > 0


def _says_when(invoice: EInvoice) -> bool:
    """OIOUBL 3 also lets the terms refer to the payment means."""
    terms = any(term.note is not None for term in invoice.payment_terms)
    return invoice.due_date is not None or terms or invoice.format is Format.OIOUBL3
