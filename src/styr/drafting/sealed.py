"""Where the encrypted columns of drafting are bound to."""

from uuid import UUID


def place_of(model: str, column: str, row_id: UUID) -> str:
    """The place of a sealed column: bytes moved to another row do not open. `model` is in lower case."""
    return f"drafting_{model}|{column}|{row_id}"
