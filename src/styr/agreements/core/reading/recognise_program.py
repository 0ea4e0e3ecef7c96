"""A program of its own that recognises pictures of pages: on stdin each with its length and number, on stdout its text.

It starts tesseract and writes in its own folder, so it is given pictures that we have drawn, no file of a stranger's.
"""

import json
import logging
import resource
import sys
from dataclasses import asdict, replace
from io import BytesIO
from pathlib import Path
from typing import Final

import ocrmypdf

from styr.agreements.core.reading.pdf import read_pdf
from styr.agreements.core.reading.recognising import DOTS, HEAD
from styr.agreements.core.reading.section_signs import with_section_signs

_MEMORY: Final = 3 * 1024 * 1024 * 1024
_FILE: Final = 256 * 1024 * 1024
_SURE: Final = 5.0
"""How sure the turning must be: a short page is left as it lies."""


def main() -> int:
    """Recognise until nothing more comes."""
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE, _FILE))
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(HEAD.size)) == HEAD.size:
        length, number = HEAD.unpack(head)
        pdf = _recognised(source.read(length))
        page = replace(read_pdf(pdf).pages[0], number=number)
        lines = tuple(replace(line, text=with_section_signs(line.text)) for line in page.lines)
        told = json.dumps(
            asdict(replace(page, text=with_section_signs(page.text), lines=lines)), ensure_ascii=False
        ).encode()
        answers.write(HEAD.pack(len(told), len(pdf)) + told + pdf)
        answers.flush()
    return 0


def _recognised(picture: bytes) -> bytes:
    out = Path("side.pdf")
    ocrmypdf.ocr(
        BytesIO(picture), out, language=["dan", "eng"], image_dpi=DOTS, deskew=True, rotate_pages=True,
        rotate_pages_threshold=_SURE, output_type="pdf", optimize=0, progress_bar=False, jobs=1, use_threads=True,
        tesseract_timeout=150,
    )  # fmt: skip
    return out.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
