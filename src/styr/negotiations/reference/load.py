"""What comes with the program: the estimates of the potential, and arguments to begin with."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.shares import Share

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ArgumentText:
    """An argument as it comes with the program."""

    reason: Reason
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter to begin with, as it comes with the program: words in {} are filled from the case."""

    code: str
    title: str
    subject: str
    text: str


@cache
def letters() -> tuple[LetterText, ...]:
    """The letters to begin with."""
    told = tomllib.loads((_HERE / "letters.toml").read_text("utf-8"))
    return tuple(LetterText(one["code"], one["title"], one["subject"], one["text"].strip()) for one in told["letter"])


@cache
def shares() -> dict[Reason, Share]:
    """The estimates by reason."""
    told = tomllib.loads((_HERE / "shares.toml").read_text("utf-8"))
    return {Reason(name): _share(one) for name, one in told.items()}


def _share(told: dict[str, Any]) -> Share:
    low, likely, high = told["percent"]
    return Share(low, likely, high, told["why"])


@cache
def arguments() -> tuple[ArgumentText, ...]:
    """The arguments to begin with."""
    told = tomllib.loads((_HERE / "arguments.toml").read_text("utf-8"))
    return tuple(ArgumentText(Reason(one["reason"]), one["title"], one["words"]) for one in told["argument"])
