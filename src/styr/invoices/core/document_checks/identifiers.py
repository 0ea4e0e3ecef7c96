"""Identifiers of the parties: known schemes, and numbers of the right form with the right check digit."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from styr.invoices.core.document_checks.check_digits import is_cvr, is_gs1, is_luhn, is_norwegian
from styr.invoices.core.document_checks.code_lists import (
    ENDPOINT_SCHEMES,
    OIOUBL2_ENDPOINT_SCHEMES,
    OIOUBL2_LEGAL_SCHEMES,
    OIOUBL2_PARTY_SCHEMES,
)
from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.required_parties import BUYER, SUPPLIER
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.model import EInvoice, Format
from styr.invoices.core.einvoice.parties import Identifier, IdentifierKind


class _Spot(NamedTuple):
    """Where on a party an identifier stands, the schemes OIOUBL 2 knows there, and the rules for it."""

    path: str
    name: str
    oioubl2_schemes: frozenset[str]
    scheme: Rule
    gln: Rule
    cvr: Rule


# only OIOUBL 2 asks a GLN for thirteen digits; the others ask for the check digit alone (_GLN_DIGIT)
_ENDPOINT: Final = _Spot(
    "cbc:EndpointID",
    "den elektroniske adresse",
    OIOUBL2_ENDPOINT_SCHEMES,
    rule(oioubl2="F-LIB179", en="BR-CL-25", oioubl3="PEPPOL-EN16931-CL008", peppol="PEPPOL-EN16931-CL008"),
    rule(oioubl2="F-LIB181", own="STYR-EAN"),
    rule(oioubl2="F-LIB180", oioubl3="OIOUBL-COMMON-001", peppol="PEPPOL-COMMON-R042"),
)
_PARTY: Final = _Spot(
    "cac:PartyIdentification/cbc:ID",
    "partens nummer",
    OIOUBL2_PARTY_SCHEMES,
    rule(oioubl2="F-LIB183", en="BR-CL-10"),
    rule(oioubl2="F-LIB185", own="STYR-EAN"),
    rule(oioubl2="F-LIB184", oioubl3="OIOUBL-COMMON-001", peppol="PEPPOL-COMMON-R042"),
)
_LEGAL: Final = _Spot(
    "cac:PartyLegalEntity/cbc:CompanyID",
    "den juridiske enhed",
    OIOUBL2_LEGAL_SCHEMES,
    rule(oioubl2="F-LIB189", en="BR-CL-11"),
    rule(own="STYR-EAN"),
    rule(oioubl2="F-LIB190", oioubl3="OIOUBL-COMMON-001", peppol="PEPPOL-COMMON-R042"),
)
_NO_SCHEME: Final = {SUPPLIER: rule(oioubl2="F-LIB179", en="BR-62"), BUYER: rule(oioubl2="F-LIB179", en="BR-63")}
_GLN_DIGIT: Final = rule(oioubl3="PEPPOL-COMMON-R040", peppol="PEPPOL-COMMON-R040", own="STYR-EAN")
# the official rules ask for the form alone; their own examples fail the check digit
_CVR_DIGIT: Final = rule(own="STYR-CVR")
_P_NUMBER: Final = rule(oioubl2="F-LIB287", oioubl3="OIOUBL-COMMON-003")
_NORWEGIAN: Final = rule(oioubl3="PEPPOL-COMMON-R041", peppol="PEPPOL-COMMON-R041")
_SWEDISH: Final = rule(oioubl3="PEPPOL-COMMON-R049", peppol="PEPPOL-COMMON-R049")
_SWEDISH_SUPPLIER: Final = rule(peppol="SE-R-013", severity=Severity.WARNING)

_CVR_FORM: Final = {
    Format.OIOUBL2: re.compile(r"DK\d{8}", re.ASCII),
    Format.OIOUBL3: re.compile(r"\d{8}", re.ASCII),
    Format.PEPPOL3: re.compile(r"(?:DK)?\d{8}", re.ASCII),
    Format.EN16931: re.compile(r"(?:DK)?\d{8}", re.ASCII),
}
_TEN_DIGITS: Final = re.compile(r"\d{10}", re.ASCII)
_ICD: Final = re.compile(r"\d{4}|SEPA|ZZZ", re.ASCII)
_GLN_LENGTH: Final = 13
_ORIGIN: Final = "Ret leverandørens eller købers stamdata."


def wrong_identifiers(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Schemes that do not exist and numbers that cannot be right, for supplier and buyer."""
    for party, place in ((invoice.supplier, SUPPLIER), (invoice.buyer, BUYER)):
        if party.endpoint is not None:
            yield from _identifier(invoice, party.endpoint, place, _ENDPOINT)
        for identifier in party.identifiers:
            yield from _identifier(invoice, identifier, place, _PARTY)
        if party.legal_id is not None:
            yield from _identifier(invoice, party.legal_id, place, _LEGAL)
    yield from _swedish_supplier(invoice)


