"""How places and what grants say of rides land in their tables; what is missing is kept, what is wrong is told."""

from __future__ import annotations

from typing import Final

from styr.kernel.upsert import Rule, Upsert, not_a_number_of, not_one_of, too_long
from styr.transport.bulk_kinds import OPERATOR
from styr.transport.core.codes import PlaceKind

_TIME: Final = r"^([01]?[0-9]|2[0-3])[:.][0-5][0-9]$"


def _time(heading: str, column: str) -> Rule:
    return Rule(
        heading,
        f"r.{column}_told",
        f"r.{column}_told IS NOT NULL AND r.{column}_told !~ '{_TIME}'",
        "Klokkeslættet kan ikke læses. Skriv fx 08:15.",
    )


def _read_time(column: str) -> str:
    """The SQL of a told time; what cannot be read is null, and a rule tells it."""
    return (
        f"s.{column} AS {column}_told, "
        f"CASE WHEN s.{column} ~ '{_TIME}' THEN replace(s.{column}, '.', ':')::time END AS {column}"
    )


PLACES: Final = Upsert(
    table="transport_place",
    heading="sted_nr",
    columns={
        "number": "string",
        "kind": "string",
        "name": "string",
        "street": "string",
        "postal_code": "string",
        "town": "string",
        "latitude": "decimal",
        "longitude": "decimal",
        "citizen_source_id": "string",
        "calendar": "string",
        "bell_in": "string",
        "bell_out": "string",
    },
    resolve=f"""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.number, s.kind, coalesce(s.name, '') AS name,
               coalesce(s.street, '') AS street, coalesce(s.postal_code, '') AS postal_code,
               coalesce(s.town, '') AS town, s.latitude AS told_latitude, s.longitude AS told_longitude,
               CASE WHEN s.longitude IS NOT NULL THEN round(s.latitude, 6) END AS latitude,
               CASE WHEN s.latitude IS NOT NULL THEN round(s.longitude, 6) END AS longitude,
               CASE WHEN num_nulls(s.latitude, s.longitude) = 0 THEN 'file' ELSE '' END AS source,
               s.citizen_source_id, CASE WHEN s.kind = 'home' THEN c.id END AS citizen_id,
               CASE WHEN s.kind = 'home' THEN c.unit_id END AS unit_id, s.calendar AS calendar_told,
               k.id AS calendar_id, {_read_time("bell_in")}, {_read_time("bell_out")}
        FROM stage s
        LEFT JOIN people_citizen c ON c.municipality_id = s.municipality_id AND c.source_id = s.citizen_source_id
        LEFT JOIN contracts_openingcalendar k ON k.municipality_id = s.municipality_id AND k.code = s.calendar
    """,  # noqa: S608 - names from our own code
    key=("municipality_id", "number"),
    written=(
        *("kind", "name", "street", "postal_code", "town", "latitude", "longitude", "source", "citizen_id", "unit_id"),
        *("calendar_id", "bell_in", "bell_out"),
    ),
    rules=(
        not_one_of("art", "kind", PlaceKind.values()),
        Rule(
            "borger_nr",
            "r.citizen_source_id",
            "r.kind = 'home' AND r.citizen_id IS NULL",
            "Et hjem er en borgers. Indlæs borgeren først, eller brug arten »andet sted«.",
        ),
        Rule(
            "bredde",
            "r.told_latitude",
            "r.told_latitude NOT BETWEEN -90 AND 90 OR r.told_longitude NOT BETWEEN -180 AND 180",
            "Bredden er fra -90 til 90 og længden fra -180 til 180. Er de byttet om, eller mangler kommaet?",
        ),
        Rule(
            "kalender",
            "r.calendar_told",
            "r.calendar_told IS NOT NULL AND r.calendar_id IS NULL",
            "Kalenderen findes ikke. Indlæs dens lukkedage først.",
        ),
        _time("møder_ind", "bell_in"),
        _time("får_fri", "bell_out"),
        too_long("sted_nr", "number", 40),
        too_long("navn", "name", 120),
        too_long("adresse", "street", 160),
        too_long("postnr", "postal_code", 10),
        too_long("by", "town", 80),
    ),
)

