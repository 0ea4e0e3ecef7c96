"""Pages of rows that each tell how many there are in all: beyond the last page there is no row left to tell it."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Row = TypeVar("Row")
Counted = TypeVar("Counted", bound=Sequence[Any])


def told_page(ask: Callable[[int, int], list[Row]], *, first: int, size: int) -> tuple[list[Row], Row | None]:
    """Return the `size` rows from `first` on, and a row that tells of all; None where there is none at all.

    `ask(first, size)` is the query. It is asked once more, for one row, where the page is beyond the last.
    """
    rows = ask(first, size)
    if rows or first <= 0:
        return rows, rows[0] if rows else None
    telling = ask(0, 1)
    return [], telling[0] if telling else None


def counted_page(ask: Callable[[int, int], list[Counted]], *, first: int, size: int) -> tuple[list[Counted], int]:
    """Return the `size` rows from `first` on, and how many there are in all: the last value of every row."""
    rows, telling = told_page(ask, first=first, size=size)
    return rows, 0 if telling is None else int(telling[-1])
