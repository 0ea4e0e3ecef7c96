"""How rows of contracts become contracts in the database, and what is wrong with a row."""

from __future__ import annotations

from styr.contracts.core.codes import ContractKind, ContractStatus
from styr.kernel.upsert import Rule, Upsert, ends_too_early, not_one_of, too_long

STANDARD = "standard"
"""The name of the calendar that everybody has."""

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
        Rule("opsigelse_dage", "r.notice_days", "r.notice_days NOT BETWEEN 0 AND 3660", "Varslet er ugyldigt."),
        Rule(
            "fravær_dage",
            "r.absence_free_days",
            "r.absence_free_days NOT BETWEEN 0 AND 3660",
            "Antallet af dage er ugyldigt.",
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
