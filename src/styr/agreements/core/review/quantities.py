"""Amounts, shares, hours and periods in a sentence, in figures or in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from styr.agreements.core.review.words import Word

_UNITS: Final = [
    "nul",
    "en",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
    "seksten",
    "sytten",
    "atten",
    "nitten",
    "tyve",
]
_TENS: Final = {
    "tyve": 20,
    "tredive": 30,
    "fyrre": 40,
    "halvtreds": 50,
    "tres": 60,
    "halvfjerds": 70,
    "firs": 80,
    "halvfems": 90,
    "hundrede": 100,
}
NUMBER_WORDS: Final[dict[str, Fraction]] = {
    **{word: Fraction(value) for value, word in enumerate(_UNITS)},
    **{f"{one}og{ten}": Fraction(_UNITS.index(one) + value) for one in _UNITS[1:10] for ten, value in _TENS.items()},
    **{word: Fraction(value) for word, value in _TENS.items()},
    "et": Fraction(1),
    "én": Fraction(1),
    "ét": Fraction(1),
    "halvandet": Fraction(3, 2),
    "halvanden": Fraction(3, 2),
    "halvt": Fraction(1, 2),
    "halv": Fraction(1, 2),
}
_DAYS: Final = {"dag": 1, "døgn": 1, "uge": 7, "måned": 30, "kvartal": 91, "år": 365}
"""How many days a word for a period stands for; beginnings of words, so that "måneders" and "årets" count."""

_WORKING: Final = ("hverdag", "arbejdsdag", "bankdag")
_BETWEEN: Final = frozenset(
    {"hele", "løbende", "kalender", "fulde", "sammenhængende", "kalendermåneders", "helt", "på"}
)
_LONGEST_WORD: Final = 4
"""A period's word may carry this much inflection: "måneders" is "måned" and three letters more."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence with what it counts: `kind` is days, percent, kr or hours. `at` is its word's number."""

    kind: str
    value: Fraction
    at: int


def number(text: str) -> Fraction | None:
    """A number in Danish figures ("1.950,50") or in a word; None for any other word."""
    if text in NUMBER_WORDS:
        return NUMBER_WORDS[text]
    if not text[0].isdigit():
        return None
    whole, comma, rest = text.partition(",")
    groups = whole.split(".")
    if len(groups) > 1 and any(len(group) != len("000") for group in groups[1:]):
        return None
    digits = "".join(groups)
    if not digits.isdigit() or (comma and not rest.isdigit()):
        return None
    return Fraction(digits + (f".{rest}" if comma else ""))


def quantities(sentence: Sequence[Word]) -> tuple[Quantity, ...]:
    """Every quantity of the sentence, in order; a month is 30 days, a working day 7/5 of one."""
    return tuple(_quantities(sentence))


def _quantities(sentence: Sequence[Word]) -> Iterator[Quantity]:
    for at, word in enumerate(sentence):
        value = number(word.text)
        if value is None:
            continue
        kind = _kind(sentence, at, value)
        if kind is not None:
            yield kind


def _kind(sentence: Sequence[Word], at: int, value: Fraction) -> Quantity | None:
    after = at + 1
    while after < len(sentence) and sentence[after].text in _BETWEEN:
        after += 1
    text = sentence[after].text if after < len(sentence) else ""
    if text in {"%", "procent", "pct"}:
        return Quantity("percent", value, at)
    if text in {"kr", "kroner", "dkk"} or (at and sentence[at - 1].text in {"kr", "dkk"}):
        return Quantity("kr", value, at)
    if text.startswith("time"):
        return Quantity("hours", value, at)
    days = _days(text)
    return None if days is None else Quantity("days", value * days, at)


def _days(text: str) -> Fraction | None:
    if text.startswith(_WORKING):
        return Fraction(7, 5)
    bare = text.removeprefix("kalender")
    for word, days in _DAYS.items():
        if bare.startswith(word) and len(bare) - len(word) <= _LONGEST_WORD:
            return Fraction(days)
    return None
