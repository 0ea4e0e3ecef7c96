"""Trips held against themselves, the road, the price agreed and who came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

import ibis

from styr.controls.core.focus import WHOLE
from styr.controls.core.horizon import FAR
from styr.kernel.exact import rounded_small
from styr.transport.core.codes import OperatorKind
from styr.transport.core.price import HUNDREDTHS, agreed_fee_ore, agreed_ore, hundredths
from styr.transport.core.relations import OPERATOR
from styr.trips.core.reach import granted_trips, priced_trips, settled_trips, told
from styr.trips.core.relations import ATTENDANCE, TOLERANCE

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

KM_PERCENT: Final = 15
KM_METRES: Final = 1_000
"""A trip may be so many per cent over the road, and so many metres more, before it is asked about, where the
municipality has no rule of its own that day (`TOLERANCE`)."""
_METRES: Final = 10
"""Metres in a hundredth of a km."""
_HUNDRED: Final = 100
SAME_MINUTES: Final = 30
"""Two trips of one citizen between the same places within so many minutes are one."""
_WAY: Final = ("citizen_id", "service_day", "origin", "goal")
NOWHERE: Final = UUID(int=0)
CLOCK_MINUTES, LONGEST = 120, 600
"""A trip that lasted so much longer than it was paid for, or so long at all, is told wrongly."""


def duplicate(focus: Focus) -> ibis.Table:
    """Find the later of two trips of one citizen, the same way at the same time."""
    trip = settled_trips(WHOLE)
    nowhere = ibis.literal(str(NOWHERE)).cast("uuid")
    whose = trip.filter(trip["citizen_id"].notnull() & ~trip["no_show"]).mutate(
        origin=ibis.coalesce(trip["from_place_id"], nowhere), goal=ibis.coalesce(trip["to_place_id"], nowhere)
    )
    # Most trips are alone on their way that day: only the others are put in order.
    several = whose.group_by(list(_WAY)).aggregate(trips=whose.count()).filter(lambda row: row["trips"] > 1)
    alike = whose.semi_join(several, list(_WAY))
    same = {
        "group_by": [alike[name] for name in _WAY],
        "order_by": [alike["start_minute"], alike["external_no"], alike["trip_id"]],
    }
    beside = focus(
        alike.mutate(before=alike["start_minute"].lag().over(**same), other_no=alike["external_no"].lag().over(**same)),
        "trip_id",
    )
    known = beside["from_place_id"].notnull() & beside["to_place_id"].notnull()
    apart = beside["start_minute"] - beside["before"]
    return told(beside.filter((apart == 0) | (known & (apart <= SAME_MINUTES))), "other_no")


def km_above_road(focus: Focus) -> ibis.Table:
    """Find trips longer than the road, with some to spare. At stake: the kilometres too many, at the price agreed."""
    trip = granted_trips(focus)
    # Few trips are longer than the road at all: the days' own rules are asked for those alone.
    longer = trip.filter(trip["g_goal"].notnull() & (hundredths(trip["km"]) > hundredths(trip["g_road_km"])))
    allowed = _own(_own(longer, "trip_km_percent", "own_percent"), "trip_km_metres", "own_metres")
    percent = _HUNDRED + allowed["own_percent"].fill_null(KM_PERCENT)
    over = _METRES * _HUNDRED * hundredths(allowed["km"]) - _METRES * hundredths(allowed["g_road_km"]) * percent
    long = allowed.filter(over > _HUNDRED * allowed["own_metres"].fill_null(KM_METRES))
    prices = priced_trips(long).select("trip_id", "p_km_ore")
    known = long.left_join(prices, "trip_id")
    extra = (hundredths(known["km"]) - hundredths(known["g_road_km"])) * known["p_km_ore"]
    shown = known.mutate(road_km=known["g_road_km"], extra_ore=rounded_small(extra, ibis.literal(HUNDREDTHS, "int64")))
    return told(shown, "km", "road_km", amount="extra_ore")


def _own(trips: ibis.Table, rule: str, name: str) -> ibis.Table:
    """The trips with the municipality's own number for a rule on their day, null where it has none."""
    own = TOLERANCE.table().filter(lambda row: row["rule"] == rule)
    dated = own.select(**{name: own["value"].cast("int64"), f"{name}_from": own["valid_from"],
                          f"{name}_to": own["valid_to"].fill_null(FAR)})  # fmt: skip
    held = [trips["service_day"] >= dated[f"{name}_from"], trips["service_day"] < dated[f"{name}_to"]]
    return trips.left_join(dated, held).drop(f"{name}_from", f"{name}_to")


