"""Our own documents of every format, read into the one model."""

from datetime import date
from decimal import Decimal

import pytest

from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.einvoice.accounts import AccountKind
from styr.invoices.core.einvoice.errors import UnreadableInvoice
from styr.invoices.core.einvoice.found import Place, found_texts
from styr.invoices.core.einvoice.model import Format, Kind
from styr.invoices.core.einvoice.parties import Identifier, IdentifierKind
from styr.invoices.core.einvoice.reader import read_einvoice
from unit.einvoice.samples import changed, own_sample, with_attribute, with_element, with_text, without

ALL = (
    "oioubl2-faktura",
    "oioubl2-kreditnota",
    "oioubl3-faktura",
    "oioubl3-kreditnota",
    "peppol3-faktura",
    "peppol3-kreditnota",
    "en16931-faktura",
)
EUROPEAN = ("oioubl3-faktura", "peppol3-faktura", "en16931-faktura")


@pytest.mark.parametrize("name", ALL)
def test_the_format_and_kind_are_told_by_root_and_customization(name: str) -> None:
    invoice = read_einvoice(own_sample(name))
    format_name, _, kind = name.partition("-")
    assert invoice.format is Format(format_name)
    assert invoice.kind is (Kind.INVOICE if kind == "faktura" else Kind.CREDIT_NOTE)
    assert invoice.problems == ()


@pytest.mark.parametrize("name", ALL)
def test_a_right_document_has_nothing_to_find(name: str) -> None:
    assert document_findings(read_einvoice(own_sample(name))) == ()


def test_oioubl2_net_is_not_tax_exclusive_amount() -> None:
    """There TaxExclusiveAmount holds the tax: 0.00 here, on an invoice of 63,450."""
    totals = read_einvoice(own_sample("oioubl2-faktura")).totals
    assert totals.tax_exclusive == 0
    assert (totals.net, totals.tax, totals.payable) == (Decimal("63450.00"), Decimal("0.00"), Decimal("63450.00"))


@pytest.mark.parametrize("name", EUROPEAN)
def test_european_net_is_before_tax_after_charges_and_payable_after_prepaid_and_rounding(name: str) -> None:
    totals = read_einvoice(own_sample(name)).totals
    assert (totals.net, totals.tax, totals.payable) == (Decimal("10500.00"), Decimal("125.00"), Decimal("10600.00"))


def test_the_tax_total_is_that_in_the_documents_own_currency() -> None:
    other = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">190.00</cbc:TaxAmount></cac:TaxTotal>'
    first = read_einvoice(changed("peppol3-faktura", with_element("/*", other)))
    assert first.totals.tax == Decimal("125.00")


def test_without_any_tax_total_the_tax_is_the_difference() -> None:
    invoice = read_einvoice(changed("peppol3-faktura", without("/*/cac:TaxTotal")))
    assert invoice.totals.tax == Decimal("125.00")


def test_the_supplier_is_known_by_cvr_whatever_the_format_writes() -> None:
    assert read_einvoice(own_sample("oioubl2-faktura")).supplier.cvr == "29100004"
    assert read_einvoice(own_sample("peppol3-faktura")).supplier.cvr == "29100020"


def test_a_vat_number_is_used_when_no_cvr_is_named() -> None:
    party = "/*/cac:AccountingSupplierParty/cac:Party"
    data = changed(
        "peppol3-faktura",
        without(f"{party}/cac:PartyLegalEntity/cbc:CompanyID"),
        without(f"{party}/cac:PartyIdentification"),
        with_attribute(f"{party}/cbc:EndpointID", "schemeID", "0088"),
    )
    assert read_einvoice(data).supplier.cvr == "29100020"


def test_the_buyer_is_known_by_its_ean_number() -> None:
    endpoint = read_einvoice(own_sample("oioubl2-faktura")).buyer.endpoint
    assert endpoint == Identifier("5798000010017", "GLN", IdentifierKind.GLN)


def test_dates_are_read_and_the_due_date_of_oioubl2_stands_with_the_payment() -> None:
    invoice = read_einvoice(own_sample("oioubl2-faktura"))
    assert (invoice.issue_date, invoice.due_date) == (date(2026, 10, 1), date(2026, 10, 31))


