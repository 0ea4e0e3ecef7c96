"""A trip's price, held against exact fractions."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.controls.core.focus import WHOLE
from styr.controls.core.relations import TODAY
from styr.kernel.engine import DuckEngine
from styr.trips.core.driven import price_differs
from unit.trips.town import Rows, uid

DAY = date(2026, 5, 4)
ORE = st.integers(0, 20_000)
Driven = tuple[Decimal, int, int, bool, bool, int, int]
OPERATOR = uid("operator")
SCHEME = {
    "operator_id": OPERATOR, "product": "Kørsel", "valid_from": date(2026, 1, 1), "start_ore": 0, "km_ore": 0,
    "minute_ore": 0, "waiting_minute_ore": 0, "lift_ore": 0, "bridge_ore": 0, "no_show_ore": 0, "day_ore": 0,
    "fee_percent": Decimal(0),
}  # fmt: skip
TRIP = {
    "operator_id": OPERATOR, "product": "Kørsel", "external_no": "1", "service_day": DAY, "km": Decimal(0),
    "minutes": 0, "waiting_minutes": 0, "lift": False, "bridge": False, "solo": False, "no_show": False,
    "cancelled": False, "cost_ore": 0, "fee_ore": 0, "user_payment_ore": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def duck() -> DuckEngine:
    return DuckEngine(threads=1)


def half_away(value: Fraction) -> int:
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def slow_price(scheme: dict[str, object], trip: dict[str, object]) -> tuple[int, int]:
    """The obvious way: price and administration, each rounded once where it has a fraction."""

    def ore(name: str) -> int:
        return int(str(scheme[name]))

    cost = ore("start_ore") + half_away(Fraction(str(trip["km"])) * ore("km_ore"))
    cost += int(str(trip["minutes"])) * ore("minute_ore") + int(str(trip["waiting_minutes"])) * ore(
        "waiting_minute_ore"
    )
    cost += (ore("lift_ore") if trip["lift"] else 0) + (ore("bridge_ore") if trip["bridge"] else 0) + ore("day_ore")
    return cost, half_away(Fraction(str(scheme["fee_percent"])) / 100 * cost)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    prices=st.tuples(ORE, ORE, ORE, ORE, ORE, ORE, ORE),
    fee=st.decimals(0, 100, places=4),
    driven=st.lists(
        st.tuples(st.decimals(-500, 5000, places=2), st.integers(0, 600), st.integers(0, 90), st.booleans(),
                  st.booleans(), st.sampled_from((0, 0, 1, -1)), st.sampled_from((0, 0, 1))),
        min_size=1, max_size=12,
    ),
)  # fmt: skip
def test_a_price_is_the_scheme_s_to_the_oere(
    duck: DuckEngine,
    prices: tuple[int, ...],
    fee: Decimal,
    driven: list[tuple[Decimal, int, int, bool, bool, int, int]],
) -> None:
    names = ("start_ore", "km_ore", "minute_ore", "waiting_minute_ore", "lift_ore", "bridge_ore", "day_ore")
    scheme = SCHEME | dict(zip(names, prices, strict=True)) | {"fee_percent": fee}
    rows, wanted = Rows(), {}
    for number, (km, minutes, waiting, lift, bridge, off, off_fee) in enumerate(driven):
        trip = TRIP | {"trip_id": UUID(int=number), "km": km, "minutes": minutes, "waiting_minutes": waiting,
                       "lift": lift, "bridge": bridge}  # fmt: skip
        agreed, _ = slow_price(scheme, trip)
        cost = agreed + off
        due = half_away(Fraction(str(fee)) / 100 * cost)
        rows.rows["rel_trip"].append(trip | {"cost_ore": cost, "fee_ore": due + off_fee})
        if off or off_fee:
            owed = agreed + half_away(Fraction(str(fee)) / 100 * agreed)
            wanted[UUID(int=number)] = (agreed, due, max(cost + due + off_fee - owed, 0))
    rows.rows["rel_price_scheme"] = [scheme]
    rows.rows["rel_today"] = [{"today": date(2026, 11, 21)}]
    rows.load(duck)
    found = duck.rows(lambda: price_differs(WHOLE), key="test price")
    assert {row["subject_id"]: (row["agreed_ore"], row["fee_due_ore"], row["amount_ore"]) for row in found} == wanted
    assert TODAY.name == "rel_today"
