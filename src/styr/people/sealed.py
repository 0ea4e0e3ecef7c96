"""Files about one citizen at rest: encrypted and bound to the row that holds them."""

import base64
from uuid import UUID

from styr.access.crypto import decrypt, encrypt

REQUEST, ARCHIVE = "people_datarequest|content", "people_erasure|archive"


def seal(data: bytes, *, place: str, row_id: UUID) -> bytes:
    """Encrypt a file for its row; `place` is one of the constants above."""
    return encrypt(base64.b64encode(data).decode("ascii"), place=f"{place}|{row_id}")


def unseal(stored: bytes, *, place: str, row_id: UUID) -> bytes:
    """Give the file back; raises `access.crypto.UnreadableValueError`."""
    return base64.b64decode(decrypt(stored, place=f"{place}|{row_id}"))
