"""Words that are kept in clear about a contract: titles and reasons that everyone who sees it reads."""

from __future__ import annotations

import re
from typing import Final

_LIKE_A_CPR: Final = re.compile(r"(?<!\d)\d{6}[\s.-]?\d{4}(?!\d)")


def names_a_person(text: str) -> bool:
    """Whether the words hold what looks like a CPR number: those are never kept in clear."""
    return _LIKE_A_CPR.search(text) is not None
