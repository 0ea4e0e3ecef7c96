"""What a forecast is computed from besides the registers, and what it gives. Money in øre, ends exclusive."""

from __future__ import annotations

from styr.grants.core.cost_relations import SERVICE_WINDOW
from styr.grants.core.relations import RATE, SERVICE
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

INDEX = Relation("rel_index", {"known_year": "int32", "index_from": "date", "index_to": "date", "factor": "int64"})
"""By which factor a price that began in `known_year` has changed in [index_from, index_to): in hundred-millionths, one
in the year itself."""

ONE = 10**8
"""A factor that changes nothing."""

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

STANDING_DAYS = Relation(
    "rel_standing_days", {"grant_id": "uuid", "calendar_id": "uuid", "weekdays": "int32", "told_to": "date"}
)
"""The grants that are used on certain weekdays (a bit mask, Monday 1) of a calendar's opening days.

`told_to` is the last day that the calendar closes on: nobody has told it further. Null where holidays are all there is.
Here it is empty; a domain above, which knows the days, puts its own rows in the view's place.
"""

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

BOOKED = Relation(
    "rel_booked",
    {
        "unit_id": "uuid",
        "citizen_id": "uuid",
        "grant_id": "uuid",
        "invoice_id": "uuid",
        "account": "string",
        "month": "date",
        "amount_ore": "int64",
    },
)
"""What is booked that a forecast counts, with the grants it is for (`booked.booked_cost`)."""

COUNTED_GRANT = Relation(
    "rel_counted_grant",
    {
        "grant_id": "uuid",
        "citizen_id": "uuid",
        "unit_id": "uuid",
        "section": "string",
        "starts": "date",
        "ends": "date",
        "account": "string",
        "promised": "boolean",
        "goes_on": "boolean",
    },
)
"""The grants that a forecast counts (`assumed.counted_grants`)."""

ASSUMED_SERVICE = Relation("rel_assumed_service", SERVICE.columns)
"""The services of those grants, as they are taken to go on."""

ASSUMED_RATE = Relation("rel_assumed_rate", RATE.columns)
"""Their prices, carried forward and indexed."""

DATED_LINE = Relation(
    "rel_dated_line",
    {
        "grant_id": "uuid",
        "root_id": "uuid",
        "line_service": "uuid",
        "covered_from": "date",
        "covered_to": "date",
    },
)
"""The days of the invoice lines behind those bookings (`cover.dated_lines`)."""

COVERED = Relation("rel_covered", {"service_id": "uuid", "covered_from": "date", "covered_to": "date"})
"""The days of services that what is booked was for (`cover.covered_days`)."""

WHOLE = Relation("rel_priced_whole", {"service_id": "uuid", "alone": "boolean"})
"""Services without such days in months that are still open; `alone` where their grant has no other."""

UNCOVERED = Relation("rel_uncovered", SERVICE_WINDOW.columns)
"""The windows of days that are not covered (`cover.uncovered_windows`)."""

PRICED = Relation("rel_priced", {"grant_id": "uuid", "month_start": "date", "closed": "boolean", "amount_ore": "int64"})
"""What those days cost, and whether the month is closed."""

BRIDGE_YEAR = Relation("rel_bridge_year", {"year_first": "date", "year_end": "date"})
"""One row: the year that a bridge is of."""

RELATIONS = (FRAME, INDEX, PROVISION, STANDING_DAYS, FORECAST, BRIDGE_YEAR)
"""Besides these there are the names of a forecast's stages, which nobody else reads."""
