"""Which official rule an idea is in each format, so that a check is written once and speaks every rule book.

Sources: OIOUBL 2.1 schematron 1.17 (F-INV, F-CRN, F-LIB, W-…), OIOUBL 3.0.1 schematron (OIOUBL-…), EN 16931 schematron
1.3 (BR-…, UBL-SR-…), Peppol BIS Billing 3 schematron (PEPPOL-…, DK-R-…, NO-R-…, SE-R-…). Ids only: the rules are
written anew here. Where a format has no rule, the idea may still be judged under an own id, "STYR-…".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.einvoice.model import EInvoice, Format, Kind

_ROOTS = {Kind.INVOICE: "/Invoice", Kind.CREDIT_NOTE: "/CreditNote"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One idea: its id by format and kind of document, and how bad breaking it is."""

    codes: Mapping[tuple[Format, Kind], str]
    severity: Severity
    own: str | None
    own_severity: Severity

    def on(self, invoice: EInvoice, place: str, message: str) -> tuple[DocumentFinding, ...]:
        """The finding under this document's rule book; none where no rule binds it. `/*` in a place is the root."""
        code, severity = self.codes.get((invoice.format, invoice.kind)), self.severity
        if code is None:
            code, severity = self.own, self.own_severity
        if code is None:
            return ()
        where = _ROOTS[invoice.kind] + place[2:] if place.startswith("/*") else place
        return (DocumentFinding(code, severity, message, where),)


def rule(  # noqa: PLR0913  one argument for each rule book
    *,
    oioubl2: str | None = None,
    oioubl2_credit: str | None = None,
    en: str | None = None,
    oioubl3: str | None = None,
    peppol: str | None = None,
    en_only: bool = False,
    own: str | None = None,
    severity: Severity = Severity.FATAL,
    own_severity: Severity = Severity.WARNING,
) -> Rule:
    """State the ids of an idea.

    Args:
        oioubl2: in an OIOUBL 2 invoice; a shared id (…-LIB…) holds for credit notes too.
        oioubl2_credit: in an OIOUBL 2 credit note.
        en: in EN 16931, and in the two formats on top of it unless they have an id of their own.
        oioubl3: in OIOUBL 3, whose rule book takes some of Peppol's rules over under their ids.
        peppol: in Peppol BIS 3; never used on a document that does not claim Peppol.
        en_only: do not hand `en` on to OIOUBL 3 and Peppol.
        own: our id where the format has no rule.
        severity: of the official rules.
        own_severity: of our own.
    """
    if oioubl2 is not None and oioubl2_credit is None and "-LIB" in oioubl2:
        oioubl2_credit = oioubl2
    inherited = None if en_only else en
    codes = {
        (Format.OIOUBL2, Kind.INVOICE): oioubl2,
        (Format.OIOUBL2, Kind.CREDIT_NOTE): oioubl2_credit,
    }
    for kind in Kind:
        codes[Format.EN16931, kind] = en
        codes[Format.OIOUBL3, kind] = oioubl3 or inherited
        codes[Format.PEPPOL3, kind] = peppol or inherited
    return Rule({key: code for key, code in codes.items() if code is not None}, severity, own, own_severity)
