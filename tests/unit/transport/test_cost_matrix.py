"""The printed mapping of 2021, figure by figure, and what its sums say where something is not estimated."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.transport.core.codes import OperatorKind
from styr.transport.core.cost_matrix import (
    KINDS,
    AreaName,
    Bound,
    Matrix,
    Told,
    changes,
    concentration,
    departments,
    matrix,
    per_one,
    share_of,
)

HEADINGS = ("private_hauliers", "movia", "own_vehicles", "reimbursement")
PRINTED_SHARES = (
    *("<1 %", "<1 %", "<1 %", "3 %", "10 %", "0 %", "11 %", "5 %", "25 %", "5 %", "13 %", "23 %", "3 %", "1 %", "<1 %"),
)


def _printed() -> list[dict[str, str]]:
    with (Path(__file__).parent / "transport_costs_2021.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _mapped() -> Matrix:
    rows = _printed()
    areas = [AreaName(int(row["area_no"]), row["area"], row["department"]) for row in rows]
    cells = [
        Told(int(row["area_no"]), kind, int(row[heading]) * 100 if row[heading] else None)
        for row in rows
        for kind, heading in zip(KINDS, HEADINGS, strict=True)
    ]
    return matrix(areas, cells)


def test_every_printed_figure_comes_out_to_the_krone() -> None:
    found = _mapped()
    assert [line.total.ore for line in found.lines] == [int(row["total"]) * 100 for row in _printed()]
    assert [column.ore for column in found.columns] == [2_353_568_00, 15_640_535_00, 3_252_219_00, 732_572_00]
    assert found.total == Bound(21_978_894_00, 5)
    assert str(found.shares[1]) == "71 %"
    assert [str(line.share) for line in found.lines] == list(PRINTED_SHARES)
    assert str(share_of(found.total.ore, found.total.ore)) == "100 %"


def test_what_is_not_estimated_makes_lower_bounds_of_its_row_its_column_and_everything() -> None:
    found = _mapped()
    assert [line.area.number for line in found.lines if not line.total.is_whole] == [8, 11, 12, 14, 15]
    assert [column.unknown for column in found.columns] == [0, 0, 5, 0]
    assert found.lines[7].cells[2] is None
    assert found.lines[5].total == Bound(0, 0), "nothing spent is known, and is nought"
    names = [name for name, _, _ in departments(found.lines)]
    assert names == ["CBD", "CÆO", "CFH", "CSD", "CIU"]
    assert sum((total for _, _, total in departments(found.lines)), Bound()) == found.total


def test_two_vintages_of_an_area_are_added_and_an_unknown_one_makes_the_cell_unknown() -> None:
    area = [AreaName(1, "A", "X")]
    movia = OperatorKind.MOVIA
    assert matrix(area, [Told(1, movia, 5), Told(1, movia, 7, 2)]).lines[0].cells[1] == 12
    assert matrix(area, [Told(1, movia, 5), Told(1, movia, None)]).lines[0].cells[1] is None
    assert matrix(area, [Told(1, movia, 5, 2), Told(1, movia, 1, 1)]).admin_ore == 3
    assert matrix(area, []).is_empty
    assert matrix(area, []).lines[0].share is None


def test_a_year_is_held_against_another_only_where_both_are_known() -> None:
    areas = [AreaName(1, "A", "X"), AreaName(2, "B", "X")]
    before = matrix(areas[:1], [Told(1, kind, 100) for kind in KINDS[:3]])
    after = matrix(areas, [Told(1, kind, 150) for kind in KINDS] + [Told(2, KINDS[0], 9)])
    by_area, whole = changes(after, before)
    assert (by_area[1].ore, by_area[1].left_out) == (150, 1)
    assert (by_area[2].before_ore, by_area[2].after_ore, by_area[2].left_out) == (0, 0, 4)
    assert (whole.ore, whole.left_out) == (150, 5)


def test_the_quoted_concentration_is_the_largest_two_over_all_of_their_kind() -> None:
    hauliers = {"A": 900_000_00, "B": 700_438_00, "C": 500_000_00, "D": 253_130_00}
    found = concentration(hauliers, largest=2)
    assert found is not None
    assert (found.percent, found.largest) == (68, (("A", 900_000_00), ("B", 700_438_00)))
    assert found.total_ore == 2_353_568_00
    assert concentration({"A": 0}, largest=2) is None


def test_a_price_each_is_not_told_where_nobody_knows_how_many() -> None:
    assert per_one(1_000, 3) == 333
    assert per_one(1_000, 0) is None


@pytest.mark.parametrize(
    ("ore", "whole", "text"), [(0, 10, "0 %"), (1, 1_000, "<1 %"), (5, 1_000, "1 %"), (-1, 10, "-10 %")]
)
def test_a_share_is_written_as_the_mapping_prints_it(ore: int, whole: int, text: str) -> None:
    assert str(share_of(ore, whole)) == text
    assert share_of(ore, 0) is None


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(KINDS), st.none() | st.integers(0, 10**9)), max_size=40))
def test_rows_and_columns_add_up_to_the_same_whole(told: list[tuple[int, OperatorKind, int | None]]) -> None:
    found = matrix([AreaName(n, str(n), str(n % 2)) for n in range(1, 6)], [Told(*cell) for cell in told])
    assert sum((line.total for line in found.lines), Bound()) == sum(found.columns, Bound()) == found.total
    known = [cell for line in found.lines for cell in line.cells if cell is not None]
    assert found.total == Bound(sum(known), 5 * len(KINDS) - len(known))
