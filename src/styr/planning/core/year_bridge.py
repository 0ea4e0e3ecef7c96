"""From this year's forecast to a budget of the next: why they differ, in causes that add up to the øre.

For a grant with forecast F over f days of this year and budget B over b days of the next:

    begun, ended  F is b/f of itself in the next year: more where the grant began this year and runs all of the next,
                  less where it ends; all of F where it has no budget, all of B where it was used for less than a month
    new           all of B of a grant that begins next year, or that cost nothing this year
    index         what the year's index makes of b/f of F, where the budget begins with the forecast, which is indexed
    price         what is left: other rates, another amount of help, bills of earlier years

Beside the grants: transitions, negotiations, the index that a budget adds itself, what was changed by hand, and for
each of a forecast's bases without a grant the next year's amount less this year's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from styr.kernel.codes import DanishCode
from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal
    from uuid import UUID

FEWEST_DAYS: Final = 28
"""A grant that ran for fewer days of a year tells no price of a day."""


class Cause(DanishCode):
    """Why a budget differs from the forecast of the year before."""

    BEGUN = "begun", "begyndt i årets løb"
    NEW = "new", "nye bevillinger"
    ENDED = "ended", "ophørt eller ophører"
    INDEX = "index", "fremskrivning"
    PRICE = "price", "takster og omfang"
    TRANSITION = "transition", "overgange"
    NEGOTIATION = "negotiation", "forhandlinger"
    PROVISION = "provision", "puljer"
    RECURRING = "recurring", "uden bevilling"
    TREND = "trend", "til- og afgang efter erfaring"
    MANUAL = "manual", "tilføjet og rettet i hånden"


@dataclass(frozen=True, slots=True)
class GrantYears:
    """A grant's forecast and budget, øre, when it runs (the end exclusive), and the first day after its last month."""

    grant_id: UUID
    forecast_ore: int
    budget_ore: int
    starts: date
    ends: date | None
    budgeted_to: date | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the difference, øre; `grant_id` is None where it is no grant's."""

    cause: Cause
    ore: int
    grant_id: UUID | None = None


def of_grants(grants: Iterable[GrantYears], *, year: int, percent: Decimal) -> Iterator[Difference]:
    """Yield what explains each grant's budget of `year` less its forecast of the year before; none of it nought.

    `percent` is the index of the year in a budget that begins with the forecast.
    """
    for grant in grants:
        for cause, ore in _causes(grant, year, percent):
            if ore:
                yield Difference(cause, ore, grant.grant_id)


def _causes(grant: GrantYears, year: int, percent: Decimal) -> list[tuple[Cause, int]]:
    before, after = grant.forecast_ore, grant.budget_ore
    if not after:
        return [(Cause.ENDED, -before)]
    if not before:
        return [(Cause.NEW, after)]
    ends = _later(grant.ends, grant.budgeted_to)
    ran, runs = _days(grant.starts, ends, year - 1), _days(grant.starts, ends, year)
    if _whole(grant.starts, ends, year):
        ran = runs = 1
    elif ran < FEWEST_DAYS or not runs:
        return [(Cause.BEGUN if after > before else Cause.ENDED, after - before)]
    level = _rounded(Fraction(before * runs, ran))
    indexed = _rounded(level * Fraction(percent) / 100)
    return [
        (Cause.BEGUN if level > before else Cause.ENDED, level - before),
        (Cause.INDEX, indexed),
        (Cause.PRICE, after - level - indexed),
    ]


def _whole(starts: date, ends: date | None, year: int) -> bool:
    """Whether it runs all of both years: a leap year is no more help."""
    return starts <= date(year - 1, 1, 1) and (ends is None or ends >= date(year + 1, 1, 1))


def _days(starts: date, ends: date | None, year: int) -> int:
    first, last = max(starts, date(year, 1, 1)), date(year + 1, 1, 1)
    return max(0, (min(ends or last, last) - first).days)


def _later(ends: date | None, other: date | None) -> date | None:
    return None if ends is None else max(ends, other or ends)


def _rounded(number: Fraction) -> int:
    return round_half_away(number.numerator, number.denominator)
