"""Where a document's encrypted columns are bound to."""

import json
from dataclasses import asdict
from uuid import UUID

from styr.access.crypto import seal, unseal
from styr.agreements.core.reading.apart import page_of, text_of
from styr.agreements.core.reading.document import ContractText, Page


def place_of(document_id: UUID, column: str) -> str:
    """The place of a sealed column of a document: bytes moved to another row do not open."""
    return f"agreements_agreementdocument|{column}|{document_id}"


def place_of_scan(page_id: UUID, column: str) -> str:
    """The place of a sealed column of a scanned page."""
    return f"agreements_scannedpage|{column}|{page_id}"


def sealed_text(document_id: UUID, text: ContractText) -> bytes:
    """A document's text as it is kept."""
    return seal(json.dumps(asdict(text), ensure_ascii=False).encode(), place=place_of(document_id, "text"))


def opened_text(document_id: UUID, kept: bytes | memoryview) -> ContractText:
    """A document's text from what is kept."""
    return text_of(json.loads(unseal(kept, place=place_of(document_id, "text"))))


def sealed_page(page_id: UUID, page: Page) -> bytes:
    """A scanned page's text as it is kept."""
    return seal(json.dumps(asdict(page), ensure_ascii=False).encode(), place=place_of_scan(page_id, "text"))


def opened_page(page_id: UUID, kept: bytes | memoryview) -> Page:
    """A scanned page's text from what is kept."""
    return page_of(json.loads(unseal(kept, place=place_of_scan(page_id, "text"))))
