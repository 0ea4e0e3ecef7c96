"""A document as XML text in one of the three formats. Elements stand in the order of the UBL 2.1 schema."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from exampletown.days import last_day
from exampletown.dialects import DIALECTS, TOWN_CVR, Dialect
from exampletown.numbers import iban
from exampletown.ubl_line import amount, line_xml

if TYPE_CHECKING:
    from datetime import date

    from exampletown.documents import Document
    from exampletown.model import Supplier

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
ROOTS = {"invoice": "Invoice", "credit_note": "CreditNote"}
CPR_SCHEME = 'schemeID="DK:CPR"'
BANK_CODE = "VHKSDK22"
CHANNEL = (
    '<cbc:PaymentChannelCode listAgencyID="320" listID="urn:oioubl:codelist:paymentchannelcode-1.1">'
    "{}</cbc:PaymentChannelCode>"
)


def tag(name: str, text: str | date | None, attributes: str = "") -> str:
    """``<cbc:name attributes>text</cbc:name>``, or nothing."""
    if text is None:
        return ""
    space = f" {attributes}" if attributes else ""
    return f"<cbc:{name}{space}>{escape(str(text))}</cbc:{name}>"


def scheme_id(scheme: str) -> str:
    """The attribute that names a scheme."""
    return f'schemeID="{scheme}"'


def reference(name: str, number: str | None) -> str:
    """A document reference with its number, or nothing."""
    return f"<cac:{name}>{tag('ID', number)}</cac:{name}>" if number else ""


def period_xml(period: tuple[date, date] | None) -> str:
    """The head’s invoice period."""
    if period is None:
        return ""
    start, end = period
    return f"<cac:InvoicePeriod>{tag('StartDate', start)}{tag('EndDate', last_day(end))}</cac:InvoicePeriod>"


def head_xml(document: Document, dialect: Dialect) -> str:
    """Everything before the parties."""
    invoice = document.kind == "invoice"
    parts = [
        dialect.head.format(customization=dialect.customization[document.kind]),
        "" if document.damage == "no_number" else tag("ID", document.number),
        tag("CopyIndicator", "false") + tag("UUID", document.uuid) if dialect.has_uuid else "",
        "" if document.damage == "no_date" else tag("IssueDate", document.issued),
        tag("DueDate", document.due) if invoice and dialect.due_in_head else "",
        tag("InvoiceTypeCode", "380", dialect.type_attributes.strip()) if invoice else "",
        tag("CreditNoteTypeCode", "381") if not invoice and dialect.due_in_head else "",
        tag("Note", document.note),
        tag("DocumentCurrencyCode", "DKK"),
        tag("AccountingCost", document.accounting_cost),
        tag("BuyerReference", document.buyer_reference),
        period_xml(document.period) if dialect.structured_period else "",
    ]
    if not invoice and not dialect.due_in_head:
        reason = "<cbc:ReferenceID>1</cbc:ReferenceID><cbc:Description>Kreditering</cbc:Description>"
        parts.append(f"<cac:DiscrepancyResponse>{reason}</cac:DiscrepancyResponse>")
    return "".join(parts) + references_xml(document, dialect, invoice=invoice)


def references_xml(document: Document, dialect: Dialect, *, invoice: bool) -> str:
    """Order, credited bill, contract, attachment and project."""
    billing = ""
    if document.billing is not None:
        number, day = document.billing
        billing = (
            "<cac:BillingReference><cac:InvoiceDocumentReference>"
            f"{tag('ID', number)}{tag('IssueDate', day)}</cac:InvoiceDocumentReference></cac:BillingReference>"
        )
    attachment = ""
    if document.attachment is not None:
        attachment = (
            f"<cac:AdditionalDocumentReference>{tag('ID', f'Bilag {document.number}')}"
            f"{tag('DocumentType' if dialect.type_attributes else 'DocumentDescription', 'Bilag')}<cac:Attachment>"
            '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="bilag.pdf">'
            f"{document.attachment}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
        )
    return (
        reference("OrderReference", document.order)
        + billing
        + reference("ContractDocumentReference", document.contract)
        + attachment
        + (reference("ProjectReference", document.project) if invoice else "")
    )


def address_xml(dialect: Dialect, street: str, postcode: str, town: str) -> str:
    """A Danish postal address."""
    name, _, house = street.rpartition(" ")
    road = (
        tag("StreetName", name) + tag("BuildingNumber", house) if dialect.building_number else tag("StreetName", street)
    )
    return (
        f"<cac:PostalAddress>{dialect.address_format}{road}{tag('CityName', town)}{tag('PostalZone', postcode)}"
        "<cac:Country><cbc:IdentificationCode>DK</cbc:IdentificationCode></cac:Country></cac:PostalAddress>"
    )


def supplier_xml(supplier: Supplier, dialect: Dialect, *, endpoint: bool) -> str:
    """The sender."""
    cvr = f"{dialect.cvr_prefix}{supplier.cvr}"
    scheme = scheme_id(dialect.cvr_scheme)
    contact_id = tag("ID", str(supplier.number)) if dialect.contact_id else ""
    address = address_xml(dialect, supplier.street, supplier.postcode, supplier.town)
    return (
        "<cac:AccountingSupplierParty><cac:Party>"
        f"{tag('EndpointID', cvr, scheme) if endpoint else ''}"
        f"<cac:PartyIdentification>{tag('ID', cvr, scheme)}</cac:PartyIdentification>"
        f"<cac:PartyName>{tag('Name', supplier.name)}</cac:PartyName>{address}"
        f"<cac:PartyTaxScheme>{tag('CompanyID', f'DK{supplier.cvr}', scheme_id(dialect.tax_number_scheme))}"
        f"{dialect.tax_scheme}</cac:PartyTaxScheme>"
        f"<cac:PartyLegalEntity>{tag('RegistrationName', supplier.name)}{tag('CompanyID', cvr, scheme)}"
        "</cac:PartyLegalEntity>"
        f"<cac:Contact>{contact_id}{tag('Name', supplier.contact)}{tag('Telephone', supplier.phone)}"
        f"{tag('ElectronicMail', f'faktura@{supplier.number}.example')}</cac:Contact>"
        "</cac:Party></cac:AccountingSupplierParty>"
    )


def buyer_xml(document: Document, dialect: Dialect) -> str:
    """The town’s unit."""
    contact_id = tag("ID", "1") if dialect.contact_id else ""
    entity = tag("CompanyID", f"{dialect.cvr_prefix}{TOWN_CVR}", scheme_id(dialect.cvr_scheme))
    return (
        "<cac:AccountingCustomerParty><cac:Party>"
        f"{tag('EndpointID', document.buyer_ean, dialect.gln_attributes)}"
        f"<cac:PartyIdentification>{tag('ID', document.buyer_ean, dialect.gln_attributes)}</cac:PartyIdentification>"
        f"<cac:PartyName>{tag('Name', document.buyer_name)}</cac:PartyName>"
        f"{address_xml(dialect, 'Torvestræde 1', '9731', 'Vesterhavn')}"
        f"<cac:PartyLegalEntity>{tag('RegistrationName', document.buyer_name)}{entity}</cac:PartyLegalEntity>"
        f"<cac:Contact>{contact_id}{tag('Name', 'Fakturamodtagelsen')}</cac:Contact>"
        "</cac:Party></cac:AccountingCustomerParty>"
    )


def citizen_parties_xml(document: Document, dialect: Dialect) -> str:
    """The citizen as buyer customer (OIOUBL 2 only), and the delivery."""
    buyer = ""
    if document.buyer_customer is not None and dialect.parties_with_cpr:
        name, cpr = document.buyer_customer
        number = tag("ID", cpr, CPR_SCHEME)
        buyer = (
            f"<cac:BuyerCustomerParty><cac:Party><cac:PartyIdentification>{number}</cac:PartyIdentification>"
            f"<cac:PartyName>{tag('Name', name)}</cac:PartyName></cac:Party></cac:BuyerCustomerParty>"
        )
    party = ""
    if document.delivery_party is not None:
        name, cpr_or_none = document.delivery_party
        number = ""
        if cpr_or_none and dialect.parties_with_cpr:
            number = f"<cac:PartyIdentification>{tag('ID', cpr_or_none, CPR_SCHEME)}</cac:PartyIdentification>"
        party = f"<cac:DeliveryParty>{number}<cac:PartyName>{tag('Name', name)}</cac:PartyName></cac:DeliveryParty>"
    inside = tag("ActualDeliveryDate", document.delivered) + party
    return buyer + (f"<cac:Delivery>{inside}</cac:Delivery>" if inside else "")


def payment_xml(document: Document, dialect: Dialect) -> str:
    """Bank account, IBAN or none (NemKonto)."""
    old = not dialect.due_in_head
    due = tag("PaymentDueDate", document.due) if old or document.kind == "credit_note" else ""
    registration, _, number = document.account.partition(" ")
    match document.payment:
        case "none":
            channel = CHANNEL.format("DK:NEMKONTO") if old else ""
            inner = f"{tag('PaymentMeansCode', '97')}{due}{channel}"
        case "iban":
            channel = CHANNEL.format("IBAN") if old else ""
            bank = (
                f"<cac:FinancialInstitution>{tag('ID', BANK_CODE)}</cac:FinancialInstitution>"
                if old
                else tag("ID", BANK_CODE)
            )
            inner = (
                f"{tag('PaymentMeansCode', '31')}{due}{channel}<cac:PayeeFinancialAccount>"
                f"{tag('ID', iban(document.account))}<cac:FinancialInstitutionBranch>{bank}"
                "</cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount>"
            )
        case _:
            channel = CHANNEL.format("DK:BANK") if old else ""
            inner = (
                f"{tag('PaymentMeansCode', '42')}{due}{channel}<cac:PayeeFinancialAccount>{tag('ID', number)}"
                f"<cac:FinancialInstitutionBranch>{tag('ID', registration)}</cac:FinancialInstitutionBranch>"
                "</cac:PayeeFinancialAccount>"
            )
    return f"<cac:PaymentMeans>{inner}</cac:PaymentMeans>"


def totals_xml(document: Document, dialect: Dialect) -> str:
    """Tax (always exempt) and sums. OIOUBL 2 puts the tax in TaxExclusiveAmount."""
    net = document.net
    payable = net + Decimal(100) if document.damage == "payable" else net
    before_tax = Decimal(0) if dialect.tax_exclusive_is_tax else net
    lines_total = net - Decimal("37.50") if document.damage == "line_sum" else net
    return (
        f"<cac:TaxTotal>{amount('TaxAmount', Decimal(0))}<cac:TaxSubtotal>{amount('TaxableAmount', net)}"
        f"{amount('TaxAmount', Decimal(0))}<cac:TaxCategory>{dialect.exempt_total}</cac:TaxCategory>"
        "</cac:TaxSubtotal></cac:TaxTotal><cac:LegalMonetaryTotal>"
        f"{amount('LineExtensionAmount', lines_total)}{amount('TaxExclusiveAmount', before_tax)}"
        f"{amount('TaxInclusiveAmount', net)}{amount('PayableAmount', payable)}</cac:LegalMonetaryTotal>"
    )


def render(document: Document) -> str:
    """The whole document, UTF-8 text with an XML declaration."""
    dialect = DIALECTS[document.format]
    root = ROOTS[document.kind]
    lines = "\n".join(line_xml(line, n, document.kind, dialect) for n, line in enumerate(document.lines, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="{UBL}:{root}-2" xmlns:cac="{UBL}:CommonAggregateComponents-2" '
        f'xmlns:cbc="{UBL}:CommonBasicComponents-2">\n'
        f"{head_xml(document, dialect)}\n"
        f"{supplier_xml(document.supplier, dialect, endpoint=document.damage != 'endpoint')}\n"
        f"{buyer_xml(document, dialect)}\n{citizen_parties_xml(document, dialect)}"
        f"{payment_xml(document, dialect)}\n{totals_xml(document, dialect)}\n{lines}\n</{root}>\n"
    )
