"""Units of service, and the period a quantity is counted per."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What one price pays for (Danish: enhed)."""

    DAY = "day"
    OPENING_DAY = "opening_day"
    HOUR = "hour"
    WEEK = "week"
    MONTH = "month"
    ONCE = "once"
    TRIP = "trip"
    KM = "km"

    @property
    def danish(self) -> str:
        """The word people and files use."""
        return _UNITS[self]


class Per(StrEnum):
    """What a quantity is counted per: 5 hours *per week* (Danish: pr.)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TOTAL = "total"

    @property
    def danish(self) -> str:
        """The word people and files use."""
        return _PERS[self]


_UNITS = {
    Unit.DAY: "døgn",
    Unit.OPENING_DAY: "åbningsdag",
    Unit.HOUR: "time",
    Unit.WEEK: "uge",
    Unit.MONTH: "måned",
    Unit.ONCE: "engang",
    Unit.TRIP: "tur",
    Unit.KM: "km",
}
_PERS = {Per.DAY: "dag", Per.WEEK: "uge", Per.MONTH: "måned", Per.TOTAL: "i alt"}
_UNIT_OF = {danish: unit for unit, danish in _UNITS.items()}
_PER_OF = {danish: per for per, danish in _PERS.items()}


class UnknownUnitError(ValueError):
    """The word is none of ours."""


def unit_from_danish(word: str) -> Unit:
    """Read `døgn`, `åbningsdag`, `time`, `uge`, `måned`, `engang`, `tur` or `km`.

    Raises:
        UnknownUnitError: the word is none of them.
    """
    unit = _UNIT_OF.get(" ".join(word.casefold().split()))
    if unit is None:
        raise UnknownUnitError(f"Enheden »{word}« kendes ikke. Brug en af: {', '.join(_UNIT_OF)}.")
    return unit


def per_from_danish(word: str) -> Per:
    """Read `dag`, `uge`, `måned` or `i alt`.

    Raises:
        UnknownUnitError: the word is none of them.
    """
    per = _PER_OF.get(" ".join(word.casefold().split()))
    if per is None:
        raise UnknownUnitError(f"»Pr. {word}« kendes ikke. Brug en af: {', '.join(_PER_OF)}.")
    return per
