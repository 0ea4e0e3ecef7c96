"""Rules that hold in periods: what own rules leave of the program's, and how periods change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule in [valid_from, valid_to) as people read it.

    Attributes:
        key: what it is a rule about, without its dates: a municipality's own row of the same key holds in its place.
        title: what it is about, for people.
        says: the cells of the kind's columns.
        own: the municipality's own; else it came with the program.
        to_check: it came with the program from general knowledge, and is to be looked up (`kontrollér`).
        source: where it is from.
        about: the columns that say what an own row is a rule about, as they are stored.
        initial: what a form that changes it begins with.
    """

    key: str
    title: str
    says: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    own: bool
    to_check: bool = False
    source: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    initial: Mapping[str, Any] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """A hash of what it says: a confirmation is of these very words, and lapses when the program brings others."""
        words = (self.key, self.title, *self.says, self.valid_from.isoformat(), self.source)
        return sha256("\n".join(words).encode()).hexdigest()

    @property
    def check_key(self) -> str:
        """What a confirmation is noted under: one rule has a row for each of its periods."""
        return f"{self.key}|{self.valid_from:%Y-%m-%d}"


def what_is_left(start: date, end: date | None, taken: Iterable[tuple[date, date | None]]) -> list[tuple[date, Any]]:
    """Return the parts of [start, end) that none of the `taken` periods covers, in order; None is open."""
    found: list[tuple[date, Any]] = []
    for first, last in sorted(taken, key=lambda each: each[0]):
        if end is not None and first >= end:
            break
        if first > start:
            found.append((start, first))
        if last is None:
            return found
        start = max(start, last)
        if end is not None and start >= end:
            return found
    return [*found, (start, end)]


def in_force(reference: Sequence[RuleRow], own: Sequence[RuleRow]) -> list[RuleRow]:
    """Return every row with the days it holds: the municipality's own, and of the program's what these leave."""
    taken: dict[str, list[tuple[date, date | None]]] = {}
    for row in own:
        taken.setdefault(row.key, []).append((row.valid_from, row.valid_to))
    left = [
        replace(row, valid_from=first, valid_to=last)
        for row in reference
        for first, last in what_is_left(row.valid_from, row.valid_to, taken.get(row.key, ()))
    ]
    return sorted([*own, *left], key=lambda row: (row.key, row.valid_from))


def from_day_on(rows: Iterable[Mapping[str, Any]], new: Mapping[str, Any] | None, day: date) -> list[dict[str, Any]]:
    """Return the rows of one rule when `new` holds from a day on: what held ends there, and what was to come gives way.

    With no `new` the rule ends on that day.
    """
    kept = [dict(row) for row in rows if row["valid_from"] < day]
    for row in kept:
        if row["valid_to"] is None or row["valid_to"] > day:
            row["valid_to"] = day
    return kept if new is None else [*kept, {**new, "valid_from": day, "valid_to": None}]
