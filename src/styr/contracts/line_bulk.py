"""How rows of contract lines and of their prices become lines and prices in the database."""

from __future__ import annotations

from styr.contracts.core.codes import LineKind
from styr.kernel.units import Unit
from styr.kernel.upsert import NoOverlap, Rule, Upsert, ends_too_early, not_a_number_of, not_one_of, too_long

_UNKNOWN_CONTRACT = Rule(
    "kontrakt_nr", "r.contract_number", "r.contract_id IS NULL", "Kontrakten findes ikke. Indlæs kontrakten først."
)

CONTRACT_LINES = Upsert(
    table="contracts_contractline",
    heading="linje_nr",
    columns={
        "contract_number": "string",
        "line_no": "int64",
        "kind": "string",
        "service": "string",
        "unit": "string",
        "purpose": "string",
        "hours": "decimal",
        "hourly_rate": "decimal",
        "evaluation_on": "date",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, c.id AS contract_id, c.unit_id, s.contract_number,
               s.line_no, s.kind, s.service, s.unit AS measure, coalesce(s.purpose, '') AS purpose, s.hours,
               s.hourly_rate, s.evaluation_on
        FROM stage s
        LEFT JOIN contracts_contract c ON c.municipality_id = s.municipality_id AND c.number = s.contract_number
    """,
    key=("contract_id", "line_no"),
    written=("kind", "service", "measure", "purpose", "hours", "hourly_rate", "evaluation_on"),
    kept=("unit_id",),
    rules=(
        _UNKNOWN_CONTRACT,
        Rule("linje_nr", "r.line_no", "r.line_no NOT BETWEEN 0 AND 100000", "Linjenummeret er ugyldigt."),
        not_one_of("art", "kind", LineKind.values()),
        not_one_of("enhed", "measure", [unit.value for unit in Unit]),
        not_a_number_of("timer", "hours"),
        not_a_number_of("timepris", "hourly_rate"),
        too_long("ydelse", "service", 40),
        too_long("formål", "purpose", 500),
    ),
)

CONTRACT_RATES = Upsert(
    table="contracts_contractrate",
    heading="gyldig_fra",
    columns={
        "contract_number": "string",
        "line_no": "int64",
        "valid_from": "date",
        "valid_to": "date",
        "amount": "decimal",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, c.id AS contract_id, l.id AS contract_line_id, l.unit_id,
               s.contract_number, s.line_no, s.valid_from, s.valid_to, s.amount
        FROM stage s
        LEFT JOIN contracts_contract c ON c.municipality_id = s.municipality_id AND c.number = s.contract_number
        LEFT JOIN contracts_contractline l ON l.contract_id = c.id AND l.line_no = s.line_no
    """,
    key=("contract_line_id", "valid_from"),
    written=("valid_to", "amount"),
    kept=("unit_id",),
    rules=(
        _UNKNOWN_CONTRACT,
        Rule(
            "linje_nr",
            "r.line_no",
            "r.contract_id IS NOT NULL AND r.contract_line_id IS NULL",
            "Kontrakten har ingen linje med det nummer. Indlæs kontraktlinjen først.",
        ),
        not_a_number_of("pris", "amount"),
        ends_too_early("gyldig_til", "valid_from", "valid_to"),
    ),
    no_overlap=NoOverlap(
        column="gyldig_fra",
        same=("contract_line_id",),
        starts="valid_from",
        ends="valid_to",
        message="Prisen overlapper en anden pris på samme linje. Afslut den ene med gyldig_til.",
    ),
)
