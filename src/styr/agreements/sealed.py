"""Where a document's encrypted columns are bound to."""

from uuid import UUID


def place_of(document_id: UUID, column: str) -> str:
    """The place of a sealed column: bytes moved to another row do not open."""
    return f"agreements_agreementdocument|{column}|{document_id}"
