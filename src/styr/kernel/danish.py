"""How amounts, dates and periods are written for Danish readers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from styr.kernel.money import Ore, round_half_away

if TYPE_CHECKING:
    from datetime import date

    from styr.kernel.period import Period

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_SHORT = ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")


def kroner(ore: Ore, *, whole: bool = False) -> str:
    """Write an amount: `1.234.567,50 kr.`, or `1.234.568 kr.` when only whole kroner are wanted."""
    if whole:
        return f"{_grouped(round_half_away(ore, 100))} kr."
    sign = "-" if ore < 0 else ""
    whole_kroner, rest = divmod(abs(ore), 100)
    return f"{sign}{_grouped(whole_kroner)},{rest:02d} kr."


def danish_number(value: Decimal | int) -> str:
    """Write a number with Danish marks and without needless zeros: `1.234,5`."""
    text = f"{Decimal(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def danish_section(code: str) -> str:
    """Write a law section's code as people do: "SEL-107" is `SEL § 107`."""
    return code.replace("-", " § ", 1)


def danish_date(day: date) -> str:
    """Write a date: `21. nov. 2026`."""
    return f"{day.day}. {_SHORT[day.month - 1]} {day.year}"


def danish_month(day: date) -> str:
    """Write the month of a date: `november 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def danish_period(period: Period) -> str:
    """Write a period with its last day inclusive: `1. jan. 2026 – 31. jan. 2026`, or `fra 1. jan. 2026`."""
    if period.last is None:
        return f"fra {danish_date(period.start)}"
    return f"{danish_date(period.start)} – {danish_date(period.last)}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
