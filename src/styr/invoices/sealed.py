"""Documents at rest: compressed, then encrypted and bound to the row that holds them."""

import base64
import zlib
from uuid import UUID

from styr.access.crypto import decrypt, encrypt


def seal(data: bytes, *, document_id: UUID) -> bytes:
    """Encrypt a document's bytes for its row."""
    return encrypt(base64.b64encode(zlib.compress(data, 6)).decode("ascii"), place=_place(document_id))


def unseal(stored: bytes, *, document_id: UUID) -> bytes:
    """Give a document's bytes back as they came.

    Raises:
        UnreadableValue: another key, another row, or the value has been altered.
    """
    return zlib.decompress(base64.b64decode(decrypt(stored, place=_place(document_id))))


def _place(document_id: UUID) -> str:
    return f"invoices_document|content|{document_id}"
