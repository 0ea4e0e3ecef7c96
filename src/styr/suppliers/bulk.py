"""Writes whole files of suppliers, provider units and portal rates; a second run of the same file changes nothing.

Called inside a scope over the municipality (`access.scope.service_scope`), one call per file, one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

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
from styr.suppliers.bringing import tell_bringer
from styr.suppliers.core.codes import SupplierKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.suppliers.core.rows import PortalRateRow, ProviderUnitRow, SupplierRow

_SUPPLIER_COLUMNS = {
    "source_id": "string",
    "cvr": "string",
    "name": "string",
    "kind": "string",
    "ean": "string",
    "account": "string",
    "account_from": "date",
}

SUPPLIERS = Upsert(
    table="suppliers_supplier",
    heading="leverandør_nr",
    columns=_SUPPLIER_COLUMNS,
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.source_id, s.cvr, s.name, s.kind,
               coalesce(s.ean, '') AS ean, s.account, s.account_from
        FROM stage s
    """,
    key=("municipality_id", "source_id"),
    written=("cvr", "name", "kind", "ean"),
    rules=(
        Rule("leverandør_nr", "''", "r.source_id = ''", "Leverandørnummeret mangler."),
        Rule("cvr", "r.cvr", "r.cvr !~ '^[0-9]{8}$'", "Et CVR-nummer har otte cifre."),
        Rule("ean", "r.ean", "r.ean <> '' AND r.ean !~ '^[0-9]{13}$'", "Et EAN-nummer har tretten cifre."),
        Rule("konto_fra", "''", "r.account <> '' AND r.account_from IS NULL", "Skriv, fra hvilken dag kontoen gælder."),
        not_one_of("type", "kind", SupplierKind.values()),
        too_long("leverandør_nr", "source_id", 60),
        too_long("navn", "name", 200),
        too_long("konto", "account", 40),
    ),
)

ACCOUNTS = Upsert(
    table="suppliers_supplieraccount",
    heading="konto",
    columns=_SUPPLIER_COLUMNS,
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, p.id AS supplier_id, s.account,
               s.account_from AS valid_from
        FROM stage s
        JOIN suppliers_supplier p ON p.municipality_id = s.municipality_id AND p.source_id = s.source_id
    """,
    key=("supplier_id", "account"),
    written=("valid_from",),
)

PROVIDER_UNITS = Upsert(
    table="suppliers_providerunit",
    heading="tilbud_nr",
    columns={
        "source_id": "string",
        "supplier_source_id": "string",
        "p_number": "string",
        "name": "string",
        "section": "string",
        "approved_from": "date",
        "approved_to": "date",
        "places": "int64",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.source_id, p.id AS supplier_id, s.supplier_source_id,
               coalesce(s.p_number, '') AS p_number, s.name, s.section, s.approved_from, s.approved_to, s.places
        FROM stage s
        LEFT JOIN suppliers_supplier p
               ON p.municipality_id = s.municipality_id AND p.source_id = s.supplier_source_id
    """,
    key=("municipality_id", "source_id"),
    written=("supplier_id", "p_number", "name", "section", "approved_from", "approved_to", "places"),
    rules=(
        Rule("tilbud_nr", "''", "r.source_id = ''", "Tilbudsnummeret mangler."),
        Rule(
            "leverandør_nr",
            "r.supplier_source_id",
            "r.supplier_id IS NULL",
            "Leverandøren findes ikke. Indlæs leverandøren først.",
        ),
        Rule("p_nummer", "r.p_number", "r.p_number !~ '^([0-9]{10})?$'", "Et P-nummer har ti cifre."),
        Rule(
            "paragraf",
            "r.section",
            "r.section !~ '^[A-ZÆØÅ]+-[0-9]+[a-z]?$'",
            "Paragraffen kendes ikke. Skriv fx SEL § 107.",
        ),
        Rule("pladser", "r.places", "r.places NOT BETWEEN 0 AND 100000", "Antallet af pladser er ugyldigt."),
        ends_too_early("godkendt_til", "approved_from", "approved_to"),
        too_long("tilbud_nr", "source_id", 60),
        too_long("navn", "name", 200),
        too_long("paragraf", "section", 20),
    ),
)

PORTAL_RATES = Upsert(
    table="suppliers_portalrate",
    heading="gyldig_fra",
    columns={
        "provider_unit_source_id": "string",
        "service": "string",
        "unit": "string",
        "valid_from": "date",
        "valid_to": "date",
        "amount": "decimal",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, p.id AS provider_unit_id, s.provider_unit_source_id,
               s.service, s.unit AS measure, s.valid_from, s.valid_to, s.amount
        FROM stage s
        LEFT JOIN suppliers_providerunit p
               ON p.municipality_id = s.municipality_id AND p.source_id = s.provider_unit_source_id
    """,
    key=("provider_unit_id", "service", "measure", "valid_from"),
    written=("valid_to", "amount"),
    rules=(
        Rule(
            "tilbud_nr",
            "r.provider_unit_source_id",
            "r.provider_unit_id IS NULL",
            "Tilbuddet findes ikke. Indlæs tilbuddet først.",
        ),
        not_one_of("enhed", "measure", [unit.value for unit in Unit]),
        not_a_number_of("takst", "amount"),
        ends_too_early("gyldig_til", "valid_from", "valid_to"),
        too_long("ydelse", "service", 40),
    ),
    no_overlap=NoOverlap(
        column="gyldig_fra",
        same=("provider_unit_id", "service", "measure"),
        starts="valid_from",
        ends="valid_to",
        message="Taksten overlapper en anden takst for samme ydelse. Afslut den ene med gyldig_til.",
    ),
)


@transaction.atomic
def upsert_suppliers(rows: Sequence[SupplierRow], *, municipality_id: UUID) -> UpsertResult:
    """Write suppliers by their source's number; a supplier with several accounts has a row for each.

    An account not seen before is added, the others stay; it waits for a second person unless it is a first one.
    """
    staged = numbered(rows)
    tell_bringer()
    with connection.cursor() as cursor:
        suppliers = upsert(cursor, SUPPLIERS, _first_of_each(staged), municipality_id=municipality_id)
        refused = {error.row for error in suppliers.errors}
        paid_on = {number: row for number, row in staged.items() if row["account"] and number not in refused}
        return suppliers.together_with(upsert(cursor, ACCOUNTS, paid_on, municipality_id=municipality_id))


@transaction.atomic
def upsert_provider_units(rows: Sequence[ProviderUnitRow], *, municipality_id: UUID) -> UpsertResult:
    """Write provider units by their source's number."""
    with connection.cursor() as cursor:
        return upsert(cursor, PROVIDER_UNITS, numbered(rows), municipality_id=municipality_id)


@transaction.atomic
def upsert_portal_rates(rows: Sequence[PortalRateRow], *, municipality_id: UUID) -> UpsertResult:
    """Write portal rates by provider unit, service, unit of measure and first day."""
    with connection.cursor() as cursor:
        return upsert(cursor, PORTAL_RATES, numbered(rows), municipality_id=municipality_id)


def _first_of_each(rows: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The rows without those that only add an account to a supplier told before with the same facts."""
    facts = ("source_id", "cvr", "name", "kind", "ean")
    first: dict[tuple[object, ...], int] = {}
    for number, row in rows.items():
        first.setdefault(tuple(row[fact] for fact in facts), number)
    return {number: rows[number] for number in first.values()}
