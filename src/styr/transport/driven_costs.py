"""A year's cost as its trips tell it, laid out as the mapping is: beside what was booked, never instead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.transport.core.codes import OperatorKind
from styr.transport.core.cost_matrix import KINDS, AreaName, Matrix, Told, matrix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from styr.transport.trip_totals import TripTotals


def driven_year(areas: Sequence[AreaName], trips: Mapping[int, TripTotals]) -> Matrix:
    """Each area by who drove, from the trips that have a transport grant.

    A kind whose trips nobody has handed in is not known, and not nought: own buses and reimbursement seldom settle.
    """
    return matrix(areas, _cells(areas, trips))


def _cells(areas: Sequence[AreaName], trips: Mapping[int, TripTotals]) -> Iterator[Told]:
    for area in areas:
        found = trips.get(area.number)
        for kind in KINDS:
            ore, fee = found.kinds.get(kind.value, (None, None)) if found else (None, None)
            yield Told(area.number, kind, ore, fee if kind is OperatorKind.MOVIA else None)
