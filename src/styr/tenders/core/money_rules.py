"""Which rules a purchase of a value falls under, and when a contract may be signed: by dated numbers, to be checked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from styr.tenders.core.codes import Procedure, TenderKind

THOUSAND_KR: Final = 100_000
"""Øre in 1,000 kr., which the thresholds are written in."""
_SATURDAY: Final = 5


def procedure_of(value_ore: int | None, *, kind: TenderKind, eu: int) -> Procedure:
    """The procedure for the whole contract's value without VAT; an unknown value is taken as above the threshold.

    Special transport of passengers on roads is an ordinary service, so the light regime is not proposed (kontrollér).
    """
    if kind is TenderKind.MINI:
        return Procedure.FRAMEWORK
    return Procedure.EU if value_ore is None or value_ore >= eu * THOUSAND_KR else Procedure.NATIONAL


def standstill_until(told_on: date, *, days: int) -> date:
    """The last day of standstill: the days are counted from the day after, and do not end on a weekend (kontrollér)."""
    last = told_on + timedelta(days=days)
    while last.weekday() >= _SATURDAY:
        last += timedelta(days=1)
    return last
