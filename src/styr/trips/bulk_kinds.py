"""How rows of trips and of attendance land in their tables: what is unlikely is kept, what cannot be read is told."""

from __future__ import annotations

from typing import Final

from styr.kernel.upsert import Rule, Upsert, too_long
from styr.trips.placing import BEST_GRANT

_TIME: Final = r"^([01]?[0-9]|2[0-3])[:.][0-5][0-9]$"
_BEST: Final = BEST_GRANT.format(
    citizen="coalesce(c.id, k.id)", named="g.id", day="s.service_day", origin="f.id", goal="t.id"
)
_ZONE: Final = "AT TIME ZONE 'Europe/Copenhagen'"


def _time(heading: str, column: str) -> Rule:
    return Rule(
        heading,
        f"r.{column}_told",
        f"r.{column}_told IS NOT NULL AND r.{column}_told !~ '{_TIME}'",
        "Klokkeslættet kan ikke læses. Skriv fx 08:15.",
    )


def _clock(column: str) -> str:
    return f"CASE WHEN s.{column} ~ '{_TIME}' THEN replace(s.{column}, '.', ':')::time END"


def _amount(heading: str, column: str) -> Rule:
    return Rule(
        heading,
        f"r.{column} / 100",
        f"abs(r.{column}) >= 1e10 OR r.{column} <> trunc(r.{column})",
        "Beløbet skal være under 100 mio. kr. og have højst to decimaler.",
    )


def _count(heading: str, column: str) -> Rule:
    return Rule(heading, f"r.{column}", f"abs(r.{column}) > 100000", "Tallet er ugyldigt.")


TRIPS: Final = Upsert(
    table="trips_trip",
    heading="tur_nr",
    columns={
        "settlement_id": "uuid", "operator_id": "uuid", "external_no": "string", "product": "string",
        "citizen_source_id": "string", "citizen_index": "string", "grant_source_id": "string", "service_day": "date",
        "ordered_on": "date", "starts": "string", "ends": "string", "from_place": "string", "to_place": "string",
        "km": "decimal", "minutes": "int64", "waiting_minutes": "int64", "aids": "string", "lift": "boolean",
        "bridge": "boolean", "companions": "int64", "solo": "boolean", "no_show": "boolean", "cancelled": "boolean",
        "cost": "decimal", "fee": "decimal", "user_payment": "decimal", "account_string": "string",
    },
    resolve=f"""
        WITH timed AS (
            SELECT s.*, {_clock("starts")} AS begun, {_clock("ends")} AS done FROM stage s
        )
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.settlement_id, s.operator_id, s.external_no, s.product,
               coalesce(c.id, k.id) AS citizen_id, coalesce(c.unit_id, k.unit_id) AS unit_id,
               coalesce(s.citizen_source_id, '') AS citizen_number,
               g.id AS told_grant_id, best.grant_id, coalesce(s.grant_source_id, '') AS grant_number, s.service_day,
               s.ordered_on::timestamp {_ZONE} AS ordered_at, s.starts AS starts_told, s.ends AS ends_told,
               (s.service_day + s.begun) {_ZONE} AS starts_at,
               (s.service_day + s.done + CASE WHEN s.done < s.begun THEN interval '1 day' ELSE interval '0' END)
                   {_ZONE} AS ends_at,
               f.id AS from_place_id, t.id AS to_place_id, coalesce(s.from_place, '') AS from_told,
               coalesce(s.to_place, '') AS to_told, coalesce(s.km, 0) AS km, coalesce(s.minutes, 0) AS minutes,
               coalesce(s.waiting_minutes, 0) AS waiting_minutes, coalesce(s.aids, '') AS aids,
               coalesce(s.lift, false) AS lift, coalesce(s.bridge, false) AS bridge,
               coalesce(s.companions, 0) AS companions, coalesce(s.solo, false) AS solo,
               coalesce(s.no_show, false) AS no_show, coalesce(s.cancelled, false) AS cancelled, false AS withdrawn,
               s.cost * 100 AS cost_ore, coalesce(s.fee, 0) * 100 AS fee_ore,
               coalesce(s.user_payment, 0) * 100 AS user_payment_ore, coalesce(s.account_string, '') AS account_string
        FROM timed s
        LEFT JOIN people_citizen c ON c.municipality_id = s.municipality_id AND c.source_id = s.citizen_source_id
        LEFT JOIN people_citizen k ON k.municipality_id = s.municipality_id AND k.cpr_index = s.citizen_index
        LEFT JOIN grants_grant g ON g.municipality_id = s.municipality_id AND g.source_id = s.grant_source_id
        LEFT JOIN transport_place f ON f.municipality_id = s.municipality_id AND f.number = s.from_place
        LEFT JOIN transport_place t ON t.municipality_id = s.municipality_id AND t.number = s.to_place
        {_BEST}
    """,  # noqa: S608 - names from our own code
    key=("settlement_id", "external_no"),
    written=(
        *("operator_id", "product", "citizen_id", "unit_id", "citizen_number", "told_grant_id", "grant_number"),
        "grant_id",
        *("service_day", "ordered_at", "starts_at", "ends_at", "from_place_id", "to_place_id", "from_told", "to_told"),
        *("km", "minutes", "waiting_minutes", "aids", "lift", "bridge", "companions", "solo", "no_show", "cancelled"),
        *("withdrawn", "cost_ore", "fee_ore", "user_payment_ore", "account_string"),
    ),
    rules=(
        _time("start", "starts"), _time("slut", "ends"),
        _amount("pris", "cost_ore"), _amount("administration", "fee_ore"), _amount("egenbetaling", "user_payment_ore"),
        _count("minutter", "minutes"), _count("ventetid", "waiting_minutes"), _count("ledsagere", "companions"),
        Rule("km", "r.km", "abs(r.km) >= 1e6 OR round(r.km, 2) <> r.km", "Skriv km med højst to decimaler."),
        too_long("tur_nr", "external_no", 60), too_long("produkt", "product", 60),
        too_long("borger_nr", "citizen_number", 60), too_long("bevilling_nr", "grant_number", 60),
        too_long("fra_sted", "from_told", 160), too_long("til_sted", "to_told", 160),
        too_long("hjælpemidler", "aids", 200),
    ),
)  # fmt: skip

ATTENDANCE: Final = Upsert(
    table="trips_attendance",
    heading="bevilling_nr",
    columns={"grant_source_id": "string", "day": "date", "present": "boolean"},
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.grant_source_id, g.id AS grant_id, g.unit_id, s.day,
               s.present
        FROM stage s
        LEFT JOIN grants_grant g ON g.municipality_id = s.municipality_id AND g.source_id = s.grant_source_id
    """,
    key=("grant_id", "day"),
    written=("present",),
    kept=("unit_id",),
    rules=(
        Rule(
            "bevilling_nr",
            "r.grant_source_id",
            "r.grant_id IS NULL",
            "Bevillingen findes ikke. Indlæs bevillingen først.",
        ),
    ),
)
