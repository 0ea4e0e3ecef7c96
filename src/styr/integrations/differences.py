"""What a landing changed, record by record: read from the change history that the landing itself has just written."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from styr.integrations.core.outcome import Difference, FieldChange
from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.overview import OVERVIEW_FILE
from styr.integrations.spreadsheets.core.registers import REGISTERS
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.kernel.danish import danish_number

MOST_DIFFERENCES = 20
_GRANT = "(SELECT g.source_id FROM grants_grant g WHERE g.id = e.grant_id)"
_CITIZEN = "(SELECT c.source_id FROM people_citizen c WHERE c.id = e.citizen_id)"
_PLACE = "(SELECT p.source_id FROM suppliers_providerunit p WHERE p.id = e.provider_unit_id)"
_CONTRACT = "(SELECT k.number FROM contracts_contract k WHERE k.id = e.contract_id)"
_CONTRACT_LINE = (
    "(SELECT k.number || ' linje ' || l.line_no FROM contracts_contractline l "
    "JOIN contracts_contract k ON k.id = l.contract_id WHERE l.id = e.contract_line_id)"
)

_CAR = "(SELECT v.name FROM transport_vehicle v WHERE v.id = e.vehicle_id)"
_OPERATOR = "(SELECT o.name FROM transport_operator o WHERE o.id = e.operator_id)"
_SERVICE_LINE = (
    "(SELECT g.source_id || ' linje ' || l.line_no FROM grants_serviceline l "
    "JOIN grants_grant g ON g.id = l.grant_id WHERE l.id = e.service_line_id)"
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
    "leverancer": _Place("deliveries_delivery", f"{_SERVICE_LINE} || ' i ' || to_char(e.month, 'MM-YYYY')"),
    "omkostningssteder": _Place("ledger_costcentre", "e.code || ' fra ' || to_char(e.valid_from, 'DD-MM-YYYY')"),
    "budgetter": _Place("ledger_budgetline", "e.year || ' ' || e.account_string"),
    "posteringer": _Place("ledger_posting", "'bilag ' || e.voucher || ' linje ' || e.line_no"),
    "befordringsområder": _Place("transport_area", "e.number::text"),
    "befordringskriterier": _Place("transport_criterion", "e.code"),
    "befordringskonti": _Place("transport_areaaccount", "e.prefix"),
    "operatører": _Place("transport_operator", "e.name"),
    "prisaftaler": _Place("transport_pricescheme", f"{_OPERATOR} || ', ' || e.product"),
    "køretøjer": _Place("transport_vehicle", f"{_OPERATOR} || ', ' || e.name"),
    "steder": _Place("transport_place", "e.number"),
    "befordringsbevillinger": _Place("transport_ridegrant", _GRANT),
    "befordringsomkostninger": _Place(
        "transport_costcell",
        "e.year || ', område ' || (SELECT a.number FROM transport_area a WHERE a.id = e.area_id)"
        " || ', ' || e.operator_kind",
    ),
    "ture": _Place("trips_trip", "'tur ' || e.external_no"),
    "fremmøde": _Place("trips_attendance", f"{_GRANT} || ' ' || to_char(e.day, 'DD-MM-YYYY')"),
    "kørebog": _Place("fleet_logentry", f"{_CAR} || ' ' || to_char(e.day, 'DD-MM-YYYY')"),
    "vognudgifter": _Place("fleet_vehiclecost", f"{_CAR} || ' fra ' || to_char(e.valid_from, 'DD-MM-YYYY')"),
    "faste_vogne": _Place("fleet_duty", _CAR),
    "fagsystembevillinger": _Place(
        "reconciliation_casegrant", "initcap(e.system) || ' ' || e.source_id || ' linje ' || e.line_no"
    ),
}
_SPECS = {spec.name: spec for spec in REGISTERS}
_GIVEN = re.compile(r"(ark-[0-9a-f]{4})[0-9a-f]{12}")
"""A number that an overview's citizen or grant was given here: long enough to be the only one, too long to read."""

