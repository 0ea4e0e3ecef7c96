"""Writes whole files of citizens, guardians and consents; a second run of the same file changes nothing.

Called inside a scope over the whole municipality (`access.scope.service_scope`), one call per file, one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from styr.access.crypto import blind_index
from styr.kernel.cpr import Cpr, InvalidCprError
from styr.kernel.ids import uuid7
from styr.kernel.upsert import (
    RowError,
    Rule,
    Upsert,
    UpsertResult,
    ends_too_early,
    numbered,
    too_long,
    upsert,
)
from styr.people.core.names import normalised_name
from styr.people.models import Citizen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.access.cpr_field import EncryptedCprField
    from styr.people.core.rows import CitizenRow, ConsentRow, GuardianRow

_UNKNOWN_CITIZEN = Rule(
    "borger_nr", "r.citizen_source_id", "r.citizen_id IS NULL", "Borgeren findes ikke. Indlæs borgeren først."
)

_TAKEN_BEFORE = "EXISTS (SELECT 1 FROM people_citizen o WHERE o.cpr_index = r.cpr_index AND o.source_id <> r.source_id)"
_TAKEN_IN_FILE = (
    "EXISTS (SELECT 1 FROM upsert_rows o WHERE o.cpr_index = r.cpr_index AND o.source_id <> r.source_id "
    "AND o.row_no < r.row_no)"
)
_CPR_TAKEN = "CPR-nummeret står allerede på en borger med et andet borger_nr. Ret nummeret i fagsystemet."

CITIZENS = Upsert(
    table="people_citizen",
    heading="borger_nr",
    columns={
        "citizen_id": "uuid",
        "source_id": "string",
        "cpr": "binary",
        "cpr_index": "string",
        "name_index": "string",
        "birth_date": "date",
        "first_name": "string",
        "last_name": "string",
        "address": "string",
        "postal_code": "string",
        "city": "string",
        "protected_from": "date",
        "protected_to": "date",
        "acting_municipality": "string",
        "paying_municipality": "string",
        "unit_source_id": "string",
        "moved_in": "date",
        "moved_out": "date",
        "died_on": "date",
    },
    resolve="""
        SELECT s.row_no, s.citizen_id AS id, s.municipality_id, s.source_id, u.id AS unit_id, s.unit_source_id,
               coalesce(s.cpr, known.cpr) AS cpr, s.cpr_index, s.name_index, s.birth_date, s.first_name, s.last_name,
               coalesce(s.address, '') AS address, coalesce(s.postal_code, '') AS postal_code,
               coalesce(s.city, '') AS city, s.protected_from, s.protected_to,
               coalesce(s.acting_municipality, '') AS acting_municipality,
               coalesce(s.paying_municipality, '') AS paying_municipality, s.moved_in, s.moved_out, s.died_on
        FROM stage s
        LEFT JOIN access_unit u ON u.municipality_id = s.municipality_id AND u.number = s.unit_source_id
        LEFT JOIN people_citizen known
               ON known.municipality_id = s.municipality_id AND known.source_id = s.source_id
    """,
    key=("municipality_id", "source_id"),
    written=(
        "unit_id", "cpr", "cpr_index", "name_index", "birth_date", "first_name", "last_name", "address",
        "postal_code", "city", "protected_from", "protected_to", "acting_municipality", "paying_municipality",
        "moved_in", "moved_out", "died_on",
    ),
    rules=(
        Rule("enhed_nr", "r.unit_source_id", "r.unit_id IS NULL", "Enheden findes ikke. Indlæs enheder først."),
        Rule("cpr", "''", _TAKEN_BEFORE, _CPR_TAKEN),
        Rule("cpr", "''", _TAKEN_IN_FILE, _CPR_TAKEN),
        Rule("borger_nr", "''", "r.source_id = ''", "Borgernummeret mangler."),
        Rule("død", "to_char(r.died_on, 'DD-MM-YYYY')", "r.died_on < r.birth_date", "Dødsdatoen ligger før fødslen."),
        ends_too_early("beskyttet_til", "protected_from", "protected_to"),
        ends_too_early("fraflyttet", "moved_in", "moved_out"),
        too_long("borger_nr", "source_id", 60),
        too_long("fornavn", "first_name", 200),
        too_long("efternavn", "last_name", 200),
        too_long("adresse", "address", 300),
        too_long("postnr", "postal_code", 10),
        too_long("by", "city", 100),
        too_long("handlekommune", "acting_municipality", 60),
        too_long("betalingskommune", "paying_municipality", 60),
    ),
)  # fmt: skip

GUARDIANS = Upsert(
    table="people_guardian",
    heading="navn",
    columns={"citizen_source_id": "string", "name": "string", "kind": "string", "starts": "date", "ends": "date"},
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, c.id AS citizen_id, c.unit_id, s.citizen_source_id,
               s.name, s.kind, s.starts, s.ends
        FROM stage s
        LEFT JOIN people_citizen c ON c.municipality_id = s.municipality_id AND c.source_id = s.citizen_source_id
    """,
    key=("citizen_id", "name", "kind", "starts"),
    written=("ends",),
    kept=("unit_id",),
    rules=(
        _UNKNOWN_CITIZEN,
        ends_too_early("til", "starts", "ends"),
        too_long("navn", "name", 200),
        too_long("type", "kind", 60),
    ),
)

