"""The standing rides to each place as runs: who rides together on a day, one way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from styr.transport.core.relations import OPERATOR
from styr.trips.core.codes import Direction
from styr.trips.core.standing import standing_rides

if TYPE_CHECKING:
    from ibis import Table


def standing_runs() -> Table:
    """Return a row a place, day, way and kind of operator: place_id, day, way, kind, first, last, riders, wheelchairs.

    `first` and `last` are the bells as HH:MM (null where no grant says), `riders` counts companions too.
    """
    operator = OPERATOR.table().select("operator_id", "kind")
    ride = standing_rides().join(operator, "operator_id")
    out = ride["direction"] == Direction.OUT.value
    told = ride.select(
        "day",
        "kind",
        "at",
        way=ride["direction"],
        place_id=ibis.ifelse(out, ride["to_place_id"], ride["from_place_id"]),
        seats=ibis.ifelse(ride["companion"], 2, 1),
        wheelchair=ibis.ifelse(ride["aids"].lower().contains("kørestol"), 1, 0),
    )
    return told.group_by("place_id", "day", "way", "kind").agg(
        first=told["at"].min(),
        last=told["at"].max(),
        riders=told["seats"].sum().cast("int64"),
        wheelchairs=told["wheelchair"].sum().cast("int64"),
    )
