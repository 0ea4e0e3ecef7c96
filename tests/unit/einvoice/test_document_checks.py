"""Every check, on our own documents with one fault put in: the rule's id, where it stands, and how bad it is."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from styr.invoices.core import document_checks
from styr.invoices.core.document_checks.finding import Severity
from styr.invoices.core.document_checks.rule import Rule
from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.document_checks.unit_codes import is_unit, looks_like_unit
from styr.invoices.core.document_checks.wording import amount, shown
from styr.invoices.core.einvoice.reader import read_einvoice
from unit.einvoice.samples import Change, changed, codes, own_sample, with_attribute, with_element, with_text, without

OI2, OI2_CREDIT = "oioubl2-faktura", "oioubl2-kreditnota"
OI3, OI3_CREDIT = "oioubl3-faktura", "oioubl3-kreditnota"
BIS3, BIS3_CREDIT, EN = "peppol3-faktura", "peppol3-kreditnota", "en16931-faktura"
SUPPLIER = "/*/cac:AccountingSupplierParty/cac:Party"
BUYER = "/*/cac:AccountingCustomerParty/cac:Party"
TOTAL = "/*/cac:LegalMonetaryTotal"
LINE = "/*/*[self::cac:InvoiceLine or self::cac:CreditNoteLine][1]"
SECOND = "/*/*[self::cac:InvoiceLine or self::cac:CreditNoteLine][2]"
QUANTITY = f"{LINE}/*[self::cbc:InvoicedQuantity or self::cbc:CreditedQuantity]"
MEANS = "/*/cac:PaymentMeans"
CHARGE = "/*/cac:AllowanceCharge"
S_SUBTOTAL = "/*/cac:TaxTotal/cac:TaxSubtotal[2]"


# rules that differ by a field or a tax category alone: a few of each family are broken here
_FAMILY = re.compile(r"F-LIB014|BR-DEC-\d\d|BR-[A-Z]+-(?:01|08|10)")


class Fault(NamedTuple):
    """A fault put into an own document, and what must be said of it."""

    code: str
    sample: str
    changes: tuple[Change, ...]


def fault(code: str, sample: str, *changes: Change) -> Fault:
    return Fault(code, sample, changes)


FAULTS = (
    # values that cannot be read
    fault("STYR-DATO", OI2, with_text("/*/cbc:IssueDate", "1/10-2026")),
    fault("PEPPOL-EN16931-F001", BIS3, with_text("/*/cbc:DueDate", "2026-11-31")),
    fault("STYR-TAL", BIS3, with_text(f"{TOTAL}/cbc:PayableAmount", "10.600,00")),
    fault("STYR-BILAG", OI2, with_text("//cbc:EmbeddedDocumentBinaryObject", "???")),
    # what it claims to be
    fault("F-LIB002", OI2, with_text("/*/cbc:CustomizationID", "OIOUBL-9.9")),
    fault("OIOUBL-BIL-020", OI3, with_text("/*/cbc:CustomizationID", "urn:fdc:oioubl.dk:trns:billing:invoice:3.7")),
    fault("OIOUBL-BIL-022", OI3_CREDIT, with_text("/*/cbc:CustomizationID", "urn:fdc:oioubl.dk:trns:billing:x:3.0")),
    fault("PEPPOL-EN16931-R004", BIS3, with_text("/*/cbc:CustomizationID", "urn:fdc:peppol.eu:2017:poacc:billing:3.0")),
    fault("F-LIB302", OI2, with_text("/*/cbc:ProfileID", "noget-forkert")),
    fault("OIOUBL-BIL-023", OI3, with_text("/*/cbc:ProfileID", "noget-forkert")),
    fault("PEPPOL-EN16931-R007", BIS3, with_text("/*/cbc:ProfileID", "noget-forkert")),
    fault("PEPPOL-EN16931-R001", BIS3, without("/*/cbc:ProfileID")),
    # the head
    fault("F-INV009", OI2, without("/*/cbc:ID")),
    fault("F-CRN006", OI2_CREDIT, with_text("/*/cbc:ID", " ")),
    fault("BR-02", BIS3, without("/*/cbc:ID")),
    fault("BR-03", EN, without("/*/cbc:IssueDate")),
    fault("STYR-UDSTEDT", OI2, without("/*/cbc:IssueDate")),
    fault("F-INV007", OI2, without("/*/cbc:DocumentCurrencyCode")),
    fault("F-CRN004", OI2_CREDIT, without("/*/cbc:DocumentCurrencyCode")),
    fault("BR-05", BIS3, without("/*/cbc:DocumentCurrencyCode")),
    fault("BR-04", BIS3_CREDIT, without("/*/cbc:CreditNoteTypeCode")),
    fault("BR-16", BIS3, without("/*/cac:InvoiceLine")),
    fault("STYR-LINJER", OI2, without("/*/cac:InvoiceLine")),
    fault("F-INV008", OI2, without("/*/cac:TaxTotal")),
    fault("F-CRN005", OI2_CREDIT, without("/*/cac:TaxTotal")),
    fault("BR-CO-18", EN, without("/*/cac:TaxTotal")),
    fault("F-INV120", OI2, without(f"{TOTAL}/cbc:LineExtensionAmount")),
    fault("F-CRN066", OI2_CREDIT, without(f"{TOTAL}/cbc:LineExtensionAmount")),
    fault("BR-12", BIS3, without(f"{TOTAL}/cbc:LineExtensionAmount")),
    fault("BR-13", BIS3, without(f"{TOTAL}/cbc:TaxExclusiveAmount")),
    fault("BR-14", BIS3, without(f"{TOTAL}/cbc:TaxInclusiveAmount")),
    fault("BR-15", BIS3, without(f"{TOTAL}/cbc:PayableAmount")),
    fault("PEPPOL-EN16931-R003", BIS3, without("/*/cbc:BuyerReference"), without("/*/cac:OrderReference")),
    fault("BR-CO-25", BIS3, without("/*/cbc:DueDate"), without("/*/cac:PaymentTerms")),
    # the parties
    fault("F-INV031", OI2, without(f"{SUPPLIER}/cbc:EndpointID")),
    fault("F-CRN028", OI2_CREDIT, without(f"{SUPPLIER}/cbc:EndpointID")),
    fault("PEPPOL-EN16931-R020", BIS3, without(f"{SUPPLIER}/cbc:EndpointID")),
    fault("F-INV044", OI2, without(f"{BUYER}/cbc:EndpointID")),
    fault("F-CRN040", OI2_CREDIT, without(f"{BUYER}/cbc:EndpointID")),
    fault("PEPPOL-EN16931-R010", OI3, without(f"{BUYER}/cbc:EndpointID")),
    fault("F-INV034", OI2, without(f"{SUPPLIER}/cac:PartyLegalEntity")),
    fault("F-CRN031", OI2_CREDIT, without(f"{SUPPLIER}/cac:PartyLegalEntity")),
    fault("OIOUBL-COMMON-100", OI3, without(f"{SUPPLIER}/cac:PartyLegalEntity")),
    fault("BR-06", BIS3, without(f"{SUPPLIER}/cac:PartyLegalEntity")),
    fault("BR-07", BIS3, without(f"{BUYER}/cac:PartyLegalEntity")),
    fault("DK-R-002", BIS3, without(f"{SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyID")),
    fault("F-INV046", OI2, without(f"{BUYER}/cac:Contact")),
    fault("F-CRN042", OI2_CREDIT, without(f"{BUYER}/cac:Contact")),
    fault("BR-08", BIS3, without(f"{SUPPLIER}/cac:PostalAddress")),
    fault("BR-09", BIS3, without(f"{SUPPLIER}/cac:PostalAddress/cac:Country")),
    fault("BR-10", BIS3, without(f"{BUYER}/cac:PostalAddress")),
    fault("BR-11", BIS3, without(f"{BUYER}/cac:PostalAddress/cac:Country")),
    # their numbers
    fault("F-LIB179", OI2, with_attribute(f"{BUYER}/cbc:EndpointID", "schemeID", "XX:YY")),
    fault("PEPPOL-EN16931-CL008", BIS3, with_attribute(f"{BUYER}/cbc:EndpointID", "schemeID", "XX:YY")),
    fault("BR-CL-25", EN, with_attribute(f"{BUYER}/cbc:EndpointID", "schemeID", "XX:YY")),
    fault("BR-63", BIS3, with_attribute(f"{BUYER}/cbc:EndpointID", "schemeID", None)),
    fault("BR-62", BIS3, with_attribute(f"{SUPPLIER}/cbc:EndpointID", "schemeID", None)),
    fault("F-LIB183", OI2, with_attribute(f"{BUYER}/cac:PartyIdentification/cbc:ID", "schemeID", "XX:YY")),
    fault("BR-CL-10", EN, with_attribute(f"{BUYER}/cac:PartyIdentification/cbc:ID", "schemeID", "XX:YY")),
    fault("F-LIB181", OI2, with_text(f"{BUYER}/cbc:EndpointID", "12345")),
    fault("STYR-EAN", OI2, with_text(f"{BUYER}/cbc:EndpointID", "5798000010018")),
    fault("PEPPOL-COMMON-R040", BIS3, with_text(f"{BUYER}/cbc:EndpointID", "5798000010018")),
    fault(
        "F-LIB185",
        OI2,
        with_attribute(f"{BUYER}/cac:PartyIdentification/cbc:ID", "schemeID", "GLN"),
        with_text(f"{BUYER}/cac:PartyIdentification/cbc:ID", "12345"),
    ),
    fault("F-LIB180", OI2, with_text(f"{SUPPLIER}/cbc:EndpointID", "29100004")),
    fault("F-LIB184", OI2, with_text(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", "29100004")),
    fault("OIOUBL-COMMON-001", OI3, with_text(f"{SUPPLIER}/cbc:EndpointID", "DK29100020")),
    fault("PEPPOL-COMMON-R042", BIS3, with_text(f"{SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyID", "123")),
    fault("STYR-CVR", BIS3, with_text(f"{SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyID", "29100021")),
    fault(
        "F-LIB287",
        OI2,
        with_attribute(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", "schemeID", "DK:P"),
        with_text(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID", "100"),
    ),
    fault(
        "PEPPOL-COMMON-R041",
        BIS3,
        with_attribute(f"{SUPPLIER}/cbc:EndpointID", "schemeID", "0192"),
        with_text(f"{SUPPLIER}/cbc:EndpointID", "987654321"),
    ),
    fault(
        "PEPPOL-COMMON-R049",
        BIS3,
        with_attribute(f"{SUPPLIER}/cbc:EndpointID", "schemeID", "0007"),
        with_text(f"{SUPPLIER}/cbc:EndpointID", "1234567890"),
    ),
    fault("SE-R-013", BIS3, with_text(f"{SUPPLIER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode", "SE")),
    # codes
    fault("F-LIB298", OI2, with_text("/*/cbc:DocumentCurrencyCode", "KRO")),
    fault("BR-CL-04", BIS3, with_text("/*/cbc:DocumentCurrencyCode", "KRO")),
    fault("F-INV014", OI2, with_attribute(f"{TOTAL}/cbc:PayableAmount", "currencyID", "SEK")),
    fault("F-CRN009", OI2_CREDIT, with_attribute(f"{TOTAL}/cbc:PayableAmount", "currencyID", "SEK")),
    fault("PEPPOL-EN16931-R051", BIS3, with_attribute(f"{TOTAL}/cbc:PayableAmount", "currencyID", "SEK")),
    fault("STYR-VALUTA", EN, with_attribute(f"{TOTAL}/cbc:PayableAmount", "currencyID", "SEK")),
    fault("BR-CL-05", BIS3, with_element("/*", "<cbc:TaxCurrencyCode>KRO</cbc:TaxCurrencyCode>")),
    fault("PEPPOL-EN16931-R005", BIS3, with_element("/*", "<cbc:TaxCurrencyCode>DKK</cbc:TaxCurrencyCode>")),
    fault("F-INV011", OI2, with_text("/*/cbc:InvoiceTypeCode", "999")),
    fault("BR-CL-01", BIS3_CREDIT, with_text("/*/cbc:CreditNoteTypeCode", "380")),
    fault("F-LIB301", OI2, with_text(f"{BUYER}//cbc:IdentificationCode", "D")),
    fault("BR-CL-14", BIS3, with_text(f"{BUYER}//cbc:IdentificationCode", "DANMARK")),
    fault(
        "F-LIB174", OI2, with_attribute("//cbc:EmbeddedDocumentBinaryObject", "mimeCode", "application/x-msdownload")
    ),
    # payment
    fault("F-LIB100", OI2, with_text(f"{MEANS}/cbc:PaymentMeansCode", "999")),
    fault("BR-CL-16", EN, with_text(f"{MEANS}/cbc:PaymentMeansCode", "999")),
    fault("DK-R-005", BIS3, with_text(f"{MEANS}/cbc:PaymentMeansCode", "30")),
    fault("OIOUBL-BIL-005", OI3, with_text(f"{MEANS}/cbc:PaymentMeansCode", "30")),
    fault("DK-R-006", BIS3, with_text(f"{MEANS}/cbc:PaymentMeansCode", "42")),
    fault("DK-R-008", BIS3, with_text(f"{MEANS}/cbc:PaymentMeansCode", "50")),
    fault("DK-R-010", BIS3, with_text(f"{MEANS}/cbc:PaymentID", "123456789012345")),
    fault("F-LIB342", OI2, with_text(f"{MEANS}/cbc:PaymentMeansCode", "48")),
    fault("PEPPOL-EN16931-R061", BIS3, with_text(f"{MEANS}/cbc:PaymentMeansCode", "59")),
    fault("STYR-IBAN", EN, with_text(f"{MEANS}/cac:PayeeFinancialAccount/cbc:ID", "NO9386011117948")),
    # lines
    fault("F-INV140", OI2, without(f"{LINE}/cbc:ID")),
    fault("F-CRN084", OI2_CREDIT, without(f"{LINE}/cbc:ID")),
    fault("BR-21", BIS3, without(f"{LINE}/cbc:ID")),
    fault("F-INV137", OI2, without(QUANTITY)),
    fault("F-CRN196", OI2_CREDIT, without(QUANTITY)),
    fault("BR-22", BIS3, without(QUANTITY)),
    fault("F-LIB007", OI2, with_attribute(QUANTITY, "unitCode", None)),
    fault("BR-23", EN, with_attribute(QUANTITY, "unitCode", None)),
    fault("BR-24", BIS3, without(f"{LINE}/cbc:LineExtensionAmount")),
    fault("F-CRN207", OI2_CREDIT, without(f"{LINE}/cbc:LineExtensionAmount")),
    fault("STYR-LINJEBELØB", OI2, without(f"{LINE}/cbc:LineExtensionAmount")),
    fault("F-INV163", OI2, without(f"{LINE}/cac:Item/cbc:Name")),
    fault("BR-25", BIS3_CREDIT, without(f"{LINE}/cac:Item/cbc:Name")),
    fault("STYR-VARENAVN", OI2_CREDIT, without(f"{LINE}/cac:Item/cbc:Name")),
    fault("F-INV139", OI2, without(f"{LINE}/cac:Price")),
    fault("F-CRN083", OI2_CREDIT, without(f"{LINE}/cac:Price")),
    fault("BR-26", BIS3, without(f"{LINE}/cac:Price")),
    fault("BR-27", BIS3, with_text(f"{LINE}/cac:Price/cbc:PriceAmount", "-525.00")),
    fault("BR-CL-23", BIS3, with_attribute(QUANTITY, "unitCode", "TIMER")),
    fault("OIOUBL-BIL-106", OI3, with_attribute(QUANTITY, "unitCode", "TIMER")),
    fault("F-LIB318", OI2, with_attribute(QUANTITY, "unitCode", "døgn")),
    fault("PEPPOL-EN16931-R130", BIS3, with_attribute(QUANTITY, "unitCode", "DAY")),
    fault("PEPPOL-EN16931-R121", BIS3, with_text(f"{LINE}/cac:Price/cbc:BaseQuantity", "0")),
    fault("STYR-BASISANTAL", EN, with_text(f"{LINE}/cac:Price/cbc:BaseQuantity", "-1")),
    fault("OIOUBL-BIL-105", OI3, with_text(QUANTITY, "0")),
    fault("F-CRN088", OI2_CREDIT, with_text(QUANTITY, "0")),
    fault("UBL-SR-48", BIS3, without(f"{LINE}/cac:Item/cac:ClassifiedTaxCategory")),
    fault("F-INV138", OI2, without(f"{LINE}/cac:TaxTotal")),
    fault("F-CRN081", OI2_CREDIT, without(f"{LINE}/cac:TaxTotal")),
    fault("OIOUBL-BIL-131", OI3, without(f"{LINE}/cac:TaxTotal")),
    fault("W-INV237", OI2, with_text(f"{SECOND}/cbc:ID", "1")),
    fault("STYR-LINJENR", BIS3, with_text(f"{SECOND}/cbc:ID", "1")),
    # line amounts
    fault("F-INV340", OI2, with_text(f"{LINE}/cac:Price/cbc:PriceAmount", "2101.00")),
    fault("F-CRN210", OI2_CREDIT, with_text(f"{LINE}/cac:Price/cbc:PriceAmount", "2101.00")),
    fault(
        "F-INV348",
        OI2,
        with_attribute(f"{LINE}/cac:Price/cbc:BaseQuantity", "unitCode", None),
        with_text(QUANTITY, "31"),
    ),
    fault(
        "F-INV343",
        OI2,
        with_attribute(f"{LINE}/cac:Price/cbc:BaseQuantity", "unitCode", "HUR"),
        with_text(f"{LINE}/cac:Price/cbc:OrderableUnitFactorRate", "24"),
    ),
    fault("PEPPOL-EN16931-R120", BIS3, with_text(QUANTITY, "21")),
    fault("STYR-LINJESUM", EN, with_text(QUANTITY, "21")),
    fault("STYR-LINJESUM", OI2, with_text(f"{LINE}/cac:Price/cbc:PriceAmount", "2100.02")),
    # allowances and charges
    fault("BR-36", EN, without(f"{CHARGE}/cbc:Amount")),
    fault("BR-38", EN, without(f"{CHARGE}/*[contains(local-name(), 'Reason')]")),
    fault("BR-31", EN, with_text(f"{CHARGE}/cbc:ChargeIndicator", "false"), without(f"{CHARGE}/cbc:Amount")),
    fault(
        "BR-33",
        EN,
        with_text(f"{CHARGE}/cbc:ChargeIndicator", "false"),
        without(f"{CHARGE}/*[contains(local-name(), 'Reason')]"),
    ),
    fault("BR-41", EN, without(f"{LINE}/cac:AllowanceCharge/cbc:Amount")),
    fault("BR-42", EN, without(f"{LINE}/cac:AllowanceCharge/cbc:AllowanceChargeReason")),
    fault(
        "BR-43",
        EN,
        with_text(f"{LINE}/cac:AllowanceCharge/cbc:ChargeIndicator", "true"),
        without(f"{LINE}/cac:AllowanceCharge/cbc:Amount"),
    ),
    fault(
        "BR-44",
        EN,
        with_text(f"{LINE}/cac:AllowanceCharge/cbc:ChargeIndicator", "true"),
        without(f"{LINE}/cac:AllowanceCharge/cbc:AllowanceChargeReason"),
    ),
    fault("PEPPOL-EN16931-R041", BIS3, without(f"{CHARGE}/cbc:BaseAmount")),
    fault("PEPPOL-EN16931-R042", BIS3, without(f"{CHARGE}/cbc:MultiplierFactorNumeric")),
    fault("PEPPOL-EN16931-R040", BIS3, with_text(f"{CHARGE}/cbc:MultiplierFactorNumeric", "2")),
    fault(
        "PEPPOL-EN16931-R046",
        BIS3,
        with_element(
            f"{LINE}/cac:Price",
            "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount>10</cbc:Amount>"
            "<cbc:BaseAmount>600</cbc:BaseAmount></cac:AllowanceCharge>",
        ),
    ),
    # periods and dates
    fault("BR-29", BIS3, with_text("/*/cac:InvoicePeriod/cbc:EndDate", "2026-08-31")),
    fault("BR-30", BIS3, with_text(f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2026-08-31")),
    fault("PEPPOL-EN16931-R110", BIS3, with_text(f"{LINE}/cac:InvoicePeriod/cbc:StartDate", "2026-08-31")),
    fault("PEPPOL-EN16931-R111", BIS3, with_text(f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2026-10-01")),
    fault("STYR-FORFALD", BIS3, with_text("/*/cbc:DueDate", "2026-10-04")),
    # totals
    fault("F-INV126", OI2, with_text(f"{TOTAL}/cbc:LineExtensionAmount", "63750.01")),
    fault("F-CRN072", OI2_CREDIT, with_text(f"{TOTAL}/cbc:LineExtensionAmount", "6300.01")),
    fault("BR-CO-10", EN, with_text(f"{TOTAL}/cbc:LineExtensionAmount", "10400.01")),
    fault("F-INV129", OI2, with_text(f"{TOTAL}/cbc:AllowanceTotalAmount", "300.01")),
    fault("F-INV122", OI2, without(f"{TOTAL}/cbc:AllowanceTotalAmount")),
    fault("BR-CO-12", BIS3, with_text(f"{TOTAL}/cbc:ChargeTotalAmount", "100.01")),
    fault("BR-CO-12", BIS3, without(f"{TOTAL}/cbc:ChargeTotalAmount")),
    fault("BR-CO-13", BIS3, with_text(f"{TOTAL}/cbc:TaxExclusiveAmount", "10500.01")),
    fault("F-INV127", OI2, with_text(f"{TOTAL}/cbc:TaxExclusiveAmount", "0.01")),
    fault("F-CRN073", OI2_CREDIT, with_text(f"{TOTAL}/cbc:TaxExclusiveAmount", "0.01")),
    fault("F-INV128", OI2, with_text(f"{TOTAL}/cbc:TaxInclusiveAmount", "63450.01")),
    fault("F-CRN074", OI2_CREDIT, with_text(f"{TOTAL}/cbc:TaxInclusiveAmount", "6300.01")),
    fault("BR-CO-15", BIS3, with_text(f"{TOTAL}/cbc:TaxInclusiveAmount", "10625.01")),
    fault("F-INV133", OI2, with_text(f"{TOTAL}/cbc:PayableAmount", "63450.01")),
    fault("F-CRN079", OI2_CREDIT, with_text(f"{TOTAL}/cbc:PayableAmount", "6300.01")),
    fault("BR-CO-16", BIS3, with_text(f"{TOTAL}/cbc:PayableAmount", "10600.01")),
    fault("F-INV134", OI2, with_text("/*/cac:PaymentTerms/cbc:Amount", "63450.01")),
    fault(
        "F-INV338",
        OI2,
        with_element(TOTAL, '<cbc:PayableRoundingAmount currencyID="DKK">10.50</cbc:PayableRoundingAmount>'),
    ),
    fault("F-LIB016", OI2, with_text(f"{TOTAL}/cbc:PayableAmount", "-63450.00")),
    fault("F-LIB375", OI2_CREDIT, with_text(f"{TOTAL}/cbc:PayableAmount", "-6300.00")),
    fault("OIOUBL-BIL-098", OI3, with_text(f"{TOTAL}/cbc:PayableAmount", "-1.00")),
    fault("DK-R-016", BIS3_CREDIT, with_text(f"{TOTAL}/cbc:PayableAmount", "-1.00")),
    # tax
    fault("F-LIB385", OI2, with_text("/*/cac:TaxTotal/cbc:TaxAmount", "0.01")),
    fault("F-LIB385", OI2, with_text(f"{LINE}/cac:TaxTotal/cbc:TaxAmount", "0.01")),
    fault("BR-CO-14", BIS3, with_text("/*/cac:TaxTotal/cbc:TaxAmount", "125.01")),
    fault("BR-CO-17", BIS3, with_text(f"{S_SUBTOTAL}/cbc:TaxAmount", "126.00")),
    fault(
        "F-LIB381",
        OI2,
        with_text("/*/cac:TaxTotal//cbc:ID", "StandardRated"),
        with_text("/*/cac:TaxTotal//cbc:Percent", "25"),
    ),
    fault("F-LIB400", OI2, with_text(f"{LINE}/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", "5.00")),
    fault(
        "F-LIB401",
        OI2,
        with_text(f"{LINE}/cac:TaxTotal//cbc:ID", "StandardRated"),
        with_text(f"{LINE}/cac:TaxTotal//cbc:Percent", "25"),
    ),
    fault("F-LIB309", OI2, with_text("/*/cac:TaxTotal//cbc:ID", "Halv")),
    fault("BR-CL-17", BIS3, with_text(f"{S_SUBTOTAL}/cac:TaxCategory/cbc:ID", "X")),
    fault("BR-CL-18", BIS3, with_text(f"{LINE}//cac:ClassifiedTaxCategory/cbc:ID", "X")),
    fault("F-LIB404", OI2, with_text("/*/cac:TaxTotal//cbc:ID", "ReverseCharge")),
    fault("PEPPOL-EN16931-R053", BIS3, with_element("/*", "<cac:TaxTotal><cac:TaxSubtotal/></cac:TaxTotal>")),
    fault("PEPPOL-EN16931-R054", BIS3, with_element("/*", "<cac:TaxTotal/>")),
    fault("F-LIB402", OI2, with_text("/*/cac:TaxTotal//cbc:TaxableAmount", "63452.00")),
    fault("BR-S-08", BIS3, with_text(f"{S_SUBTOTAL}/cbc:TaxableAmount", "502.00")),
    fault("BR-E-08", EN, with_text("/*/cac:TaxTotal/cac:TaxSubtotal[1]/cbc:TaxableAmount", "10000.01")),
    fault("BR-S-01", BIS3, without(S_SUBTOTAL)),
    fault("BR-E-10", BIS3, without("//cbc:TaxExemptionReason")),
    # decimals
    fault("F-LIB014", OI2, with_text(f"{TOTAL}/cbc:PayableAmount", "63450")),
    fault("BR-DEC-18", BIS3, with_text(f"{TOTAL}/cbc:PayableAmount", "10600.001")),
    fault("BR-DEC-23", BIS3, with_text(f"{LINE}/cbc:LineExtensionAmount", "10000.001")),
    # credit notes
    fault("STYR-KREDIT", BIS3_CREDIT, without("/*/cac:BillingReference")),
)


@pytest.mark.parametrize("planted", FAULTS, ids=lambda planted: f"{planted.code}-{planted.sample}")
def test_a_planted_fault_is_found_under_its_rule(planted: Fault) -> None:
    findings = document_findings(read_einvoice(changed(planted.sample, *planted.changes)))
    found = {finding.code: finding for finding in findings}
    assert planted.code in found, f"said instead: {[(f.code, f.message) for f in findings]}"
    finding = found[planted.code]
    assert finding.message.endswith(".")
    assert finding.place.startswith(("/Invoice", "/CreditNote"))


def test_every_rule_is_covered_here() -> None:
    """A rule that nothing breaks in this file would be untested without the official samples."""
    planted = {case.code for case in FAULTS}
    untested = [
        (where, ids)
        for where, rule in _every_rule()
        if not planted & (ids := {*rule.codes.values(), rule.own} - {None})
    ]
    assert [entry for entry in untested if not all(_FAMILY.fullmatch(code) for code in entry[1] if code)] == []


def _every_rule() -> Iterator[tuple[str, Rule]]:
    for module in pkgutil.iter_modules(document_checks.__path__):
        found = importlib.import_module(f"{document_checks.__name__}.{module.name}")
        yield from ((module.name, rule) for rule in _rules_in(list(vars(found).values())))


def _rules_in(value: Any) -> Iterator[Rule]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, dict):
        yield from _rules_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _rules_in(part)


def test_official_rules_that_reject_a_document_are_fatal_and_our_own_suspicions_warnings() -> None:
    findings = {f.code: f.severity for f in document_findings(read_einvoice(changed(BIS3, without("/*/cbc:ID"))))}
    assert findings == {"BR-02": Severity.FATAL}
    wrong_cvr = changed(BIS3, with_text(f"{SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyID", "29100021"))
    assert {f.severity for f in document_findings(read_einvoice(wrong_cvr))} == {Severity.WARNING}


def test_the_worst_comes_first() -> None:
    data = changed(BIS3, with_text("/*/cbc:DueDate", "2026-10-04"), with_text(f"{TOTAL}/cbc:PayableAmount", "1.00"))
    severities = [finding.severity for finding in document_findings(read_einvoice(data))]
    assert severities == [Severity.FATAL, Severity.WARNING]


@pytest.mark.parametrize(
    "change",
    [
        without(f"{BUYER}/cbc:EndpointID"),
        with_text(f"{MEANS}/cbc:PaymentMeansCode", "30"),
        without("/*/cbc:BuyerReference"),
        with_text(QUANTITY, "21"),
        with_attribute(f"{TOTAL}/cbc:PayableAmount", "currencyID", "SEK"),
    ],
)
def test_peppol_rules_bind_only_documents_that_claim_peppol(change: Change) -> None:
    found = codes(changed(EN, change))
    assert not {code for code in found if code.startswith(("PEPPOL", "DK-R"))}


def test_a_fault_that_stands_in_four_places_is_said_once() -> None:
    party = "/*/cac:AccountingSupplierParty/cac:Party"
    data = changed(
        OI2,
        with_text(f"{party}/cbc:EndpointID", "DK29100005"),
        with_text(f"{party}/cac:PartyIdentification/cbc:ID", "DK29100005"),
        with_text(f"{party}/cac:PartyLegalEntity/cbc:CompanyID", "DK29100005"),
    )
    assert [finding.code for finding in document_findings(read_einvoice(data))] == ["STYR-CVR"]


def test_a_credit_line_of_oioubl2_may_refer_to_the_invoice_line_instead_of_a_price() -> None:
    refers = "<cac:InvoiceDocumentReference><cbc:ID>LV-1001</cbc:ID></cac:InvoiceDocumentReference>"
    line = with_element(LINE, f"<cac:BillingReference>{refers}</cac:BillingReference>")
    assert "F-CRN083" not in codes(changed(OI2_CREDIT, without(f"{LINE}/cac:Price"), line))


def test_free_lines_of_oioubl2_count_neither_in_the_sum_nor_by_their_price() -> None:
    free = with_element(SECOND, "<cbc:FreeOfChargeIndicator>true</cbc:FreeOfChargeIndicator>")
    found = codes(changed(OI2, free, with_text(f"{SECOND}/cac:Price/cbc:PriceAmount", "999.00")))
    assert "F-INV126" in found  # the written sum still has the line in it
    assert "F-INV340" not in found


def test_prices_in_another_currency_are_not_multiplied() -> None:
    rate = with_element("/*", "<cac:PricingExchangeRate/>")
    assert "F-INV340" not in codes(changed(OI2, rate, with_text(f"{LINE}/cac:Price/cbc:PriceAmount", "1.00")))


def test_a_cpr_in_a_value_is_never_said_whole() -> None:
    data = changed(BIS3, with_text("/*/cbc:DueDate", "610203-1234"), with_text(f"{BUYER}/cbc:EndpointID", "6102031234"))
    said = " ".join(finding.message for finding in document_findings(read_einvoice(data)))
    assert "610203-••••" in said
    assert "1234" not in said


@pytest.mark.parametrize(
    "code", ["EA", "C62", "DAY", "HUR", "MON", "KMT", "WEE", "XPP", "A10", "A45", "E07", "D9", "M99"]
)
def test_units_in_use_are_known(code: str) -> None:
    assert is_unit(code)


@pytest.mark.parametrize("code", ["", "A46", "D14", "DØGN", "døgn", "timer", "STYK", "X", "XPPP", "A010", "ea"])
def test_units_that_do_not_exist_are_not(code: str) -> None:
    assert not is_unit(code)


def test_old_units_are_let_pass_by_shape_in_oioubl2() -> None:
    assert looks_like_unit("04")
    assert not looks_like_unit("døgn")


@pytest.mark.parametrize(
    ("value", "text"), [("1234567.5", "1.234.567,50"), ("-0.005", "-0,005"), ("3", "3,00"), ("0.10", "0,10")]
)
def test_amounts_are_said_in_danish(value: str, text: str) -> None:
    assert amount(Decimal(value)) == text


def test_long_values_are_cut() -> None:
    assert shown("x" * 100) == f"»{'x' * 39}…«"
    assert shown(None) == "(tom)"


def test_own_documents_break_nothing() -> None:
    for name in (OI2, OI2_CREDIT, OI3, OI3_CREDIT, BIS3, BIS3_CREDIT, EN):
        assert codes(own_sample(name)) == set(), name
