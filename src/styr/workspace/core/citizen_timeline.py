"""What has happened around a citizen and what is to come, across the domains, as one row of moments (tidslinje)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID


class About(StrEnum):
    """Which part of the program a moment comes from; also the word of the filter in the address."""

    CITIZEN = "borger"
    GRANT = "bevilling"
    CONTRACT = "kontrakt"
    INVOICE = "faktura"
    FINDING = "afvigelse"
    FOLLOW_UP = "opfoelgning"

    @property
    def danish(self) -> str:
        """The name of the filter."""
        return {
            About.CITIZEN: "Borgeren",
            About.GRANT: "Bevillinger",
            About.CONTRACT: "Kontrakter",
            About.INVOICE: "Fakturaer",
            About.FINDING: "Afvigelser",
            About.FOLLOW_UP: "Opfølgninger",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing on a day. `tone` is danger, warning, good, info or "" (neutral); `target` the row it tells about."""

    day: date
    about: About
    title: str
    text: str = ""
    tone: str = ""
    target: UUID | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The moments after today, the nearest first, and those up to today, the latest first."""

    coming: tuple[Moment, ...]
    past: tuple[Moment, ...]
    left_out: int

    def __bool__(self) -> bool:
        return bool(self.coming or self.past)


def timeline(moments: Iterable[Moment], *, today: date, only: About | None = None, most: int = 12) -> Timeline:
    """Divide moments at today and keep those nearest to it: at most `most` past ones, and half as many coming."""
    kept = [moment for moment in moments if only is None or moment.about is only]
    coming = sorted((moment for moment in kept if moment.day > today), key=_order)
    soon = most // 2
    past = sorted((moment for moment in kept if moment.day <= today), key=_order, reverse=True)
    left_out = max(0, len(coming) - soon) + max(0, len(past) - most)
    return Timeline(tuple(coming[:soon]), tuple(past[:most]), left_out)


def _order(moment: Moment) -> tuple[date, str, str]:
    return (moment.day, moment.title, moment.text)
