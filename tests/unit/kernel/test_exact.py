from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from styr.kernel.engine import DuckEngine
from styr.kernel.exact import (
    four_decimals,
    rounded_ore,
    rounded_small,
    small_four_decimals,
    small_quotient,
    ten_thousandths,
    total,
    whole,
    whole_quotient,
)
from styr.kernel.money import round_half_away
from styr.kernel.relation import Relation

if TYPE_CHECKING:
    import ibis

NUMBERS = Relation("numbers", {"number": "int64", "wide": "decimal(38, 0)", "below": "int64", "rate": "decimal(14, 4)"})


def _expression() -> ibis.Table:
    row = NUMBERS.table()
    return row.select(
        "number",
        "wide",
        "below",
        "rate",
        rounded=rounded_ore(row.wide, row.below),
        small=rounded_small(row.number, row.below),
        quotient=whole_quotient(row.wide, row.below).cast("int64"),
        small_quotient=small_quotient(row.number, row.below),
        whole_rate=whole(row.rate, decimals=4).cast("int64"),
        parts=ten_thousandths(row.rate),
        four=four_decimals(row.number),
        small_four=small_four_decimals(row.number),
    )


def test_a_sum_stays_a_64_bit_number() -> None:
    row = NUMBERS.table()
    rows = [{"number": number, "wide": None, "below": 1, "rate": None} for number in (2, 3)]
    with DuckEngine(threads=1) as engine:
        engine.load(NUMBERS, rows)
        table = engine.arrow(row.aggregate(total=total(row.number)))
    assert str(table.schema.field("total").type) == "int64"
    assert table.to_pylist() == [{"total": 5}]


ROWS = st.fixed_dictionaries(
    {
        "number": st.integers(-(10**13), 10**13),
        "wide": st.integers(-(10**19), 10**19).map(Decimal),
        "below": st.integers(2, 10**4),
        "rate": st.decimals(-(10**9), 10**9, places=4),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=40))
def test_a_query_rounds_as_python_does(rows: list[dict[str, object]]) -> None:
    with DuckEngine(threads=1) as engine:
        engine.load(NUMBERS, rows)
        for row in engine.rows(_expression, key="test exact"):
            assert row["rounded"] == round_half_away(int(row["wide"]), row["below"])
            assert row["small"] == round_half_away(row["number"], row["below"])
            assert row["quotient"] == int(
                row["wide"] / abs(row["wide"]) * (abs(int(row["wide"])) // row["below"]) if row["wide"] else 0
            )
            assert row["small_quotient"] == abs(row["number"]) // row["below"] * (1 if row["number"] >= 0 else -1)
            assert row["whole_rate"] == row["parts"] == int(row["rate"] * 10_000)
            assert row["four"] == row["small_four"] == Decimal(row["number"]).scaleb(-4)