CONSENTS = Upsert(
    table="people_consent",
    heading="formål",
    columns={
        "citizen_source_id": "string",
        "purpose": "string",
        "given_by": "string",
        "given_on": "date",
        "withdrawn_on": "date",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, c.id AS citizen_id, c.unit_id, s.citizen_source_id,
               s.purpose, s.given_by, s.given_on, s.withdrawn_on
        FROM stage s
        LEFT JOIN people_citizen c ON c.municipality_id = s.municipality_id AND c.source_id = s.citizen_source_id
    """,
    key=("citizen_id", "purpose", "given_by", "given_on"),
    written=("withdrawn_on",),
    kept=("unit_id",),
    rules=(
        _UNKNOWN_CITIZEN,
        Rule(
            "trukket_dato",
            "to_char(r.withdrawn_on, 'DD-MM-YYYY')",
            "r.withdrawn_on < r.given_on",
            "Samtykket er trukket, før det er givet. Ret en af datoerne.",
        ),
        too_long("formål", "purpose", 200),
        too_long("givet_af", "given_by", 200),
    ),
)


@transaction.atomic
def upsert_citizens(rows: Sequence[CitizenRow], *, municipality_id: UUID) -> UpsertResult:
    """Write citizens by their source's number; a CPR number that is none, or another citizen's, is a row error."""
    with connection.cursor() as cursor:
        # The CPR is sealed to the row's id, so no other import may make the same citizen meanwhile.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('people_citizen', 0))")
        known = _known(cursor, [row.source_id for row in rows])
        good: dict[int, dict[str, Any]] = {}
        refused: list[RowError] = []
        firsts = numbered(rows)
        for number, row in enumerate(rows):
            if number not in firsts:
                continue
            try:
                good[number] = _sealed(row, known.get(row.source_id))
            except InvalidCprError as error:
                refused.append(RowError(number, "cpr", "", str(error)))
        return upsert(cursor, CITIZENS, good, municipality_id=municipality_id, refused=refused)


@transaction.atomic
def upsert_guardians(rows: Sequence[GuardianRow], *, municipality_id: UUID) -> UpsertResult:
    """Write guardians; the same person in the same role from the same day is the same row."""
    with connection.cursor() as cursor:
        return upsert(cursor, GUARDIANS, numbered(rows), municipality_id=municipality_id)


@transaction.atomic
def upsert_consents(rows: Sequence[ConsentRow], *, municipality_id: UUID) -> UpsertResult:
    """Write consents; the same purpose, giver and day is the same row."""
    with connection.cursor() as cursor:
        return upsert(cursor, CONSENTS, numbered(rows), municipality_id=municipality_id)


def _known(cursor: Any, source_ids: list[str]) -> dict[str, tuple[UUID, str]]:
    cursor.execute("SELECT source_id, id, cpr_index FROM people_citizen WHERE source_id = ANY(%s)", [source_ids])
    return {source_id: (pk, cpr_index) for source_id, pk, cpr_index in cursor.fetchall()}


def _sealed(row: CitizenRow, known: tuple[UUID, str] | None) -> dict[str, Any]:
    """The row as it is staged; an unchanged CPR number is not encrypted anew (every encryption differs)."""
    cpr = Cpr.parse(row.cpr)
    cpr_index = blind_index(cpr.digits)
    pk, index_before = known or (uuid7(), "")
    field: EncryptedCprField = Citizen._meta.get_field("cpr")  # noqa: SLF001 - _meta is public
    return {
        **vars(row),
        "citizen_id": pk,
        "cpr": None if cpr_index == index_before else field.seal(cpr, pk),
        "cpr_index": cpr_index,
        "name_index": blind_index(normalised_name(f"{row.first_name} {row.last_name}")),
        "birth_date": cpr.birth_date,
    }
