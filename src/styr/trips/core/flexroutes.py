"""Repeated single trips held against a fixed route to the same place: what each costs, and when the route pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.controls.core.focus import WHOLE
from styr.controls.core.relations import TODAY
from styr.kernel.exact import rounded_ore, small_quotient, total
from styr.transport.core.price import agreed_fee_ore
from styr.transport.core.relations import OPERATOR, PRICE_SCHEME
from styr.trips.core.reach import granted_trips

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

LOOKED_BACK_DAYS: Final = 182
"""Half a year of trips tells what is regular."""
SEATS: Final = 8
FEWEST_DAYS: Final = 40
FEWEST_RIDERS: Final = 3
LEAST_SAVING_PERCENT: Final = 10
WEEKS_A_YEAR_DAYS: Final = 365


def regular_trips() -> ibis.Table:
    """Single trips of the last half year to and from places that citizens are granted rides to on fixed weekdays."""
    trip = granted_trips(WHOLE).cross_join(TODAY.table())
    regular = (trip["g_weekdays"] != 0) & trip["g_goal"].notnull() & ~trip["no_show"] & ~trip["solo"]
    recent = trip["service_day"] >= (trip["today"] - ibis.interval(days=LOOKED_BACK_DAYS)).cast("date")
    singles = trip.filter(regular & recent & (trip["cost_ore"] > 0))
    bought = OPERATOR.table().filter(lambda row: row["supplier_id"].notnull())
    return singles.semi_join(bought, "operator_id")


def route_price() -> ibis.Table:
    """Return one row: the dearest price in force of a fixed route's day, with its fee, øre (null: none is priced)."""
    scheme = PRICE_SCHEME.table().cross_join(TODAY.table())
    valid = (scheme["valid_from"] <= scheme["today"]) & (
        scheme["valid_to"].isnull() | (scheme["today"] < scheme["valid_to"])
    )
    priced = scheme.filter(valid & (scheme["day_ore"] > 0))
    with_fee = priced.select(route_day_ore=priced["day_ore"] + agreed_fee_ore(priced["day_ore"], priced["fee_percent"]))
    return with_fee.aggregate(route_day_ore=with_fee["route_day_ore"].max())


def compared(trips: ibis.Table | None = None) -> ibis.Table:
    """Hold each place's single trips against a fixed route: one row a place that enough ride to.

    `riders` is the most that rode on one day, `days` how many days somebody did; `vehicles` seat the riders.
    `single_ore` is what the days' trips cost, `route_ore` what the vehicles would have on the same days.
    `trip_ore` is a trip's average, `break_even` the riders a vehicle needs on a day, `absence_percent` how many of the
    usual riders may stay at home before single trips are cheaper.
    """
    trip = regular_trips() if trips is None else trips
    by_day = trip.group_by("g_goal", "service_day").aggregate(
        riders=trip["citizen_id"].nunique(), trips=trip.count(), ore=total(trip["cost_ore"] + trip["fee_ore"])
    )
    by_place = by_day.group_by("g_goal").aggregate(
        days=by_day.count(), riders=by_day["riders"].max().cast("int64"), rider_days=total(by_day["riders"]),
        trips=total(by_day["trips"]), single_ore=total(by_day["ore"]),
    )  # fmt: skip
    priced = by_place.cross_join(route_price()).filter(lambda row: row["route_day_ore"].notnull())
    vehicles = small_quotient(priced["riders"] + (SEATS - 1), ibis.literal(SEATS, "int64"))
    known = priced.mutate(vehicles=vehicles)
    return known.mutate(
        route_ore=known["vehicles"] * known["days"] * known["route_day_ore"],
        trip_ore=rounded_ore(known["single_ore"], known["trips"]),
        break_even=_rounded_up(known["route_day_ore"] * known["rider_days"], known["single_ore"]),
    )


def _rounded_up(numerator: Any, denominator: Any) -> Any:
    """A quotient of positive whole numbers, rounded up."""
    return small_quotient(numerator + denominator - 1, denominator)


def proposals(focus: Focus) -> ibis.Table:
    """Find places where a fixed route would have been cheaper than the single trips. At stake: the saving in a year."""
    place = focus(compared(), "g_goal")
    saving = place["single_ore"] - place["route_ore"]
    usual = rounded_ore(place["rider_days"], place["days"])
    known = place.mutate(
        saved_ore=saving, usual=usual,
        amount_ore=rounded_ore(saving * WEEKS_A_YEAR_DAYS, ibis.literal(LOOKED_BACK_DAYS, "int64")),
        absence_percent=rounded_ore((usual - place["break_even"] * place["vehicles"]) * 100, usual),
    )  # fmt: skip
    enough = (known["days"] >= FEWEST_DAYS) & (known["riders"] >= FEWEST_RIDERS)
    cheaper = known["saved_ore"] * 100 >= known["single_ore"] * LEAST_SAVING_PERCENT
    found = known.filter(enough & cheaper)
    return found.select(
        "amount_ore", "riders", "usual", "days", "trips", "vehicles", "single_ore", "route_ore", "trip_ore",
        "break_even", "absence_percent", subject_id=found["g_goal"], unit_id=ibis.null("uuid"),
    )  # fmt: skip
