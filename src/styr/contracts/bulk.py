"""Writes whole files of contracts, lines, rates and closing days; a second run of the same file changes nothing.

Called inside a scope over the whole municipality (`access.scope.service_scope`), one call per file, one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from styr.contracts.core.codes import ContractKind, ContractStatus, LineKind
from styr.contracts.opening import rebuild_calendars
from styr.contracts.terms_bulk import place_contracts, upsert_terms
from styr.kernel.units import Unit
from styr.kernel.upsert import (
    NoOverlap,
    Rule,
    Upsert,
    UpsertResult,
    ends_too_early,
    not_a_number_of,
    not_one_of,
    numbered,
    too_long,
    upsert,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.contracts.core.rows import ClosingDayRow, ContractLineRow, ContractRateRow, ContractRow

STANDARD = "standard"
"""The name of the calendar that everybody has."""

_UNKNOWN_CONTRACT = Rule(
    "kontrakt_nr", "r.contract_number", "r.contract_id IS NULL", "Kontrakten findes ikke. Indlæs kontrakten først."
)

CALENDARS = Upsert(
    table="contracts_openingcalendar",
    heading="kalender",
    columns={"code": "string"},
    resolve="SELECT s.row_no, s.new_id AS id, s.municipality_id, s.code FROM stage s",
    key=("municipality_id", "code"),
    written=(),
)

CLOSING_DAYS = Upsert(
    table="contracts_closingday",
    heading="dato",
    columns={"calendar": "string", "day": "date"},
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, k.id AS calendar_id, s.day
        FROM stage s
        LEFT JOIN contracts_openingcalendar k ON k.municipality_id = s.municipality_id AND k.code = s.calendar
    """,
    key=("calendar_id", "day"),
    written=(),
    rules=(
        Rule(
            "dato",
            "to_char(r.day, 'DD-MM-YYYY')",
            "r.day NOT BETWEEN '2015-01-01' AND '2040-12-31'",
            "Lukkedage kan ligge fra 2015 til 2040.",
        ),
    ),
)

