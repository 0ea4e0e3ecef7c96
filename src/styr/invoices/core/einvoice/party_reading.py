"""Reading of a party."""

import re
from typing import Final

from styr.invoices.core.einvoice.node import Node
from styr.invoices.core.einvoice.parties import NO_PARTY, Address, Contact, Identifier, IdentifierKind, Party
from styr.invoices.core.einvoice.reading import Reading

_CVR: Final = re.compile(r"(?:DK)?[ -]?(\d{8})", re.ASCII | re.IGNORECASE)


def read_party(holder: Node, reading: Reading) -> Party:
    """The party inside an AccountingSupplierParty, AccountingCustomerParty and the like; empty where missing."""
    return read_bare_party(holder.child("Party"), reading) or NO_PARTY


def read_optional_party(holder: Node, reading: Reading) -> Party | None:
    """The same, None where there is none."""
    return read_bare_party(holder.child("Party"), reading)


def read_bare_party(party: Node, reading: Reading) -> Party | None:
    """A party element itself, as PayeeParty, DeliveryParty and OriginatorParty are."""
    if not party:
        return None
    legal = party.child("PartyLegalEntity")
    schemes = party.all("PartyTaxScheme")
    endpoint = reading.identifier(party.child("EndpointID"))
    identifiers = _identifiers([node.child("ID") for node in party.all("PartyIdentification")], reading)
    legal_id = reading.identifier(legal.child("CompanyID"))
    tax_ids = _identifiers([node.child("CompanyID") for node in schemes], reading)
    address = party.child("PostalAddress")
    return Party(
        endpoint=endpoint,
        identifiers=identifiers,
        name=party.child("PartyName").value("Name"),
        registration_name=legal.value("RegistrationName"),
        legal_id=legal_id,
        tax_ids=tax_ids,
        tax_schemes=tuple(text for node in schemes if (text := node.child("TaxScheme").value("ID")) is not None),
        address=read_address(address) if address else None,
        contact=_contact(party.child("Contact")),
        person_names=_persons(party),
        cvr=_cvr(legal_id, identifiers, endpoint, tax_ids),
        has_legal_entity=bool(legal),
    )


def read_address(address: Node) -> Address:
    """A postal address."""
    return Address(
        street=address.value("StreetName"),
        number=address.value("BuildingNumber"),
        city=address.value("CityName"),
        postal_zone=address.value("PostalZone"),
        country=address.child("Country").value("IdentificationCode"),
        format_code=address.value("AddressFormatCode"),
        lines=tuple(text for line in address.all("AddressLine") if (text := line.value("Line")) is not None),
    )


def _identifiers(nodes: list[Node], reading: Reading) -> tuple[Identifier, ...]:
    return tuple(found for node in nodes if (found := reading.identifier(node)) is not None)


def _contact(contact: Node) -> Contact | None:
    if not contact:
        return None
    return Contact(
        id=contact.value("ID"),
        name=contact.value("Name"),
        telephone=contact.value("Telephone"),
        email=contact.value("ElectronicMail"),
    )


def _persons(party: Node) -> tuple[str, ...]:
    parts = ("FirstName", "MiddleName", "FamilyName")
    names = (" ".join(filter(None, (person.value(part) for part in parts))) for person in party.all("Person"))
    return tuple(filter(None, names))


def _cvr(
    legal_id: Identifier | None,
    identifiers: tuple[Identifier, ...],
    endpoint: Identifier | None,
    tax_ids: tuple[Identifier, ...],
) -> str | None:
    """The CVR number: what is named so, the legal entity first; then a Danish VAT number, which is an SE number."""
    named = [found for found in (legal_id, *identifiers, endpoint) if found and found.kind is IdentifierKind.CVR]
    vat = [found for found in tax_ids if found.kind is IdentifierKind.SE or found.value.upper().startswith("DK")]
    for candidate in (*named, *vat):
        match = _CVR.fullmatch(candidate.value)
        if match is not None:
            return match[1]
    return None
