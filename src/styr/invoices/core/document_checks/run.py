"""Every check of a document, in one pass over the values."""

from decimal import Context, localcontext
from typing import Final

from styr.invoices.core.document_checks.allowances import wrong_allowances
from styr.invoices.core.document_checks.claims import wrong_claims
from styr.invoices.core.document_checks.codes import wrong_codes
from styr.invoices.core.document_checks.credit_reference import missing_credit_reference
from styr.invoices.core.document_checks.decimals import wrong_decimals
from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.identifiers import wrong_identifiers
from styr.invoices.core.document_checks.line_amounts import wrong_line_amounts
from styr.invoices.core.document_checks.line_tax import wrong_line_tax
from styr.invoices.core.document_checks.lines import wrong_lines
from styr.invoices.core.document_checks.payment import wrong_payment
from styr.invoices.core.document_checks.periods import wrong_periods
from styr.invoices.core.document_checks.readable_values import unreadable_values
from styr.invoices.core.document_checks.required_head import missing_on_head
from styr.invoices.core.document_checks.required_parties import missing_on_parties
from styr.invoices.core.document_checks.tax import wrong_tax
from styr.invoices.core.document_checks.tax_breakdown import wrong_breakdown
from styr.invoices.core.document_checks.totals import wrong_totals
from styr.invoices.core.einvoice.model import EInvoice

_CHECKS: Final = (
    unreadable_values,
    wrong_claims,
    missing_on_head,
    missing_on_parties,
    wrong_identifiers,
    wrong_codes,
    wrong_payment,
    wrong_lines,
    wrong_line_amounts,
    wrong_allowances,
    wrong_periods,
    wrong_totals,
    wrong_tax,
    wrong_line_tax,
    wrong_breakdown,
    wrong_decimals,
    missing_credit_reference,
)
_WORST_FIRST: Final = {severity: rank for rank, severity in enumerate(Severity)}
# 28 digits a factor (reading.py) make every product exact
_EXACT: Final = Context(prec=64)


def document_findings(invoice: EInvoice) -> tuple[DocumentFinding, ...]:
    """Everything that is wrong with a document, the worst first and else in the order of the checks.

    The same sentence is said once: a wrong CVR number stands in four places, and is one fault.
    Duplicates of earlier documents are not seen here: that needs the register.
    """
    with localcontext(_EXACT):
        found = {(finding.code, finding.message): finding for check in _CHECKS for finding in check(invoice)}
    return tuple(sorted(found.values(), key=lambda finding: _WORST_FIRST[finding.severity]))
