"""Writes whole files about the own vehicles; a second run of the same file changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.kernel.upsert import (
    NoOverlap,
    Rule,
    Upsert,
    UpsertResult,
    ends_too_early,
    not_a_number_of,
    numbered,
    too_long,
)
from styr.kernel.upsert import upsert as write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.fleet.core.rows import DutyRow, LogRow, VehicleCostRow

_TIME: Final = r"^([01]?[0-9]|2[0-3])[:.][0-5][0-9]$"
# By number plate or by name, among our own vehicles; a name that two of them have is nobody's.
_VEHICLE: Final = """LEFT JOIN LATERAL (
    SELECT (array_agg(v.id))[1] AS id FROM transport_vehicle v
    JOIN transport_operator o ON o.id = v.operator_id AND o.kind = 'own'
    WHERE v.municipality_id = s.municipality_id
      AND (v.name = s.vehicle OR replace(v.registration, ' ', '') = nullif(upper(replace(s.vehicle, ' ', '')), ''))
    HAVING count(*) = 1) v ON TRUE"""
_NO_VEHICLE: Final = Rule(
    "vogn", "r.vehicle", "r.vehicle_id IS NULL",
    "Vognen findes ikke blandt kommunens egne, eller flere hedder det samme. Skriv nummerpladen.",
)  # fmt: skip


def _minute(column: str) -> str:
    parts = f"regexp_split_to_array(s.{column}, '[:.]')"
    return f"CASE WHEN s.{column} ~ '{_TIME}' THEN ({parts})[1]::int * 60 + ({parts})[2]::int END"


def _unreadable(heading: str, column: str) -> Rule:
    return Rule(heading, f"r.{column}_told", f"r.{column} IS NULL", "Klokkeslættet kan ikke læses. Skriv fx 08:15.")


LOG: Final = Upsert(
    table="fleet_logentry",
    heading="vogn",
    columns={
        "vehicle": "string", "day": "date", "starts": "string", "ends": "string", "km": "decimal", "purpose": "string",
        "unit_source_id": "string", "passengers": "int64",
    },
    resolve=f"""
        WITH timed AS (SELECT s.*, {_minute("starts")} AS begun, {_minute("ends")} AS done FROM stage s)
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.vehicle, v.id AS vehicle_id, s.day,
               s.starts AS starts_told, s.ends AS ends_told, s.begun AS starts,
               s.done + CASE WHEN s.done <= s.begun THEN 1440 ELSE 0 END AS ends, s.km,
               coalesce(s.purpose, '') AS purpose, s.unit_source_id, u.id AS unit_id, s.passengers
        FROM timed s {_VEHICLE}
        LEFT JOIN access_unit u ON u.municipality_id = s.municipality_id AND u.number = s.unit_source_id
    """,  # noqa: S608 - names from our own code
    key=("vehicle_id", "day", "starts"),
    written=("ends", "km", "purpose", "unit_id", "passengers"),
    rules=(
        _NO_VEHICLE,
        _unreadable("fra", "starts"),
        _unreadable("til", "ends"),
        Rule("km", "r.km", "r.km < 0 OR r.km >= 1e6 OR round(r.km, 2) <> r.km", "Skriv km med højst to decimaler."),
        Rule("passagerer", "r.passengers", "r.passengers NOT BETWEEN 0 AND 200", "Skriv fra 0 til 200."),
        Rule(
            "enhed_nr", "r.unit_source_id", "r.unit_source_id IS NOT NULL AND r.unit_id IS NULL",
            "Enheden findes ikke. Indlæs registret med dem først.",
        ),
        too_long("formål", "purpose", 200),
    ),
)  # fmt: skip

_KRONER: Final = (
    ("leasing_pr_måned", "leasing", "leasing_month_ore"),
    ("forsikring_pr_år", "insurance", "insurance_year_ore"),
    ("service_pr_år", "service", "service_year_ore"),
)
COSTS: Final = Upsert(
    table="fleet_vehiclecost",
    heading="vogn",
    columns={
        "vehicle": "string", "valid_from": "date", "valid_to": "date", "leasing": "decimal", "insurance": "decimal",
        "service": "decimal", "per_100km": "decimal", "source": "string",
    },
    resolve=f"""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.vehicle, v.id AS vehicle_id, s.valid_from, s.valid_to,
               {", ".join(f"s.{name}, round(s.{name} * 100)::bigint AS {ore}" for _, name, ore in _KRONER)},
               s.per_100km, coalesce(s.source, '') AS source
        FROM stage s {_VEHICLE}
    """,  # noqa: S608 - names from our own code
    key=("vehicle_id", "valid_from"),
    written=("valid_to", "leasing_month_ore", "insurance_year_ore", "service_year_ore", "per_100km", "source"),
    rules=(
        _NO_VEHICLE,
        *(not_a_number_of(heading, name, decimals=2) for heading, name, _ in _KRONER),
        not_a_number_of("forbrug_pr_100_km", "per_100km", decimals=2),
        too_long("kilde", "source", 200),
        ends_too_early("gyldig_til", "valid_from", "valid_to"),
    ),
    no_overlap=NoOverlap(
        column="gyldig_fra", same=("vehicle_id",), starts="valid_from", ends="valid_to",
        message="Vognens udgifter står allerede for en del af perioden. Ret datoerne.",
    ),
)  # fmt: skip

DUTIES: Final = Upsert(
    table="fleet_duty",
    heading="vogn",
    columns={"vehicle": "string", "place": "string", "valid_from": "date", "valid_to": "date"},
    resolve=f"""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.vehicle, v.id AS vehicle_id, s.place, p.id AS place_id,
               s.valid_from, s.valid_to
        FROM stage s {_VEHICLE}
        LEFT JOIN transport_place p ON p.municipality_id = s.municipality_id AND p.number = s.place AND p.kind <> 'home'
    """,  # noqa: S608 - names from our own code
    key=("vehicle_id", "place_id", "valid_from"),
    written=("valid_to",),
    rules=(
        _NO_VEHICLE,
        Rule("sted_nr", "r.place", "r.place_id IS NULL", "Stedet findes ikke. Indlæs stederne først."),
        ends_too_early("gyldig_til", "valid_from", "valid_to"),
    ),
    no_overlap=NoOverlap(
        column="gyldig_fra", same=("vehicle_id", "place_id"), starts="valid_from", ends="valid_to",
        message="Vognen kører der allerede i en del af perioden. Ret datoerne.",
    ),
)  # fmt: skip


@transaction.atomic
def upsert_log(rows: Sequence[LogRow], *, municipality_id: UUID) -> UpsertResult:
    """Write lines of logbooks by vehicle, day and start."""
    return _write(LOG, rows, municipality_id)


@transaction.atomic
def upsert_vehicle_costs(rows: Sequence[VehicleCostRow], *, municipality_id: UUID) -> UpsertResult:
    """Write what vehicles cost, by vehicle and first day; kroner become øre."""
    return _write(COSTS, rows, municipality_id)


@transaction.atomic
def upsert_duties(rows: Sequence[DutyRow], *, municipality_id: UUID) -> UpsertResult:
    """Write where vehicles drive by duty, by vehicle, place and first day."""
    return _write(DUTIES, rows, municipality_id)


def _write(kind: Upsert, rows: Sequence[Any], municipality_id: UUID) -> UpsertResult:
    with connection.cursor() as cursor:
        return write(cursor, kind, numbered(rows), municipality_id=municipality_id)
