"""Tells two states of a record apart: what was shown to somebody, and what is there when they answer."""

import hashlib

_LENGTH = 32


def fingerprint(shown: object) -> str:
    """Return the same 32 hexadecimal digits for equal values, others for different ones.

    `shown` is a frozen dataclass of plain values (numbers, texts, dates, tuples of such): its repr says all it holds.
    """
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:_LENGTH]
