"""CPR numbers: a person's identity, parsed strictly and shown masked.

Source: CPR-kontoret, "Personnummeret i CPR". Replacement and fictive numbers carry day + 60, which is why the parser is
our own. The modulus 11 check has not been guaranteed since 2007-10-01, so it may warn and never refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

_WRITTEN = re.compile(r"([0-9]{6})[ -]?([0-9]{4})")
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DAY_OFFSET = 60
_YEAR_2036, _YEAR_2057 = 36, 57


class InvalidCprError(ValueError):
    """The text is not a CPR number; the message never repeats it."""


@dataclass(frozen=True)
class Cpr:
    """A CPR number whose `str` and `repr` are masked; `digits` gives all ten in clear."""

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if re.fullmatch(r"[0-9]{10}", self.digits) is None:
            raise InvalidCprError("Et CPR-nummer har ti cifre: DDMMÅÅ-LLLL.")
        _birth_date(self.digits)

    @classmethod
    def parse(cls, text: str) -> Cpr:
        """Read `DDMMYY-SSSS`, with a dash, a space or neither.

        Raises:
            InvalidCprError: not ten digits, or no such date.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise InvalidCprError("Et CPR-nummer har ti cifre: DDMMÅÅ-LLLL.")
        return cls(found[1] + found[2])

    @property
    def birth_date(self) -> date:
        """The date of birth; the century follows from the seventh digit and the year."""
        return _birth_date(self.digits)

    @property
    def fictive(self) -> bool:
        """True for a replacement or fictive number (day + 60)."""
        return int(self.digits[:2]) > _DAY_OFFSET

    @property
    def mod11_ok(self) -> bool:
        """True when the modulus 11 check holds; false is no fault, only a reason to look twice."""
        return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, self.digits, strict=True)) % 11 == 0

    @property
    def masked(self) -> str:
        """The form that may be shown: `010203-••••`."""
        return f"{self.digits[:6]}-••••"

    @property
    def written(self) -> str:
        """The number in clear with its dash; only for a page or paper that must have it."""
        return f"{self.digits[:6]}-{self.digits[6:]}"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Cpr({self.masked})"


def _birth_date(digits: str) -> date:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day > _DAY_OFFSET:
        day -= _DAY_OFFSET
    try:
        return date(_century(int(digits[6]), year) + year, month, day)
    except ValueError:
        raise InvalidCprError("CPR-nummerets første seks cifre er ikke en dato.") from None


def _century(seventh: int, year: int) -> int:
    match seventh:
        case 0 | 1 | 2 | 3:
            return 1900
        case 4 | 9:
            return 2000 if year <= _YEAR_2036 else 1900
        case _:
            return 2000 if year <= _YEAR_2057 else 1800
