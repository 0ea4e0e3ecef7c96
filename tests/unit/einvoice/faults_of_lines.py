"""Faults on lines: what is missing, amounts, allowances, periods."""

from unit.einvoice.fault import BIS3, BIS3_CREDIT, CHARGE, EN, LINE, OI2, OI2_CREDIT, OI3, QUANTITY, SECOND, fault
from unit.einvoice.samples import with_attribute, with_element, with_text, without

FAULTS = (
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
    fault(
        "F-LIB080",
        OI2,
        with_element(
            LINE,
            "<cac:InvoicePeriod><cbc:StartDate>2026-09-30</cbc:StartDate>"
            "<cbc:EndDate>2026-09-01</cbc:EndDate></cac:InvoicePeriod>",
        ),
    ),
    fault("BR-30", BIS3, with_text(f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2026-08-31")),
    fault("PEPPOL-EN16931-R110", BIS3, with_text(f"{LINE}/cac:InvoicePeriod/cbc:StartDate", "2026-08-31")),
    fault("PEPPOL-EN16931-R111", BIS3, with_text(f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2026-10-01")),
    fault("STYR-FORFALD", BIS3, with_text("/*/cbc:DueDate", "2026-10-04")),
)
