"""Check digits of the identifiers that e-invoices carry."""

import re
from typing import Final

from styr.kernel.cvr import Cvr, InvalidCvrError

_DIGITS: Final = re.compile(r"\d{2,40}", re.ASCII)
_NINE_DIGITS: Final = re.compile(r"\d{9}", re.ASCII)
_NORWEGIAN_WEIGHTS: Final = (3, 2, 7, 6, 5, 4, 3, 2, 1)


def is_cvr(value: str) -> bool:
    """A Danish company number, with or without "DK"."""
    try:
        Cvr.parse(value)
    except InvalidCvrError:
        return False
    return True


def is_gs1(value: str) -> bool:
    """Digits of any length whose last is the GS1 check digit: weights 3 and 1 in turn, from the right."""
    if _DIGITS.fullmatch(value) is None:
        return False
    return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(reversed(value))) % 10 == 0


def is_luhn(value: str) -> bool:
    """Digits that pass Luhn's check, as Swedish organisation numbers do."""
    if _DIGITS.fullmatch(value) is None:
        return False
    total = 0
    for place, digit in enumerate(reversed(value)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004  the digit sum of 10-18
    return total % 10 == 0


def is_norwegian(value: str) -> bool:
    """A Norwegian organisation number: nine digits, modulus 11."""
    if _NINE_DIGITS.fullmatch(value) is None:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_NORWEGIAN_WEIGHTS, value, strict=True)) % 11 == 0


def is_iban(value: str) -> bool:
    """An IBAN in capitals without spaces whose check digits are right (ISO 13616, modulus 97)."""
    turned = value[4:] + value[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1