def test_a_period_ends_the_day_after_its_last_day() -> None:
    period = read_einvoice(own_sample("peppol3-faktura")).period
    assert period is not None
    assert (period.start, period.last_day, period.end) == (date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1))


def test_lines_carry_quantity_price_period_and_account() -> None:
    line, transport = read_einvoice(own_sample("peppol3-faktura")).lines
    assert (line.id, line.unit, line.quantity, line.net) == ("1", "HUR", Decimal(20), Decimal("10000.00"))
    assert line.period is not None
    assert line.period.last_day == date(2026, 9, 27)
    assert line.allowances[0].amount == Decimal("500.00")
    assert not line.allowances[0].is_charge
    assert line.properties == (("Bevilling", "B7654321-3"),)
    assert transport.unit_price == Decimal(4)  # 400.00 for 100 km


def test_references_are_kept_apart() -> None:
    refs = read_einvoice(own_sample("peppol3-faktura")).references
    assert (refs.order, refs.contract, refs.buyer, refs.project) == (
        "B7654321-3",
        "K-2026-0456",
        "Voksenenheden",
        "P-7",
    )


@pytest.mark.parametrize(("name", "number"), [("oioubl2-kreditnota", "LV-1001"), ("peppol3-kreditnota", "2001")])
def test_a_credit_note_names_the_invoice_it_credits(name: str, number: str) -> None:
    assert [reference.id for reference in read_einvoice(own_sample(name)).references.billing] == [number]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("oioubl2-faktura", "bank:1234-0001234567"),
        ("peppol3-faktura", "fik:87654321"),
        ("en16931-faktura", "bank:1234-0001234567"),
    ],
)
def test_the_account_to_pay_to_has_one_form_in_every_format(name: str, key: str) -> None:
    """A Danish IBAN and a registration number with account are the same place."""
    means = read_einvoice(own_sample(name)).payment_means[0]
    assert means.account is not None
    assert means.account.key == key


def test_nemkonto_names_no_account() -> None:
    data = changed("oioubl2-faktura", with_text("//cbc:PaymentMeansCode", "97"))
    account = read_einvoice(data).payment_means[0].account
    assert account is not None
    assert (account.kind, account.value) == (AccountKind.NEMKONTO, "")


def test_the_places_that_matching_reads_hold_every_text_and_identifier() -> None:
    found = found_texts(read_einvoice(own_sample("oioubl2-faktura")))
    assert {(entry.place, entry.text) for entry in found} >= {
        (Place.ORDER, "B1234567-2"),
        (Place.CONTRACT, "K-2026-0123"),
        (Place.BUYER_CUSTOMER, "6102031234"),
        (Place.BUYER_CUSTOMER, "Asta Fiktivsen"),
        (Place.CONTACT, "Voksen"),
        (Place.ACCOUNTING_COST, "5385214001200001"),
        (Place.NOTE, "Ophold i september 2026"),
        (Place.NOTE, "1.-30. september 2026"),
        (Place.ITEM, "Døgnpris for september"),
        (Place.PAYMENT, "LV-1001"),
        (Place.DOCUMENT, "Bilag 1"),
    }
    [cpr] = [entry for entry in found if entry.kind is IdentifierKind.CPR]
    assert cpr.text == "6102031234"


def test_the_places_on_lines_say_which_line() -> None:
    found = found_texts(read_einvoice(own_sample("peppol3-faktura")))
    [grant] = [entry for entry in found if entry.place is Place.PROPERTY]
    assert (grant.label, grant.text, grant.line) == ("Bevilling", "B7654321-3", 1)
    assert (Place.DELIVERY_PARTY, "Bo Fiktivsen") in {(entry.place, entry.text) for entry in found}


def test_no_citizen_is_shown_by_repr() -> None:
    """An invoice that ends in a log or a traceback must not take names, numbers and notes with it."""
    invoice = read_einvoice(own_sample("oioubl2-faktura"))
    shown = repr(invoice) + repr(found_texts(invoice)) + str(invoice.buyer_customer)
    for secret in ("6102031234", "Asta", "september", "Lyngvejen"):
        assert secret not in shown


