"""Writes whole files of grants, service lines and absences; a second run of the same file changes nothing.

Called inside a scope over the whole municipality (`access.scope.service_scope`), one call per file, one transaction.
Afterwards `services.settle_paid_months` turns what the file changed in paid months into adjustment lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import connection, transaction

from styr.grants.core.codes import GrantStatus
from styr.grants.numbers import imported_number, issue_serials, numbers_begin_after
from styr.kernel.units import Per, Unit
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
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from styr.grants.core.rows import AbsenceRow, GrantRow, ServiceLineRow
    from styr.kernel.engine import Cursor

_UNKNOWN_GRANT = Rule(
    "bevilling_nr", "r.grant_source_id", "r.grant_id IS NULL", "Bevillingen findes ikke. Indlæs bevillingen først."
)


def _unknown(heading: str, given: str, found: str, what: str) -> Rule:
    missing = f"r.{given} IS NOT NULL AND r.{found} IS NULL"
    return Rule(heading, f"r.{given}", missing, f"{what} findes ikke. Indlæs registret med dem først.")


_TAKEN_BEFORE = "EXISTS (SELECT 1 FROM grants_grant o WHERE o.number = r.number AND o.source_id <> r.source_id)"
_TAKEN_IN_FILE = (
    "EXISTS (SELECT 1 FROM upsert_rows o WHERE o.number = r.number AND o.source_id <> r.source_id "
    "AND o.row_no < r.row_no)"
)
_TAKEN = "Bevillingsnummeret er allerede brugt til en anden bevilling."

GRANTS = Upsert(
    table="grants_grant",
    heading="bevilling_nr",
    columns={
        "source_id": "string",
        "citizen_source_id": "string",
        "section": "string",
        "status": "string",
        "starts": "date",
        "case_number": "string",
        "ends": "date",
        "unit_source_id": "string",
        "caseworker": "string",
        "account_string": "string",
        "follow_up_on": "date",
        "contract_number": "string",
        "provider_unit_source_id": "string",
        "supplier_source_id": "string",
        "number": "string",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.source_id, coalesce(known.number, s.number) AS number,
               coalesce(s.case_number, '') AS case_number, c.citizen_id, s.citizen_source_id,
               coalesce(u.id, c.unit_id) AS unit_id, u.id AS named_unit_id, s.unit_source_id, s.section, s.status,
               s.starts, s.ends, coalesce(s.caseworker, '') AS caseworker,
               coalesce(s.account_string, '') AS account_string, s.follow_up_on, k.contract_id, s.contract_number,
               p.provider_unit_id, s.provider_unit_source_id, v.supplier_id, s.supplier_source_id
        FROM stage s
        LEFT JOIN key_citizen c ON c.source_id = s.citizen_source_id
        LEFT JOIN access_unit u ON u.municipality_id = s.municipality_id AND u.number = s.unit_source_id
        LEFT JOIN key_contract k ON k.number = s.contract_number
        LEFT JOIN key_provider_unit p ON p.source_id = s.provider_unit_source_id
        LEFT JOIN key_supplier v ON v.source_id = s.supplier_source_id
        LEFT JOIN grants_grant known ON known.municipality_id = s.municipality_id AND known.source_id = s.source_id
    """,
    key=("municipality_id", "source_id"),
    kept=("number",),
    written=(
        "case_number", "citizen_id", "unit_id", "section", "status", "starts", "ends", "caseworker",
        "account_string", "follow_up_on", "contract_id", "provider_unit_id", "supplier_id",
    ),
    rules=(
        Rule("bevilling_nr", "''", "r.source_id = ''", "Bevillingsnummeret mangler."),
        Rule("bevilling_nr", "r.number", _TAKEN_BEFORE, _TAKEN),
        Rule("bevilling_nr", "r.number", _TAKEN_IN_FILE, _TAKEN),
        Rule(
            "borger_nr",
            "r.citizen_source_id",
            "r.citizen_id IS NULL",
            "Borgeren findes ikke. Indlæs borgeren først.",
        ),
        _unknown("enhed_nr", "unit_source_id", "named_unit_id", "Enheden"),
        _unknown("kontrakt_nr", "contract_number", "contract_id", "Kontrakten"),
        _unknown("tilbud_nr", "provider_unit_source_id", "provider_unit_id", "Tilbuddet"),
        _unknown("leverandør_nr", "supplier_source_id", "supplier_id", "Leverandøren"),
        Rule(
            "kontostreng",
            "r.account_string",
            "r.account_string !~ '^([0-9]{16})?$'",
            "En kontostreng har seksten cifre.",
        ),
        Rule(
            "paragraf",
            "r.section",
            "r.section !~ '^[A-ZÆØÅ]+-[0-9]+[a-z]?$'",
            "Paragraffen kendes ikke. Skriv fx SEL § 107.",
        ),
        Rule(
            "slut",
            "to_char(r.ends - 1, 'DD-MM-YYYY')",
            "r.ends < r.starts OR r.ends = r.starts AND r.status <> 'stopped'",
            "Slutdatoen ligger før startdatoen. Ret en af dem.",
        ),
        not_one_of("status", "status", GrantStatus.values()),
        too_long("bevilling_nr", "source_id", 60),
        too_long("sagsnr", "case_number", 60),
        too_long("sagsbehandler", "caseworker", 100),
        too_long("paragraf", "section", 20),
    ),
)  # fmt: skip