def _identifier(invoice: EInvoice, identifier: Identifier, party: str, spot: _Spot) -> Iterator[DocumentFinding]:
    place = f"{party}/{spot.path}"
    if identifier.scheme is None:
        if spot is _ENDPOINT:
            message = f"Den elektroniske adresse {shown(str(identifier))} mangler schemeID. {_ORIGIN}"
            yield from _NO_SCHEME[party].on(invoice, place, message)
    elif not _is_scheme(invoice, identifier.scheme, spot):
        message = f"schemeID {shown(identifier.scheme)} for {spot.name} findes ikke i kodelisten. {_ORIGIN}"
        yield from spot.scheme.on(invoice, place, message)
    yield from _number(invoice, identifier, place, spot)


def _is_scheme(invoice: EInvoice, scheme: str, spot: _Spot) -> bool:
    if invoice.format is Format.OIOUBL2:
        return scheme in spot.oioubl2_schemes
    return scheme in ENDPOINT_SCHEMES if spot is _ENDPOINT else _ICD.fullmatch(scheme) is not None


def _number(invoice: EInvoice, identifier: Identifier, place: str, spot: _Spot) -> Iterator[DocumentFinding]:
    value = identifier.value
    match identifier.kind:
        case IdentifierKind.GLN:
            yield from _gln(invoice, value, place, spot)
        case IdentifierKind.CVR:
            yield from _cvr(invoice, value, place, spot)
        case IdentifierKind.P_NUMBER:
            if _TEN_DIGITS.fullmatch(value) is None:
                yield from _P_NUMBER.on(invoice, place, f"P-nummeret {shown(value)} har ikke ti cifre. {_ORIGIN}")
        case _:
            yield from _nordic(invoice, identifier, place)


def _gln(invoice: EInvoice, value: str, place: str, spot: _Spot) -> Iterator[DocumentFinding]:
    if not is_gs1(value):
        message = f"EAN-nummeret {shown(value)} består ikke kontrollen; et ciffer er forkert. {_ORIGIN}"
        yield from _GLN_DIGIT.on(invoice, place, message)
    if len(value) != _GLN_LENGTH:
        yield from spot.gln.on(invoice, place, f"EAN-nummeret {shown(value)} har ikke 13 cifre. {_ORIGIN}")


def _cvr(invoice: EInvoice, value: str, place: str, spot: _Spot) -> Iterator[DocumentFinding]:
    if _CVR_FORM[invoice.format].fullmatch(value) is None:
        wanted = "DK og otte cifre" if invoice.format is Format.OIOUBL2 else "otte cifre"
        yield from spot.cvr.on(invoice, place, f"CVR-nummeret {shown(value)} skal være {wanted}. {_ORIGIN}")
    elif not is_cvr(value):
        message = f"CVR-nummeret {shown(value)} består ikke kontrollen; et ciffer er forkert. {_ORIGIN}"
        yield from _CVR_DIGIT.on(invoice, place, message)


def _nordic(invoice: EInvoice, identifier: Identifier, place: str) -> Iterator[DocumentFinding]:
    """Organisation numbers of Norway (0192) and Sweden (0007), which Peppol checks."""
    value = identifier.value
    if identifier.scheme == "0192" and not is_norwegian(value):
        yield from _NORWEGIAN.on(invoice, place, f"Det norske organisationsnummer {shown(value)} er forkert. {_ORIGIN}")
    if identifier.scheme == "0007" and not (_TEN_DIGITS.fullmatch(value) and is_luhn(value)):
        yield from _SWEDISH.on(invoice, place, f"Det svenske organisationsnummer {shown(value)} er forkert. {_ORIGIN}")


def _swedish_supplier(invoice: EInvoice) -> Iterator[DocumentFinding]:
    supplier = invoice.supplier
    if supplier.legal_id is None or supplier.address is None or supplier.address.country != "SE":
        return
    number = supplier.legal_id.value
    if not is_luhn(number):
        message = f"Det svenske organisationsnummer {shown(number)} består ikke kontrollen. {_ORIGIN}"
        yield from _SWEDISH_SUPPLIER.on(invoice, f"{SUPPLIER}/{_LEGAL.path}", message)
