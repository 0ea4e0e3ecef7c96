"""Scanned pages: recognised upright in Danish, with the signs that recognition loses put back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from styr.agreements.core.reading.apart import page_apart, read_apart
from styr.agreements.core.reading.document import Kind, UnreadableDocumentError
from styr.agreements.core.reading.places import boxes
from styr.agreements.core.reading.recognising import can_recognise, recognising
from styr.agreements.core.reading.section_signs import with_section_signs

WORDS = """KONTRAKT OM BOTILBUD

Aftalen er indgået mellem Hvidbjerg Kommune og Bostedet Engen ApS.
Aftalen angår borgeren 670160-1234 efter serviceloven § 107.

§ 2 Fravær
Fuld takst betales uanset fravær. Indlæggelse medfører ikke takstreduktion.
"""
FONTS = sorted(Path("/usr/share/fonts").rglob("LiberationSans-Regular.ttf"))


def scan(words: str = WORDS, *, turned: float = 1.2, kind: str = "PDF", down: int = 1754) -> bytes:
    """A picture of a page, a little askew, at 150 dots an inch."""
    page = Image.new("L", (1240, down), 255)
    ImageDraw.Draw(page).multiline_text((120, 120), words, font=ImageFont.truetype(FONTS[0], 25), fill=25, spacing=14)
    written = BytesIO()
    page.rotate(turned, fillcolor=255, expand=turned > 45).save(written, format=kind, resolution=150)
    return written.getvalue()


def test_a_scan_askew_is_read_with_the_place_of_its_lines() -> None:
    """The page is told as not read by the reader, then recognised; its words can be marked where they stand."""
    assert can_recognise(), "tesseract with Danish is needed: scripts/documents.sh"
    data = scan(down=700)
    assert read_apart(data).scanned == (1,)
    with recognising() as recogniser:
        read = recogniser.page(page_apart(data, number=1, dots=300), 1)
    assert "Fuld takst betales uanset fravær." in read.page.text
    assert "serviceloven § 107" in read.page.text
    assert "670160-1234" in read.page.text
    (box,) = boxes(read.page, "Fuld takst betales uanset fravær.")
    assert 80 < box.left < 130
    assert 200 < box.width < 450
    assert read.pdf.startswith(b"%PDF")


def test_a_page_that_lies_on_its_side_is_turned_before_it_is_read() -> None:
    """Nothing in the file tells it: the letters do."""
    with recognising() as recogniser:
        read = recogniser.page(page_apart(scan(turned=90, down=620), number=1, dots=300), 1)
    assert "Fuld takst betales uanset fravær." in read.page.text
    assert read.page.height < 1000


def test_pages_that_tell_how_they_are_turned_are_drawn_upright() -> None:
    """A PDF by its own mark, a photograph by what the telephone noted when it was held on its side."""
    lying = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(lying).rectangle((0, 0, 60, 200), fill="black")
    photograph, noted = BytesIO(), Image.Exif()
    noted[0x0112] = 6
    lying.save(photograph, format="JPEG", exif=noted)
    with Image.open(BytesIO(page_apart(photograph.getvalue(), number=1, dots=100))) as shown:
        assert shown.size == (200, 400)
        assert shown.getpixel((100, 20)) == pytest.approx((0, 0, 0), abs=40)
    marked, page = BytesIO(), pikepdf.new()
    page.add_blank_page(page_size=(400, 200)).rotate(90, relative=False)
    page.save(marked)
    with Image.open(BytesIO(page_apart(marked.getvalue(), number=1, dots=72))) as shown:
        assert shown.size == (200, 400)


def test_a_page_that_brings_recognition_down_is_told_and_waits_no_longer_than_it_may() -> None:
    """No picture, no text: a reason with the page's number."""
    with recognising(patience=20) as recogniser, pytest.raises(UnreadableDocumentError, match="Side 3"):
        recogniser.page(b"no picture", 3)


def test_photographs_are_pages_to_be_recognised() -> None:
    """A JPEG from a telephone is a document of one page without text."""
    read = read_apart(scan(kind="JPEG"))
    assert (read.kind, read.scanned) == (Kind.PICTURE, (1,))
    assert page_apart(scan(kind="JPEG"), number=1, dots=100).startswith(b"\x89PNG")
    assert page_apart(scan(kind="JPEG"), number=2, dots=100) == b""


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("efter serviceloven 8 107 og", "efter serviceloven § 107 og"),
        ("efter serviceloven S 85, stk. 1", "efter serviceloven § 85, stk. 1"),
        ("8 2 Fravær", "§ 2 Fravær"),
        ("$ 14. Opsigelse", "§ 14. Opsigelse"),
        ("jf. & 12", "jf. § 12"),
        ("8 107 i serviceloven", "§ 107 i serviceloven"),
        ("betaler 8 100 kr. om ugen", "betaler 8 100 kr. om ugen"),
        ("efter 8 14 timer", "efter 8 14 timer"),
        ("mellem 5 10 borgere", "mellem 5 10 borgere"),
        ("prisen er $ 12,50", "prisen er $ 12,50"),
    ],
)
def test_section_signs_are_put_back_where_only_they_can_stand(read: str, meant: str) -> None:
    """Amounts and periods stay as they were read."""
    assert with_section_signs(read) == meant
