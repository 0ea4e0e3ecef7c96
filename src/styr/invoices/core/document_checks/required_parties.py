"""What must be known about the supplier and the buyer."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.einvoice.model import EInvoice
from styr.invoices.core.einvoice.parties import Party

SUPPLIER: Final = "/*/cac:AccountingSupplierParty/cac:Party"
BUYER: Final = "/*/cac:AccountingCustomerParty/cac:Party"


def is_danish(party: Party) -> bool:
    """Whether the party's address is in Denmark."""
    return party.address is not None and party.address.country == "DK"


class _Required(NamedTuple):
    rule: Rule
    place: str
    name: str
    is_missing: Callable[[EInvoice], bool]


_REQUIRED: Final = (
    _Required(
        rule(
            oioubl2="F-INV031",
            oioubl2_credit="F-CRN028",
            oioubl3="PEPPOL-EN16931-R020",
            peppol="PEPPOL-EN16931-R020",
        ),
        f"{SUPPLIER}/cbc:EndpointID",
        "Leverandørens elektroniske adresse (cbc:EndpointID)",
        lambda invoice: invoice.supplier.endpoint is None,
    ),
    _Required(
        rule(
            oioubl2="F-INV044",
            oioubl2_credit="F-CRN040",
            oioubl3="PEPPOL-EN16931-R010",
            peppol="PEPPOL-EN16931-R010",
        ),
        f"{BUYER}/cbc:EndpointID",
        "Købers elektroniske adresse (cbc:EndpointID, EAN-nummeret)",
        lambda invoice: invoice.buyer.endpoint is None,
    ),
    _Required(
        rule(oioubl2="F-INV034", oioubl2_credit="F-CRN031", oioubl3="OIOUBL-COMMON-100"),
        f"{SUPPLIER}/cac:PartyLegalEntity",
        "Leverandørens juridiske enhed (cac:PartyLegalEntity)",
        lambda invoice: not invoice.supplier.has_legal_entity,
    ),
    _Required(
        rule(en="BR-06"),
        f"{SUPPLIER}/cac:PartyLegalEntity/cbc:RegistrationName",
        "Leverandørens navn (cbc:RegistrationName)",
        lambda invoice: invoice.supplier.registration_name is None,
    ),
    _Required(
        rule(en="BR-07"),
        f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName",
        "Købers navn (cbc:RegistrationName)",
        lambda invoice: invoice.buyer.registration_name is None,
    ),
    _Required(
        rule(oioubl2="F-LIB187", peppol="DK-R-002", oioubl3="OIOUBL-COMMON-101"),
        f"{SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyID",
        "Leverandørens CVR-nummer (cac:PartyLegalEntity/cbc:CompanyID)",
        lambda invoice: invoice.supplier.legal_id is None and is_danish(invoice.supplier),
    ),
    _Required(
        rule(oioubl2="F-INV046", oioubl2_credit="F-CRN042"),
        f"{BUYER}/cac:Contact",
        "Købers kontakt (cac:Contact)",
        lambda invoice: invoice.buyer.contact is None,
    ),
    _Required(
        rule(en="BR-08"),
        f"{SUPPLIER}/cac:PostalAddress",
        "Leverandørens adresse (cac:PostalAddress)",
        lambda invoice: invoice.supplier.address is None,
    ),
    _Required(
        rule(en="BR-09"),
        f"{SUPPLIER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
        "Leverandørens land (cac:Country/cbc:IdentificationCode)",
        lambda invoice: invoice.supplier.address is not None and invoice.supplier.address.country is None,
    ),
    _Required(
        rule(en="BR-10"),
        f"{BUYER}/cac:PostalAddress",
        "Købers adresse (cac:PostalAddress)",
        lambda invoice: invoice.buyer.address is None,
    ),
    _Required(
        rule(en="BR-11"),
        f"{BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
        "Købers land (cac:Country/cbc:IdentificationCode)",
        lambda invoice: invoice.buyer.address is not None and invoice.buyer.address.country is None,
    ),
)


def missing_on_parties(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """One finding for each thing missing."""
    for required in _REQUIRED:
        if required.is_missing(invoice):
            message = f"{required.name} mangler. Bed leverandøren sende fakturaen igen med oplysningen."
            yield from required.rule.on(invoice, required.place, message)
