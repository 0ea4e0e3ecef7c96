"""Identifiers of the parties: known schemes, and numbers of the right form with the right check digit."""

import re
from collections.abc import Iterator
from typing import Final

from styr.invoices.core.document_checks.code_lists import (
    ENDPOINT_SCHEMES,
    OIOUBL2_ENDPOINT_SCHEMES,
    OIOUBL2_PARTY_SCHEMES,
)
from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.required_parties import BUYER, SUPPLIER
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.model import EInvoice, Format
from styr.invoices.core.einvoice.parties import Identifier, IdentifierKind, Party
from styr.kernel.cvr import Cvr, InvalidCvrError

_ENDPOINT_SCHEME: Final = rule(
    oioubl2="F-LIB179", en="BR-CL-25", oioubl3="PEPPOL-EN16931-CL008", peppol="PEPPOL-EN16931-CL008"
)
_NO_SCHEME: Final = {SUPPLIER: rule(oioubl2="F-LIB179", en="BR-62"), BUYER: rule(oioubl2="F-LIB179", en="BR-63")}
_PARTY_SCHEME: Final = rule(oioubl2="F-LIB183", en="BR-CL-10")
# only OIOUBL 2 asks for thirteen digits, the others for the check digit
_GLN_ENDPOINT: Final = rule(oioubl2="F-LIB181", own="STYR-EAN")
_GLN_PARTY: Final = rule(oioubl2="F-LIB185", own="STYR-EAN")
_GLN_DIGIT: Final = rule(oioubl3="PEPPOL-COMMON-R040", peppol="PEPPOL-COMMON-R040", own="STYR-EAN")
_CVR_ENDPOINT: Final = rule(oioubl2="F-LIB180", oioubl3="OIOUBL-COMMON-001", peppol="PEPPOL-COMMON-R042")
_CVR_PARTY: Final = rule(oioubl2="F-LIB184", oioubl3="OIOUBL-COMMON-001", peppol="PEPPOL-COMMON-R042")
_CVR_DIGIT: Final = rule(own="STYR-CVR", own_severity=Severity.WARNING)
_P_NUMBER: Final = rule(oioubl2="F-LIB287", oioubl3="OIOUBL-COMMON-003")
_NORWEGIAN: Final = rule(oioubl3="PEPPOL-COMMON-R041", peppol="PEPPOL-COMMON-R041")
_SWEDISH: Final = rule(oioubl3="PEPPOL-COMMON-R049", peppol="PEPPOL-COMMON-R049")

_CVR_FORM: Final = {
    Format.OIOUBL2: re.compile(r"DK\d{8}", re.ASCII),
    Format.OIOUBL3: re.compile(r"\d{8}", re.ASCII),
    Format.PEPPOL3: re.compile(r"(?:DK)?\d{8}", re.ASCII),
    Format.EN16931: re.compile(r"(?:DK)?\d{8}", re.ASCII),
}
_DIGITS: Final = re.compile(r"\d{2,40}", re.ASCII)
_GLN_LENGTH: Final = 13
_TEN_DIGITS: Final = re.compile(r"\d{10}", re.ASCII)
_NINE_DIGITS: Final = re.compile(r"\d{9}", re.ASCII)
_SWEDISH_SUPPLIER: Final = rule(peppol="SE-R-013", severity=Severity.WARNING)
_ICD: Final = re.compile(r"\d{4}|SEPA|ZZZ", re.ASCII)
_NORWEGIAN_WEIGHTS: Final = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_ORIGIN: Final = "Ret leverandørens eller købers stamdata."


