"""What contracts say beside price, notice and absence; some promise a fixed price that rose all the same.

The terms follow from the contract's number, so that files and key agree without anything being remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Final

from exampletown.habits import chance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exampletown.model import Contract, Rate

FIXED_SHARE: Final = 0.05
"""Of the contracts whose price rose: how many promise that it does not."""
NO_INDEX_SHARE: Final = 0.15
MONTH_END_SHARE: Final = 0.7
_HOMES: Final = ("SEL § 107", "SEL § 108", "BL § 66")


@dataclass(frozen=True, slots=True)
class Terms:
    """As the columns of `kontrakter` have them; None is an empty cell."""

    vacancy_pct: int | None
    notice_from: str
    index: str | None


def terms_of(contract: Contract, today: date) -> Terms:
    """The terms of one contract; the same for the same contract."""
    rng = Random(f"terms/{contract.number}")
    fixed, silent = chance(rng, FIXED_SHARE), chance(rng, NO_INDEX_SHARE)
    month_end = chance(rng, MONTH_END_SHARE)
    rose = any(True for line in contract.lines for _ in rises(contract, line.rates, today))
    home = contract.section in _HOMES
    return Terms(
        vacancy_pct=0 if home else None,
        notice_from="månedsslut" if month_end else "dag",
        index="fast pris" if fixed and rose else None if silent else "PL",
    )


def rises(contract: Contract, rates: list[Rate], today: date) -> Iterator[Rate]:
    """The prices that are higher than the one before, and hold on a day of the contract in last year or this one."""
    first, end = date(today.year - 1, 1, 1), date(today.year + 1, 1, 1)
    until = min(contract.end or end, end)
    for before, after in pairwise(rates):
        last = min(after.end or until, until)
        if after.amount > before.amount and max(after.start, contract.start, first) < last:
            yield after