RIDES: Final = Upsert(
    table="transport_ridegrant",
    heading="bevilling_nr",
    columns={
        "grant_source_id": "string", "criterion": "string", "operator": "string", "home": "string",
        "destination": "string", "weekdays": "int64", "out_arrive": "string", "back_leave": "string",
        "aids": "string", "companion": "boolean", "solo": "boolean", "max_ride_minutes": "int64",
        "payment": "decimal", "road_km": "decimal",
    },
    resolve=f"""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.grant_source_id, g.id AS grant_id, g.unit_id,
               s.criterion, c.id AS criterion_id, s.operator, o.id AS operator_id, s.home, h.id AS home_id,
               s.destination, d.id AS destination_id, s.weekdays, {_read_time("out_arrive")},
               {_read_time("back_leave")}, coalesce(s.aids, '') AS aids, coalesce(s.companion, false) AS companion,
               coalesce(s.solo, false) AS solo, s.max_ride_minutes, s.payment,
               round(s.payment * 100)::bigint AS user_payment_ore, s.road_km,
               CASE WHEN s.road_km IS NULL THEN '' ELSE 'person' END AS road_source, '{{}}'::jsonb AS facts
        FROM stage s
        LEFT JOIN grants_grant g ON g.municipality_id = s.municipality_id AND g.source_id = s.grant_source_id
        LEFT JOIN transport_criterion c ON c.municipality_id = s.municipality_id AND c.code = upper(s.criterion)
            AND c.valid_from <= g.starts AND (c.valid_to IS NULL OR c.valid_to > g.starts)
        {OPERATOR}
        LEFT JOIN transport_place h ON h.municipality_id = s.municipality_id AND h.number = s.home
        LEFT JOIN transport_place d ON d.municipality_id = s.municipality_id AND d.number = s.destination
    """,  # noqa: S608 - names from our own code
    key=("grant_id",),
    written=(
        *("criterion_id", "operator_id", "home_id", "destination_id", "weekdays", "out_arrive", "back_leave", "aids"),
        *("companion", "solo", "max_ride_minutes", "user_payment_ore", "road_km", "road_source"),
    ),
    kept=("unit_id", "facts"),
    rules=(
        Rule("bevilling_nr", "r.grant_source_id", "r.grant_id IS NULL", "Bevillingen findes ikke. Indlæs den først."),
        Rule(
            "kriterium",
            "r.criterion",
            "r.grant_id IS NOT NULL AND r.criterion_id IS NULL",
            "Kriteriet findes ikke på bevillingens første dag. Ret koden, eller indlæs kriteriet først.",
        ),
        Rule(
            "operatør",
            "r.operator",
            "r.operator IS NOT NULL AND r.operator_id IS NULL",
            "Operatøren findes ikke. Indlæs operatørerne først.",
        ),
        *(
            Rule(heading, f"r.{name}", f"r.{name} IS NOT NULL AND r.{name}_id IS NULL",
                 "Stedet findes ikke. Indlæs stederne først.")
            for heading, name in (("fra_sted", "home"), ("til_sted", "destination"))
        ),
        Rule("længste_køretid", "r.max_ride_minutes", "r.max_ride_minutes NOT BETWEEN 1 AND 600", "Skriv 1-600."),
        not_a_number_of("egenbetaling", "payment", decimals=2),
        Rule("vej_km", "r.road_km", "r.road_km < 0 OR r.road_km >= 10000", "Vejen er fra 0 til 10.000 km."),
        _time("fremme_senest", "out_arrive"),
        _time("hjem_tidligst", "back_leave"),
        too_long("hjælpemidler", "aids", 200),
    ),
)  # fmt: skip
