"""Demographic transitions: who turns an age, from which month that counts, and what becomes of their cost.

The rules and the ages of pension are dated reference data that come with the program and are marked "kontrollér".
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away
from styr.planning.core.versions import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PENSION: Final = "pension"
PensionAge = tuple[date, int]
"""From which day of birth, and the age of pension in months."""
_MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True)
class Rule:
    """Help under one section goes over to another at an age ("pension" or whole years); `share` percent of its cost.

    An empty `to_section` ends it; the section itself lets it go on. Holds in [valid_from, valid_to).
    """

    from_section: str
    age: str
    to_section: str
    share: int
    valid_from: date
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class Transition:
    """What a grant's cost becomes in a year: from the month number (0-11), the section it goes to and its months."""

    rule: Rule
    turns_on: date
    from_month: int
    out_ore: tuple[int, ...]
    in_ore: tuple[int, ...]


def transition(  # noqa: PLR0913 - what it depends on, by keyword
    rules: Iterable[Rule],
    *,
    section: str,
    born: date,
    year: int,
    months_ore: Sequence[int],
    ages: Sequence[PensionAge] | None = None,
) -> Transition | None:
    """Return what becomes of a grant's twelve amounts in a year; None when nothing does.

    The first month that begins on the day they turn the age, or later, is the first of the new help. `ages` are the
    ages of pension that hold; None: the program's.
    """
    for rule in rules:
        if rule.from_section != section:
            continue
        turns = max(turning_day(born, rule, ages), rule.valid_from)
        if rule.valid_to is not None and turns >= rule.valid_to:
            continue
        first = _first_month(turns, year)
        if first >= MONTHS or not any(months_ore[first:]):
            continue
        if rule.to_section == section:
            return None
        gone = tuple(-ore if month >= first else 0 for month, ore in enumerate(months_ore))
        come = tuple(round_half_away(-ore * rule.share, 100) for ore in gone)
        return Transition(rule, turns, first, gone, come)
    return None


def turning_day(born: date, rule: Rule, ages: Sequence[PensionAge] | None = None) -> date:
    """The day on which somebody turns the rule's age; where the month has no such day, the first of the next."""
    months = pension_months(born, ages) if rule.age == PENSION else int(rule.age) * _MONTHS_A_YEAR
    years, month = divmod(born.month - 1 + months, _MONTHS_A_YEAR)
    first = date(born.year + years, month + 1, 1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return min(first + (born - born.replace(day=1)), next_month)


def pension_months(born: date, ages: Sequence[PensionAge] | None = None) -> int:
    """The age of pension (folkepensionsalder), in months, of whoever is born on a day; `ages` by day of birth."""
    known = ages or [(born_from, months) for born_from, months, _ in default_pension_ages()]
    held = [months for born_from, months in known if born_from <= born]
    return held[-1] if held else known[0][1]


@cache
def default_rules() -> tuple[Rule, ...]:
    """The rules that come with the program."""
    return tuple(
        Rule(
            from_section=row["from_section"],
            age=row["age"],
            to_section=row["to_section"],
            share=int(row["share"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            source=row["source"],
        )
        for row in _rows("transitions.csv")
    )


@cache
def default_pension_ages() -> tuple[tuple[date, int, str], ...]:
    """The ages of pension that come with the program: from which day of birth, months, and where from."""
    return tuple(
        (date.fromisoformat(row["born_from"]), int(row["months"]), row["source"]) for row in _rows("pension_ages.csv")
    )


def _first_month(turns: date, year: int) -> int:
    """The number of the year's first month that begins on that day or later; 12 and more: none."""
    months = (turns.year - year) * _MONTHS_A_YEAR + turns.month - 1 + (turns.day > 1)
    return max(months, 0)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("styr.planning.reference").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))
