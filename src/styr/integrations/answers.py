"""The shape in which the registers answer a bulk write, and the two registers that need a step of their own first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db import connection

from styr.access.services import save_units
from styr.integrations.spreadsheets.core.party_files import UnitRow
from styr.suppliers.bulk import upsert_suppliers
from styr.suppliers.core.rows import SupplierRow


class RowErrorLike(Protocol):
    """One thing wrong with one row: `row` counts the rows given from 0, `message` says the mend too."""

    @property
    def row(self) -> int: ...  # noqa: D102 - the class tells
    @property
    def column(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def message(self) -> str: ...  # noqa: D102


class UpsertResultLike(Protocol):
    """What the domains answer after a bulk write."""

    @property
    def inserted(self) -> int: ...  # noqa: D102 - the class tells
    @property
    def changed(self) -> int: ...  # noqa: D102
    @property
    def unchanged(self) -> int: ...  # noqa: D102
    @property
    def errors(self) -> Sequence[RowErrorLike]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer put together here."""

    inserted: int
    changed: int
    unchanged: int
    errors: Sequence[RowErrorLike] = ()


@dataclass(frozen=True, slots=True)
class _Moved:
    """An error of a row that stood elsewhere when it was found."""

    row: int
    column: str
    value: str
    message: str


def land_units(rows: Sequence[UnitRow], *, municipality_id: UUID) -> UpsertResultLike:
    """Make or rename units; only those that differ are written."""
    wanted = {row.number: (row.name, row.ean or "") for row in rows}
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, name, ean FROM access_unit WHERE number = ANY(%s)", [list(wanted)])
        known = {number: (name, ean) for number, name, ean in cursor.fetchall()}
    differing = {number: told for number, told in wanted.items() if known.get(number) != told}
    save_units(municipality_id=municipality_id, units=[(number, *told) for number, told in differing.items()])
    new = sum(1 for number in differing if number not in known)
    return Answer(new, len(differing) - new, len(wanted) - len(differing))


def land_suppliers(rows: Sequence[SupplierRow], *, municipality_id: UUID) -> UpsertResultLike:
    """Write suppliers; one that stands several times with different accounts has (or had) all of these accounts."""
    results = []
    for wave in _waves(rows):
        result = upsert_suppliers([rows[index] for index in wave], municipality_id=municipality_id)
        results.append((wave, result))
    return Answer(
        sum(result.inserted for _, result in results),
        sum(result.changed for _, result in results),
        sum(result.unchanged for _, result in results),
        [
            _Moved(wave[error.row], error.column, error.value, error.message)
            for wave, r in results
            for error in r.errors
        ],
    )


def _waves(rows: Sequence[SupplierRow]) -> list[list[int]]:
    """Row numbers in waves that name each supplier once; a true repetition stays in the first, where it is refused."""
    waves: list[list[int]] = [[]]
    first: dict[str, SupplierRow] = {}
    accounts: dict[str, set[str | None]] = {}
    for index, row in enumerate(rows):
        known = first.setdefault(row.source_id, row)
        held = accounts.setdefault(row.source_id, set())
        same = (row.cvr, row.name, row.kind, row.ean) == (known.cvr, known.name, known.kind, known.ean)
        wave = len(held) if same and row.account not in held else 0
        held.add(row.account)
        while len(waves) <= wave:
            waves.append([])
        waves[wave].append(index)
    return waves