def wrong_identifiers(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Schemes that do not exist and numbers that cannot be right, for supplier and buyer."""
    for party, place in ((invoice.supplier, SUPPLIER), (invoice.buyer, BUYER)):
        yield from _endpoint(invoice, party, place)
        for identifier in party.identifiers:
            yield from _party_scheme(invoice, identifier, f"{place}/cac:PartyIdentification/cbc:ID")
            yield from _number(invoice, identifier, f"{place}/cac:PartyIdentification/cbc:ID")
        if party.legal_id is not None:
            yield from _number(invoice, party.legal_id, f"{place}/cac:PartyLegalEntity/cbc:CompanyID")
    yield from _swedish_supplier(invoice)


def _endpoint(invoice: EInvoice, party: Party, place: str) -> Iterator[DocumentFinding]:
    endpoint = party.endpoint
    if endpoint is None:
        return
    where = f"{place}/cbc:EndpointID"
    known = OIOUBL2_ENDPOINT_SCHEMES if invoice.format is Format.OIOUBL2 else ENDPOINT_SCHEMES
    if endpoint.scheme is None:
        message = f"Den elektroniske adresse {shown(str(endpoint))} mangler schemeID, så man ikke kan se, hvad den er."
        yield from _NO_SCHEME[place].on(invoice, where, message)
    elif endpoint.scheme not in known:
        message = f"schemeID {shown(endpoint.scheme)} for den elektroniske adresse findes ikke i kodelisten. {_ORIGIN}"
        yield from _ENDPOINT_SCHEME.on(invoice, where, message)
    yield from _number(invoice, endpoint, where, is_endpoint=True)


def _party_scheme(invoice: EInvoice, identifier: Identifier, place: str) -> Iterator[DocumentFinding]:
    scheme = identifier.scheme
    if scheme is None:
        return
    known = scheme in OIOUBL2_PARTY_SCHEMES if invoice.format is Format.OIOUBL2 else _ICD.fullmatch(scheme) is not None
    if not known:
        message = f"schemeID {shown(scheme)} for partens nummer findes ikke i kodelisten. {_ORIGIN}"
        yield from _PARTY_SCHEME.on(invoice, place, message)


def _number(
    invoice: EInvoice, identifier: Identifier, place: str, *, is_endpoint: bool = False
) -> Iterator[DocumentFinding]:
    value = identifier.value
    match identifier.kind:
        case IdentifierKind.GLN:
            yield from _gln(invoice, value, place, is_endpoint=is_endpoint)
        case IdentifierKind.CVR:
            yield from _cvr(invoice, value, place, is_endpoint=is_endpoint)
        case IdentifierKind.P_NUMBER:
            if _TEN_DIGITS.fullmatch(value) is None:
                yield from _P_NUMBER.on(invoice, place, f"P-nummeret {shown(value)} har ikke ti cifre. {_ORIGIN}")
        case _:
            yield from _nordic(invoice, identifier, place)


def _gln(invoice: EInvoice, value: str, place: str, *, is_endpoint: bool) -> Iterator[DocumentFinding]:
    if not _is_gs1(value):
        message = f"EAN-nummeret {shown(value)} består ikke kontrollen; et ciffer er forkert. {_ORIGIN}"
        yield from _GLN_DIGIT.on(invoice, place, message)
    if len(value) != _GLN_LENGTH:
        form = _GLN_ENDPOINT if is_endpoint else _GLN_PARTY
        yield from form.on(invoice, place, f"EAN-nummeret {shown(value)} har ikke 13 cifre. {_ORIGIN}")


def _is_gs1(value: str) -> bool:
    """Digits of any length whose last is the GS1 check digit: weights 3 and 1 in turn, from the right."""
    if _DIGITS.fullmatch(value) is None:
        return False
    return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(reversed(value))) % 10 == 0


def _cvr(invoice: EInvoice, value: str, place: str, *, is_endpoint: bool) -> Iterator[DocumentFinding]:
    if _CVR_FORM[invoice.format].fullmatch(value) is None:
        wanted = "DK og otte cifre" if invoice.format is Format.OIOUBL2 else "otte cifre"
        form = _CVR_ENDPOINT if is_endpoint else _CVR_PARTY
        yield from form.on(invoice, place, f"CVR-nummeret {shown(value)} skal være {wanted}. {_ORIGIN}")
    elif not _is_cvr(value):
        message = f"CVR-nummeret {shown(value)} består ikke kontrollen; et ciffer er forkert. {_ORIGIN}"
        yield from _CVR_DIGIT.on(invoice, place, message)


def _is_cvr(value: str) -> bool:
    try:
        Cvr.parse(value)
    except InvalidCvrError:
        return False
    return True


def _nordic(invoice: EInvoice, identifier: Identifier, place: str) -> Iterator[DocumentFinding]:
    """Organisation numbers of Norway (0192, modulus 11) and Sweden (0007, Luhn), which Peppol checks."""
    value = identifier.value
    if identifier.scheme == "0192" and (not _NINE_DIGITS.fullmatch(value) or _weighted(value, _NORWEGIAN_WEIGHTS)):
        yield from _NORWEGIAN.on(invoice, place, f"Det norske organisationsnummer {shown(value)} er forkert. {_ORIGIN}")
    if identifier.scheme == "0007" and (not _TEN_DIGITS.fullmatch(value) or not _luhn(value)):
        yield from _SWEDISH.on(invoice, place, f"Det svenske organisationsnummer {shown(value)} er forkert. {_ORIGIN}")


def _swedish_supplier(invoice: EInvoice) -> Iterator[DocumentFinding]:
    supplier = invoice.supplier
    if supplier.legal_id is None or supplier.address is None or supplier.address.country != "SE":
        return
    number = supplier.legal_id.value
    if not number.isdecimal() or not _luhn(number):
        message = f"Det svenske organisationsnummer {shown(number)} består ikke kontrollen. {_ORIGIN}"
        yield from _SWEDISH_SUPPLIER.on(invoice, f"{SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyID", message)


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004  the digit sum of 10-18
    return total % 10 == 0
