"""The example town's transport as relations, without files and without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from exampletown.generate import make_town
from exampletown.transport import WITHOUT_ACCOUNT
from exampletown.transport_files import town_transport
from styr.controls.core.relations import TODAY
from styr.grants.core.relations import ABSENCE, GRANT
from styr.invoices.core.relations import INVOICE
from styr.kernel.calendar import CALENDAR
from styr.transport.core.relations import CRITERION, OPERATOR, PRICE_SCHEME, RIDE_GRANT
from styr.trips.core.relations import ATTENDANCE, RIDE_CHANGE, SETTLEMENT, TOLERANCE, TRIP

if TYPE_CHECKING:
    from exampletown.transport_state import Ride, Settlement, Transport, Trip
    from styr.kernel.engine import DuckEngine

WRITTEN_ON = date(2026, 11, 21)
SPACE = UUID(int=7)
RELATIONS = (
    *(TRIP, SETTLEMENT, ATTENDANCE, RIDE_CHANGE, RIDE_GRANT, CRITERION, OPERATOR, PRICE_SCHEME, GRANT, ABSENCE),
    *(CALENDAR, TODAY, INVOICE, TOLERANCE),
)


def uid(*names: object) -> UUID:
    """An id by name."""
    return uuid5(SPACE, "/".join(map(str, names)))


@dataclass(slots=True)
class Rows:
    """Rows by relation; fill what is asked, and `load` them."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {one.name: [] for one in RELATIONS})

    def load(self, engine: DuckEngine) -> None:
        """Make every relation a table."""
        for relation in RELATIONS:
            engine.load(relation, [{**dict.fromkeys(relation.columns), **row} for row in self.rows[relation.name]])


def example(scale: float, seed: int = 1) -> tuple[Transport, Rows]:
    """The town's transport and its relations, each trip with the grant that it was driven on."""
    made = town_transport(seed, scale, make_town(seed, scale, WRITTEN_ON))
    rows = Rows()
    known = {str(ride.citizen.number): ride for ride in made.rides}
    for one in made.operators:
        supplier = uid("supplier", one.name) if one.cvr else None
        rows.rows["rel_operator"].append({"operator_id": uid(one.name), "kind": one.kind, "supplier_id": supplier})
        rows.rows["rel_price_scheme"] += [_price(one.name, price) for price in one.prices]
    for ride in made.rides:
        _grant(rows, ride)
    rows.rows["rel_criterion"] = list({ride.criterion: _criterion(ride) for ride in made.rides}.values())
    for name, closed in made.closed.items():
        rows.rows["rel_calendar"] += _calendar(name, closed)
    rows.rows["rel_attendance"] = [
        {"grant_id": uid(number), "day": day, "present": present} for number, day, present in made.attendance
    ]
    rows.rows["rel_today"] = [{"today": WRITTEN_ON}]
    for settlement in made.settlements:
        rows.rows["rel_settlement"].append(_settlement(settlement))
        rows.rows["rel_trip"] += [trip_row(settlement, trip, known.get(trip.citizen)) for trip in settlement.trips]
    return made, rows


def trip_place(settlement: Settlement, trip: Trip) -> str:
    """A trip as the answer key names it."""
    return f"{settlement.operator.name}/{settlement.number}/{trip.number}"


