"""The numbers of the rules (metres, years, trips) as they hold on a day: the municipality's own before ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


@dataclass(frozen=True)
class Limit:
    """A number that holds in [valid_from, valid_to)."""

    rule: str
    title: str
    value: int
    measure: str
    valid_from: date
    valid_to: date | None
    check: bool
    source: str
    own: bool = False

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def told(self) -> str:
        """Where the number is from, and whether somebody must look it up."""
        return f"{self.source}{', kommunens egen' if self.own else ''}"


class Limits:
    """The limits in force on one day."""

    def __init__(self, known: Iterable[Limit], *, day: date) -> None:
        # The municipality's own come last, and so stand.
        self._known = {one.rule: one for one in sorted(known, key=lambda one: one.own) if one.holds(day)}

    def get(self, rule: str) -> Limit | None:
        """The limit; None where none holds on the day."""
        return self._known.get(rule)

    def value(self, rule: str, otherwise: int) -> int:
        """The limit's number, or another."""
        found = self._known.get(rule)
        return found.value if found else otherwise


def limit_of(row: Mapping[str, Any], *, own: bool = False) -> Limit:
    """Make a limit of a row of reference data or of the municipality's own."""
    names = ("rule", "title", "value", "measure", "valid_from", "valid_to", "check", "source")
    return Limit(**{name: row[name] for name in names}, own=own)
