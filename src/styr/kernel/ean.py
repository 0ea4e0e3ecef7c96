"""EAN/GLN numbers: where an e-invoice is delivered, thirteen digits with the GS1 check digit."""

from __future__ import annotations

import re
from dataclasses import dataclass


class InvalidEanError(ValueError):
    """The text is not an EAN number."""


@dataclass(frozen=True, order=True)
class Ean:
    """A valid EAN/GLN number; `str()` gives its thirteen digits."""

    digits: str

    def __post_init__(self) -> None:
        if re.fullmatch(r"[0-9]{13}", self.digits) is None:
            raise InvalidEanError(f"»{self.digits}« er ikke et EAN-nummer: det har tretten cifre.")
        if check_digit(self.digits[:12]) != int(self.digits[12]):
            raise InvalidEanError(f"EAN-nummeret »{self.digits}« består ikke kontrollen. Se efter en tastefejl.")

    @classmethod
    def parse(cls, text: str) -> Ean:
        """Read an EAN number; spaces are accepted.

        Raises:
            InvalidEanError: the shape or the check digit is wrong.
        """
        return cls(re.sub(r"\s", "", text))

    def __str__(self) -> str:
        return self.digits


def check_digit(digits: str) -> int:
    """Return the GS1 check digit of twelve digits: weights 1 and 3 in turn, up to the next ten."""
    return -sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10
