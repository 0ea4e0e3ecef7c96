"""CVR numbers: a company's identity, eight digits with a modulus 11 check (Erhvervsstyrelsen)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


class InvalidCvrError(ValueError):
    """The text is not a CVR number."""


@dataclass(frozen=True, order=True)
class Cvr:
    """A valid CVR number; `str()` gives its eight digits."""

    digits: str

    def __post_init__(self) -> None:
        if re.fullmatch(r"[1-9][0-9]{7}", self.digits) is None:
            raise InvalidCvrError(f"»{self.digits}« er ikke et CVR-nummer: det har otte cifre og begynder ikke med 0.")
        if sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, self.digits, strict=True)) % 11:
            raise InvalidCvrError(f"CVR-nummeret »{self.digits}« består ikke kontrollen. Se efter en tastefejl.")

    @classmethod
    def parse(cls, text: str) -> Cvr:
        """Read a CVR number; spaces and the prefix `DK` are accepted.

        Raises:
            InvalidCvrError: the shape or the check is wrong.
        """
        return cls(re.sub(r"^DK(?=[0-9])", "", re.sub(r"[\s.-]", "", text).upper()))

    def __str__(self) -> str:
        return self.digits