_LINE_COLUMNS = {
    "grant_source_id": "string",
    "line_no": "int64",
    "service": "string",
    "unit": "string",
    "quantity": "decimal",
    "per": "string",
    "factor": "decimal",
    "contract_line_no": "int64",
    "starts": "date",
    "ends": "date",
    "price": "decimal",
}

SERVICE_LINES = Upsert(
    table="grants_serviceline",
    heading="linje_nr",
    columns=_LINE_COLUMNS,
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, g.id AS grant_id, g.unit_id, s.grant_source_id, s.line_no,
               s.service, s.unit AS measure, s.per, s.quantity, s.factor, s.starts, s.ends, l.contract_line_id,
               s.contract_line_no, s.price
        FROM stage s
        LEFT JOIN grants_grant g ON g.municipality_id = s.municipality_id AND g.source_id = s.grant_source_id
        LEFT JOIN key_contract_line l ON l.contract_id = g.contract_id AND l.line_no = s.contract_line_no
    """,
    key=("grant_id", "line_no"),
    written=("service", "measure", "per", "quantity", "factor", "starts", "ends", "contract_line_id"),
    kept=("unit_id",),
    rules=(
        _UNKNOWN_GRANT,
        Rule(
            "kontraktlinje_nr",
            "r.contract_line_no",
            "r.grant_id IS NOT NULL AND r.contract_line_no IS NOT NULL AND r.contract_line_id IS NULL",
            "Bevillingens kontrakt har ingen linje med det nummer.",
        ),
        Rule("linje_nr", "r.line_no", "r.line_no NOT BETWEEN 0 AND 100000", "Linjenummeret er ugyldigt."),
        Rule(
            "faktor",
            "r.factor",
            "NOT (r.factor >= 0 AND r.factor < 1e5 AND round(r.factor, 4) = r.factor)",
            "Faktoren skal være mindst 0 og have højst 4 decimaler.",
        ),
        not_one_of("enhed", "measure", [unit.value for unit in Unit]),
        not_one_of("pr", "per", [per.value for per in Per]),
        not_a_number_of("antal", "quantity"),
        not_a_number_of("pris", "price"),
        ends_too_early("slut", "starts", "ends"),
        too_long("ydelse", "service", 40),
    ),
    no_overlap=NoOverlap(
        column="ydelse",
        same=("grant_id", "service", "measure"),
        same_or_none=("contract_line_id",),
        starts="starts",
        ends="ends",
        message="Ydelsen står også på en anden linje af bevillingen i samme periode. Læg antallene sammen på én linje.",
        unless="r.contract_line_id IS NULL AND r.service IN ('tillaeg', 'saertakst')",
    ),
)

OWN_RATES = Upsert(
    table="grants_ownrate",
    heading="pris",
    columns=_LINE_COLUMNS,
    # A line's price from the case system holds for the whole line, so it begins before every line.
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, l.id AS service_line_id, l.unit_id,
               coalesce(last.valid_from, '1900-01-01'::date) AS valid_from, s.price AS amount,
               last.amount AS amount_before, coalesce(last.rates, 0) AS rates
        FROM stage s
        JOIN grants_grant g ON g.municipality_id = s.municipality_id AND g.source_id = s.grant_source_id
        JOIN grants_serviceline l ON l.grant_id = g.id AND l.line_no = s.line_no
        LEFT JOIN LATERAL (SELECT r.valid_from, r.amount, count(*) OVER () AS rates FROM grants_ownrate r
                           WHERE r.service_line_id = l.id ORDER BY r.valid_from DESC LIMIT 1) last ON true
    """,
    key=("service_line_id", "valid_from"),
    written=("amount",),
    kept=("unit_id",),
    rules=(
        Rule(
            "pris",
            "r.amount",
            "r.rates > 1 AND r.amount <> r.amount_before",
            "Linjen har fået flere priser med hver sin periode her. Ret prisen på bevillingen i stedet for i filen.",
        ),
    ),
)

