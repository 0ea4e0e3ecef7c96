"""Trips held against what was granted: whether, when, where, on which account and on what terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.controls.core.horizon import first_row
from styr.grants.core.relations import ABSENCE, GRANT
from styr.transport.core.relations import CRITERION, RIDE_GRANT
from styr.trips.core.codes import ChangeKind
from styr.trips.core.reach import closed_days, day_bit, granted_trips, priced_trips, settled_trips, told
from styr.trips.core.relations import RIDE_CHANGE

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

FUNCTION: Final = 5
"""An account string's first digits, which say what the money is for."""


def without_grant(focus: Focus) -> ibis.Table:
    """Find trips that no transport grant accounts for; a fixed route's vehicle is nobody's trip."""
    trip = settled_trips(focus)
    bare = trip.anti_join(RIDE_GRANT.table(), "grant_id")
    vehicles = priced_trips(bare.filter(bare["citizen_id"].isnull()))
    of_routes = vehicles.filter(vehicles["p_day_ore"] > 0).select("trip_id")
    lacking = bare.anti_join(of_routes, "trip_id")
    whom = ibis.ifelse(
        lacking["citizen_id"].isnull(),
        ibis.literal("en borger, der ikke er i registret"),
        ibis.literal("en borger uden befordringsbevilling"),
    )
    return told(lacking.mutate(whom=whom), "whom")


def outside_grant(focus: Focus) -> ibis.Table:
    """Find trips before or after the grant, on a weekday it does not have, or between other places."""
    trip = granted_trips(focus)
    untimely = (trip["service_day"] < trip["g_starts"]) | (trip["service_day"] >= trip["g_until"])
    off_day = (trip["g_weekdays"] != 0) & ((trip["g_weekdays"] & day_bit(trip["service_day"])) == 0)
    there = (trip["from_place_id"] == trip["g_home"]) & (trip["to_place_id"] == trip["g_goal"])
    back = (trip["from_place_id"] == trip["g_goal"]) & (trip["to_place_id"] == trip["g_home"])
    at_the_places: Any = ibis.coalesce(there | back, ibis.literal(value=True))
    elsewhere = ~at_the_places
    why = ibis.cases(
        (untimely, "uden for bevillingens periode"),
        (off_day, "på en ugedag, som bevillingen ikke har"),
        (elsewhere, "mellem andre steder end bevillingens"),
        else_="",
    )
    wrong = trip.mutate(why=why, starts=trip["g_starts"], ends=trip["g_ends"]).filter(untimely | off_day | elsewhere)
    return told(wrong, "why", "starts", "ends")


def wrong_account(focus: Focus) -> ibis.Table:
    """Find trips booked on another function than their criterion's."""
    trip = granted_trips(focus)
    rule = CRITERION.table()
    due = rule.select("account_prefix", criterion=rule["code"], g_criterion=rule["criterion_id"])
    booked = trip.join(due.filter(due["account_prefix"].notnull()), "g_criterion")
    account, prefix = booked["account_string"], booked["account_prefix"]
    known = booked.filter((account != "") & (account.substr(0, prefix.length()) != prefix))
    shown = known.mutate(account=known["account_string"].substr(0, FUNCTION), due_account=known["account_prefix"])
    return told(shown, "account", "due_account", "criterion")


def on_absence_day(focus: Focus) -> ibis.Table:
    """Find trips on a day on which the citizen was told not to ride."""
    trip = granted_trips(focus)
    absence = ABSENCE.table().select("grant_id", "starts", "ends")
    change = RIDE_CHANGE.table().filter(lambda row: row["kind"] == ChangeKind.ABSENT.value)
    away = absence.union(change.select("grant_id", "starts", "ends"), distinct=True).view()
    met = trip.join(away, "grant_id")
    gone = met.filter(
        (met["service_day"] >= met["starts"]) & (met["ends"].isnull() | (met["service_day"] < met["ends"]))
    )
    return told(first_row(gone, "trip_id", [gone["starts"]]), "starts", "ends")


def on_closing_day(focus: Focus) -> ibis.Table:
    """Find trips to or from a place on a day when it was closed."""
    trip = granted_trips(focus)
    closed = closed_days().rename(g_calendar="calendar_id", service_day="day")
    met = trip.filter(trip["g_goal"].notnull() & (trip["g_weekdays"] != 0)).join(closed, ["g_calendar", "service_day"])
    return told(met.filter((met["g_weekdays"] & day_bit(met["service_day"])) != 0))


def solo_without_right(focus: Focus) -> ibis.Table:
    """Find trips driven alone for a citizen who was not granted that."""
    trip = granted_trips(focus)
    return told(trip.filter(trip["solo"] & ~trip["g_solo"]))


def user_payment_missing(focus: Focus) -> ibis.Table:
    """Find trips from which less than the citizen's own payment was deducted. At stake: what is missing."""
    trip = granted_trips(focus)
    missing = trip["g_payment_ore"] - trip["user_payment_ore"]
    short = trip.mutate(
        missing_ore=missing, own_payment_ore=trip["g_payment_ore"], deducted_ore=trip["user_payment_ore"]
    )
    return told(short.filter((missing > 0) & ~trip["no_show"]), "own_payment_ore", "deducted_ore", amount="missing_ore")


def swapped(focus: Focus) -> ibis.Table:
    """Find trips whose grant, as the file names it, is another citizen's."""
    trip = settled_trips(focus)
    grant = GRANT.table()
    of = grant.select(told_grant_id=grant["grant_id"], told_number=grant["number"], of_citizen=grant["citizen_id"])
    met = trip.join(of, "told_grant_id")
    return told(met.filter(met["citizen_id"].notnull() & (met["citizen_id"] != met["of_citizen"])), "told_number")
