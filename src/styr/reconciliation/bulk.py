"""Writes a case system's whole extract; a second run of the same extract changes nothing but that it came again.

Called inside a scope over the whole municipality (`access.scope.service_scope`), one call per file, one transaction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.timezone import localdate

from styr.access.crypto import blind_index
from styr.kernel.units import Per, Unit
from styr.kernel.upsert import (
    RowError,
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
from styr.reconciliation.core.codes import CASE_SYSTEMS, SourceSystem
from styr.reconciliation.models import CaseExtract

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.kernel.engine import Cursor
    from styr.reconciliation.core.rows import CaseGrantRow

FEW = 20
"""So few grants may vanish from one extract to the next without anybody asking why, however few there were."""
_OLDEST = timedelta(days=366)

CASE_GRANTS = Upsert(
    table="reconciliation_casegrant",
    heading="bevilling_nr",
    columns={
        "system": "string",
        "source_id": "string",
        "line_no": "int64",
        "cpr_index": "string",
        "section": "string",
        "service": "string",
        "unit": "string",
        "per": "string",
        "quantity": "decimal",
        "amount": "decimal",
        "starts": "date",
        "ends": "date",
        "cvr": "string",
        "account_string": "string",
        "case_number": "string",
        "caseworker": "string",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.system, s.source_id, s.line_no, s.cpr_index, s.section,
               coalesce(s.service, '') AS service, coalesce(s.unit, '') AS measure, coalesce(s.per, '') AS per,
               s.quantity, s.amount, s.starts, s.ends, coalesce(s.cvr, '') AS cvr,
               coalesce(s.account_string, '') AS account_string, coalesce(s.case_number, '') AS case_number,
               coalesce(s.caseworker, '') AS caseworker, c.citizen_id, c.unit_id, v.supplier_id, NULL::date AS gone_on
        FROM stage s
        LEFT JOIN rel_citizen c ON c.cpr_index = s.cpr_index
        LEFT JOIN LATERAL (SELECT o.supplier_id FROM rel_supplier o WHERE o.cvr = s.cvr ORDER BY 1 LIMIT 1) v
               ON true
    """,
    key=("municipality_id", "system", "source_id", "line_no"),
    written=(
        "cpr_index", "section", "service", "measure", "per", "quantity", "amount", "starts", "ends", "cvr",
        "account_string", "case_number", "caseworker", "citizen_id", "unit_id", "supplier_id", "gone_on",
    ),
    rules=(
        Rule("bevilling_nr", "''", "r.source_id = ''", "Bevillingens nummer i fagsystemet mangler."),
        not_one_of("fagsystem", "system", [system.value for system in CASE_SYSTEMS]),
        Rule(
            "paragraf",
            "r.section",
            "r.section !~ '^[A-ZÆØÅ]+-[0-9]+[a-z]?$|^STU$'",
            "Paragraffen kendes ikke. Skriv fx SEL § 107.",
        ),
        Rule(
            "kontostreng",
            "r.account_string",
            "r.account_string !~ '^([0-9]{16})?$'",
            "En kontostreng har seksten cifre.",
        ),
        Rule("linje_nr", "r.line_no", "r.line_no NOT BETWEEN 0 AND 100000", "Linjenummeret er ugyldigt."),
        Rule(
            "enhed", "r.measure", f"r.measure NOT IN ({', '.join(repr(one.value) for one in Unit)}, '')",
            "Værdien kendes ikke. Brug en af de tilladte værdier.",
        ),
        Rule(
            "pr", "r.per", f"r.per NOT IN ({', '.join(repr(one.value) for one in Per)}, '')",
            "Værdien kendes ikke. Brug en af de tilladte værdier.",
        ),
        not_a_number_of("antal", "quantity"),
        not_a_number_of("pris", "amount"),
        ends_too_early("slut", "starts", "ends"),
        too_long("bevilling_nr", "source_id", 60),
        too_long("ydelse", "service", 60),
        too_long("sagsnr", "case_number", 60),
        too_long("sagsbehandler", "caseworker", 100),
        too_long("paragraf", "section", 20),
    ),
)  # fmt: skip

_GONE = """
UPDATE reconciliation_casegrant c SET gone_on = %(day)s
WHERE c.system = %(system)s AND c.gone_on IS NULL
  AND NOT EXISTS (SELECT FROM upsert_rows r
                  WHERE r.system = c.system AND r.source_id = c.source_id AND r.line_no = c.line_no)
"""
_KNOWN = "SELECT count(*) FROM reconciliation_casegrant WHERE system = %s AND gone_on IS NULL"


@transaction.atomic
def upsert_case_grants(rows: Sequence[CaseGrantRow], *, municipality_id: UUID, now: datetime) -> UpsertResult:
    """Write a case system's extract: its newest whole picture. What it no longer holds is marked as gone.

    An extract that is older than the one before, or lacks most of what that had, is refused: it is part of a picture,
    or the file of another year.
    """
    days = _days(rows, localdate(now))
    staged = _staged(rows)
    with connection.cursor() as cursor:
        wrong = [*_untimely(rows, days, localdate(now)), *_twice(rows)]
        before = {system: _held(cursor, system) for system in days}
        result = upsert(cursor, CASE_GRANTS, staged, municipality_id=municipality_id, refused=wrong)
        if result.errors:
            return result
        first = _first_of(rows)
        refused: list[RowError] = []
        for system, day in days.items():
            gone = _put_aside(cursor, system, day)
            if gone > FEW and gone * 2 > before[system]:
                refused.append(_too_few(first[system], system, before[system], gone))
            _note(municipality_id, system, day, rows, gone)
    if refused:
        transaction.set_rollback(True)
    return UpsertResult(result.inserted, result.changed, result.unchanged, tuple(refused))


