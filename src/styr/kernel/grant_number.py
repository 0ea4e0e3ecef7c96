"""Grant number (Danish: bevillingsnummer): what a supplier writes on an invoice, safe against a mistyped digit.

"B", seven digits and a check digit by ISO 7064 MOD 11,10, written `B1234567-8`. The check digit finds every single
wrong digit and nearly every swap of neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = 7
_WRITTEN = re.compile(r"(?<![0-9A-ZÆØÅ])B[\s.-]?((?:[0-9][\s.-]?){7})([0-9])(?![0-9])", re.IGNORECASE)


class InvalidGrantNumberError(ValueError):
    """The text is not a grant number."""


@dataclass(frozen=True, order=True)
class GrantNumber:
    """A valid grant number; `str()` gives the written form, `serial` the seven digits as a number."""

    serial: int

    def __post_init__(self) -> None:
        if not 0 <= self.serial < 10**_DIGITS:
            raise InvalidGrantNumberError("Bevillingsnumre har løbenumre fra 0 til 9999999.")

    @classmethod
    def parse(cls, text: str) -> GrantNumber:
        """Read a grant number; spaces, dash, dots and lower case are accepted.

        Raises:
            InvalidGrantNumberError: the shape or the check digit is wrong.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise InvalidGrantNumberError(f"»{text}« er ikke et bevillingsnummer. Skriv det som B1234567-8.")
        number = _from_match(found)
        if number is None:
            raise InvalidGrantNumberError(f"Kontrolcifferet i »{text}« passer ikke. Se efter en tastefejl.")
        return number

    @classmethod
    def find_all(cls, text: str) -> list[GrantNumber]:
        """Return the valid grant numbers in a text, in order, each once."""
        numbers = (_from_match(found) for found in _WRITTEN.finditer(text))
        return list(dict.fromkeys(number for number in numbers if number is not None))

    @property
    def check_digit(self) -> int:
        """The check digit over the seven digits."""
        return check_digit(f"{self.serial:07d}")

    def __str__(self) -> str:
        return f"B{self.serial:07d}-{self.check_digit}"


def check_digit(digits: str) -> int:
    """Return the ISO 7064 MOD 11,10 check digit of a string of digits."""
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (11 - product) % 10


def _from_match(found: re.Match[str]) -> GrantNumber | None:
    digits = re.sub(r"\D", "", found[1])
    return GrantNumber(int(digits)) if check_digit(digits) == int(found[2]) else None