def trip_row(settlement: Settlement, trip: Trip, ride: Ride | None) -> dict[str, Any]:
    """A row of `rel_trip`; the grant is the citizen's own."""
    starts = datetime(trip.day.year, trip.day.month, trip.day.day, tzinfo=UTC) + timedelta(minutes=trip.start)
    return {
        "trip_id": uid(trip_place(settlement, trip)), "settlement_id": uid(settlement.number),
        "operator_id": uid(settlement.operator.name), "unit_id": None,
        "citizen_id": uid("citizen", ride.citizen.number) if ride else None,
        "grant_id": uid(ride.number) if ride else None, "told_grant_id": uid(trip.grant) if trip.grant else None,
        "product": trip.product, "external_no": trip.number, "service_day": trip.day, "starts_at": starts,
        "ends_at": starts + timedelta(minutes=trip.minutes + trip.end_shift), "start_minute": trip.start % 1440,
        "elapsed_minutes": trip.minutes + trip.end_shift, "from_place_id": uid(trip.from_no) if trip.from_no else None,
        "to_place_id": uid(trip.to_no), "km": Decimal(trip.km).scaleb(-2), "minutes": trip.minutes,
        "waiting_minutes": trip.waiting, "aids": trip.aids, "lift": trip.lift, "bridge": trip.bridge,
        "companions": trip.companions, "solo": trip.solo, "no_show": trip.no_show, "cancelled": trip.cancelled,
        "cost_ore": trip.cost, "fee_ore": trip.fee, "user_payment_ore": trip.user_payment,
        "account_string": trip.account,
    }  # fmt: skip


def _criterion(ride: Ride) -> dict[str, Any]:
    prefix = None if ride.area in WITHOUT_ACCOUNT else ride.account[:5]
    return {
        "criterion_id": uid(ride.criterion),
        "code": ride.criterion,
        "area_no": ride.area,
        "account_prefix": prefix,
    }


def _price(operator: str, price: Any) -> dict[str, Any]:
    return {
        "operator_id": uid(operator), "product": price.product, "valid_from": price.start_day,
        "valid_to": price.end_day, "start_ore": price.start, "km_ore": price.km, "minute_ore": price.minute,
        "waiting_minute_ore": price.waiting, "lift_ore": price.lift, "bridge_ore": price.bridge,
        "no_show_ore": price.no_show, "day_ore": price.day, "fee_percent": Decimal(price.fee).scaleb(-2),
    }  # fmt: skip


def _grant(rows: Rows, ride: Ride) -> None:
    goal = ride.destination
    rows.rows["rel_ride_grant"].append(
        {"grant_id": uid(ride.number), "citizen_id": uid("citizen", ride.citizen.number),
         "criterion_id": uid(ride.criterion), "area_no": ride.area, "operator_kind": ride.operator.kind,
         "home_place_id": uid(ride.home.number), "destination_place_id": uid(goal.number) if goal else None,
         "calendar_id": uid("calendar", goal.calendar) if goal else None, "weekdays": ride.weekdays,
         "solo": ride.solo, "companion": ride.companion, "user_payment_ore": ride.user_payment or None,
         "road_km": None if ride.road is None else Decimal(ride.road).scaleb(-2), "starts": ride.start,
         "ends": ride.end}
    )  # fmt: skip
    rows.rows["rel_grant"].append(
        {"grant_id": uid(ride.number), "number": ride.number, "citizen_id": uid("citizen", ride.citizen.number),
         "status": "granted", "starts": ride.start, "ends": ride.end}
    )  # fmt: skip
    rows.rows["rel_absence"] += [
        {"absence_id": uid(ride.number, start), "grant_id": uid(ride.number), "starts": start, "ends": end}
        for start, end, _ in ride.absences
    ]


def _calendar(name: str, closed: frozenset[date]) -> list[dict[str, Any]]:
    first, last = min(closed), max(closed)
    opened, rows = 0, []
    for ahead in range((last - first).days + 2):
        day = first + timedelta(days=ahead)
        rows.append({"calendar_id": uid("calendar", name), "day": day, "open_before": opened})
        opened += day not in closed
    return rows


def _settlement(settlement: Settlement) -> dict[str, Any]:
    trips = settlement.trips
    return {
        "settlement_id": uid(settlement.number), "operator_id": uid(settlement.operator.name),
        "number": settlement.number, "version": 1, "invoice_number": settlement.invoice,
        "first_day": settlement.month, "last_day": max(trip.day for trip in trips), "trips": len(trips),
        "cost_ore": sum(trip.cost for trip in trips), "fee_ore": sum(trip.fee for trip in trips),
        "user_payment_ore": sum(trip.user_payment for trip in trips), "status": "received",
    }  # fmt: skip