_COLUMN_OF_FIELD = {"unit": "measure"}
_PARTS: Mapping[str, tuple[str, ...]] = {
    OVERVIEW_FILE.name: (
        *("enheder", "borgere", "leverandører", "kontrakter", "kontraktlinjer", "kontrakttakster"),
        *("bevillinger", "bevillingsydelser"),
    )
}
"""The registers that a file of another shape writes to."""


def difference_lines(registers: Sequence[str], context: UUID, *, limit: int) -> list[str]:
    """The first changes of a landing, one Danish line each: `borgere: 1001 ændret – adresse: »a« → »b«`."""
    found = differences(registers, context, limit=limit)
    return [_line(one) for one in found]


def differences(registers: Sequence[str], context: UUID, *, limit: int) -> list[Difference]:
    """What a landing has changed, told from the change history of its context: changed records before new ones.

    Args:
        registers: the registers of the file that landed.
        context: under which the history keeps what the landing did (`journal.context_now`).
        limit: at most so many.
    """
    parts = list(dict.fromkeys(part for name in registers for part in _PARTS.get(name, (name,))))
    found: list[Difference] = []
    for name in parts:
        found += _of_register(name, context, limit - len(found))
    return found


def _of_register(name: str, context: UUID, limit: int) -> Iterator[Difference]:
    place, spec = _PLACES[name], _SPECS[name]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.pgh_label = 'insert', {place.names}, to_jsonb(e), to_jsonb(b) FROM {place.table}event e "  # noqa: S608 - names from our own code
            f"LEFT JOIN LATERAL (SELECT * FROM {place.table}event p WHERE p.pgh_obj_id = e.pgh_obj_id "
            "AND p.pgh_id < e.pgh_id ORDER BY p.pgh_id DESC LIMIT 1) b ON e.pgh_label <> 'insert' "
            "WHERE e.pgh_context_id = %s AND e.pgh_label <> 'delete' ORDER BY 1, e.pgh_id LIMIT %s",
            [context, max(limit, 0)],
        )
        found = cursor.fetchall()
    for is_new, full, after, before in found:
        row = _GIVEN.sub(r"\1…", full)
        if is_new or before is None:
            yield Difference(name, row, is_new=True)
        else:
            yield Difference(
                name, row, is_new=False, changes=tuple(_changes(spec, json.loads(before), json.loads(after)))
            )


def _line(difference: Difference) -> str:
    told = f"{difference.register}: {difference.record}"
    if difference.is_new:
        return f"{told} ny"
    changes = "; ".join(
        f"{one.heading}: ændret" if one.before is None else f"{one.heading}: »{one.before}« → »{one.after}«"
        for one in difference.changes
    )
    return f"{told} ændret – {changes or 'henvisning til et andet register'}"


def _changes(spec: TableSpec, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    for column in spec.columns:
        stored = column.field if column.field in after else _COLUMN_OF_FIELD.get(column.field, "")
        if stored not in after or before.get(stored) == after[stored]:
            continue
        if column.personal:
            yield FieldChange(column.name, None, None)
        else:
            yield FieldChange(column.name, _shown(column, before.get(stored)), _shown(column, after[stored]))


def _shown(column: Column, value: Any) -> str:
    """A stored value as the file would have it: Danish words, dates and decimal comma."""
    if value is None or value == "":
        return "tom"
    if column.kind in {Kind.DATE, Kind.LAST_DAY}:
        day = date.fromisoformat(value) - timedelta(days=column.kind is Kind.LAST_DAY)
        return f"{day:%d-%m-%Y}"
    if column.kind in {Kind.DECIMAL, Kind.MONEY}:
        return danish_number(Decimal(str(value)))
    words = {code: word for word, code in reversed(list(column.choices.items()))}
    return words.get(value, str(value)) if isinstance(value, str) else str(value)


_BY_TABLE = {place.table: place.names for place in _PLACES.values()}


def record_name(table: str) -> str:
    """The SQL that names a row of a table's history `e` as people know it; its id where nothing else does."""
    return _BY_TABLE.get(table, "e.pgh_obj_id::text")
