"""Faults in sums and in tax."""

from unit.einvoice.fault import BIS3, BIS3_CREDIT, EN, LINE, OI2, OI2_CREDIT, OI3, S_SUBTOTAL, TOTAL, fault
from unit.einvoice.samples import with_element, with_text, without

FAULTS = (
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
