"""The frame of a forecast: which months it is of, which of them are closed, and how prices are carried forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from styr.kernel.money import round_half_away
from styr.kernel.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

GRACE_MONTHS: Final = 3
"""A grant whose follow-up is overdue goes on though its end has passed, unless that is longer ago than this."""

COVER_YEARS: Final = 1
"""How long before the first month a booking may lie that pays for days within the forecast."""

_ONE: Final = 10**8


@dataclass(frozen=True)
class Frame:
    """The years asked for, as seen on a day.

    `closed_before` is the first day of the first month that is not closed: by default the month that `as_of` lies in.
    """

    first_year: int
    years: int
    as_of: date
    closed_before: date

    @classmethod
    def of(cls, *, first_year: int, years: int = 1, as_of: date) -> Frame:
        """Make the frame in which the months before that of `as_of` are closed."""
        return cls(first_year, years, as_of, as_of.replace(day=1))

    @property
    def period(self) -> Period:
        """The days, whole years."""
        return Period(date(self.first_year, 1, 1), date(self.first_year + self.years, 1, 1))

    @property
    def last_year(self) -> int:
        """The last year that the forecast is of."""
        return self.first_year + self.years - 1

    def row(self) -> dict[str, Any]:
        """The one row of `rel_forecast_frame`."""
        return {
            "first_day": self.period.start,
            "end_day": self.period.until,
            "closed_before": self.closed_before,
            "as_of": self.as_of,
            "grace_from": months_before(self.closed_before, GRACE_MONTHS),
            "cover_from": self.period.start.replace(year=self.first_year - COVER_YEARS),
            "base_year": self.closed_before.year,
        }

    def index_rows(self, percents: Mapping[int, Decimal]) -> Iterator[dict[str, Any]]:
        """Yield the rows of `rel_index`: a price known in one year, carried forward to each year of the forecast.

        Factors are in hundred-millionths. `percents` is the change from the year before, by year; a year without one
        changes nothing.
        """
        base = self.closed_before.year
        for known in range(base, max(base, self.last_year) + 1):
            factor = Fraction(1)
            for year in range(known, max(base, self.last_year) + 1):
                if year > known:
                    factor *= 1 + Fraction(percents.get(year, Decimal(0))) / 100
                yield {
                    "known_year": known,
                    "index_from": date(1, 1, 1) if year == known else date(year, 1, 1),
                    "index_to": date(year + 1, 1, 1) if year < self.last_year else None,
                    "factor": _scaled(factor),
                }

    def unindexed(self, percents: Mapping[int, Decimal]) -> list[int]:
        """The years ahead whose prices somebody has yet to tell."""
        return [year for year in range(self.closed_before.year + 1, self.last_year + 1) if year not in percents]


def months_before(month: date, count: int) -> date:
    """The first day of the month that lies `count` months before."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def _scaled(factor: Fraction) -> int:
    scaled = factor * _ONE
    return round_half_away(scaled.numerator, scaled.denominator)
