"""A contract file read at one sitting, its scanned pages too, for programs that can wait."""

from __future__ import annotations

from dataclasses import replace

from styr.agreements.core.reading.apart import page_apart
from styr.agreements.core.reading.document import ContractText, Page, UnreadableDocumentError, read_contract
from styr.agreements.core.reading.recognising import DOTS, MOST_PAGES, can_recognise, recognising


def read_whole(data: bytes) -> ContractText:
    """Read a file and recognise its scanned pages where this machine can; `scanned` are those that still are not read.

    Raises:
        UnreadableDocumentError: as `read_contract`.
    """
    text = read_contract(data)
    if not text.scanned or not can_recognise():
        return text
    found: dict[int, Page] = {}
    with recognising() as recogniser:
        for number in text.scanned[:MOST_PAGES]:
            try:
                found[number] = recogniser.page(page_apart(data, number=number, dots=DOTS), number).page
            except UnreadableDocumentError:
                break
    return replace(
        text,
        pages=tuple(found.get(page.number, page) for page in text.pages),
        scanned=tuple(number for number in text.scanned if number not in found),
    )
