"""What the document claims to be: CustomizationID and ProfileID."""

import re
from collections.abc import Iterator
from typing import Final, assert_never

from styr.invoices.core.document_checks.code_lists import OIOUBL2_PROFILES, OIOUBL3_PROFILES
from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.model import EInvoice, Format, Kind

_CUSTOMIZATION: Final = rule(oioubl2="F-LIB002", peppol="PEPPOL-EN16931-R004")
_CUSTOMIZATION3: Final = {
    Kind.INVOICE: rule(oioubl3="OIOUBL-BIL-020"),
    Kind.CREDIT_NOTE: rule(oioubl3="OIOUBL-BIL-022"),
}
_NO_PROFILE: Final = rule(oioubl2="F-LIB302", oioubl3="PEPPOL-EN16931-R001", peppol="PEPPOL-EN16931-R001")
_PROFILE: Final = rule(oioubl2="F-LIB302", oioubl3="OIOUBL-BIL-023", peppol="PEPPOL-EN16931-R007")

_OIOUBL2: Final = frozenset({"OIOUBL-2.01", "OIOUBL-2.02", "OIOUBL-2.1"})
_OIOUBL3: Final = {
    Kind.INVOICE: "urn:fdc:oioubl.dk:trns:billing:invoice:3.0",
    Kind.CREDIT_NOTE: "urn:fdc:oioubl.dk:trns:billing:creditnote:3.0",
}
_PEPPOL: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
# the second name is that of the process with an invoice response
_PEPPOL_PROFILE: Final = re.compile(
    r"urn:fdc:peppol\.eu:2017:poacc:billing:\d\d:1\.0|urn:peppol:bis:billing(?:_with_response)?", re.ASCII
)


def wrong_claims(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """An edition of the format, or a business process, that does not exist."""
    if not _known_customization(invoice):
        by_kind = _CUSTOMIZATION3[invoice.kind] if invoice.format is Format.OIOUBL3 else _CUSTOMIZATION
        said = f"CustomizationID {shown(invoice.customization)} er ikke en udgave af formatet, som findes."
        yield from by_kind.on(invoice, "/*/cbc:CustomizationID", f"{said} Leverandørens system skal rettes.")
    if invoice.profile is None:
        yield from _NO_PROFILE.on(
            invoice, "/*", "ProfileID mangler. Leverandørens system skal angive forretningsprocessen."
        )
    elif not _known_profile(invoice):
        said = f"ProfileID {shown(invoice.profile)} er ikke en forretningsproces, som formatet kender."
        yield from _PROFILE.on(invoice, "/*/cbc:ProfileID", f"{said} Leverandørens system skal rettes.")


def _known_customization(invoice: EInvoice) -> bool:
    claimed = invoice.customization or ""
    match invoice.format:
        case Format.OIOUBL2:
            return claimed in _OIOUBL2
        case Format.OIOUBL3:
            return claimed == _OIOUBL3[invoice.kind]
        case Format.PEPPOL3:
            return claimed.startswith(_PEPPOL)
        case Format.EN16931:
            return True
        case never:
            assert_never(never)


def _known_profile(invoice: EInvoice) -> bool:
    profile = invoice.profile or ""
    match invoice.format:
        case Format.OIOUBL2:
            return profile in OIOUBL2_PROFILES
        case Format.OIOUBL3:
            return profile in OIOUBL3_PROFILES
        case Format.PEPPOL3:
            return _PEPPOL_PROFILE.fullmatch(profile) is not None
        case Format.EN16931:
            return True
        case never:
            assert_never(never)
