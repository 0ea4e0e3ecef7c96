"""Which trips the controls look at: those of the horizon that were driven, each with the transport grant it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.controls.core.horizon import FAR, horizon
from styr.grants.core.relations import GRANT
from styr.kernel.calendar import CALENDAR, STANDARD_CALENDAR
from styr.transport.core.relations import OPERATOR, PRICE_SCHEME, RIDE_GRANT
from styr.trips.core.relations import TRIP

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

TOLD: Final = ("external_no", "product", "service_day")
"""Evidence that every finding about a trip has: its number, its product and its day."""
LINKS: Final = ("unit_id", "citizen_id", "grant_id", "supplier_id")


def settled_trips(focus: Focus, *, called_off: bool = False) -> ibis.Table:
    """The trips of last calendar year and this one; `billed_ore` is what we are asked for.

    Those that were called off are left out but where they are asked for.
    """
    trip = focus(TRIP.table(), "trip_id")
    frame = horizon().select("first_day", "end_day")
    inside = trip.cross_join(frame).filter(
        lambda row: (row["service_day"] >= row["first_day"]) & (row["service_day"] < row["end_day"])
    )
    if not called_off:
        inside = inside.filter(~inside["cancelled"])
    return inside.select(
        *(name for name in TRIP.columns if name not in {"ordered_at", "starts_at", "ends_at", "aids", "companions"}),
        billed_ore=inside["cost_ore"] + inside["fee_ore"] - inside["user_payment_ore"],
    )


def granted_trips(focus: Focus) -> ibis.Table:
    """The trips with their transport grant (columns `g_…`), save where the file names another citizen's grant."""
    trip = settled_trips(focus)
    ride = RIDE_GRANT.table()
    ride = ride.select(
        "grant_id",
        g_starts=ride["starts"], g_until=ride["ends"].fill_null(FAR), g_ends=ride["ends"], g_weekdays=ride["weekdays"],
        g_home=ride["home_place_id"], g_goal=ride["destination_place_id"], g_solo=ride["solo"],
        g_payment_ore=ride["user_payment_ore"].fill_null(0), g_road_km=ride["road_km"],
        g_criterion=ride["criterion_id"],
        g_calendar=ride["calendar_id"].fill_null(ibis.literal(str(STANDARD_CALENDAR)).cast("uuid")),
    )  # fmt: skip
    joined = trip.join(ride, "grant_id")
    return joined.filter(joined["told_grant_id"].isnull() | (joined["told_grant_id"] == joined["grant_id"]))


def told(rows: ibis.Table, *evidence: str, amount: str = "billed_ore") -> ibis.Table:
    """Give the columns that a control about trips promises: subject, links, grant number and `evidence`."""
    grant = GRANT.table().select("grant_id", "number")
    operator = OPERATOR.table().select("operator_id", "supplier_id")
    known = rows.left_join(operator, "operator_id").left_join(grant, "grant_id")
    return known.select(
        *LINKS, *TOLD, *evidence, "number",
        subject_id=known["trip_id"], amount_ore=known[amount].cast("int64"),
    )  # fmt: skip


def priced_trips(rows: ibis.Table) -> ibis.Table:
    """The trips whose operator has a price for the product that day, with the scheme (columns `p_…`)."""
    scheme = PRICE_SCHEME.table()
    named = scheme.select(
        "operator_id", "product",
        **{f"p_{name}": scheme[name] for name in PRICE_SCHEME.columns if name not in {"operator_id", "product"}},
    )  # fmt: skip
    joined = rows.join(named, ["operator_id", "product"])
    starts, ends = joined["p_valid_from"], joined["p_valid_to"].fill_null(FAR)
    return joined.filter((joined["service_day"] >= starts) & (joined["service_day"] < ends))


def closed_days() -> ibis.Table:
    """Return (calendar_id, day) of every day on which a calendar's place is closed."""
    calendar = CALENDAR.table()
    following = calendar["open_before"].lead().over(group_by=calendar["calendar_id"], order_by=calendar["day"])
    counted = calendar.mutate(next_before=following)
    return counted.filter(counted["next_before"] == counted["open_before"]).select("calendar_id", "day")


def day_bit(day: Any) -> Any:
    """A day's bit in a week's mask: Monday 1, Sunday 64."""
    index = day.day_of_week.index()
    return ibis.cases(*((index == place, 1 << place) for place in range(7)), else_=0).cast("int32")
