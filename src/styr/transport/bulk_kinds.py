"""How rows of transport's register files land in their tables: what they point at, and what is wrong with them."""

from __future__ import annotations

from typing import Final

from styr.kernel.upsert import NoOverlap, Rule, Upsert, ends_too_early, not_a_number_of, not_one_of, too_long
from styr.transport.core.codes import Fuel, OperatorKind
from styr.transport.register_models import PRICES as PRICE_NAMES

_AREA: Final = """LEFT JOIN transport_area a ON a.municipality_id = s.municipality_id AND a.number = s.area_no
    AND a.valid_from = (SELECT max(v.valid_from) FROM transport_area v
                        WHERE v.municipality_id = s.municipality_id AND v.number = s.area_no)"""
OPERATOR: Final = "LEFT JOIN transport_operator o ON o.municipality_id = s.municipality_id AND o.name = s.operator"
_NO_AREA = Rule(
    "område_nr", "r.area_no", "r.area_id IS NULL", "Området findes ikke. Indlæs befordringsområderne først."
)
_NO_OPERATOR = Rule(
    "operatør", "r.operator", "r.operator_id IS NULL", "Operatøren findes ikke. Indlæs operatørerne først."
)


def _apart(column: str, *same: str, what: str) -> NoOverlap:
    return NoOverlap(
        column=column,
        same=same,
        starts="valid_from",
        ends="valid_to",
        message=f"{what} gælder allerede i en del af perioden. Ret datoerne.",
    )


