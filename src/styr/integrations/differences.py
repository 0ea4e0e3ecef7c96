"""What a dry run would change, row by row: read from the change history that the landing itself has just written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.registers import REGISTERS
from styr.integrations.spreadsheets.core.specs import Column, TableSpec

MOST_DIFFERENCES = 20
_GRANT = "(SELECT g.source_id FROM grants_grant g WHERE g.id = e.grant_id)"
_CITIZEN = "(SELECT c.source_id FROM people_citizen c WHERE c.id = e.citizen_id)"
_PLACE = "(SELECT p.source_id FROM suppliers_providerunit p WHERE p.id = e.provider_unit_id)"
_CONTRACT = "(SELECT k.number FROM contracts_contract k WHERE k.id = e.contract_id)"
_CONTRACT_LINE = (
    "(SELECT k.number || ' linje ' || l.line_no FROM contracts_contractline l "
    "JOIN contracts_contract k ON k.id = l.contract_id WHERE l.id = e.contract_line_id)"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A register's table, and the SQL that names a row of its history `e` as people know it (never by CPR or name)."""

    table: str
    names: str


_PLACES: Mapping[str, _Place] = {
    "enheder": _Place("access_unit", "e.number"),
    "borgere": _Place("people_citizen", "e.source_id"),
    "værger": _Place("people_guardian", f"{_CITIZEN} || ' fra ' || to_char(e.starts, 'DD-MM-YYYY')"),
    "samtykker": _Place("people_consent", f"{_CITIZEN} || ' fra ' || to_char(e.given_on, 'DD-MM-YYYY')"),
    "leverandører": _Place("suppliers_supplier", "e.source_id"),
    "tilbud": _Place("suppliers_providerunit", "e.source_id"),
    "portaltakster": _Place("suppliers_portalrate", f"{_PLACE} || ' fra ' || to_char(e.valid_from, 'DD-MM-YYYY')"),
    "lukkedage": _Place("contracts_closingday", "to_char(e.day, 'DD-MM-YYYY')"),
    "kontrakter": _Place("contracts_contract", "e.number"),
    "kontraktlinjer": _Place("contracts_contractline", f"{_CONTRACT} || ' linje ' || e.line_no"),
    "kontrakttakster": _Place(
        "contracts_contractrate", f"{_CONTRACT_LINE} || ' fra ' || to_char(e.valid_from, 'DD-MM-YYYY')"
    ),
    "bevillinger": _Place("grants_grant", "e.source_id"),
    "bevillingsydelser": _Place("grants_serviceline", f"{_GRANT} || ' linje ' || e.line_no"),
    "fravær": _Place("grants_absence", f"{_GRANT} || ' fra ' || to_char(e.starts, 'DD-MM-YYYY')"),
}
_SPECS = {spec.name: spec for spec in REGISTERS}
_COLUMN_OF_FIELD = {"unit": "measure"}


def history_marks(registers: Sequence[str]) -> dict[str, int]:
    """Where the history of each register ends now."""
    marks = {}
    with connection.cursor() as cursor:
        for name in registers:
            cursor.execute(f"SELECT coalesce(max(pgh_id), 0) FROM {_PLACES[name].table}event")  # noqa: S608 - names from our own code
            (marks[name],) = cursor.fetchone()
    return marks


def differences_since(marks: Mapping[str, int], *, limit: int) -> list[str]:
    """The first changes after the marks, one Danish line each: `borgere: 1001 ændret – adresse: «a» → «b»`."""
    lines: list[str] = []
    for name, mark in marks.items():
        lines += _of_register(name, mark, limit - len(lines))
    return lines


def _of_register(name: str, mark: int, limit: int) -> Iterator[str]:
    place, spec = _PLACES[name], _SPECS[name]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.pgh_label, {place.names}, to_jsonb(e), to_jsonb(b) FROM {place.table}event e "  # noqa: S608 - names from our own code
            f"LEFT JOIN LATERAL (SELECT * FROM {place.table}event p WHERE p.pgh_obj_id = e.pgh_obj_id "
            "AND p.pgh_id < e.pgh_id ORDER BY p.pgh_id DESC LIMIT 1) b ON true "
            "WHERE e.pgh_id > %s ORDER BY e.pgh_id LIMIT %s",
            [mark, max(limit, 0)],
        )
        found = cursor.fetchall()
    for label, row, after, before in found:
        if label == "insert" or before is None:
            yield f"{name}: {row} ny"
        else:
            changes = "; ".join(_changes(spec, json.loads(before), json.loads(after)))
            yield f"{name}: {row} ændret – {changes or 'henvisning til et andet register'}"


def _changes(spec: TableSpec, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for column in spec.columns:
        stored = column.field if column.field in after else _COLUMN_OF_FIELD.get(column.field, "")
        if stored not in after or before.get(stored) == after[stored]:
            continue
        if column.personal:
            yield f"{column.name}: ændret"
        else:
            yield f"{column.name}: «{_shown(column, before.get(stored))}» → «{_shown(column, after[stored])}»"


def _shown(column: Column, value: Any) -> str:
    """A stored value as the file would have it: Danish words, dates and decimal comma."""
    if value is None or value == "":
        return "tom"
    if column.kind in {Kind.DATE, Kind.LAST_DAY}:
        day = date.fromisoformat(value) - timedelta(days=column.kind is Kind.LAST_DAY)
        return f"{day:%d-%m-%Y}"
    if column.kind in {Kind.DECIMAL, Kind.MONEY}:
        return str(value).replace(".", ",")
    words = {code: word for word, code in reversed(list(column.choices.items()))}
    return words.get(value, str(value)) if isinstance(value, str) else str(value)
