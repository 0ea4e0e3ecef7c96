"""Invented identifiers with right check digits.

CPR numbers are always fictive (day + 60); CVR and P-numbers begin with 9, where no Danish firm has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from random import Random

CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
ELEVEN = 11
YEAR_2000 = 2000
YEAR_1937 = 1937
CENTURY_SHIFT_YY = 36


def fictive_cpr(rng: Random, birth: date) -> str:
    """Ten digits with day + 60 and a seventh digit that tells the right century."""
    if birth.year >= YEAR_2000:
        seventh = rng.choice((4, 5, 6, 7, 8, 9)) if birth.year % 100 <= CENTURY_SHIFT_YY else rng.choice((5, 6, 7, 8))
    else:
        seventh = rng.choice((0, 1, 2, 3))
    return f"{birth.day + 60:02d}{birth.month:02d}{birth.year % 100:02d}{seventh}{rng.randrange(1000):03d}"


def cvr(rng: Random) -> str:
    """Eight digits, weighted sum divisible by 11."""
    while True:
        head = f"9{rng.randrange(10**6):06d}"
        rest = sum(w * int(d) for w, d in zip(CVR_WEIGHTS, head, strict=True)) % ELEVEN
        check = (ELEVEN - rest) % ELEVEN
        if check < ELEVEN - 1:
            return f"{head}{check}"


def gln(body: str) -> str:
    """Thirteen digits: twelve given and the check digit (weights 1 and 3 alternating)."""
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body))
    return f"{body}{-total % 10}"


def town_gln(serial: int) -> str:
    """A location number of the town itself."""
    return gln(f"579899{serial:06d}")


def p_number(rng: Random) -> str:
    """Ten digits."""
    return f"9{rng.randrange(10**9):09d}"


def grant_number(serial: int) -> str:
    """B + seven digits + check digit by ISO 7064 MOD 11,10, written with a dash."""
    digits = f"{serial:07d}"
    product = 10
    for digit in digits:
        subtotal = (product + int(digit)) % 10 or 10
        product = subtotal * 2 % ELEVEN
    return f"B{digits}-{(ELEVEN - product) % 10}"


def bank_account(rng: Random) -> str:
    """Registration number and account: ``9999 0123456789``. Registration numbers 99xx belong to no bank."""
    return f"99{rng.randrange(100):02d} {rng.randrange(10**9):010d}"


def iban(account: str) -> str:
    """The same account as a Danish IBAN (ISO 13616, check by mod 97)."""
    bban = account.replace(" ", "")
    check = 98 - int(f"{bban}132000") % 97
    return f"DK{check:02d}{bban}"
