"""Pages with their places, tables and pictures, and mails with their files, read in this process."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO

import pytest
import typst
from PIL import Image

from styr.agreements.core.reading.document import Kind, UnreadableDocumentError, read_contract
from styr.agreements.core.reading.mails import MOST_FILES, read_mail
from styr.agreements.core.reading.pdf import drawn, part_of, read_picture
from styr.agreements.core.reading.whole import read_whole

SOURCE = """
#set page(width: 210mm, height: 297mm)
Kontrakt om ophold efter serviceloven § 107
#table(columns: 2, [Ydelse], [Pris], [Ophold], [2.450,00 kr. pr. døgn], [Nattevagt], [310,00 kr. pr. time],
  [Aktivitet], [420,00 kr. pr. dag])
#pagebreak()
Aftalen kan af begge parter opsiges skriftligt med tre måneders varsel til udgangen af en måned.
"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    written = typst.compile(SOURCE.encode(), format="pdf")
    assert isinstance(written, bytes)
    return written


def test_a_page_tells_where_its_lines_stand_and_what_its_tables_hold(pdf: bytes) -> None:
    text = read_contract(pdf)
    assert (text.kind, len(text.pages), text.scanned) == (Kind.PDF, 2, ())
    line = text.pages[1].lines[0]
    assert (
        line.text == "Aftalen kan af begge parter opsiges skriftligt med tre måneders varsel til udgangen af en måned."
    )
    assert ["Ophold", "2.450,00 kr. pr. døgn"] in [list(row) for table in text.tables for row in table.rows]
    assert {table.page for table in text.tables} == {1}


def test_a_page_is_drawn_and_pages_are_parted(pdf: bytes) -> None:
    with Image.open(BytesIO(drawn(pdf, 2, dots=50))) as picture:
        assert picture.size == (414, 585)
    assert drawn(pdf, 3, dots=50) == b""
    part = read_contract(part_of(pdf, 2, 2))
    assert [page.text.strip() for page in part.pages] == [
        "Aftalen kan af begge parter opsiges skriftligt med tre måneders varsel til udgangen af en måned."
    ]
    assert read_whole(pdf) == read_contract(pdf)


def test_each_frame_of_a_picture_is_a_page() -> None:
    kept = BytesIO()
    frames = [Image.new("L", (60, 80), shade) for shade in (0, 255)]
    frames[0].save(kept, format="TIFF", save_all=True, append_images=frames[1:])
    text = read_picture(kept.getvalue())
    assert (text.kind, text.scanned) == (Kind.PICTURE, (1, 2))
    with Image.open(BytesIO(drawn(kept.getvalue(), 2, dots=300))) as second:
        assert second.getpixel((5, 5)) == (255, 255, 255)
    assert drawn(kept.getvalue(), 3, dots=300) == b""


@pytest.mark.parametrize("read", [read_picture, lambda data: drawn(data, 1, dots=50)])
def test_a_damaged_picture_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(UnreadableDocumentError):
        read(b"\x89PNG\r\n\x1a\n and then nothing of use")


def test_a_damaged_pdf_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError):
        read_contract(b"%PDF-1.7 and then nothing of use")


def mail() -> EmailMessage:
    told = EmailMessage()
    told["Subject"] = "Kontrakt  på vej"
    told["From"] = "lone@engen.dk"
    told["Date"] = "Sun, 22 Nov 2026 09:00:00 +0100"
    told.set_content("Se vedhæftede.")
    return told


def test_a_mails_files_come_along_and_pictures_of_signatures_do_not() -> None:
    told = mail()
    told.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="kontrakt.pdf")
    told.add_attachment(b"png", maintype="image", subtype="png", disposition="inline", filename="logo.png")
    inner = mail()
    inner.replace_header("Subject", "Videresendt")
    told.add_attachment(inner)
    read = read_mail(told.as_bytes())
    assert (read.subject, read.sender, read.body) == ("Kontrakt på vej", "lone@engen.dk", "Se vedhæftede.")
    assert [one.name for one in read.files] == ["kontrakt.pdf", "mail-3.eml"]
    assert read.left_out == 1
    assert read_mail(read.files[1].data).subject == "Videresendt"
    assert read.text.startswith("Emne: Kontrakt på vej\n\nFra: lone@engen.dk")


def test_a_mail_of_html_is_read_as_text_and_its_scripts_are_not() -> None:
    told = EmailMessage()
    told.set_content("<p>Pris: 2.450 kr.<br>pr. d&oslash;gn</p><script>alert(1)</script>", subtype="html")
    assert read_mail(told.as_bytes()).body == "Pris: 2.450 kr.\npr. døgn"
    assert read_mail(b"").body == ""


def test_no_more_files_than_may_come_along() -> None:
    told = mail()
    for number in range(MOST_FILES + 2):
        told.add_attachment(b"x", maintype="text", subtype="x-kontrakt", filename=f"{number}.txt")
    read = read_mail(told.as_bytes())
    assert (len(read.files), read.left_out) == (MOST_FILES, 2)


def test_a_damaged_message_of_outlook_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="beskadiget"):
        read_mail(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing of use")
