"""What a forecast is computed from besides the registers, and what it gives. Money in øre, ends exclusive."""

from __future__ import annotations

from styr.kernel.relation import Relation

FRAME = Relation(
    "rel_forecast_frame",
    {
        "first_day": "date",
        "end_day": "date",
        "closed_before": "date",
        "as_of": "date",
        "grace_from": "date",
        "cover_from": "date",
        "base_year": "int32",
    },
)
"""One row: whole months [first_day, end_day), of which those before `closed_before` are closed.

What ended, or had its last price, before `grace_from` is over. Bookings before `cover_from` cover nothing any more.
Prices of `base_year` and earlier are known; later ones are indexed where no register says them.
"""

INDEX = Relation(
    "rel_index", {"known_year": "int32", "index_from": "date", "index_to": "date", "factor": "decimal(18, 8)"}
)
"""By which factor a price that began in `known_year` has changed in [index_from, index_to); 1 in the year itself."""

PROVISION = Relation(
    "rel_provision",
    {
        "provision_id": "uuid",
        "unit_id": "uuid",
        "section": "string",
        "account": "string",
        "kind": "string",
        "starts": "date",
        "ends": "date",
        "month_ore": "int64",
    },
)
"""What is set aside for a month in [starts, ends), both first days of months; the end is null when open."""

FORECAST = Relation(
    "rel_forecast",
    {
        "citizen_id": "uuid",
        "grant_id": "uuid",
        "unit_id": "uuid",
        "section": "string",
        "account": "string",
        "month": "date",
        "basis": "string",
        "amount_ore": "int64",
    },
)
"""A forecast's rows; `basis` is a code of `codes.Basis`, `section` and `account` are "" where nobody knows them."""

BRIDGE_YEAR = Relation("rel_bridge_year", {"year_first": "date", "year_end": "date"})
"""One row: the year that a bridge is of."""

RELATIONS = (BRIDGE_YEAR, FRAME, INDEX, PROVISION, FORECAST)