CONTRACTS = Upsert(
    table="contracts_contract",
    heading="kontrakt_nr",
    columns={
        "number": "string",
        "kind": "string",
        "supplier_source_id": "string",
        "section": "string",
        "starts": "date",
        "status": "string",
        "provider_unit_source_id": "string",
        "citizen_source_id": "string",
        "ends": "date",
        "notice_days": "int64",
        "signed_on": "date",
        "absence_free_days": "int64",
        "absence_billable": "decimal",
        "calendar": "string",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.number, s.kind,
               coalesce(m.supplier_id, p.supplier_id) AS supplier_id, s.supplier_source_id,
               u.provider_unit_id, s.provider_unit_source_id, c.citizen_id, s.citizen_source_id, c.unit_id, s.section,
               s.starts, s.ends, s.notice_days, s.status, s.signed_on,
               coalesce(s.absence_free_days, 0) AS absence_free_days,
               coalesce(s.absence_billable, 1) AS absence_billable, k.id AS calendar_id, s.calendar
        FROM stage s
        LEFT JOIN key_supplier p ON p.source_id = s.supplier_source_id
        LEFT JOIN LATERAL (
            SELECT x.supplier_id FROM rel_supplier_merger x
            WHERE x.former_id = p.supplier_id AND (s.ends IS NULL OR s.ends > x.valid_from)
              AND NOT EXISTS (SELECT 1 FROM rel_supplier_merger y WHERE y.former_id = x.supplier_id)
        ) m ON true
        LEFT JOIN key_provider_unit u ON u.source_id = s.provider_unit_source_id
        LEFT JOIN key_citizen c ON c.source_id = s.citizen_source_id
        LEFT JOIN contracts_openingcalendar k ON k.municipality_id = s.municipality_id AND k.code = s.calendar
    """,
    key=("municipality_id", "number"),
    written=(
        "kind", "supplier_id", "provider_unit_id", "citizen_id", "unit_id", "section", "starts", "ends",
        "notice_days", "status", "signed_on", "absence_free_days", "absence_billable", "calendar_id",
    ),
    rules=(
        Rule("kontrakt_nr", "''", "r.number = ''", "Kontraktnummeret mangler."),
        Rule(
            "leverandør_nr",
            "r.supplier_source_id",
            "r.supplier_id IS NULL",
            "Leverandøren findes ikke. Indlæs leverandøren først.",
        ),
        Rule(
            "tilbud_nr",
            "r.provider_unit_source_id",
            "r.provider_unit_source_id IS NOT NULL AND r.provider_unit_id IS NULL",
            "Tilbuddet findes ikke. Indlæs tilbuddet først.",
        ),
        Rule(
            "borger_nr",
            "r.citizen_source_id",
            "r.citizen_source_id IS NOT NULL AND r.citizen_id IS NULL",
            "Borgeren findes ikke. Indlæs borgeren først.",
        ),
        Rule(
            "borger_nr",
            "''",
            "r.kind = 'individual' AND r.citizen_source_id IS NULL",
            "En individuel kontrakt skal nævne sin borger.",
        ),
        Rule(
            "borger_nr",
            "r.citizen_source_id",
            "r.kind = 'framework' AND r.citizen_source_id IS NOT NULL",
            "En rammeaftale kan ikke høre til én borger. Ret typen eller fjern borgeren.",
        ),
        Rule(
            "kalender",
            "r.calendar",
            f"r.calendar <> '{STANDARD}' AND r.calendar_id IS NULL",
            "Kalenderen findes ikke. Indlæs dens lukkedage først.",
        ),
        Rule(
            "paragraf",
            "r.section",
            "r.section !~ '^[A-ZÆØÅ]+-[0-9]+[a-z]?$'",
            "Paragraffen kendes ikke. Skriv fx SEL § 107.",
        ),
        Rule("opsigelse_dage", "r.notice_days", "r.notice_days NOT BETWEEN 0 AND 3660", "Varslet er ikke muligt."),
        Rule(
            "fravær_dage",
            "r.absence_free_days",
            "r.absence_free_days NOT BETWEEN 0 AND 3660",
            "Antallet af dage er ikke muligt.",
        ),
        Rule(
            "fravær_betaling_pct",
            "r.absence_billable * 100",
            "r.absence_billable NOT BETWEEN 0 AND 1 OR round(r.absence_billable, 4) <> r.absence_billable",
            "Procenten skal ligge fra 0 til 100 og have højst 2 decimaler.",
        ),
        not_one_of("type", "kind", ContractKind.values()),
        not_one_of("status", "status", ContractStatus.values()),
        ends_too_early("slut", "starts", "ends"),
        too_long("kontrakt_nr", "number", 40),
        too_long("paragraf", "section", 20),
    ),
)  # fmt: skip

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
        Rule("linje_nr", "r.line_no", "r.line_no NOT BETWEEN 0 AND 100000", "Linjenummeret er ikke muligt."),
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


@transaction.atomic
def upsert_closing_days(rows: Sequence[ClosingDayRow], *, municipality_id: UUID) -> UpsertResult:
    """Write closing days, make the calendars they name, and reckon the calendars' opening days anew."""
    with connection.cursor() as cursor:
        names = dict.fromkeys(row.calendar for row in rows)
        made = upsert(
            cursor, CALENDARS, {n: {"code": name} for n, name in enumerate(names)}, municipality_id=municipality_id
        )
        result = upsert(cursor, CLOSING_DAYS, numbered(rows), municipality_id=municipality_id)
        if made.inserted or result.inserted:
            rebuild_calendars(cursor, list(names))
        return result


@transaction.atomic
def upsert_contracts(rows: Sequence[ContractRow], *, municipality_id: UUID) -> UpsertResult:
    """Write contracts by their number, and what the rows say of terms, framework and moving in."""
    staged = numbered(rows)
    with connection.cursor() as cursor:
        written = upsert(
            cursor,
            CONTRACTS,
            {n: {name: row[name] for name in CONTRACTS.columns} for n, row in staged.items()},
            municipality_id=municipality_id,
        )
        for more in (upsert_terms, place_contracts):
            refused = {error.row for error in written.errors}
            kept = {number: row for number, row in staged.items() if number not in refused}
            written = written.together_with(more(cursor, kept, municipality_id=municipality_id))
        return written


@transaction.atomic
def upsert_contract_lines(rows: Sequence[ContractLineRow], *, municipality_id: UUID) -> UpsertResult:
    """Write contract lines by contract and line number."""
    with connection.cursor() as cursor:
        return upsert(cursor, CONTRACT_LINES, numbered(rows), municipality_id=municipality_id)


@transaction.atomic
def upsert_contract_rates(rows: Sequence[ContractRateRow], *, municipality_id: UUID) -> UpsertResult:
    """Write contract rates by line and first day."""
    with connection.cursor() as cursor:
        return upsert(cursor, CONTRACT_RATES, numbered(rows), municipality_id=municipality_id)