def _days(rows: Sequence[CaseGrantRow], today: date) -> dict[str, date]:
    """The day each system's extract was taken; today where the file does not tell."""
    told: dict[str, date] = {}
    for row in rows:
        day = row.extracted_on or today
        told[row.system] = max(day, told.get(row.system, day))
    return told


def _staged(rows: Sequence[CaseGrantRow]) -> dict[int, dict[str, Any]]:
    """The rows as they are staged: CPR numbers as keyed hashes, and services without a number numbered."""
    places = _line_numbers(rows)
    staged = {}
    for number, fields in numbered(rows).items():
        index = blind_index(fields["cpr"])
        kept = {name: fields[name] for name in CASE_GRANTS.columns if name not in {"cpr_index", "line_no"}}
        staged[number] = {**kept, "cpr_index": index, "line_no": places[number]}
    return staged


def _line_numbers(rows: Sequence[CaseGrantRow]) -> dict[int, int]:
    """Each row's own line number, else its place among the rows of its grant by service and start."""
    of_grant: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        of_grant[row.system, row.source_id].append(number)
    places: dict[int, int] = {}
    for numbers in of_grant.values():
        unlike = list(dict.fromkeys(rows[n] for n in numbers))
        ordered = sorted(unlike, key=lambda row: (row.service or "", row.starts, row.amount or 0, row.cvr or ""))
        nth = {row: place for place, row in enumerate(ordered, start=1)}
        for n in numbers:
            own = rows[n].line_no
            places[n] = nth[rows[n]] if own is None else own
    return places


def _untimely(rows: Sequence[CaseGrantRow], days: Mapping[str, date], today: date) -> list[RowError]:
    """Errors at the first row of each system whose extract cannot have been taken on the day it tells."""
    first = _first_of(rows)
    last = dict(
        CaseExtract.objects.order_by("system", "extracted_on").values_list("system", "extracted_on")
    )  # the latest of each comes last
    found = []
    for system, day in days.items():
        told = f"{day:%d-%m-%Y}"
        known = last.get(system)
        if day > today:
            message = "Udtrækket er dateret efter i dag. Ret datoen, eller hent udtrækket igen."
        elif known is not None and day < known:
            message = f"Udtrækket er ældre end det, der er indlæst ({known:%d-%m-%Y}). Hent et nyt fra fagsystemet."
        elif today - day > _OLDEST:
            message = "Udtrækket er mere end et år gammelt. Hent et nyt fra fagsystemet."
        else:
            continue
        found.append(RowError(first[system], "udtræksdato", told, message))
    apart = Counter((row.system, row.extracted_on) for row in rows)
    for system in days:
        if len([day for one, day in apart if one == system]) > 1:
            message = "Rækkerne har forskellige udtræksdatoer. Et udtræk er taget på én dag: hent det igen."
            found.append(RowError(first[system], "udtræksdato", "", message))
    return found


def _twice(rows: Sequence[CaseGrantRow]) -> list[RowError]:
    """Errors at rows that say the same as one before: one service told twice, or two of them; nobody guesses which."""
    seen: set[CaseGrantRow] = set()
    found = []
    for number, row in enumerate(rows):
        if row in seen:
            message = "Rækken står også tidligere i filen. Slet den ene, eller giv hver ydelse sit linjenummer."
            found.append(RowError(number, "bevilling_nr", "", message))
        seen.add(row)
    return found


def _first_of(rows: Sequence[CaseGrantRow]) -> dict[str, int]:
    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        first.setdefault(row.system, number)
    return first


def _held(cursor: Cursor, system: str) -> int:
    """How many services the system had by the extract before."""
    cursor.execute(_KNOWN, [system])
    [(known,)] = cursor.fetchall()
    return int(known)


def _put_aside(cursor: Cursor, system: str, day: date) -> int:
    """Mark what the extract lacks as gone; give how many went."""
    cursor.execute(_GONE, {"day": day, "system": system})
    return cursor.rowcount


def _too_few(row: int, system: str, known: int, gone: int) -> RowError:
    name = SourceSystem(system).danish
    message = (
        f"Udtrækket mangler {gone} af de {known} ydelser, som {name} havde ved sidste udtræk. "
        "Det ligner et udtræk af en del af systemet: hent det hele."
    )
    return RowError(row, "bevilling_nr", "", message, of_all_rows=True)


def _note(municipality_id: UUID, system: str, day: date, rows: Sequence[CaseGrantRow], gone: int) -> None:
    """Keep that the extract came, unless one of that day is kept with the same rows."""
    held = sum(row.system == system for row in rows)
    CaseExtract.objects.create(municipality_id=municipality_id, system=system, extracted_on=day, rows=held, gone=gone)
