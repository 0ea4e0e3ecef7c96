"""Lands an overview: its rows become rows of the registers, which are written by the registers' own services."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection

from styr.access.crypto import blind_index
from styr.access.queries import municipality_name
from styr.access.services import save_units
from styr.contracts.bulk import upsert_contract_lines
from styr.grants.bulk import upsert_grants, upsert_service_lines
from styr.grants.calendar_limits import land_contracts
from styr.grants.price_files import land_contract_rates
from styr.integrations.spreadsheets.core import overview_rows as made
from styr.integrations.spreadsheets.core.overview import OVERVIEW_FILE, OverviewRow
from styr.integrations.spreadsheets.core.overview_rows import Names, Numbered, Part
from styr.kernel.upsert import RowError, UpsertResult
from styr.people.bulk import upsert_citizens
from styr.suppliers.bulk import upsert_suppliers

_ROOT = "1"
_OWN = "ark-"
"""What begins the numbers that we give to citizens and grants that came without one."""

_COLUMNS = {column.name for column in OVERVIEW_FILE.columns}
_COLUMN_OF = {
    "borger_nr": "cpr",
    "fornavn": "navn",
    "efternavn": "navn",
    "leverandør_nr": "cvr",
    "type": "kontrakt_nr",
    "status": "kontrakt_nr",
    "linje_nr": "ydelse",
    "kontraktlinje_nr": "ydelse",
    "art": "ydelse",
    "gyldig_fra": "start",
    "gyldig_til": "slut",
    "takst": "pris",
    "faktor": "antal",
}
"""The overview's column for a column of a register that it does not have."""


def land_overview(rows: Sequence[OverviewRow], *, municipality_id: UUID, now: datetime) -> UpsertResult:
    """Write citizens, suppliers, contracts, prices and grants of an overview; known ones are found by CPR and CVR.

    Known citizens and suppliers are left as their registers have them. Prices and calendars are held to the limits of
    the person who handed the file in. A row counts as its service line does.
    """
    numbered: list[Numbered] = list(enumerate(rows))
    errors = made.row_errors(numbered)
    good = _without(numbered, errors)
    with connection.cursor() as cursor:
        citizens = _known(cursor, _CITIZENS, [blind_index(row.cpr) for row in rows])
        suppliers = _known(cursor, _SUPPLIERS, [row.cvr for row in rows])
        unit = _unit(cursor, municipality_id)
    names = _names(citizens, suppliers, unit)
    stages: tuple[tuple[Callable[..., UpsertResult], Callable[[list[Numbered]], list[Part]]], ...] = (
        (upsert_citizens, lambda of: made.citizens(_new(of, citizens, lambda row: blind_index(row.cpr)), names)),
        (upsert_suppliers, lambda of: made.suppliers(_new(of, suppliers, lambda row: row.cvr), names)),
        (partial(land_contracts, now=now), lambda of: made.contracts(of, names)),
        (upsert_contract_lines, made.contract_lines),
        (partial(land_contract_rates, now=now), made.contract_rates),
        (upsert_grants, lambda of: made.grants(of, names)),
        (upsert_service_lines, lambda of: made.service_lines(of, names)),
    )
    results: list[UpsertResult] = []
    for write, parts_of in stages:
        parts = parts_of(good)
        result = write([part.row for part in parts], municipality_id=municipality_id)
        wrong = _errors(parts, result.errors)
        errors += wrong
        good = _without(good, wrong)
        results.append(result)
    return _together(results, errors)


def _names(citizens: Mapping[str, str], suppliers: Mapping[str, str], unit: str) -> Names:
    def citizen(cpr: str) -> str:
        index = blind_index(cpr)
        return citizens.get(index, _OWN + index[:16])

    def grant(row: OverviewRow) -> str:
        told = f"{row.cpr}|{row.section}|{row.service}|{row.cvr}|{row.contract_number or ''}"
        return row.grant_number or _OWN + blind_index(told)[:16]

    return Names(citizen, lambda cvr: suppliers.get(cvr, f"cvr-{cvr}"), grant, unit)


_CITIZENS = """
    SELECT c.cpr_index, k.source_id FROM rel_citizen c JOIN key_citizen k ON k.citizen_id = c.citizen_id
    WHERE c.cpr_index = ANY (%s)
"""
_SUPPLIERS = """
    SELECT DISTINCT ON (s.cvr) s.cvr, k.source_id
    FROM rel_supplier s JOIN key_supplier k ON k.supplier_id = s.supplier_id
    WHERE s.cvr = ANY (%s) ORDER BY s.cvr, k.source_id
"""


def _known(cursor: Any, sql: str, values: Sequence[str]) -> dict[str, str]:
    cursor.execute(sql, [sorted(set(values))])
    return dict(cursor.fetchall())


def _unit(cursor: Any, municipality_id: UUID) -> str:
    """The unit of citizens whose row names none: the topmost, which is made where there is no unit at all."""
    cursor.execute("SELECT number FROM access_unit ORDER BY parent_id IS NOT NULL, number LIMIT 1")
    found = cursor.fetchone()
    if found is not None:
        return str(found[0])
    save_units(municipality_id=municipality_id, units=[(_ROOT, municipality_name(), "")])
    return _ROOT


def _new(rows: Sequence[Numbered], known: Mapping[str, str], key: Callable[[OverviewRow], str]) -> list[Numbered]:
    """Rows whose citizen or supplier no register has given a number of its own."""
    own = (_OWN, "cvr-")
    return [(number, row) for number, row in rows if known.get(key(row), _OWN).startswith(own)]


def _errors(parts: Sequence[Part], errors: Sequence[RowError]) -> list[RowError]:
    """A register's row errors as errors of the overview's rows: at the first row that the part was made from."""
    found = []
    for error in errors:
        column = error.column if error.column in _COLUMNS else _COLUMN_OF.get(error.column, "cpr")
        value = error.value if error.column == column else ""
        found.append(RowError(parts[error.row].made_from[0], column, value, error.message))
    return found


def _without(rows: Sequence[Numbered], errors: Sequence[RowError]) -> list[Numbered]:
    wrong = {error.row for error in errors}
    return [(number, row) for number, row in rows if number not in wrong]


def _together(results: Sequence[UpsertResult], errors: Sequence[RowError]) -> UpsertResult:
    """The lines' counts; a row that stands but whose citizen, contract or grant has changed counts as changed."""
    lines = results[-1]
    others = sum(one.inserted + one.changed for one in results[:-1])
    more = min(lines.unchanged, others) if not lines.inserted and not lines.changed else 0
    ordered = tuple(sorted(set(errors), key=lambda error: (error.row, error.column)))
    return UpsertResult(lines.inserted, lines.changed + more, lines.unchanged - more, ordered)