AREAS: Final = Upsert(
    table="transport_area",
    heading="område_nr",
    columns={
        "number": "int64",
        "name": "string",
        "department": "string",
        "description": "string",
        "valid_from": "date",
        "valid_to": "date",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.number, s.name, s.department,
               coalesce(s.description, '') AS description, s.valid_from, s.valid_to FROM stage s
    """,
    key=("municipality_id", "number", "valid_from"),
    written=("name", "department", "description", "valid_to"),
    rules=(
        Rule("område_nr", "r.number", "r.number NOT BETWEEN 1 AND 999", "Nummeret skal være fra 1 til 999."),
        too_long("område", "name", 120),
        too_long("center", "department", 80),
        too_long("beskrivelse", "description", 300),
        ends_too_early("gyldig_til", "valid_from", "valid_to"),
    ),
    no_overlap=_apart("gyldig_fra", "number", what="Området"),
)

CRITERIA: Final = Upsert(
    table="transport_criterion",
    heading="kriterium",
    columns={
        "code": "string",
        "area_no": "int64",
        "name": "string",
        "section": "string",
        "law": "string",
        "target_group": "string",
        "form": "string",
        "terms": "string",
        "rule": "string",
        "account_prefix": "string",
        "needs_check": "boolean",
        "source": "string",
        "valid_from": "date",
        "valid_to": "date",
    },
    resolve=f"""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, upper(s.code) AS code, s.area_no, a.id AS area_id, s.name,
               coalesce(s.section, '') AS section, s.law, s.target_group, s.form, coalesce(s.terms, '') AS terms,
               coalesce(s.rule, '') AS rule, coalesce(s.account_prefix, '') AS account_prefix,
               coalesce(s.needs_check, false) AS needs_check, coalesce(s.source, '') AS source,
               s.valid_from, s.valid_to
        FROM stage s {_AREA}
    """,  # noqa: S608 - names from our own code
    key=("municipality_id", "code", "valid_from"),
    written=(
        *("area_id", "name", "section", "law", "target_group", "form", "terms", "rule", "account_prefix"),
        *("needs_check", "source", "valid_to"),
    ),
    rules=(
        _NO_AREA,
        Rule("kriterium", "r.code", "r.code !~ '^[A-ZÆØÅ0-9-]{1,10}$'", "Koden har højst ti bogstaver og cifre."),
        Rule("konto", "r.account_prefix", "r.account_prefix !~ '^[0-9]{0,16}$'", "Skriv kun cifre."),
        too_long("navn", "name", 160),
        too_long("lovgrundlag", "law", 200),
        too_long("målgruppe", "target_group", 400),
        too_long("befordringsform", "form", 300),
        too_long("vilkår", "terms", 600),
        too_long("kilde", "source", 300),
        ends_too_early("gyldig_til", "valid_from", "valid_to"),
    ),
    no_overlap=_apart("gyldig_fra", "code", what="Kriteriet"),
)

ACCOUNTS: Final = Upsert(
    table="transport_areaaccount",
    heading="konto_begynder",
    columns={
        "area_no": "int64",
        "prefix": "string",
        "operator_kind": "string",
        "is_admin": "boolean",
        "valid_from": "date",
        "valid_to": "date",
    },
    resolve=f"""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.area_no, a.id AS area_id, s.prefix,
               coalesce(s.operator_kind, '') AS operator_kind, coalesce(s.is_admin, false) AS is_admin,
               s.valid_from, s.valid_to
        FROM stage s {_AREA}
    """,  # noqa: S608 - names from our own code
    key=("municipality_id", "prefix", "valid_from"),
    written=("area_id", "operator_kind", "is_admin", "valid_to"),
    rules=(
        _NO_AREA,
        Rule("konto_begynder", "r.prefix", "r.prefix !~ '^[0-9]{1,16}$'", "Skriv fra et til seksten cifre."),
        ends_too_early("gyldig_til", "valid_from", "valid_to"),
    ),
    no_overlap=_apart("gyldig_fra", "prefix", what="Kontoen"),
)

OPERATORS: Final = Upsert(
    table="transport_operator",
    heading="operatør",
    columns={
        "name": "string",
        "kind": "string",
        "supplier_source_id": "string",
        "contract_number": "string",
        "note": "string",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.name, s.kind, s.supplier_source_id, p.id AS supplier_id,
               s.contract_number, k.id AS contract_id, coalesce(s.note, '') AS note
        FROM stage s
        LEFT JOIN suppliers_supplier p ON p.municipality_id = s.municipality_id AND p.source_id = s.supplier_source_id
        LEFT JOIN contracts_contract k ON k.municipality_id = s.municipality_id AND k.number = s.contract_number
    """,
    key=("municipality_id", "name"),
    written=("kind", "supplier_id", "contract_id", "note"),
    rules=(
        not_one_of("art", "kind", OperatorKind.values()),
        Rule(
            "leverandør_nr",
            "r.supplier_source_id",
            "r.supplier_source_id IS NOT NULL AND r.supplier_id IS NULL",
            "Leverandøren findes ikke. Indlæs leverandøren først.",
        ),
        Rule(
            "kontrakt_nr",
            "r.contract_number",
            "r.contract_number IS NOT NULL AND r.contract_id IS NULL",
            "Kontrakten findes ikke. Indlæs kontrakten først.",
        ),
        too_long("operatør", "name", 120),
        too_long("bemærkning", "note", 300),
    ),
)

PRICES: Final = Upsert(
    table="transport_pricescheme",
    heading="produkt",
    columns={
        "operator": "string",
        "product": "string",
        "valid_from": "date",
        "valid_to": "date",
        **{f"{name}_kr": "decimal" for name in PRICE_NAMES},
        "fee_percent": "decimal",
    },
    resolve=f"""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.operator, o.id AS operator_id, s.product, s.valid_from,
               s.valid_to, coalesce(s.fee_percent, 0) AS fee_percent,
               {
        ", ".join(
            f"coalesce(s.{name}_kr, 0) AS {name}_kr, round(coalesce(s.{name}_kr, 0) * 100)::bigint AS {name}_ore"
            for name in PRICE_NAMES
        )
    }
        FROM stage s {OPERATOR}
    """,  # noqa: S608 - names from our own code
    key=("operator_id", "product", "valid_from"),
    written=("valid_to", "fee_percent", *(f"{name}_ore" for name in PRICE_NAMES)),
    rules=(
        _NO_OPERATOR,
        *(not_a_number_of(name, f"{name}_kr", decimals=2) for name in PRICE_NAMES),
        Rule("administration_pct", "r.fee_percent", "r.fee_percent NOT BETWEEN 0 AND 100", "Skriv fra 0 til 100."),
        too_long("produkt", "product", 60),
        ends_too_early("gyldig_til", "valid_from", "valid_to"),
    ),
    no_overlap=_apart("gyldig_fra", "operator_id", "product", what="En pris på produktet"),
)

VEHICLES: Final = Upsert(
    table="transport_vehicle",
    heading="vogn",
    columns={
        "operator": "string",
        "name": "string",
        "registration": "string",
        "seats": "int64",
        "wheelchairs": "int64",
        "lift": "boolean",
        "solo": "boolean",
        "fuel": "string",
        "co2_g_km": "int64",
        "first_registered": "date",
        "unit_source_id": "string",
        "use": "string",
    },
    resolve=f"""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.operator, o.id AS operator_id, s.name,
               coalesce(s.registration, '') AS registration, coalesce(s.seats, 0) AS seats,
               coalesce(s.wheelchairs, 0) AS wheelchairs, coalesce(s.lift, false) AS lift,
               coalesce(s.solo, false) AS solo, coalesce(s.fuel, 'unknown') AS fuel, s.co2_g_km, s.first_registered,
               s.unit_source_id, u.id AS home_unit_id, coalesce(s.use, '') AS use
        FROM stage s {OPERATOR}
        LEFT JOIN access_unit u ON u.municipality_id = s.municipality_id AND u.number = s.unit_source_id
    """,  # noqa: S608 - names from our own code
    key=("operator_id", "name"),
    written=(
        *("registration", "seats", "wheelchairs", "lift", "solo", "fuel", "co2_g_km", "first_registered"),
        *("home_unit_id", "use"),
    ),
    rules=(
        _NO_OPERATOR,
        Rule("siddepladser", "r.seats", "r.seats NOT BETWEEN 0 AND 200", "En vogn har fra 0 til 200 pladser."),
        Rule(
            "kørestolspladser",
            "r.wheelchairs",
            "r.wheelchairs NOT BETWEEN 0 AND 50",
            "En vogn har fra 0 til 50 pladser.",
        ),
        Rule("co2_g_km", "r.co2_g_km", "r.co2_g_km NOT BETWEEN 0 AND 2000", "Skriv gram pr. km, fra 0 til 2000."),
        not_one_of("drivmiddel", "fuel", Fuel.values()),
        Rule(
            "enhed_nr",
            "r.unit_source_id",
            "r.unit_source_id IS NOT NULL AND r.home_unit_id IS NULL",
            "Enheden findes ikke. Indlæs registret med dem først.",
        ),
        too_long("vogn", "name", 80),
        too_long("nummerplade", "registration", 10),
        too_long("brug", "use", 200),
    ),
)
