"""Merged cells of a sheet: marked where they stand among values, refused where they are made to cost time."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from styr.integrations.spreadsheets.core.table import Cell, Damaged, RawRow

MOST_RANGES = 10_000
"""More merged ranges than any register has; a sheet that claims more is not read."""

_MOST_CELLS = 200_000
"""Merged cells in rows that hold something; more than this are no titles, and marking them would take seconds."""


class TooMuchMergedError(Exception):
    """The merged ranges overlap (Excel writes no such file) or cover more than may be marked; the text is Danish."""


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells merged into one: `top` and `bottom` as row numbers, `left` and `right` as column indexes, all inclusive."""

    reference: str
    top: int
    bottom: int
    left: int
    right: int


def mark_merged(rows: Sequence[RawRow], merged: Sequence[MergedRange]) -> list[RawRow]:
    """Mark the empty cells of merged ranges, save the first: whether they should hold its value, nobody can tell.

    Only rows that hold something are marked, and each is copied at most once.

    Raises:
        TooMuchMergedError: the ranges overlap or cover too much; found before anything is marked.
    """
    numbers = [row.number for row in rows]
    places = [range(bisect_left(numbers, one.top), bisect_right(numbers, one.bottom)) for one in merged]
    _refuse_too_much(merged, places)
    marked: dict[int, list[Cell]] = {}
    for one, touched in zip(merged, places, strict=True):
        message = f"Cellen er flettet med andre ({one.reference}), så den har ingen værdi selv."
        cell = Damaged(one.reference, message, "Ophæv fletningen i Excel, og skriv værdien i hver celle.")
        for place in touched:
            if place not in marked:
                marked[place] = list(rows[place].cells)
            cells = marked[place]
            first = one.left + 1 if numbers[place] == one.top else one.left
            _mark(cells, range(first, one.right + 1), cell)
    return [RawRow(row.number, marked[place]) if place in marked else row for place, row in enumerate(rows)]


def _refuse_too_much(merged: Sequence[MergedRange], places: Sequence[range]) -> None:
    covered = sum(len(touched) * max(one.right - one.left + 1, 0) for one, touched in zip(merged, places, strict=True))
    if covered > _MOST_CELLS:
        raise TooMuchMergedError("Arket har så mange flettede celler, at det ikke kan læses.")
    taken: set[tuple[int, int]] = set()
    for one, touched in zip(merged, places, strict=True):
        own = {(place, column) for place in touched for column in range(one.left, one.right + 1)}
        if taken & own:
            raise TooMuchMergedError(f"Det flettede område {one.reference} ligger oven i et andet.")
        taken |= own


def _mark(cells: list[Cell], columns: range, cell: Damaged) -> None:
    cells.extend([None] * (columns.stop - len(cells)))
    for column in columns:
        if cells[column] is None:
            cells[column] = cell
