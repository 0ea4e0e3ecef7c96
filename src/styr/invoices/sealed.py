"""Documents at rest: compressed, then encrypted and bound to the row that holds them."""

from uuid import UUID

from styr.access import crypto


def seal(data: bytes, *, document_id: UUID) -> bytes:
    """Encrypt a document's bytes for its row."""
    return crypto.seal(data, place=_place(document_id))


def unseal(stored: bytes, *, document_id: UUID) -> bytes:
    """Give a document's bytes back as they came.

    Raises:
        UnreadableValue: another key, another row, or the value has been altered.
    """
    return crypto.unseal(stored, place=_place(document_id))


def _place(document_id: UUID) -> str:
    return f"invoices_document|content|{document_id}"
