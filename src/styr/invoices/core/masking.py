"""CPR numbers in texts that others wrote: found as they are written, and shown by their date part only."""

import re
from typing import Final

from styr.kernel.cpr import Cpr, InvalidCprError

_LIKE: Final = re.compile(r"(?<![0-9])([0-9]{6})[ ]?[-–]?[ ]?([0-9]{4})(?![0-9])")


def masked(text: str) -> str:
    """The text with every CPR number as `010203-••••`; ten digits that are no date stay as they are.

    >>> masked("Ophold for 150687-1234, faktura 9912345678")
    'Ophold for 150687-••••, faktura 9912345678'
    """
    return _LIKE.sub(_hide, text)


def holds_cpr(text: str) -> bool:
    """Whether a CPR number stands in the text."""
    return masked(text) != text


def _hide(found: re.Match[str]) -> str:
    try:
        return Cpr(found[1] + found[2]).masked
    except InvalidCprError:
        return found[0]