def no_show_billed(focus: Focus) -> ibis.Table:
    """Find trips that nobody rode with and that cost more than the price for that. At stake: the difference.

    A trip that was called off may not cost more either; each with its administration.
    """
    trip = settled_trips(focus, called_off=True)
    priced = priced_trips(trip.filter(trip["no_show"] | trip["cancelled"]))
    agreed = priced["p_no_show_ore"] + agreed_fee_ore(priced["p_no_show_ore"], priced["p_fee_percent"])
    asked = priced["cost_ore"] + priced["fee_ore"]
    why = ibis.ifelse(priced["cancelled"], "Turen var afbestilt", "Borgeren kom ikke")
    more = priced.mutate(more_ore=asked - agreed, agreed_ore=agreed, driven_ore=asked, why=why)
    return told(more.filter(more["more_ore"] > 0), "why", "driven_ore", "agreed_ore", amount="more_ore")


def price_differs(focus: Focus) -> ibis.Table:
    """Find trips whose price or fee is not as agreed. At stake: what was asked too much."""
    trip = settled_trips(focus)
    priced = priced_trips(trip.filter(~trip["no_show"]))
    known = priced.mutate(
        agreed_ore=agreed_ore(priced), fee_due_ore=agreed_fee_ore(priced["cost_ore"], priced["p_fee_percent"])
    )
    off = known.filter((known["cost_ore"] != known["agreed_ore"]) | (known["fee_ore"] != known["fee_due_ore"]))
    due = off["agreed_ore"] + agreed_fee_ore(off["agreed_ore"], off["p_fee_percent"])
    too_much = off["cost_ore"] + off["fee_ore"] - due
    shown = off.mutate(driven_ore=off["cost_ore"], off_ore=ibis.ifelse(too_much > 0, too_much, 0))
    return told(shown, "driven_ore", "agreed_ore", "fee_ore", "fee_due_ore", amount="off_ore")


def implausible(focus: Focus) -> ibis.Table:
    """Find trips that cannot be as they are told: less than no distance, or times that do not fit."""
    trip = settled_trips(focus)
    apart = (trip["elapsed_minutes"] - trip["minutes"]).abs()
    what = ibis.cases(
        (trip["km"] < 0, "et negativt antal km"),
        (trip["minutes"] < 0, "et negativt antal minutter"),
        (trip["cost_ore"] < 0, "en negativ pris"),
        (trip["elapsed_minutes"].fill_null(0) > LONGEST, "et slut mere end ti timer efter starten"),
        (apart.fill_null(0) > CLOCK_MINUTES, "klokkeslæt, der ikke passer med minutterne"),
        else_="",
    )
    return told(trip.mutate(what=what).filter(what != ""), "what", "km", "minutes")


def not_attended(focus: Focus) -> ibis.Table:
    """Find reimbursed trips on days when the citizen did not come."""
    trip = settled_trips(focus)
    refunds = OPERATOR.table().filter(lambda row: row["kind"] == OperatorKind.REIMBURSEMENT.value)
    refunded = trip.semi_join(refunds, "operator_id")
    came = ATTENDANCE.table().select("grant_id", "present", service_day=ATTENDANCE.table()["day"])
    met = refunded.join(came, ["grant_id", "service_day"])
    return told(met.filter(~met["present"]))
