"""The standing rides (faste kørsler): computed from grants, opening days, absence and changes, never stored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import ibis

from styr.controls.core.horizon import FAR
from styr.grants.core.relations import ABSENCE
from styr.kernel.calendar import STANDARD_CALENDAR
from styr.transport.core.relations import RIDE_GRANT
from styr.trips.core.codes import ChangeKind, Direction
from styr.trips.core.reach import closed_days
from styr.trips.core.relations import RIDE_CHANGE, RIDE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_COLUMNS = (
    "grant_id", "unit_id", "citizen_id", "operator_id", "day", "direction", "at", "from_place_id", "to_place_id",
    "aids", "companion", "solo", "max_ride_minutes",
)  # fmt: skip


def days_of(start: date, end: date) -> Iterator[dict[str, Any]]:
    """The rows of `RIDE_DAY` for [start, end)."""
    for ahead in range((end - start).days):
        day = start + timedelta(days=ahead)
        yield {"day": day, "bit": 1 << day.weekday()}


def standing_rides() -> ibis.Table:
    """Return the rides of the days in `RIDE_DAY`, two a day for each citizen: out (by `at` at the latest) and back.

    A grant without weekdays or without a destination has none. A day has none on which the destination is closed (by
    its own calendar, else on weekends and public holidays), or that an absence or a change covers.
    """
    ride = RIDE_GRANT.table().filter(
        lambda row: (row["weekdays"] != 0) & row["destination_place_id"].notnull() & row["operator_id"].notnull()
    )
    own = ride.mutate(
        of_calendar=ibis.coalesce(ride["calendar_id"], ibis.literal(str(STANDARD_CALENDAR)).cast("uuid")),
        until=ride["ends"].fill_null(FAR),
    )
    day = RIDE_DAY.table()
    dated = own.join(
        day,
        [own["starts"] <= day["day"], day["day"] < own["until"], (own["weekdays"] & day["bit"]) != 0],
    )
    closed = closed_days().rename(of_calendar="calendar_id")
    opened = dated.anti_join(closed, ["of_calendar", "day"])
    out = _one_way(opened, Direction.OUT, ChangeKind.NO_OUT)
    back = _one_way(opened, Direction.BACK, ChangeKind.NO_BACK)
    return out.union(back, distinct=False)


def _one_way(opened: ibis.Table, direction: Direction, without: ChangeKind) -> ibis.Table:
    is_out = direction is Direction.OUT
    away = _away(without)
    met = opened.join(
        away,
        [
            opened["grant_id"] == away["away_grant_id"],
            away["away_from"] <= opened["day"],
            opened["day"] < away["away_until"],
        ],
    ).select("grant_id", "day")
    there = opened.anti_join(met, ["grant_id", "day"])
    ends = ("home_place_id", "destination_place_id") if is_out else ("destination_place_id", "home_place_id")
    return there.mutate(
        direction=ibis.literal(direction.value),
        at=there["out_arrive"] if is_out else there["back_leave"],
        from_place_id=there[ends[0]],
        to_place_id=there[ends[1]],
    ).select(*_COLUMNS)


def _away(without: ChangeKind) -> ibis.Table:
    """Days on which a citizen does not ride that way: absence, changes for the whole day, changes for that way."""
    absence, change = ABSENCE.table(), RIDE_CHANGE.table()
    told = change.filter(change["kind"].isin([ChangeKind.ABSENT.value, without.value]))
    columns = {"away_grant_id": "grant_id", "away_from": "starts", "away_until": "ends"}
    known = absence.select("grant_id", "starts", "ends").union(told.select("grant_id", "starts", "ends"), distinct=True)
    renamed = known.rename(columns)
    return renamed.mutate(away_until=renamed["away_until"].fill_null(FAR)).view()
