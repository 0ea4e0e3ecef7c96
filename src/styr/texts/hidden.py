"""How words are kept: as keyed hashes, so that the index tells nothing of a contract without the key."""

from functools import lru_cache
from uuid import UUID

from styr.access.crypto import blind_index

_LETTERS = 20
"""Hex digits that are kept of the hash: 80 bits, so that two words never meet."""


@lru_cache(maxsize=100_000)
def hidden(root: str) -> str:
    """The root's keyed hash, letters and digits only."""
    return "w" + blind_index(f"word|{root}")[:_LETTERS]


def place_of(fact_id: UUID) -> str:
    """The place of a clause's sealed sentence: bytes moved to another row do not open."""
    return f"texts_clausefact|said|{fact_id}"
