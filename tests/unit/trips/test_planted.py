"""The planted flaws of the example town are found, and nothing else is: precision and recall of each control."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

import styr.trips.controls
from styr.controls.core.focus import WHOLE
from styr.controls.core.registry import REGISTRY
from styr.kernel.engine import DuckEngine
from unit.trips.town import Rows, example, trip_place, uid

if TYPE_CHECKING:
    from uuid import UUID

FOUND_BY = {
    "no_grant": "trip_without_grant",
    "outside_grant": "trip_outside_grant",
    "wrong_account": "trip_wrong_account",
    "absence_day": "trip_on_absence_day",
    "closing_day": "trip_on_closing_day",
    "duplicate": "trip_duplicate",
    "km_above_road": "trip_km_above_road",
    "no_show_billed": "trip_no_show_billed",
    "user_payment_missing": "trip_user_payment_missing",
    "solo_without_right": "trip_solo_without_right",
    "price_differs": "trip_price_differs",
    "not_attended": "trip_not_attended",
    "swapped": "trip_citizens_swapped",
    "implausible": "trip_implausible",
}
assert styr.trips.controls.CODES  # registered by the import


@pytest.fixture(scope="module")
def town() -> tuple[DuckEngine, dict[str, set[UUID]], Rows]:
    made, rows = example(0.05)
    engine = DuckEngine(threads=1)
    rows.load(engine)
    planted: dict[str, set[UUID]] = defaultdict(set)
    for settlement in made.settlements:
        for trip in settlement.trips:
            for flaw in trip.flaws:
                planted[flaw].add(uid(trip_place(settlement, trip)))
    return engine, planted, rows


@pytest.mark.parametrize("flaw", FOUND_BY)
def test_a_control_finds_what_was_planted_and_nothing_else(
    town: tuple[DuckEngine, dict[str, set[UUID]], Rows], flaw: str
) -> None:
    engine, planted, _ = town
    code = FOUND_BY[flaw]
    control = REGISTRY.control(code)
    found = {row["subject_id"] for row in engine.rows(lambda: control.expression(WHOLE), key=f"planted:{code}")}
    assert planted[flaw], "nothing was planted"
    missed, false = planted[flaw] - found, found - planted[flaw]
    assert (len(missed), len(false)) == (0, 0), f"{code}: {missed} missed, {false} false"
