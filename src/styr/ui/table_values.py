"""The words of a table's cells as values: amounts, shares, numbers, days, months and periods."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from styr.kernel.danish import MONTHS, danish_date
from styr.ui.columns import Column, Kind

_NOTHING: Final = frozenset({"", "–", "-", "—"})
_AMOUNT: Final = r"([+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?)"
_MONEY: Final = re.compile(rf"{_AMOUNT} kr\.?(?: (pr\. [^\d]{{1,30}}))?")
_SHARE: Final = re.compile(rf"{_AMOUNT} %")
_NUMBER: Final = re.compile(rf"{_AMOUNT}(?: ([^\d]{{1,30}}))?")
_DAY: Final = r"\d{1,2}\. [a-z]{3}\.? \d{4}"
_MOMENT: Final = re.compile(rf"({_DAY})(?: kl\. (\d{{2}})\.(\d{{2}}))?")
_PERIOD: Final = re.compile(rf"(?:fra )?({_DAY})(?: – (?:({_DAY})|løber))?|(?:til og med |til )({_DAY})")
_SHORT: Final = {danish_date(date(2026, month, 1)).split()[1]: month for month in range(1, 13)}
_MONTH: Final = re.compile(rf"({'|'.join(MONTHS)}) (\d{{4}})")
_ORE: Final = 2
_YEAR: Final = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the words on the page, and the value that they write. A period's value is (first day, last day)."""

    words: str
    kind: str = Kind.TEXT
    value: Any = None
    unit: str = ""


NOTHING: Final = Cell("")
REMARK: Final = " – bemærkning"
_PERIODS: Final = "period"
_PLAIN: Final = "plain"  # a year or another number that is never written with dots


def value_of(words: str, *, figure: bool) -> Cell:
    """The value that words of a page write; only a `figure` may be a bare number, all else is text unless it says."""
    try:
        return _value_of(words, figure=figure)
    except ValueError:  # a day that there is not
        return Cell(words)


def _value_of(words: str, *, figure: bool) -> Cell:
    plain = words.replace("−", "-")
    if plain in _NOTHING:
        return NOTHING
    if found := _MONEY.fullmatch(plain):
        return _money(words, _decimal(found[1]), found[2] or "")
    if found := _SHARE.fullmatch(plain):
        return Cell(words, Kind.SHARE, _decimal(found[1]).scaleb(-2))
    if figure and plain.isascii() and plain.isdigit() and len(plain) == _YEAR:
        return Cell(words, _PLAIN, int(plain))
    if figure and (found := _NUMBER.fullmatch(plain)):
        return Cell(words, Kind.NUMBER, _decimal(found[1]), found[2] or "")
    return _time(words, plain)


def _money(words: str, kroner: Decimal, unit: str) -> Cell:
    ore = kroner.scaleb(_ORE)
    whole = ore == ore.to_integral_value()
    return Cell(words, Kind.MONEY, int(ore), unit) if whole else Cell(words, Kind.RATE, kroner, unit)


def _time(words: str, plain: str) -> Cell:
    """Days, moments, months and periods; else text."""
    if found := _MOMENT.fullmatch(plain):
        day = _day(found[1])
        if found[2] and day:
            return Cell(words, Kind.MOMENT, datetime(day.year, day.month, day.day, int(found[2]), int(found[3])))  # noqa: DTZ001 - local time, as it is written
        return Cell(words, Kind.DATE, day) if day else Cell(words)
    if found := _MONTH.fullmatch(plain.lower()):
        return Cell(words, Kind.MONTH, date(int(found[2]), MONTHS.index(found[1]) + 1, 1))
    if found := _PERIOD.fullmatch(plain):
        first, last = (_day(found[1]), _day(found[2])) if found[1] else (None, _day(found[3]))
        return Cell(words, _PERIODS, (first, last))
    return Cell(words)


def _day(words: str | None) -> date | None:
    if words is None:
        return None
    number, month, year = words.split()
    return date(int(year), _SHORT[month], int(number.rstrip("."))) if month in _SHORT else None


def _decimal(danish: str) -> Decimal:
    return Decimal(danish.replace(".", "").replace(",", "."))


@dataclass(frozen=True, slots=True)
class Told:
    """A column of the file and its values, row by row."""

    title: str
    kind: Kind
    values: list[Any]


def columns_of(title: str, cells: Sequence[Cell]) -> list[Told]:
    """What a column of the page becomes: one of a kind, two for a period, one more for units; else words."""
    kinds = {cell.kind for cell in cells if cell.kind != Kind.TEXT}
    if _PERIODS in kinds and kinds <= {_PERIODS, Kind.DATE}:
        return _period(title, cells)
    if kinds <= {Kind.MONEY, Kind.RATE} and kinds:
        return _with_units(title, Kind.RATE if Kind.RATE in kinds or _wordy(cells) else Kind.MONEY, cells)
    if kinds == {_PLAIN}:
        return [Told(title, Kind.TEXT, [_as(cell, Kind.TEXT) for cell in cells])]
    if kinds <= {Kind.NUMBER, _PLAIN} and kinds:
        return _with_units(title, Kind.NUMBER, cells)
    if len(kinds) == 1:
        return _with_units(title, Kind(next(iter(kinds))), cells)
    return [Told(title, Kind.TEXT, [cell.words or None for cell in cells])]


def _wordy(cells: Iterable[Cell]) -> bool:
    return any(cell.kind == Kind.TEXT and cell.words for cell in cells)


def _with_units(title: str, kind: Kind, cells: Sequence[Cell]) -> list[Told]:
    told = [_as(cell, kind) for cell in cells]
    units = {cell.unit for cell in cells if cell.kind != Kind.TEXT}
    if len(units) == 1:
        unit = units.pop()
        return [Told(f"{title} ({unit})" if unit else title, kind, told)]
    return [Told(title, kind, told), Told(f"{title}, enhed", Kind.TEXT, [cell.unit or None for cell in cells])]


def _as(cell: Cell, kind: Kind) -> Any:
    if cell.kind == Kind.TEXT:
        return cell.words or None
    if kind == Kind.RATE and cell.kind == Kind.MONEY:
        return Decimal(cell.value).scaleb(-_ORE)
    return cell.value


def _period(title: str, cells: Sequence[Cell]) -> list[Told]:
    first: list[Any] = []
    last: list[Any] = []
    for cell in cells:
        known = cell.value if cell.kind == _PERIODS else (cell.value or cell.words or None, None)
        first.append(known[0])
        last.append(known[1])
    whole = f"{title.removesuffix(REMARK)}, " if title else ""
    told = [Told(f"{whole}fra", Kind.DATE, first), Told(f"{whole}til og med", Kind.DATE, last)]
    return [one for one in told if any(one.values)]


def picked(at: int, told: Told) -> Column:
    """The column of a file whose rows are tuples."""
    return Column(f"c{at}", told.title, told.kind, value=lambda row: row[at])
