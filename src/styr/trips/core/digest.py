"""What a settlement says, as one number: the same content has the same digest, in whatever order the rows came."""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from styr.trips.core.rows import TripRow


def digest_of(rows: Iterable[TripRow]) -> str:
    """Return a SHA-256 over the rows, sorted; 1,5 and 1,50 are the same."""
    content = hashlib.sha256()
    for line in sorted("\x1f".join(_written(value) for value in astuple(row)) for row in rows):
        content.update(line.encode())
        content.update(b"\x1e")
    return content.hexdigest()


def _written(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
