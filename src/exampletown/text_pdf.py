"""PDF files with pages of text in Helvetica, written by hand so that they are small and always the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEADING, SIZE, LEFT, TOP = 17, 11, 62, 780
_FONTS = b"<</Font<</F1 3 0 R/F2 4 0 R>>>>"


def text_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A valid PDF 1.4 with these pages, line by line; headings (§ … and the title) are bold. Latin-1 alone."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects += [
        b"<</Type/Font/Subtype/Type1/BaseFont/" + font + b"/Encoding/WinAnsiEncoding>>"
        for font in (b"Helvetica", b"Helvetica-Bold")
    ]
    kids = []
    for lines in pages:
        stream = _stream(lines)
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources%s>>" % (len(objects), _FONTS)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return _file(objects)


def _stream(lines: Sequence[str]) -> bytes:
    parts = [b"BT %d %d Td %d TL" % (LEFT, TOP, LEADING)]
    for at, line in enumerate(lines):
        bold = line.startswith("§ ") or (at == 0 and line.isupper())
        shown = line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        parts.append(b"/F%d %d Tf (%s) Tj T*" % (2 if bold else 1, SIZE, shown))
    return b"\n".join([*parts, b"ET"])


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
