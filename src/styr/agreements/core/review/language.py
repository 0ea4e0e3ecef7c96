"""Which language a text is in: the playbook reads Danish alone, so anything else must be told."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[a-zæøåäöüß]+")
_FEW: Final = 60
"""A text with fewer words says too little."""
_SMALL_WORDS: Final = {
    code: frozenset(words.split(" "))
    for code, words in (
        (
            "da",
            "og i af til der det den en et på som for med ikke skal kan ved er om fra efter kommunen borgeren aftalen",
        ),
        ("en", "the and of to in is shall be by with for this that or any on party agreement not as"),
        ("de", "der die das und ist nicht mit für von den dem ein eine wird werden auf bei oder zu im"),
        ("sv", "och att är det som på av för inte ska skall till med den ett kommunen enligt eller från"),
        ("no", "og det er som på av ikke skal til med den et for eller fra ved avtalen oppdragsgiver etter"),
    )
}
NAMES: Final = {"en": "engelsk", "de": "tysk", "sv": "svensk", "no": "norsk"}
_AHEAD: Final = 1.25
"""How many times more of its small words another language must have: Norwegian shares most of ours."""


def foreign_language(text: str) -> str:
    """The code of the language that a text is in, when that is not Danish; "" for Danish, and for what is too short."""
    words = _WORD.findall(text.lower())
    if len(words) < _FEW:
        return ""
    shares = {code: sum(word in small for word in words) for code, small in _SMALL_WORDS.items()}
    danish = shares.pop("da")
    code = max(shares, key=lambda one: shares[one])
    return code if shares[code] > _AHEAD * max(danish, 1) else ""
