"""How a supplier writes its invoices. Every supplier has its own way and now and then departs from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

T = TypeVar("T")

FORMATS = (("oioubl2", 55), ("peppol", 30), ("oioubl3", 15))
SERIES = ("{n}", "F{n}", "{n:07d}", "2026-{n}", "FAK/{n}", "INV{n:06d}", "{n}-VHK")
PERIOD_STYLES = (
    *(
        ("long_range", 18),
        ("short_range", 18),
        ("dotted_range", 16),
        ("month_name", 20),
        ("month_short", 8),
        ("month_number", 3),
    ),
    *(("iso_range", 6), ("weeks", 3), ("structured", 11)),
)
CODES = (("EA", 74), ("own", 15), ("C62", 11))
ENCODINGS = (("utf-8", 93), ("utf-8-sig", 5), ("iso-8859-1", 2))
RHYTHMS = (("monthly", 91), ("several", 6), ("halves", 3))
PAYMENTS = (("account", 88), ("iban", 9), ("none", 3))


@dataclass(frozen=True, slots=True)
class Habits:
    """A supplier's way of writing invoices."""

    format: str
    series: str
    first_number: int
    period_style: str
    unit_code: str
    rhythm: str
    payment: str
    due_days: int
    splits_sum: bool
    """Bills units × price (otherwise one monthly sum)."""
    supplement_apart: bool
    collective: bool
    attaches: bool
    encoding: str
    """Some put a byte order mark first, a few still write Latin-1."""


def weighted(rng: Random, choices: Sequence[tuple[T, int]]) -> T:
    """One of ``(value, weight)``."""
    return rng.choices([value for value, _ in choices], [weight for _, weight in choices])[0]


def chance(rng: Random, share: float) -> bool:
    """True in ``share`` of the cases."""
    return rng.random() < share


def make_habits(rng: Random) -> Habits:
    """Habits drawn at the rates of practice."""
    return Habits(
        format=weighted(rng, FORMATS),
        series=rng.choice(SERIES),
        first_number=rng.randrange(100, 60000),
        period_style=weighted(rng, PERIOD_STYLES),
        unit_code=weighted(rng, CODES),
        rhythm=weighted(rng, RHYTHMS),
        payment=weighted(rng, PAYMENTS),
        due_days=rng.choice((14, 30, 30, 30, 21)),
        splits_sum=chance(rng, 0.8),
        supplement_apart=chance(rng, 0.15),
        collective=chance(rng, 0.06),
        attaches=chance(rng, 0.08),
        encoding=weighted(rng, ENCODINGS),
    )
