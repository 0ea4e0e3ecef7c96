"""How values are shown in a message: short, Danish, and never a whole CPR."""

import re
from decimal import Decimal
from typing import Final

_CPR: Final = re.compile(r"(?<!\d)([0-9]{6})[- ]?[0-9]{4}(?!\d)")
_LONGEST: Final = 40


def shown(value: str | None) -> str:
    """A value in quotes, cut at 40 characters and with the last four digits of anything like a CPR hidden."""
    if value is None:
        return "(tom)"
    masked = _CPR.sub(r"\1-••••", value)
    return f"»{masked if len(masked) <= _LONGEST else masked[: _LONGEST - 1] + '…'}«"


def amount(value: Decimal) -> str:
    """An amount in Danish notation with at least two decimals: 1.234,50.

    >>> amount(Decimal("-1234.5"))
    '-1.234,50'
    """
    decimals = max(2, -int(value.as_tuple().exponent))
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
