"""Dates as Danish systems write them, into `date`; the century and the order of day and month are never guessed."""

import re
from datetime import date, datetime, timedelta

from styr.integrations.spreadsheets.core.numbers import CellError
from styr.integrations.spreadsheets.core.table import Cell, Number

_MIDNIGHT = re.compile(r"[T\s]+0{1,2}[:.]00([:.]00([.,]0+)?)?(Z|\+00:?00)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_SHORT_YEAR = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2}")
_EIGHT = re.compile(r"\d{8}")
_WORDS = re.compile(r"(?:den\s+)?(\d{1,2})\.?\s*([a-zæøå]{3,9})\.?\s+(\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_FULL_MONTHS = "januar februar marts april maj juni juli august september oktober november december sept".split()  # noqa: SIM905 - reads better
_MEND = "Skriv datoen som dd-mm-åååå, fx 31-01-2026."
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_FOREVER = 9999
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})(?:\s?[-./]\s?|0?)(?P<month>\d{1,2})")
_MONTH_YEAR = re.compile(r"0?(?P<month>\d{1,2})\s?[-./]\s?(?P<year>\d{4})")
_WORD_YEAR = re.compile(r"(?P<word>[a-zæøå]{3,9})\.?\s+(?P<year>\d{4})", re.IGNORECASE)
_MEND_MONTH = "Skriv måneden som mm-åååå, fx 03-2026."
_LAST_PERIOD = 16
_DAY = timedelta(days=1)


def parse_date(cell: Cell) -> date:
    """Read a date: a real one, or text like 31-01-2026, 31.1.2026, 31/01/2026, 2026-01-31, 20260131, 31. januar 2026.

    Raises:
        CellError: no date, one that does not exist, a two-digit year, or a time of day beside it.
    """
    found = _any_date(cell)
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise CellError(f"Årstallet {found.year} er urimeligt.", _MEND)
    return found


def parse_last_day(cell: Cell) -> date | None:
    """Read a last day (»til og med«) as the day after it, since periods are half-open inside; 31-12-9999 means open.

    Raises:
        CellError: as `parse_date`.
    """
    if _any_date(cell).year == _FOREVER:
        return None
    return parse_date(cell) + _DAY


def parse_month(cell: Cell) -> date:
    """Read a month of accounts as its first day: 2026-03, 03-2026, 202603, marts 2026, 2026003, 003.2026, or a date.

    Periods 13-16 are what is booked when the year is over (supplementsperioder) and belong to its December.

    Raises:
        CellError: no month, or a month alone, which may be of any year.
    """
    text = cell.digits if isinstance(cell, Number) else str(cell).strip()
    if isinstance(cell, str | Number):
        for pattern in (_YEAR_MONTH, _MONTH_YEAR):
            if match := pattern.fullmatch(text):
                return _first_day(int(match["year"]), int(match["month"]))
        if match := _WORD_YEAR.fullmatch(text):
            return _first_day(int(match["year"]), _month(match["word"]))
        if isinstance(cell, Number) or (text.isdigit() and len(text) != 8):  # noqa: PLR2004 - eight digits are a day
            raise CellError("Værdien er ikke en måned i et år.", _MEND_MONTH)
    return parse_date(cell).replace(day=1)


def _first_day(year: int, month: int) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise CellError(f"Årstallet {year} er urimeligt.", _MEND_MONTH)
    if not 1 <= month <= _LAST_PERIOD:
        raise CellError(f"Periode {month} findes ikke.", _MEND_MONTH)
    return date(year, min(month, 12), 1)


def _any_date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        if (cell.hour, cell.minute, cell.second) != (0, 0, 0):
            raise CellError("Der står et klokkeslæt sammen med datoen.", "Skriv kun datoen.")
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, Number):
        return _from_number(cell)
    return _from_text(_MIDNIGHT.sub("", str(cell).strip()))


def _from_number(cell: Number) -> date:
    """A number may be 20260131; a serial number without a date format may count from 1900 or 1904 and is refused."""
    if _EIGHT.fullmatch(cell.digits):
        return _from_eight(cell.digits)
    raise CellError("Cellen er et tal uden datoformat.", "Formatér kolonnen som dato i Excel, og gem filen igen.")


def _from_text(text: str) -> date:
    if match := _DAY_FIRST.fullmatch(text):
        return _real(match[3], match[2], match[1])
    if match := _YEAR_FIRST.fullmatch(text):
        return _real(match[1], match[2], match[3])
    if _EIGHT.fullmatch(text):
        return _from_eight(text)
    if match := _WORDS.fullmatch(text):
        return _real(match[3], str(_month(match[2])), match[1])
    if _SHORT_YEAR.fullmatch(text):
        raise CellError("Årstallet har kun to cifre, så århundredet kan ikke afgøres.", _MEND)
    raise CellError("Værdien er ikke en dato.", _MEND)


def _from_eight(text: str) -> date:
    """Eight digits, year first (20260131) or day first (31012026): with years 1900-2099 only one of them is a date."""
    readings = []
    for year, month, day in ((text[:4], text[4:6], text[6:]), (text[4:], text[2:4], text[:2])):
        try:
            reading = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if 1900 <= reading.year < 2100:  # noqa: PLR2004 - the years that a register can mean
            readings.append(reading)
    if not readings:
        raise CellError("De otte cifre er ikke en dato.", _MEND)
    return readings[0]


def _month(word: str) -> int:
    lower = word.lower()
    if lower in _FULL_MONTHS or lower in _MONTHS:
        return _MONTHS.index(lower[:3]) + 1
    raise CellError("Månedens navn kendes ikke.", _MEND)


def _real(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError("Datoen findes ikke i kalenderen.", _MEND) from None
