"""Files that travel inside an invoice."""

import pytest

from styr.invoices.core.einvoice.attachments import safe_filename
from styr.invoices.core.einvoice.reader import read_einvoice
from unit.einvoice.samples import changed, own_sample, with_attribute, with_text

_FILE = "//cbc:EmbeddedDocumentBinaryObject"


def test_an_attachment_is_kept_with_a_safe_name() -> None:
    [attachment] = read_einvoice(own_sample("oioubl2-faktura")).attachments
    assert (attachment.filename, attachment.mime) == ("opholdsliste.pdf", "application/pdf")
    assert attachment.content == b"%PDF-1.4\n"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("faktura\x00.pdf", "faktura.pdf"),
        ("fa\u202ektura.pdf", "faktura.pdf"),
        ("a<b>:c.pdf", "a_b__c.pdf"),
        ("  .. ", ""),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 300, "x" * 120),
        ("Årsrapport æøå.pdf", "Årsrapport æøå.pdf"),
    ],
)
def test_a_name_loses_what_could_harm_and_keeps_the_rest(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


def test_an_attachment_without_a_usable_name_gets_one() -> None:
    data = changed("oioubl2-faktura", with_attribute(_FILE, "filename", "../"))
    assert read_einvoice(data).attachments[0].filename == "bilag-1"


@pytest.mark.parametrize("content", ["%%%", "JVBERi0xLjQ"])
def test_an_attachment_that_cannot_be_decoded_becomes_a_finding_and_the_invoice_is_read(content: str) -> None:
    invoice = read_einvoice(changed("oioubl2-faktura", with_text(_FILE, content)))
    assert invoice.attachments == ()
    assert [problem.expected for problem in invoice.problems] == ["base64"]
    assert invoice.number == "LV-1001"


def test_line_breaks_in_the_content_are_no_fault() -> None:
    data = changed("oioubl2-faktura", with_text(_FILE, "\n JVBE\n Ri0xLjQK \n"))
    assert read_einvoice(data).attachments[0].content == b"%PDF-1.4\n"
