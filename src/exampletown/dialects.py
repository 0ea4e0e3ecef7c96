"""What differs between OIOUBL 2.1, OIOUBL 3 and Peppol BIS Billing 3."""

from __future__ import annotations

from dataclasses import dataclass

TOWN_CVR = "95208614"
AGENCY = 'listAgencyID="320"'
TAX_SCHEME_2 = (
    '<cac:TaxScheme><cbc:ID schemeAgencyID="320" schemeID="urn:oioubl:id:taxschemeid-1.5">63</cbc:ID>'
    "<cbc:Name>Moms</cbc:Name></cac:TaxScheme>"
)
TAX_SCHEME = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
EXEMPT_2 = (
    '<cbc:ID schemeAgencyID="320" schemeID="urn:oioubl:id:taxcategoryid-1.1">ZeroRated</cbc:ID>'
    f"<cbc:Percent>0</cbc:Percent>{TAX_SCHEME_2}"
)
EXEMPT_LINE = f"<cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>{TAX_SCHEME}"
EXEMPT_TOTAL = (
    "<cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>"
    "<cbc:TaxExemptionReason>Momsfri efter momslovens § 13, stk. 1, nr. 2</cbc:TaxExemptionReason>"
    f"{TAX_SCHEME}"
)
PEPPOL_CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Pieces of XML and switches that the writer asks for."""

    name: str
    head: str
    """UBL version, customization and profile; ``{customization}`` is filled by kind."""
    customization: dict[str, str]
    type_attributes: str
    has_uuid: bool
    due_in_head: bool
    cvr_scheme: str
    cvr_prefix: str
    gln_attributes: str
    tax_number_scheme: str
    tax_scheme: str
    exempt_line: str
    exempt_total: str
    line_tax: bool
    tax_exclusive_is_tax: bool
    address_format: str
    building_number: bool
    contact_id: bool
    structured_period: bool
    parties_with_cpr: bool


OIOUBL2 = Dialect(
    name="oioubl2",
    head=(
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>{customization}</cbc:CustomizationID>"
        '<cbc:ProfileID schemeAgencyID="320" schemeID="urn:oioubl:id:profileid-1.4">'
        "urn:www.nesubl.eu:profiles:profile5:ver2.0</cbc:ProfileID>"
    ),
    customization={"invoice": "OIOUBL-2.1", "credit_note": "OIOUBL-2.1"},
    type_attributes=f' {AGENCY} listID="urn:oioubl:codelist:invoicetypecode-1.1"',
    has_uuid=True,
    due_in_head=False,
    cvr_scheme="DK:CVR",
    cvr_prefix="DK",
    gln_attributes='schemeAgencyID="9" schemeID="GLN"',
    tax_number_scheme="DK:SE",
    tax_scheme=TAX_SCHEME_2,
    exempt_line=EXEMPT_2,
    exempt_total=EXEMPT_2,
    line_tax=True,
    tax_exclusive_is_tax=True,
    address_format=(
        f'<cbc:AddressFormatCode {AGENCY} listID="urn:oioubl:codelist:addressformatcode-1.1">'
        "StructuredDK</cbc:AddressFormatCode>"
    ),
    building_number=True,
    contact_id=True,
    structured_period=False,
    parties_with_cpr=True,
)

OIOUBL3 = Dialect(
    name="oioubl3",
    head=(
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:CustomizationID>{customization}</cbc:CustomizationID>"
        "<cbc:ProfileID>urn:fdc:oioubl.dk:bis:billing_with_response:3</cbc:ProfileID>"
    ),
    customization={
        "invoice": "urn:fdc:oioubl.dk:trns:billing:invoice:3.0",
        "credit_note": "urn:fdc:oioubl.dk:trns:billing:creditnote:3.0",
    },
    type_attributes="",
    has_uuid=True,
    due_in_head=True,
    cvr_scheme="0184",
    cvr_prefix="",
    gln_attributes='schemeID="0088"',
    tax_number_scheme="0198",
    tax_scheme=TAX_SCHEME,
    exempt_line=EXEMPT_LINE,
    exempt_total=EXEMPT_TOTAL,
    line_tax=True,
    tax_exclusive_is_tax=False,
    address_format="",
    building_number=True,
    contact_id=True,
    structured_period=True,
    parties_with_cpr=False,
)

PEPPOL = Dialect(
    name="peppol",
    head=(
        "<cbc:CustomizationID>{customization}</cbc:CustomizationID>"
        "<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>"
    ),
    customization={"invoice": PEPPOL_CUSTOMIZATION, "credit_note": PEPPOL_CUSTOMIZATION},
    type_attributes="",
    has_uuid=False,
    due_in_head=True,
    cvr_scheme="0184",
    cvr_prefix="",
    gln_attributes='schemeID="0088"',
    tax_number_scheme="0198",
    tax_scheme=TAX_SCHEME,
    exempt_line=EXEMPT_LINE,
    exempt_total=EXEMPT_TOTAL,
    line_tax=False,
    tax_exclusive_is_tax=False,
    address_format="",
    building_number=False,
    contact_id=False,
    structured_period=True,
    parties_with_cpr=False,
)

DIALECTS = {dialect.name: dialect for dialect in (OIOUBL2, OIOUBL3, PEPPOL)}
