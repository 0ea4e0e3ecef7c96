"""The standing rides, held against the obvious way to count days."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.kernel.calendar import STANDARD_CALENDAR
from styr.kernel.engine import DuckEngine
from styr.trips.core.relations import RIDE_DAY
from styr.trips.core.standing import days_of, standing_rides
from unit.trips.town import Rows, uid

FIRST, UNTIL = date(2026, 3, 1), date(2026, 4, 1)
DAYS = st.dates(date(2026, 2, 20), date(2026, 4, 10))
PERIOD = st.tuples(DAYS, st.integers(1, 12))
GRANT = uid("grant")
RIDE = {
    "grant_id": GRANT, "unit_id": uid("unit"), "citizen_id": uid("citizen"), "operator_id": uid("operator"),
    "home_place_id": uid("home"), "destination_place_id": uid("goal"), "out_arrive": "08:00", "back_leave": "15:00",
    "solo": False, "companion": False, "aids": "", "user_payment_ore": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def duck() -> DuckEngine:
    return DuckEngine(threads=1)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    weekdays=st.integers(0, 127), starts=DAYS, ends=st.none() | DAYS, closed=st.sets(DAYS, max_size=8),
    absences=st.lists(PERIOD, max_size=3), own=st.booleans(),
    changes=st.lists(st.tuples(PERIOD, st.sampled_from(("absent", "no_out", "no_back"))), max_size=4),
)  # fmt: skip
def test_a_ride_is_on_every_day_that_nothing_stands_against(  # noqa: PLR0917 - what hypothesis draws
    duck: DuckEngine, weekdays: int, starts: date, ends: date | None, closed: set[date],
    absences: list[tuple[date, int]], own: bool, changes: list[tuple[tuple[date, int], str]],  # noqa: FBT001 - drawn
) -> None:  # fmt: skip
    rows = Rows()
    calendar = uid("calendar") if own else STANDARD_CALENDAR
    rows.rows["rel_ride_grant"] = [
        RIDE | {"weekdays": weekdays, "starts": starts, "ends": ends, "calendar_id": calendar if own else None}
    ]
    opened = 0
    for ahead in range(70):
        day = date(2026, 2, 15) + timedelta(days=ahead)
        rows.rows["rel_calendar"].append({"calendar_id": calendar, "day": day, "open_before": opened})
        opened += day not in closed
    rows.rows["rel_absence"] = [
        {"absence_id": uid(n), "grant_id": GRANT, "starts": day, "ends": day + timedelta(days=length)}
        for n, (day, length) in enumerate(absences)
    ]
    rows.rows["rel_ride_change"] = [
        {"grant_id": GRANT, "kind": kind, "starts": day, "ends": day + timedelta(days=length)}
        for (day, length), kind in changes
    ]
    rows.load(duck)
    duck.load(RIDE_DAY, days_of(FIRST, UNTIL))
    found = {(row["day"], row["direction"]) for row in duck.rows(standing_rides, key="test standing")}
    wanted = set()
    for ahead in range((UNTIL - FIRST).days):
        day = FIRST + timedelta(days=ahead)
        runs = starts <= day and (ends is None or day < ends) and weekdays >> day.weekday() & 1 and day not in closed
        away = any(one <= day < one + timedelta(days=length) for one, length in absences)
        for direction, without in (("out", "no_out"), ("back", "no_back")):
            told = any(
                one <= day < one + timedelta(days=length) and kind in {"absent", without}
                for (one, length), kind in changes
            )
            if runs and not away and not told:
                wanted.add((day, direction))
    assert found == wanted
