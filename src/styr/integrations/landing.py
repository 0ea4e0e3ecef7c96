"""Lands register files: one transaction a file, all of its rows or none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.utils import DataError, IntegrityError

from styr.contracts.bulk import upsert_closing_days, upsert_contract_lines
from styr.deliveries.bulk import upsert_deliveries
from styr.fleet import bulk as fleet
from styr.grants.bulk import upsert_absences, upsert_grants, upsert_service_lines
from styr.grants.calendar_limits import land_contracts
from styr.grants.price_files import land_contract_rates
from styr.integrations.core.problems import Problem, Severity, shown
from styr.integrations.core.report import TableCount
from styr.integrations.overview_landing import land_overview
from styr.integrations.spreadsheets.core.case_file import CASE_GRANT_FILE
from styr.integrations.spreadsheets.core.overview import OVERVIEW_FILE
from styr.integrations.spreadsheets.core.reading import RegisterTable, limited
from styr.integrations.spreadsheets.core.registers import REGISTERS
from styr.integrations.units import land_units
from styr.kernel.upsert import RowError, UpsertResult
from styr.ledger.bulk import upsert_budget_lines, upsert_cost_centres, upsert_postings
from styr.people.bulk import upsert_citizens, upsert_consents, upsert_guardians
from styr.reconciliation.bulk import upsert_case_grants
from styr.suppliers.bulk import upsert_portal_rates, upsert_provider_units, upsert_suppliers
from styr.transport import bulk as transport
from styr.transport.cost_bulk import upsert_costs
from styr.trips.bulk import land_trips, upsert_attendance
from styr.trips.placing import place_again


class RefusedFileError(Exception):
    """The registers refuse rows of the file, so none of it may land; `problems` says which."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} fejl")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Landed:
    """What landing a file did, by register."""

    counts: Mapping[str, TableCount]

    @property
    def total(self) -> TableCount:
        """All registers of the file together."""
        return sum(self.counts.values(), TableCount())


_LAND: Mapping[str, Callable[..., UpsertResult]] = {
    "enheder": land_units,
    "borgere": upsert_citizens,
    "værger": upsert_guardians,
    "samtykker": upsert_consents,
    "leverandører": upsert_suppliers,
    "tilbud": upsert_provider_units,
    "portaltakster": upsert_portal_rates,
    "lukkedage": upsert_closing_days,
    "kontraktlinjer": upsert_contract_lines,
    "bevillinger": upsert_grants,
    "bevillingsydelser": upsert_service_lines,
    "fravær": upsert_absences,
    "leverancer": upsert_deliveries,
    "omkostningssteder": upsert_cost_centres,
    "befordringsområder": transport.upsert_areas,
    "befordringskriterier": transport.upsert_criteria,
    "befordringskonti": transport.upsert_area_accounts,
    "operatører": transport.upsert_operators,
    "prisaftaler": transport.upsert_prices,
    "køretøjer": transport.upsert_vehicles,
    "steder": transport.upsert_places,
    "befordringsbevillinger": transport.upsert_ride_grants,
    "fremmøde": upsert_attendance,
    "kørebog": fleet.upsert_log,
    "vognudgifter": fleet.upsert_vehicle_costs,
    "faste_vogne": fleet.upsert_duties,
}
_LAND_AT: Mapping[str, Callable[..., UpsertResult]] = {
    "budgetter": upsert_budget_lines,
    "kontrakter": land_contracts,
    "kontrakttakster": land_contract_rates,
    OVERVIEW_FILE.name: land_overview,
    "posteringer": upsert_postings,
    CASE_GRANT_FILE.name: upsert_case_grants,
    "ture": land_trips,
}
"""Those that are also told when they land (`now`)."""
_LAND_NAMED: Mapping[str, Callable[..., UpsertResult]] = {"befordringsomkostninger": upsert_costs}
"""Those that are also told the file's name."""
_TOLD_BY_TRIPS = frozenset({"borgere", "bevillinger", "steder", "befordringsbevillinger"})
"""What trips may have spoken of before it was here."""
_RANK = {spec.name: rank for rank, spec in enumerate(REGISTERS)}


def rank(tables: Sequence[RegisterTable]) -> int:
    """When a file may land: after those that its last register points at."""
    return max(_RANK[table.spec.name] for table in tables)


def land(tables: Sequence[RegisterTable], *, municipality_id: UUID, now: datetime) -> Landed:
    """Write the registers of one file, in a savepoint of the caller's transaction.

    Raises:
        RefusedFileError: a row breaks a rule of its register; nothing of the file is written.
    """
    counts: dict[str, TableCount] = {}
    problems: list[Problem] = []
    with transaction.atomic():
        for table in sorted(tables, key=lambda one: _RANK[one.spec.name]):
            result = _write(table, municipality_id, now)
            problems += _problems(table, result.errors)
            count = TableCount(result.inserted, result.changed, result.unchanged)
            counts[table.spec.name] = counts.get(table.spec.name, TableCount()) + count
        if problems:
            raise RefusedFileError(limited(problems))
        if any(counts[name].new or counts[name].changed for name in _TOLD_BY_TRIPS & counts.keys()):
            place_again()
    return Landed(counts)


def refused_of(tables: Sequence[RegisterTable], *, municipality_id: UUID, now: datetime) -> list[Problem]:
    """What the registers refuse of the rows that could be read, in a file that is kept out; nothing of it is written.

    What tells only of the file as a whole (most of it is gone) is left out, since some of its rows are not asked.
    """
    problems: list[Problem] = []
    with transaction.atomic():
        for table in sorted((one for one in tables if one.rows), key=lambda one: _RANK[one.spec.name]):
            try:
                errors = _write(table, municipality_id, now).errors
            except RefusedFileError as refused:
                problems += refused.problems
            else:
                problems += _problems(table, [error for error in errors if not error.of_all_rows])
        transaction.set_rollback(True)
    return limited(problems)


def _write(table: RegisterTable, municipality_id: UUID, now: datetime) -> UpsertResult:
    rows: list[Any] = [row for _, row in table.rows]
    try:
        with transaction.atomic():
            if table.spec.name in _LAND_AT:
                return _LAND_AT[table.spec.name](rows, municipality_id=municipality_id, now=now)
            if table.spec.name in _LAND_NAMED:
                return _LAND_NAMED[table.spec.name](rows, municipality_id=municipality_id, file=table.file)
            return _LAND[table.spec.name](rows, municipality_id=municipality_id)
    except (IntegrityError, DataError) as error:
        raise RefusedFileError([_refused_by_database(table, error)]) from error


def _refused_by_database(table: RegisterTable, error: Exception) -> Problem:
    """A rule of the database that no row error foresaw; its own text may hold values, so only the rule is named."""
    rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "ukendt regel"
    message = f"Databasen afviste »{table.spec.name}« efter reglen »{rule}«."
    mend = "Kontrollér, at rækkerne ikke modsiger hinanden eller det, der er indlæst før."
    return Problem("database_rule", table.file, message, mend, sheet=table.sheet)


def _problems(table: RegisterTable, errors: Sequence[RowError]) -> list[Problem]:
    headings = {column.field: column.name for column in table.spec.columns}
    return [
        Problem(
            code="row_refused",
            file=table.file,
            message=error.message,
            mend="",
            severity=Severity.ERROR,
            sheet=table.sheet,
            row=table.rows[error.row][0],
            column=headings.get(error.column, error.column),
            value=shown(error.value, secret=error.column == "cpr") if error.value else None,
        )
        for error in errors
    ]
