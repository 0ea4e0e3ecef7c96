"""Which transport grant a trip is of: the one that the file names, else the citizen's that fits best."""

from __future__ import annotations

from typing import Any

import ibis

from styr.controls.core.horizon import FAR
from styr.kernel.relation import NARROW
from styr.transport.core.relations import RIDE_GRANT
from styr.trips.core.reach import day_bit
from styr.trips.core.relations import TRIP

NAMED, RUNS, PLACES, DAY = 16, 8, 4, 2


def placed(*, narrowed: bool = False) -> ibis.Table:
    """Return (trip_id, grant_id): at most one row a trip; a citizen without a transport grant has none.

    A grant that the file names counts most if it is the citizen's own; then one that runs on the day, between the
    trip's places, on that weekday. Narrowed, the trips are those of the settlements in `rel_narrow`.
    """
    trip = TRIP.table().filter(lambda row: row["citizen_id"].notnull())
    if narrowed:
        trip = trip.semi_join(NARROW.table(), trip["settlement_id"] == NARROW.table()["id"])
    ride = RIDE_GRANT.table()
    own = ride.select(
        "citizen_id", "starts", "ends", "weekdays", of_id=ride["grant_id"], home=ride["home_place_id"],
        goal=ride["destination_place_id"],
    )  # fmt: skip
    pairs = trip.select(
        "trip_id", "citizen_id", "told_grant_id", "service_day", "from_place_id", "to_place_id"
    ).join(own, "citizen_id")  # fmt: skip
    there = (pairs["from_place_id"] == pairs["home"]) & (pairs["to_place_id"] == pairs["goal"])
    home = (pairs["from_place_id"] == pairs["goal"]) & (pairs["to_place_id"] == pairs["home"])
    runs = (pairs["service_day"] >= pairs["starts"]) & (pairs["service_day"] < pairs["ends"].fill_null(FAR))
    fits = (pairs["weekdays"] == 0) | ((pairs["weekdays"] & day_bit(pairs["service_day"])) != 0)
    marks = [(pairs["told_grant_id"] == pairs["of_id"], NAMED), (runs, RUNS), (there | home, PLACES), (fits, DAY)]
    score: Any = ibis.literal(0)
    for mark, worth in marks:
        score = score + ibis.ifelse(ibis.coalesce(mark, ibis.literal(value=False)), worth, 0)
    scored = pairs.mutate(score=score)
    order = [scored["score"].desc(), scored["of_id"]]
    ranked = scored.mutate(place=ibis.row_number().over(group_by=scored["trip_id"], order_by=order))
    return ranked.filter(ranked["place"] == 0).select("trip_id", grant_id="of_id")
