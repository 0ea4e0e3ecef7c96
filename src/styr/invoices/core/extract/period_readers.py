"""From the words of one written period to its dates: the readers of `text_periods`' grammar, rule by rule.

Where the year is not written it is inferred from the issue date: the latest year in which the period has begun by
`AHEAD` days after the invoice was issued (services are billed after, or at most a month or so before, they are given).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise
from typing import Final

from styr.invoices.core.extract.period_tokens import MONTHS, Token, calendar_day, full_year

AHEAD: Final = timedelta(days=35)
_DAY: Final = timedelta(days=1)


class Exactness(IntEnum):
    """How precisely a text names its period; the most exact wins when a text holds several."""

    SINGLE_DAY = 1
    SPAN = 2
    MONTH = 3
    WEEK = 4
    RANGE = 5


@dataclass(frozen=True, slots=True)
class TextPeriod:
    """A half-open period `[start, end)` and how exactly it was written.

    Whole weeks are also written for months: "uge 23-27" can mean June, whose first and last day lie in those weeks. And
    a single day, of delivery say, is often only the last day of the month that is invoiced.
    """

    start: date
    end: date
    exactness: Exactness

    @property
    def other_reading(self) -> tuple[date, date] | None:
        """The month that a single day lies in, or what weeks are between the turns of the month that cut them."""
        if self.exactness is Exactness.SINGLE_DAY:
            return _first_of(self.start.year, self.start.month), _first_of(self.start.year, self.start.month + 1)
        if self.exactness is not Exactness.WEEK:
            return None
        first_sunday, last_monday, last = self.start + 6 * _DAY, self.end - 7 * _DAY, self.end - _DAY
        start = self.start if first_sunday.month == self.start.month else first_sunday.replace(day=1)
        end = self.end if last_monday.month == last.month else last.replace(day=1)
        return (start, end) if (start, end) != (self.start, self.end) and start < end else None


class _UndatedError(ValueError):
    """The year is neither written nor to be inferred."""


def read(rule: str, words: list[Token], issued: date | None) -> TextPeriod | None:
    """The period that the words of a rule write, or None where they write none.

    Args:
        rule: a name of `text_periods`' grammar.
        words: the tokens that the rule matched.
        issued: the day that years are inferred from; None: only written years count.
    """
    try:
        return _READERS[rule](words, issued)
    except _UndatedError:
        return None


def _latest_start(issued: date | None) -> date:
    if issued is None:
        raise _UndatedError
    return issued + AHEAD


@dataclass(slots=True)
class _Day:
    """A day whose month and year may still be unknown."""

    day: int
    month: int | None = None
    year: int | None = None


def _days(words: list[Token]) -> list[_Day]:
    """The days written, each completed from what is written after it ("1.-31. oktober 2025")."""
    days: list[_Day] = []
    for word in words:
        if word.kind in _DAY_READERS:
            days.append(_DAY_READERS[word.kind](word))
        elif word.kind == "M":
            days[-1].month = _month(word)
        elif word.kind == "Y":
            days[-1].year = full_year(word.text)
    for earlier, later in zip(reversed(days[:-1]), reversed(days[1:]), strict=True):
        earlier.month = earlier.month or later.month
        if earlier.year is None and later.year is not None and earlier.month and later.month:
            earlier.year = later.year - (earlier.month > later.month)
    return days


def _day_and_month(word: Token) -> _Day:
    day, month = (int(part) for part in re.findall(r"\d+", word.text))
    return _Day(day, month)


def _dated(word: Token) -> _Day:
    parts = re.findall(r"\d+", word.text)
    if word.name == "compact":
        return _Day(int(word.text[6:]), int(word.text[4:6]), int(word.text[:4]))
    if word.name == "iso":
        return _Day(int(parts[2]), int(parts[1]), int(parts[0]))
    return _Day(int(parts[0]), int(parts[1]), full_year(parts[2]))


def _day_alone(word: Token) -> _Day:
    return _Day(int(word.text.strip(".")))


_DAY_READERS: Final = {"D": _dated, "P": _day_and_month, "N": _day_alone}


def _month(word: Token) -> int:
    return MONTHS[re.split(r"[.\s]", word.text.casefold(), maxsplit=1)[0]]


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _likely_year(month: int, issued: date | None, *, day: int = 1) -> int:
    """The latest year in which the month has begun soon after the issue date."""
    latest = _latest_start(issued)
    begins = calendar_day(latest.year, month, day)
    return latest.year if begins is not None and begins <= latest else latest.year - 1


def _placed(days: list[_Day], issued: date | None) -> list[date] | None:
    """Real dates of the days: a year that is not written follows the first one that is, or the issue date."""
    if not days or days[0].month is None:
        return None
    if days[0].year is None:
        days[0].year = _likely_year(days[0].month, issued, day=days[0].day)
    dates: list[date] = []
    for day in days:
        if day.month is None:
            return None
        before = dates[-1] if dates else None
        year = day.year or (before.year + (day.month < before.month) if before else 0)
        real = calendar_day(year, day.month, day.day)
        if real is None:
            return None
        dates.append(real)
    return dates


def _read_range(words: list[Token], issued: date | None) -> TextPeriod | None:
    dates = _placed(_days(words), issued)
    return TextPeriod(dates[0], dates[-1] + _DAY, Exactness.RANGE) if dates else None


def _read_days(words: list[Token], issued: date | None) -> TextPeriod | None:
    dates = _placed(_days(words), issued)
    return TextPeriod(min(dates), max(dates) + _DAY, Exactness.RANGE) if dates else None


def _read_single(words: list[Token], issued: date | None) -> TextPeriod | None:
    dates = _placed(_days(words), issued)
    return TextPeriod(dates[0], dates[0] + _DAY, Exactness.SINGLE_DAY) if dates else None


def _read_months(words: list[Token], issued: date | None) -> TextPeriod | None:
    months = [_month(word) for word in words if word.kind == "M"]
    years = [full_year(word.text) for word in words if word.kind == "Y"]
    if years and len(years) == len(months):
        starts = [_first_of(year, month) for year, month in zip(years, months, strict=True)]
    else:
        last = years[-1] - (months[0] > months[-1]) if years else _likely_year(months[0], issued)
        starts = [_first_of(last + sum(a > b for a, b in pairwise(months[: i + 1])), month)
                  for i, month in enumerate(months)]  # fmt: skip
    final = max(starts)
    return TextPeriod(min(starts), _first_of(final.year, final.month + 1), Exactness.MONTH)


def _read_weeks(words: list[Token], issued: date | None) -> TextPeriod | None:
    numbers: list[int] = []
    year: int | None = None
    for word in words:
        if word.kind != "W":
            continue
        written = re.search(r"(?:19|20)\d\d", word.text) or re.search(r"(?<=/)\d\d$", word.text)
        year = full_year(written.group()) if written else year
        rest = word.text.replace(written.group(), " ", 1) if written else word.text
        numbers += [int(part) for part in re.findall(r"\d{1,2}", rest)]
    if not numbers or not all(1 <= number <= 53 for number in numbers):  # noqa: PLR2004 -- ISO 8601 weeks
        return None
    year = _week_year(numbers, year, issued)
    last_year = year + (numbers[-1] < numbers[0])
    start, last = _monday(year, numbers[0]), _monday(last_year, numbers[-1])
    return TextPeriod(start, last + 7 * _DAY, Exactness.WEEK) if start and last else None


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _week_year(numbers: list[int], written: int | None, issued: date | None) -> int:
    """The year of the first week. Over new year the year written may be that of the last week."""
    if written and issued is None:
        return written
    latest = _latest_start(issued)
    year = written or latest.year
    over_new_year = numbers[-1] < numbers[0]
    monday = _monday(year, numbers[0])
    too_late = monday is None or monday > latest
    return year - 1 if too_late and (over_new_year or not written) else year


def _read_spans(words: list[Token], issued: date | None) -> TextPeriod | None:
    """Quarters, half-years and months in figures ("10/2025")."""
    written = [full_year(word.text) for word in words if word.kind == "Y"]
    starts: list[date] = []
    ends: list[date] = []
    for word in words:
        if word.kind != "Q":
            continue
        numbers = [int(part) for part in re.findall(r"\d+", word.text)]
        if word.name in {"ym", "my"}:
            year, first, length = max(numbers), min(numbers), 1
        else:
            length = 3 if word.name == "quarter" else 6
            first = (numbers[0] - 1) * length + 1
            year = written[-1] if written else _likely_year(first, issued)
        starts.append(_first_of(year, first))
        ends.append(_first_of(year, first + length))
    exactness = Exactness.MONTH if words[0].name in {"ym", "my"} else Exactness.SPAN
    return TextPeriod(min(starts), max(ends), exactness)


_READERS: Final = {
    "range": _read_range,
    "days": _read_days,
    "written": _read_single,
    "months": _read_months,
    "weeks": _read_weeks,
    "spans": _read_spans,
    "single": _read_single,
}
