"""The shape in which the registers answer a bulk write, and the units, whose own service answers otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db import connection

from styr.access.services import save_units
from styr.integrations.spreadsheets.core.party_files import UnitRow


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
