"""How documents are judged: severities, whom a rule binds, what is said and what is not."""

import re
from decimal import Decimal

import pytest

from styr.invoices.core.document_checks.finding import Severity
from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.document_checks.unit_codes import is_unit, looks_like_unit
from styr.invoices.core.document_checks.wording import amount, shown
from styr.invoices.core.einvoice.reader import read_einvoice
from unit.einvoice.fault import (
    BIS3,
    BIS3_CREDIT,
    BUYER,
    EN,
    LINE,
    MEANS,
    OI2,
    OI2_CREDIT,
    OI3,
    OI3_CREDIT,
    QUANTITY,
    SECOND,
    SUPPLIER,
    TOTAL,
)
from unit.einvoice.samples import Change, changed, codes, own_sample, with_attribute, with_element, with_text, without


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


def test_a_gln_with_a_letter_is_no_gln() -> None:
    assert "PEPPOL-COMMON-R040" in codes(changed(BIS3, with_text(f"{BUYER}/cbc:EndpointID", "57980000100O7")))


def test_a_right_p_number_is_right() -> None:
    number = f"{SUPPLIER}/cac:PartyIdentification/cbc:ID"
    assert codes(changed(OI2, with_attribute(number, "schemeID", "DK:P"), with_text(number, "1000000001"))) == set()


def test_a_credit_note_may_name_the_invoice_on_a_line() -> None:
    refers = "<cac:InvoiceDocumentReference><cbc:ID>2001</cbc:ID></cac:InvoiceDocumentReference>"
    line = with_element(LINE, f"<cac:BillingReference>{refers}</cac:BillingReference>")
    assert codes(changed(BIS3_CREDIT, without("/*/cac:BillingReference"), line)) == set()


def test_what_is_missing_is_not_also_called_wrong() -> None:
    """A payment without code, a tax total without amount: each is let be by the checks of its value."""
    assert "DK-R-005" not in codes(changed(BIS3, without(f"{MEANS}/cbc:PaymentMeansCode")))
    assert "F-LIB385" not in codes(changed(OI2, without(f"{LINE}/cac:TaxTotal/cbc:TaxAmount")))
    assert "F-LIB309" not in codes(changed(OI2, without(f"{LINE}/cac:TaxTotal/cac:TaxSubtotal")))


def test_line_tax_without_an_amount_is_not_also_judged_by_its_percent() -> None:
    subtotal = f"{LINE}/cac:TaxTotal/cac:TaxSubtotal"
    assert "F-LIB401" not in codes(changed(OI2, without(f"{subtotal}/cbc:TaxAmount")))


def test_tax_that_should_have_been_is_said_in_two_decimals() -> None:
    invoice = read_einvoice(changed(BIS3, with_text("/*/cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", "1.00")))
    said = next(finding.message for finding in document_findings(invoice) if finding.code == "BR-CO-17")
    assert re.search(r" er [0-9.]+,[0-9]{2}\. ", said)
