"""The clause playbook, its lexicon and the clause library as they come with the program."""

import tomllib
from functools import cache
from pathlib import Path

from styr.agreements.core.review.concepts import Lexicon
from styr.agreements.core.review.playbook import Playbook, playbook_of
from styr.agreements.core.templates.library import Library, library_of

_HERE = Path(__file__).parent


@cache
def lexicon() -> Lexicon:
    """The concepts that the playbook's rules speak of, with their terms."""
    return Lexicon(tomllib.loads((_HERE / "lexicon.toml").read_text("utf-8"))["concepts"])


@cache
def playbook() -> Playbook:
    """The playbook's newest version; PlaybookError when it is written wrongly."""
    written = tomllib.loads((_HERE / "playbook.toml").read_text("utf-8"))
    return playbook_of(written, known=lexicon().names)


@cache
def library() -> Library:
    """The clause library's newest version."""
    return library_of(tomllib.loads((_HERE / "templates.toml").read_text("utf-8")))
