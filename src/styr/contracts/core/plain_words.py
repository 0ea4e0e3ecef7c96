"""Words that are kept in clear about a contract: titles and reasons that everyone who sees it reads."""

from __future__ import annotations

import re
from typing import Final

_LIKE_A_CPR: Final = re.compile(r"(?<!\d)\d{6}[\s.-]?\d{4}(?!\d)")


def names_a_person(text: str) -> bool:
    """Whether the words hold what looks like a CPR number: those are never kept in clear.

    >>> names_a_person("Ny takst for 010190-1234"), names_a_person("Ny takst fra 01-01-2026 efter K-2026-00123")
    (True, False)
    """
    return _LIKE_A_CPR.search(text) is not None
