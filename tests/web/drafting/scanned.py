"""A supplier's contract as a scan: a picture of a page and no text."""

from io import BytesIO
from typing import Final

import pypdfium2
from docx import Document

from styr.drafting.core.word.apart import as_pdf

_DPI, _POINTS = 300, 72
TEXT: Final = """KONTRAKT OM MIDLERTIDIGT BOTILBUD

Aftalen er indgået mellem Eksempel Kommune og Bostedet Ærø ApS, CVR-nr. 12345674.
Aftalen angår borgeren 610180-1321 efter serviceloven § 107 på Ærøhus, P-nr. 1012345678.
Aftalen gælder fra den 1. maj 2026.

Pris
Døgntaksten udgør 2.400,00 kr. pr. døgn.

Opsigelse
Begge parter kan opsige aftalen med 30 dages varsel.

Fravær
Fuld takst betales uanset fravær.
"""


def scan_of(text: str = TEXT) -> bytes:
    """A PDF of one page that is a picture, 300 dpi, as a copier makes it."""
    document, written, scanned = Document(), BytesIO(), BytesIO()
    for paragraph in text.splitlines():
        document.add_paragraph(paragraph)
    document.save(written)
    page = pypdfium2.PdfDocument(as_pdf(written.getvalue()))[0]
    picture = page.render(scale=_DPI / _POINTS, may_draw_forms=False).to_pil().convert("L")
    picture.save(scanned, format="PDF", resolution=_DPI)
    return scanned.getvalue()
