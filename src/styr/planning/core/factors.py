"""What a change multiplies each month's amount by: a fraction a month, 1/1 before the change begins."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, assert_never

from styr.kernel.money import round_half_away
from styr.planning.core.changes import Change, ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

Factor = tuple[int, int]
NOTHING_CHANGED: Final[Factor] = (1, 1)
GONE: Final[Factor] = (0, 1)
_BASIS: Final = 10_000
_INDEX: Final = 1_000_000
_MONTHS_A_YEAR: Final = 12


def factor_rows(changes: Sequence[Change], months: Sequence[date]) -> Iterator[dict[str, int]]:
    """Yield the rows of `relations.factors` for the horizon's months (first days, in order)."""
    for number, month in enumerate(months):
        row = {"factor_month": number}
        for place, change in enumerate(changes):
            row[f"above_{place}"], row[f"below_{place}"] = factor(change, month)
        yield row


def factor(change: Change, month: date) -> Factor:
    """Return what the change multiplies by in a month: (numerator, denominator > 0).

    What is moved is gone from where it was (its new lines are rows of their own); arrivals change no row.
    An index is rounded to a millionth, as index numbers are written.
    """
    if month < change.from_month:
        return NOTHING_CHANGED
    match change.kind:
        case ChangeKind.RATE | ChangeKind.HOURS | ChangeKind.RIDES:
            return _BASIS + _basis_points(change.percent), _BASIS
        case ChangeKind.INDEX:
            grown = Fraction(_BASIS + _basis_points(change.percent), _BASIS) ** _times(change, month)
            return round_half_away(grown.numerator * _INDEX, grown.denominator), _INDEX
        case ChangeKind.SPECIAL:
            passed = months_from(change.from_month, month)
            return max(change.months - passed - 1, 0), change.months
        case ChangeKind.END | ChangeKind.MOVE:
            return GONE
        case ChangeKind.ARRIVALS:
            return NOTHING_CHANGED
        case _:
            assert_never(change.kind)


def persons(change: Change, month: date) -> int:
    """Return how many have arrived by a month: `count` each month from the first to the one before `until`."""
    if month < change.from_month:
        return 0
    passed = months_from(change.from_month, month) + 1
    longest = 1 if change.until is None else months_from(change.from_month, change.until)
    return change.count * min(passed, longest)


def months_from(first: date, month: date) -> int:
    """The number of months from one to another."""
    return (month.year - first.year) * _MONTHS_A_YEAR + month.month - first.month


def _times(change: Change, month: date) -> int:
    """Once in the first month, and once more on every 1 January after it."""
    return 1 + month.year - change.from_month.year


def _basis_points(percent: Decimal) -> int:
    return int(percent * 100)
