"""How people write periods, numbers and names in invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exampletown.days import last_day, month_start
from exampletown.habits import chance

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from exampletown.model import Citizen

MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
SHORT = ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")
QUARTER = 3


def whole_month(start: date, end: date) -> bool:
    """Exactly one calendar month."""
    return start.day == 1 and end == month_start(start, 1)


def whole_quarter(start: date, end: date) -> bool:
    """Exactly one quarter."""
    return start.day == 1 and start.month % QUARTER == 1 and end == month_start(start, QUARTER)


def period_text(rng: Random, style: str, start: date, end: date) -> str:
    """The half-open period in one of the suppliers' ways of writing; names of months only where they fit."""
    last = last_day(end)
    if whole_quarter(start, end) and chance(rng, 0.6):
        return rng.choice(
            (f"{start.month // QUARTER + 1}. kvartal {start.year}", f"Q{start.month // QUARTER + 1} {start.year}")
        )
    if style == "weeks" and start.weekday() == end.weekday() == 0:
        return f"uge {start.isocalendar().week}-{last.isocalendar().week} {last.isocalendar().year}"
    if style == "month_number" and whole_month(start, end):
        return rng.choice((f"{start:%m/%Y}", f"{start:%m-%Y}", f"md. {start:%m.%Y}"))
    if style in {"month_name", "month_short", "structured"} and start.day == 1 and end.day == 1:
        return month_text(rng, style, start, last)
    return range_text(style, start, last)


def month_text(rng: Random, style: str, start: date, last: date) -> str:
    """Names of months."""
    names = SHORT if style == "month_short" else MONTHS
    first, second = names[start.month - 1], names[last.month - 1]
    if start.month == last.month:
        month = first
    elif start.year == last.year:
        month = f"{first}-{second}"
    else:
        month = f"{first} {start.year} - {second}"
    year = f"{last.year}" if style != "month_short" or chance(rng, 0.5) else f"{last.year % 100:02d}"
    return f"{month.capitalize() if chance(rng, 0.3) else month} {year}"


def range_text(style: str, start: date, last: date) -> str:
    """First and last day."""
    if style == "long_range":
        before = f"{start.day}/{start.month}" + ("" if start.year == last.year else f" {start.year}")
        return f"for perioden {before}-{last.day}/{last.month} {last.year}"
    if style == "short_range":
        return f"{start:%d.%m.%y} – {last:%d.%m.%y}"
    if style == "iso_range":
        return f"{start} til {last}"
    if style in {"month_name", "structured"} and start.month == last.month:
        return f"{start.day}.-{last.day}. {MONTHS[start.month - 1]} {start.year}"
    return f"{start.day}.{start.month}.{start.year}-{last.day}.{last.month}.{last.year}"


def grant_text(rng: Random, number: str) -> str:
    """A grant number as suppliers write it; the digits are always right."""
    digits = number.replace("-", "")
    spaced = f"{digits[0]} {digits[1:4]} {digits[4:]}"
    return rng.choice(
        (
            number,
            number,
            number,
            number,
            digits,
            digits,
            number.lower(),
            digits.lower(),
            spaced,
            number.replace("-", " "),
        )
    )


def grant_phrase(rng: Random, number: str) -> str:
    """The same inside a text."""
    lead = rng.choice(
        ("bev.nr. ", "Bevilling ", "bevillingsnr: ", "Bev. ", "Jeres ref. ", "vedr. ", "BEVILLINGSNUMMER ")
    )
    return f"{lead}{grant_text(rng, number)}"


def wrong_check_digit(rng: Random, number: str) -> str:
    """The number with another last digit: a slip of the finger."""
    return f"{number[:-1]}{(int(number[-1]) + rng.randrange(1, 10)) % 10}"


def cpr_text(rng: Random, cpr: str) -> str:
    """A CPR number as people write it."""
    return rng.choice((f"{cpr[:6]}-{cpr[6:]}", f"{cpr[:6]}-{cpr[6:]}", cpr, f"{cpr[:6]} {cpr[6:]}"))


def cpr_phrase(rng: Random, citizen: Citizen) -> str:
    """The same inside a text, now and then with the name."""
    lead = rng.choice(("cpr. ", "CPR-nr. ", "cpr: ", "Borger ", "Personnr.: "))
    name = f"{citizen.name}, " if chance(rng, 0.4) else ""
    return f"{name}{lead}{cpr_text(rng, citizen.cpr)}"


def name_phrase(rng: Random, citizen: Citizen) -> str:
    """Name and birthday."""
    day = citizen.birth
    name = rng.choice((citizen.name, citizen.name, f"{citizen.last}, {citizen.first}"))
    born = rng.choice(
        (
            f"f. {day:%d.%m.%Y}",
            f"født {day.day}. {MONTHS[day.month - 1]} {day.year}",
            f"({day:%d%m%y})",
            f"f. {day:%d-%m-%Y}",
            f"født {day.day}/{day.month} {day.year}",
        )
    )
    return f"{name} {born}" if born.startswith("(") else f"{name}, {born}"
