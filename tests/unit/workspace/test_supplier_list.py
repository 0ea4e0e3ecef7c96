"""The list of suppliers as a pure matter: what a filter keeps, the order, and how concentrated the spend is."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.workspace.core.supplier_list import SORTS, SupplierFilter, SupplierRow, concentration, matching, ordered

BO = SupplierRow(
    id=UUID(int=1), name="Bostedet Ærø ApS", cvr="12345674", kind="private", offers=2, contracts=3, grants=5,
    citizens=4, spend_ore=9_000_00, findings=1, at_stake_ore=500_00,
)  # fmt: skip
HJEM = replace(BO, id=UUID(int=2), name="Hjemmet", cvr="22345675", kind="foundation", contracts=0, findings=0,
               at_stake_ore=0, spend_ore=1_000_00)  # fmt: skip
TOM = replace(BO, id=UUID(int=3), name="Tom I/S", cvr="32345676", contracts=0, grants=0, citizens=0, findings=0,
              at_stake_ore=0, spend_ore=0)  # fmt: skip
ROWS = [BO, HJEM, TOM]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (SupplierFilter(), [BO, HJEM, TOM]),
        (SupplierFilter(text=" ÆRØ "), [BO]),
        (SupplierFilter(text="2234"), [HJEM]),
        (SupplierFilter(text="4567"), []),  # a CVR number is known by its beginning
        (SupplierFilter(kind="foundation"), [HJEM]),
        (SupplierFilter(with_findings=True), [BO]),
        (SupplierFilter(without_contract=True), [HJEM]),  # whoever sells nothing lacks no contract
        (SupplierFilter(text="tom", kind="foundation"), []),
    ],
)
def test_a_filter_keeps_what_it_names(wanted: SupplierFilter, kept: list[SupplierRow]) -> None:
    assert matching(ROWS, wanted) == kept


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("navn", [BO, HJEM, TOM]),
        ("-navn", [TOM, HJEM, BO]),
        ("-forbrug", [BO, HJEM, TOM]),
        ("forbrug", [TOM, HJEM, BO]),
        ("kontrakter", [HJEM, TOM, BO]),  # equal ones stay in order of name
        ("vrøvl", [BO, HJEM, TOM]),
    ],
)
def test_rows_are_sorted_as_the_address_says(sort: str, order: list[SupplierRow]) -> None:
    assert ordered(ROWS, sort) == order


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_every_order_is_the_other_way_round_with_a_minus(sort: str) -> None:
    key = SORTS[sort]
    assert [key(row) for row in ordered(ROWS, f"-{sort}")] == [key(row) for row in reversed(ordered(ROWS, sort))]


def test_concentration_leaves_out_suppliers_that_owe() -> None:
    told = concentration([600, 300, 100, -5_000, 0])
    assert (told.total_ore, told.suppliers, told.largest, told.five_largest) == (1_000, 3, 0.6, 1.0)
    assert concentration([-5]).largest is None


@given(st.lists(st.integers(min_value=-(10**9), max_value=10**12)))
def test_shares_lie_between_nothing_and_all_and_five_are_at_least_one(spends: list[int]) -> None:
    told = concentration(spends)
    if told.largest is not None and told.five_largest is not None:
        assert 0 < told.largest <= told.five_largest <= 1
        assert told.largest >= 1 / told.suppliers - 1e-12
