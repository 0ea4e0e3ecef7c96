"""What operators settled and what is known of the days, as relations: money in øre, ends exclusive."""

from __future__ import annotations

from typing import Final

from styr.kernel.relation import Relation

TRIP: Final = Relation(
    "rel_trip",
    {
        "trip_id": "uuid",
        "settlement_id": "uuid",
        "operator_id": "uuid",
        "unit_id": "uuid",
        "citizen_id": "uuid",
        "grant_id": "uuid",
        "told_grant_id": "uuid",
        "product": "string",
        "external_no": "string",
        "service_day": "date",
        "ordered_at": "timestamp('UTC')",
        "starts_at": "timestamp('UTC')",
        "ends_at": "timestamp('UTC')",
        "start_minute": "int32",
        "elapsed_minutes": "int32",
        "from_place_id": "uuid",
        "to_place_id": "uuid",
        "km": "decimal(9, 2)",
        "minutes": "int32",
        "waiting_minutes": "int32",
        "aids": "string",
        "lift": "boolean",
        "bridge": "boolean",
        "companions": "int32",
        "solo": "boolean",
        "no_show": "boolean",
        "cancelled": "boolean",
        "cost_ore": "int64",
        "fee_ore": "int64",
        "user_payment_ore": "int64",
        "account_string": "string",
    },
)
"""The trips of the newest version of each settlement; what it no longer has is not here.

`grant_id` is the transport grant that fits best, `told_grant_id` the one that the file names. `start_minute` counts
from midnight by the clock on the wall; `elapsed_minutes` is what really passed, over midnight too.
"""

SETTLEMENT: Final = Relation(
    "rel_settlement",
    {
        "settlement_id": "uuid",
        "operator_id": "uuid",
        "number": "string",
        "version": "int32",
        "invoice_number": "string",
        "first_day": "date",
        "last_day": "date",
        "trips": "int32",
        "cost_ore": "int64",
        "fee_ore": "int64",
        "user_payment_ore": "int64",
        "status": "string",
    },
)

ATTENDANCE: Final = Relation(
    "rel_attendance", {"grant_id": "uuid", "unit_id": "uuid", "day": "date", "present": "boolean"}
)

RIDE_CHANGE: Final = Relation(
    "rel_ride_change", {"grant_id": "uuid", "kind": "string", "starts": "date", "ends": "date"}
)
"""Days on which a citizen does not ride as granted, as institutions told."""

TOLERANCE: Final = Relation(
    "rel_trip_tolerance", {"rule": "string", "value": "int32", "valid_from": "date", "valid_to": "date"}
)
"""How far a trip may be from the road before it is asked about, where the municipality has said so itself; dated."""

RELATIONS: Final = (TRIP, SETTLEMENT, ATTENDANCE, RIDE_CHANGE, TOLERANCE)

RIDE_DAY: Final = Relation("rel_ride_day", {"day": "date", "bit": "int32"})
"""The days that are asked about, each with its bit of a week's mask; loaded by the caller (`standing.days_of`)."""