def test_a_value_that_cannot_be_read_is_none_and_a_problem() -> None:
    data = changed("peppol3-faktura", with_text("//cbc:PayableAmount", "10.600,00"), with_text("//cbc:DueDate", "4/11"))
    invoice = read_einvoice(data)
    assert (invoice.totals.payable, invoice.due_date) == (None, None)
    assert [(problem.expected, problem.place) for problem in invoice.problems] == [
        ("dato", "/*/cbc:DueDate"),
        ("tal", "/*/cac:LegalMonetaryTotal/cbc:PayableAmount"),
    ]


@pytest.mark.parametrize("text", ["1e5", "NaN", "Infinity", "1_000", "0x10", "١٢", "1" * 40, "1." + "1" * 20, ""])
def test_only_plain_numbers_are_numbers(text: str) -> None:
    assert read_einvoice(changed("peppol3-faktura", with_text("//cbc:PayableAmount", text))).totals.payable is None


@pytest.mark.parametrize("text", ["20261104", "2026-W45-3", "04-11-2026", "2026-02-30", "0000-01-01"])
def test_only_iso_dates_are_dates(text: str) -> None:
    assert read_einvoice(changed("peppol3-faktura", with_text("//cbc:DueDate", text))).due_date is None


def test_a_date_may_carry_a_time_zone() -> None:
    data = changed("peppol3-faktura", with_text("//cbc:DueDate", "2026-11-04+01:00"))
    assert read_einvoice(data).due_date == date(2026, 11, 4)


@pytest.mark.parametrize("claim", ["", "urn:cen.eu:en16931:2019", "OIOXML", "urn:fdc:peppol.eu:poacc:trns:order:3"])
def test_a_format_that_we_do_not_know_is_named_as_such(claim: str) -> None:
    with pytest.raises(UnreadableInvoice) as refused:
        read_einvoice(changed("peppol3-faktura", with_text("/*/cbc:CustomizationID", claim)))
    assert refused.value.code == "unknown_format"


def test_what_is_there_but_empty_is_absent() -> None:
    """An empty period, a reference without number, a property without value, a tax total without amount."""
    line = "/*/cac:InvoiceLine[1]"
    data = changed(
        "peppol3-faktura",
        without("/*/cac:InvoicePeriod/*"),
        with_element("/*", "<cac:AdditionalDocumentReference/>"),
        without(f"{line}//cac:AdditionalItemProperty/cbc:Value"),
    )
    invoice = read_einvoice(data)
    assert invoice.period is None
    assert invoice.references.additional == ()
    assert invoice.lines[0].properties == ()


def test_a_period_without_end_has_no_end() -> None:
    period = read_einvoice(changed("peppol3-faktura", without("/*/cac:InvoicePeriod/cbc:EndDate"))).period
    assert period is not None
    assert (period.last_day, period.end) == (None, None)


def test_where_nothing_says_the_tax_it_is_unknown_not_zero() -> None:
    total = "/*/cac:LegalMonetaryTotal"
    data = changed("peppol3-faktura", without("/*/cac:TaxTotal"), without(f"{total}/cbc:TaxInclusiveAmount"))
    assert read_einvoice(data).totals.tax is None
    assert read_einvoice(changed("oioubl2-faktura", without("/*/cac:TaxTotal"))).totals.tax == 0
    assert read_einvoice(changed("oioubl2-faktura", without(f"{total}/cbc:LineExtensionAmount"))).totals.net is None


def test_a_tax_total_in_another_currency_alone_is_still_the_tax() -> None:
    data = changed("peppol3-faktura", with_attribute("/*/cac:TaxTotal/cbc:TaxAmount", "currencyID", "SEK"))
    assert read_einvoice(data).totals.tax == Decimal("125.00")


def test_a_place_of_delivery_is_a_text_to_match_by() -> None:
    location = '<cac:DeliveryLocation><cbc:ID schemeID="0096">1000000001</cbc:ID></cac:DeliveryLocation>'
    found = found_texts(read_einvoice(changed("peppol3-faktura", with_element("/*/cac:Delivery", location))))
    assert (Place.DELIVERY_PARTY, IdentifierKind.P_NUMBER) in {(entry.place, entry.kind) for entry in found}
