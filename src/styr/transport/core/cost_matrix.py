"""The cost mapping: areas by operator kinds, with sums that say what they leave out.

A cell that nobody has estimated is unknown, never nought: every sum it belongs to is a lower bound. Amounts in øre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away
from styr.transport.core.codes import OperatorKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KINDS: Final = tuple(OperatorKind)
HUNDRED: Final = 100


@dataclass(frozen=True)
class AreaName:
    """An area as it was called in the year that is shown."""

    number: int
    name: str
    department: str


@dataclass(frozen=True)
class Told:
    """A cell as told: what an area's transport by an operator kind cost; `ore` None is not estimated."""

    area_no: int
    kind: OperatorKind
    ore: int | None
    admin_ore: int | None = None


@dataclass(frozen=True)
class Bound:
    """A sum of what is known, and how many cells it lacks: with any, the true sum is at least this."""

    ore: int = 0
    unknown: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.unknown

    def __add__(self, other: Bound) -> Bound:
        """Both together."""
        return Bound(self.ore + other.ore, self.unknown + other.unknown)


@dataclass(frozen=True)
class Share:
    """A part of the whole in percent, rounded; `below_one` where something rounds to nothing."""

    percent: int
    below_one: bool = False

    def __str__(self) -> str:
        """As the mapping is printed: `25 %`, `<1 %`, `0 %`."""
        return "<1 %" if self.below_one else f"{self.percent} %"


@dataclass(frozen=True)
class Line:
    """An area's row: its cells in the order of `KINDS`, their sum, and its share of everything known."""

    area: AreaName
    cells: tuple[int | None, ...]
    total: Bound
    share: Share | None


@dataclass(frozen=True)
class Matrix:
    """A year: rows of areas, sums of columns and of everything, the columns' shares, and Movia's administration.

    `admin_ore` is None where nobody told any administration.
    """

    lines: tuple[Line, ...]
    columns: tuple[Bound, ...]
    shares: tuple[Share | None, ...]
    total: Bound
    admin_ore: int | None

    @property
    def is_empty(self) -> bool:
        """Whether no cell is known at all."""
        return not any(cell is not None for line in self.lines for cell in line.cells)


def matrix(areas: Sequence[AreaName], told: Iterable[Told]) -> Matrix:
    """Lay cells out by area and operator kind; a cell that nobody told of is unknown as well.

    Cells of one area and kind are added (two vintages of an area); one unknown among them makes the cell unknown.
    """
    given: dict[tuple[int, OperatorKind], int | None] = {}
    admin: int | None = None
    for cell in told:
        key = (cell.area_no, cell.kind)
        before = given.get(key, 0)
        given[key] = None if cell.ore is None or before is None else before + cell.ore
        if cell.admin_ore is not None:
            admin = (admin or 0) + cell.admin_ore
    rows = [(area, tuple(given.get((area.number, kind)) for kind in KINDS)) for area in areas]
    columns = tuple(_sum(cells[nth] for _, cells in rows) for nth in range(len(KINDS)))
    total = sum(columns, Bound())
    lines = tuple(
        Line(area, cells, _sum(cells), _part_of(_sum(cells), total) if any_known(cells) else None)
        for area, cells in rows
    )
    return Matrix(lines, columns, tuple(_part_of(one, total) for one in columns), total, admin)


def any_known(cells: Iterable[int | None]) -> bool:
    """Whether anything is known of the cells."""
    return any(cell is not None for cell in cells)


def share_of(ore: int, total: int) -> Share | None:
    """A share in whole percent, half away from zero; None of nothing."""
    if total <= 0:
        return None
    percent = round_half_away(ore * HUNDRED, total)
    return Share(percent, below_one=not percent and ore > 0)


def _part_of(one: Bound, total: Bound) -> Share | None:
    """A sum's share; of one that is not known at all nobody knows the share."""
    return None if one.unknown and not one.ore else share_of(one.ore, total.ore)


def departments(lines: Sequence[Line]) -> tuple[tuple[str, tuple[Line, ...], Bound], ...]:
    """The rows by department, in the order in which departments first come, with each one's sum."""
    grouped: dict[str, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.area.department, []).append(line)
    return tuple((name, tuple(rows), sum((row.total for row in rows), Bound())) for name, rows in grouped.items())


@dataclass(frozen=True)
class Change:
    """One year against another, over the cells known in both; `left_out` cells are unknown in one of them."""

    before_ore: int
    after_ore: int
    left_out: int

    @property
    def ore(self) -> int:
        """What the later year costs more."""
        return self.after_ore - self.before_ore


def changes(after: Matrix, before: Matrix) -> tuple[Mapping[int, Change], Change]:
    """Each area's change by its number, and everything's. An area of one year only is left out as unknown."""
    earlier = {line.area.number: line.cells for line in before.lines}
    by_area: dict[int, Change] = {}
    for line in after.lines:
        pairs = list(zip(line.cells, earlier.get(line.area.number, (None,) * len(KINDS)), strict=True))
        both = [(new, old) for new, old in pairs if new is not None and old is not None]
        by_area[line.area.number] = Change(
            sum(old for _, old in both), sum(new for new, _ in both), len(pairs) - len(both)
        )
    parts = by_area.values()
    whole = Change(
        sum(part.before_ore for part in parts),
        sum(part.after_ore for part in parts),
        sum(part.left_out for part in parts),
    )
    return by_area, whole


@dataclass(frozen=True)
class Concentration:
    """How much of the cost the largest few have: `percent` of `total_ore`."""

    largest: tuple[tuple[str, int], ...]
    ore: int
    total_ore: int
    percent: int


def concentration(amounts: Mapping[str, int], *, largest: int) -> Concentration | None:
    """The share of the `largest` operators of one kind; None where nothing is paid. Ties go by name."""
    total = sum(amounts.values())
    if total <= 0:
        return None
    first = tuple(sorted(amounts.items(), key=lambda one: (-one[1], one[0]))[:largest])
    ore = sum(amount for _, amount in first)
    return Concentration(first, ore, total, round_half_away(ore * HUNDRED, total))


def per_one(ore: int, count: int) -> int | None:
    """Øre a citizen, trip or km; None where there are none, or nobody knows how many."""
    return round_half_away(ore, count) if count > 0 else None


def _sum(cells: Iterable[int | None]) -> Bound:
    return sum((Bound(0, 1) if cell is None else Bound(cell) for cell in cells), Bound())
