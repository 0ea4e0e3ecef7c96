"""Identifiers made by the client: UUID version 7 (RFC 9562 §5.7), so that a row has its id before it is stored."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

_RANDOM_BITS = 62


def uuid7() -> UUID:
    """Make a new id; later ids sort after earlier ones to about a quarter of a microsecond."""
    return uuid7_at(time.time_ns(), secrets.randbits(_RANDOM_BITS))


def uuid7_at(unix_ns: int, randomness: int) -> UUID:
    """Make the id of the given time (nanoseconds since 1970) and 62 bits of randomness; tests and generators use it."""
    milliseconds, rest = divmod(unix_ns, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62
    return UUID(int=value | randomness & (1 << _RANDOM_BITS) - 1)
