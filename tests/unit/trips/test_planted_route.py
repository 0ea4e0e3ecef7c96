"""A planted fixed route in the example town: eight who ride alone each day to one place are found, with the saving."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import styr.trips.controls
from styr.controls.core.focus import WHOLE
from styr.controls.core.registry import REGISTRY
from styr.kernel.engine import DuckEngine
from styr.transport.core.codes import OperatorKind
from unit.trips.town import WRITTEN_ON, example, uid

if TYPE_CHECKING:
    from datetime import date

RIDERS, TRIP_ORE = 8, 25_000
CODE = "route_instead_of_trips"
assert CODE in styr.trips.controls.CODES


def test_eight_who_ride_alone_to_one_place_are_found_with_the_saving() -> None:
    """What they cost and what the route would have cost on the same days is counted here one trip at a time."""
    _, rows = example(0.05)
    operator = next(one for one in rows.rows["rel_operator"] if one["kind"] == OperatorKind.MOVIA.value)
    goal, days = uid("planted place"), _weekdays()
    for number in range(RIDERS):
        _rider(rows.rows, operator["operator_id"], number, goal, days)
    engine = DuckEngine(threads=1)
    rows.load(engine)
    control = REGISTRY.control(CODE)
    found = {row["subject_id"]: row for row in engine.rows(lambda: control.expression(WHOLE), key="planted:route")}
    assert goal in found
    route = max(one["day_ore"] + round(one["day_ore"] * one["fee_percent"] / 100)
                for one in rows.rows["rel_price_scheme"] if one["day_ore"])  # fmt: skip
    planted = found[goal]
    assert (planted["riders"], planted["days"], planted["vehicles"]) == (RIDERS, len(days), 1)
    assert planted["single_ore"] == RIDERS * 2 * len(days) * TRIP_ORE
    assert planted["route_ore"] == len(days) * route
    assert planted["break_even"] == -(-route // (2 * TRIP_ORE))


def _weekdays() -> list[date]:
    back = (WRITTEN_ON - timedelta(days=ahead) for ahead in range(1, 150))
    return sorted(day for day in back if day.weekday() < 5)


def _rider(
    rows: dict[str, list[dict[str, Any]]], operator: object, number: int, goal: object, days: list[date]
) -> None:
    citizen, grant, home = uid("planted", number), uid("planted grant", number), uid("planted home", number)
    given = {"grant_id": grant, "citizen_id": citizen, "starts": days[0]}
    rows["rel_grant"].append({**given, "number": f"B{number}", "status": "granted"})
    rows["rel_ride_grant"].append({
        **given, "home_place_id": home, "destination_place_id": goal, "weekdays": 31, "solo": False,
        "operator_id": operator, "operator_kind": OperatorKind.MOVIA.value,
    })  # fmt: skip
    for day in days:
        for way in (0, 1):
            rows["rel_trip"].append({
                "trip_id": uid("planted trip", number, day, way), "operator_id": operator, "citizen_id": citizen,
                "grant_id": grant, "product": "Flexkommune", "external_no": f"P{number}-{day}-{way}",
                "service_day": day, "from_place_id": goal if way else home, "to_place_id": home if way else goal,
                "km": 8, "minutes": 20, "waiting_minutes": 0, "companions": 0, "lift": False, "bridge": False,
                "solo": False, "no_show": False, "cancelled": False, "cost_ore": TRIP_ORE, "fee_ore": 0,
                "user_payment_ore": 0, "account_string": "",
            })  # fmt: skip
