"""Periods of days, half-open: the first day is in, the end is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_DAY = timedelta(days=1)


class InvalidPeriodError(ValueError):
    """The period ends before it has begun."""


@dataclass(frozen=True)
class Period:
    """The days from `start` up to, but without, `end`; `end=None` is an open end.

    Raises:
        InvalidPeriodError: the end is not after the start.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise InvalidPeriodError(
                f"Perioden fra {self.start:%d-%m-%Y} slutter, før den er begyndt ({self.end:%d-%m-%Y})."
            )

    @classmethod
    def through(cls, first: date, last: date | None) -> Period:
        """Make the period from `first` to and with `last` (Danish: til og med)."""
        return cls(first, None if last is None else last + ONE_DAY)

    @classmethod
    def month_of(cls, day: date) -> Period:
        """Return the calendar month that `day` lies in."""
        first = day.replace(day=1)
        return cls(first, next_month(first))

    @property
    def last(self) -> date | None:
        """The last day in the period, as shown to people; None for an open end."""
        return None if self.end is None else self.end - ONE_DAY

    @property
    def until(self) -> date:
        """The end of a period that is known to be closed.

        Raises:
            ValueError: the period has an open end.
        """
        if self.end is None:
            raise ValueError("Perioden har en åben ende.")
        return self.end

    @property
    def days(self) -> int:
        """The number of days.

        Raises:
            ValueError: the period has an open end.
        """
        return (self.until - self.start).days

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Tell whether at least one day lies in both."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    def intersection(self, other: Period) -> Period | None:
        """Return the days in both, or None when there are none."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end is not None]
        return Period(max(self.start, other.start), min(ends, default=None))

    def months(self) -> Iterator[Period]:
        """Yield the period's part of each calendar month, in order.

        Raises:
            ValueError: the period has an open end.
        """
        start, last = self.start, self.until
        while start < last:
            end = min(next_month(start), last)
            yield Period(start, end)
            start = end


def next_month(day: date) -> date:
    """Return the first day of the month after that of `day`."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
