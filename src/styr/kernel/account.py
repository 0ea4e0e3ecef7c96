"""The account string (Danish: kontostreng) of the municipal chart of accounts: sixteen digits, each part named.

Widths after Budget- og regnskabssystem for kommuner; a municipality may read its own parts otherwise, so nothing is
derived here beyond the split.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Self

_WIDTHS = (1, 2, 2, 1, 1, 4, 3, 1, 1)


class InvalidAccountError(ValueError):
    """The text is not an account string."""


@dataclass(frozen=True, order=True)
class Account:
    """An account string; every part is digits with their leading zeros.

    Danish: hovedkonto, hovedfunktion, funktion, dranst, ejerforhold, omkostningssted, gruppering, hovedart, art.
    """

    main_account: str
    main_function: str
    function: str
    operation: str
    ownership: str
    cost_centre: str
    grouping: str
    main_type: str
    type: str

    def __post_init__(self) -> None:
        for part, width in zip(fields(self), _WIDTHS, strict=True):
            value = getattr(self, part.name)
            if re.fullmatch(rf"[0-9]{{{width}}}", value) is None:
                raise InvalidAccountError(f"Kontostrengens del »{value}« skal have {width} cifre.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read sixteen digits; spaces, dots and dashes between them are accepted.

        Raises:
            InvalidAccountError: not sixteen digits.
        """
        digits = re.sub(r"[\s.-]", "", text)
        if re.fullmatch(r"[0-9]{16}", digits) is None:
            raise InvalidAccountError(f"»{text}« er ikke en kontostreng: den har seksten cifre.")
        parts, at = [], 0
        for width in _WIDTHS:
            parts.append(digits[at : at + width])
            at += width
        return cls(*parts)

    @property
    def function_number(self) -> str:
        """The function as people write it: `5.28.20`."""
        return f"{self.main_account}.{self.main_function}.{self.function}"

    def __str__(self) -> str:
        return "".join(getattr(self, part.name) for part in fields(self))