ABSENCES = Upsert(
    table="grants_absence",
    heading="fra",
    columns={"grant_source_id": "string", "starts": "date", "ends": "date", "reason": "string"},
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, g.id AS grant_id, g.unit_id, s.grant_source_id, s.starts,
               s.ends, coalesce(s.reason, '') AS reason
        FROM stage s
        LEFT JOIN grants_grant g ON g.municipality_id = s.municipality_id AND g.source_id = s.grant_source_id
    """,
    key=("grant_id", "starts"),
    written=("ends", "reason"),
    kept=("unit_id",),
    rules=(_UNKNOWN_GRANT, ends_too_early("til", "starts", "ends"), too_long("årsag", "reason", 200)),
    no_overlap=NoOverlap(
        column="fra",
        same=("grant_id",),
        starts="starts",
        ends="ends",
        message="Fraværet overlapper andet fravær på samme bevilling. Ret datoerne.",
    ),
)


@transaction.atomic
def upsert_grants(rows: Sequence[GrantRow], *, municipality_id: UUID) -> UpsertResult:
    """Write grants by the case system's number; a new one gets a grant number, the source's own if that is valid."""
    with connection.cursor() as cursor:
        numbers = _numbers(cursor, rows)
        named = {
            number: {
                **row,
                "number": numbers.get(row["source_id"]),
                "account_string": re.sub(r"[\s.-]", "", row["account_string"] or ""),
            }
            for number, row in numbered(rows).items()
        }
        return upsert(cursor, GRANTS, named, municipality_id=municipality_id)


@transaction.atomic
def upsert_service_lines(rows: Sequence[ServiceLineRow], *, municipality_id: UUID) -> UpsertResult:
    """Write service lines by grant and line number, with the grant's own price where the row has one."""
    with connection.cursor() as cursor:
        staged = numbered(rows)
        lines = upsert(cursor, SERVICE_LINES, staged, municipality_id=municipality_id)
        refused = {error.row for error in lines.errors}
        priced = {n: row for n, row in staged.items() if row["price"] is not None and n not in refused}
        return lines.together_with(upsert(cursor, OWN_RATES, priced, municipality_id=municipality_id))


@transaction.atomic
def upsert_absences(rows: Sequence[AbsenceRow], *, municipality_id: UUID) -> UpsertResult:
    """Write absences by grant and first day."""
    with connection.cursor() as cursor:
        return upsert(cursor, ABSENCES, numbered(rows), municipality_id=municipality_id)


def _numbers(cursor: Cursor, rows: Sequence[GrantRow]) -> Mapping[str, str]:
    """The numbers of the grants not seen before: the source's own where valid, else new ones."""
    cursor.execute("SELECT source_id FROM grants_grant WHERE source_id = ANY(%s)", [[row.source_id for row in rows]])
    known = {source_id for (source_id,) in cursor.fetchall()}
    new = [source_id for source_id in dict.fromkeys(row.source_id for row in rows) if source_id not in known]
    brought = {source_id: number for source_id in new if (number := imported_number(source_id))}
    numbers_begin_after(cursor, brought.values())
    without = [source_id for source_id in new if source_id not in brought]
    issued = issue_serials(cursor, len(without))
    return {source_id: str(number) for source_id, number in (*brought.items(), *zip(without, issued, strict=True))}
