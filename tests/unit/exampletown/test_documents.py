"""The documents are added up here by another way than the one that wrote them."""

import base64
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from unit.exampletown.answer_key import InvoiceAnswer, read_invoices

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


def text(element: etree._Element, path: str) -> str:
    return element.findtext(path, "", NAMESPACES)


def figure(element: etree._Element, path: str) -> Decimal:
    return Decimal(text(element, path) or "0")


def sound(town: Path) -> list[tuple[InvoiceAnswer, etree._Element]]:
    """Every fourth document that nobody damaged."""
    return [
        (answer, etree.parse(town / answer.document).getroot())
        for answer in read_invoices(town)[::4]
        if "document_error" not in answer.must
    ]


@pytest.fixture(scope="module")
def documents(town: Path) -> list[tuple[InvoiceAnswer, etree._Element]]:
    return sound(town)


def line_elements(root: etree._Element) -> list[etree._Element]:
    return root.findall("cac:InvoiceLine", NAMESPACES) + root.findall("cac:CreditNoteLine", NAMESPACES)


def test_each_line_is_quantity_times_price_less_its_deduction(
    documents: list[tuple[InvoiceAnswer, etree._Element]],
) -> None:
    for answer, root in documents:
        for line in line_elements(root):
            quantity = figure(line, "cbc:InvoicedQuantity") + figure(line, "cbc:CreditedQuantity")
            owed = quantity * figure(line, "cac:Price/cbc:PriceAmount") - figure(line, "cac:AllowanceCharge/cbc:Amount")
            assert abs(owed - figure(line, "cbc:LineExtensionAmount")) <= Decimal("0.005"), answer.document


def test_totals_are_the_sum_of_the_lines_and_tax_is_nothing(
    documents: list[tuple[InvoiceAnswer, etree._Element]],
) -> None:
    for answer, root in documents:
        net = sum((figure(line, "cbc:LineExtensionAmount") for line in line_elements(root)), Decimal(0))
        total = root.find("cac:LegalMonetaryTotal", NAMESPACES)
        assert total is not None
        old = text(root, "cbc:CustomizationID") == "OIOUBL-2.1"
        assert figure(total, "cbc:TaxExclusiveAmount") == (Decimal(0) if old else net), answer.document
        for name in ("LineExtensionAmount", "TaxInclusiveAmount", "PayableAmount"):
            assert figure(total, f"cbc:{name}") == net, answer.document
        assert figure(root, "cac:TaxTotal/cbc:TaxAmount") == 0
        assert net == abs(answer.invoiced)
        assert net > 0


def test_number_sender_and_kind_are_those_of_the_key(documents: list[tuple[InvoiceAnswer, etree._Element]]) -> None:
    kinds = {"Invoice": "invoice", "CreditNote": "credit_note"}
    sender = "cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID"
    for answer, root in documents:
        assert text(root, "cbc:ID") == answer.invoice_number
        assert kinds[etree.QName(root).localname] == answer.kind
        assert text(root, sender).removeprefix("DK") == answer.supplier_cvr


def test_the_grant_number_stands_in_the_order_reference_of_about_two_in_three(
    documents: list[tuple[InvoiceAnswer, etree._Element]],
) -> None:
    found = Counter(
        text(root, "cac:OrderReference/cbc:ID").upper().replace("-", "").replace(" ", "")
        in {number.replace("-", "") for number in answer.grant_numbers}
        for answer, root in documents
    )
    assert 0.55 < found[True] / found.total() < 0.75


def test_some_carry_a_small_pdf(documents: list[tuple[InvoiceAnswer, etree._Element]]) -> None:
    embedded = [
        node.text for _, root in documents for node in root.iterfind(".//cbc:EmbeddedDocumentBinaryObject", NAMESPACES)
    ]
    assert len(embedded) > 50
    assert all(base64.b64decode(content or "").startswith(b"%PDF-1.4") for content in embedded)
