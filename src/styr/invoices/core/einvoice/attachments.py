"""Files that travel inside the invoice."""

import base64
import binascii
import re
import unicodedata
from typing import Final

from styr.invoices.core.einvoice.model import Attachment, ReadingProblem
from styr.invoices.core.einvoice.node import Node
from styr.invoices.core.einvoice.reading import Reading

_FOLDER: Final = re.compile(r"[\\/]")
_SPACE: Final = re.compile(r"\s+")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_LONGEST_NAME: Final = 120
_LONGEST_ENDING: Final = 10
_PLACE: Final = "/*/cac:AdditionalDocumentReference/cac:Attachment/cbc:EmbeddedDocumentBinaryObject"


def read_attachments(root: Node, reading: Reading) -> tuple[Attachment, ...]:
    """Every embedded file whose contents can be decoded; one that cannot becomes a problem."""
    found: list[Attachment] = []
    for reference in root.all("AdditionalDocumentReference"):
        for holder in reference.all("Attachment"):
            content = holder.child("EmbeddedDocumentBinaryObject")
            attachment = _attachment(content, reference, len(found) + 1, reading) if content else None
            if attachment is not None:
                found.append(attachment)
    return tuple(found)


def _attachment(node: Node, reference: Node, number: int, reading: Reading) -> Attachment | None:
    try:
        content = base64.b64decode(_SPACE.sub("", node.text() or ""), validate=True)
    except (binascii.Error, ValueError):
        reading.problems.append(ReadingProblem(_PLACE, "base64", ""))
        return None
    name = node.attribute("filename") or node.attribute("uri") or reference.value("ID") or ""
    return Attachment(
        filename=safe_filename(name) or f"bilag-{number}",
        mime=node.attribute("mimeCode") or "application/octet-stream",
        content=content,
        description=reference.value("DocumentDescription"),
    )


def safe_filename(name: str) -> str:
    r"""The last part of a name without folders, control characters and what a file system refuses; "" if none is left.

    >>> safe_filename("..\\..\\etc/passwd")
    'passwd'
    """
    last = _FOLDER.split(name)[-1]
    visible = "".join(letter for letter in last if not unicodedata.category(letter).startswith("C"))
    clean = _SPACE.sub(" ", _FORBIDDEN.sub("_", visible)).strip(" .")
    if len(clean) <= _LONGEST_NAME:
        return clean
    stem, dot, ending = clean.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING:
        return clean[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
