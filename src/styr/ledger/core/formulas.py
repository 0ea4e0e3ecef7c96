"""Texts that a spreadsheet would take for a formula, and how they come back as they were. Pure."""

from __future__ import annotations

import re
from typing import Final

_FORMULA: Final = re.compile(r"'*(?:\s*[=+\-@]|[\t\r\n])")
_GUARDED: Final = re.compile(r"'+(?:\s*[=+\-@]|[\t\r\n])")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would reckon with it; an empty one stays empty.

    >>> guarded("+123"), guarded("-2+3"), guarded("F-1"), guarded("")
    ("'+123", "'-2+3", 'F-1', '')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What was guarded, as it was.

    >>> unguarded("'+123"), unguarded("'68 og ''=1")
    ('+123', "'68 og ''=1")
    """
    return text[1:] if _GUARDED.match(text) else text
