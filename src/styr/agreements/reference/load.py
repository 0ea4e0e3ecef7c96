"""The clause playbook and its lexicon as they come with the program."""

import tomllib
from functools import cache
from pathlib import Path

from styr.agreements.core.review.concepts import Lexicon
from styr.agreements.core.review.playbook import Playbook, playbook_of

_HERE = Path(__file__).parent


@cache
def lexicon() -> Lexicon:
    """The concepts that the playbook's rules speak of, with their terms."""
    return Lexicon.of(tomllib.loads((_HERE / "lexicon.toml").read_text("utf-8"))["concepts"])


@cache
def playbook() -> Playbook:
    """The playbook's newest version; PlaybookError when it is written wrongly."""
    written = tomllib.loads((_HERE / "playbook.toml").read_text("utf-8"))
    return playbook_of(written, known=frozenset(lexicon().terms))
