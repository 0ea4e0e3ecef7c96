"""How old somebody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def age_on(born: date, day: date) -> int:
    """Whole years lived on a day; whoever is born on 29 February has birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
