"""The registers of transport as relations: money in øre, ends exclusive and null when open, times as HH:MM."""

from __future__ import annotations

from styr.kernel.relation import Relation

RIDE_GRANT = Relation(
    "rel_ride_grant",
    {
        "grant_id": "uuid",
        "unit_id": "uuid",
        "citizen_id": "uuid",
        "criterion_id": "uuid",
        "area_no": "int32",
        "operator_kind": "string",
        "home_place_id": "uuid",
        "destination_place_id": "uuid",
        "calendar_id": "uuid",
        "weekdays": "int32",
        "out_arrive": "string",
        "back_leave": "string",
        "solo": "boolean",
        "companion": "boolean",
        "aids": "string",
        "max_ride_minutes": "int32",
        "user_payment_ore": "int64",
        "road_km": "decimal(9, 2)",
        "starts": "date",
        "ends": "date",
        "operator_id": "uuid",
    },
)
"""A transport grant that is granted, or was until it was stopped: drafts are not here. `weekdays` is a bit mask, Monday
1, and 0 as needed; the calendar is the destination's; `starts` and `ends` are the grant's."""

CRITERION = Relation(
    "rel_criterion", {"criterion_id": "uuid", "code": "string", "area_no": "int32", "account_prefix": "string"}
)

OPERATOR = Relation("rel_operator", {"operator_id": "uuid", "kind": "string", "supplier_id": "uuid"})

PRICE_SCHEME = Relation(
    "rel_price_scheme",
    {
        "operator_id": "uuid",
        "product": "string",
        "valid_from": "date",
        "valid_to": "date",
        "start_ore": "int64",
        "km_ore": "int64",
        "minute_ore": "int64",
        "waiting_minute_ore": "int64",
        "lift_ore": "int64",
        "bridge_ore": "int64",
        "no_show_ore": "int64",
        "day_ore": "int64",
        "fee_percent": "decimal(9, 4)",
    },
)
"""Never two of one operator and product on a day."""

PLACE = Relation(
    "rel_place",
    {
        "place_id": "uuid",
        "kind": "string",
        "latitude": "decimal(9, 6)",
        "longitude": "decimal(9, 6)",
        "calendar_id": "uuid",
    },
)
"""Without coordinates where nobody has found the place yet. Addresses and names are not in relations."""

VEHICLE = Relation(
    "rel_vehicle",
    {"vehicle_id": "uuid", "operator_id": "uuid", "seats": "int32", "wheelchairs": "int32", "solo": "boolean"},
)

RELATIONS = (RIDE_GRANT, CRITERION, OPERATOR, PRICE_SCHEME, PLACE, VEHICLE)
