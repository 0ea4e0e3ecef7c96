"""Lands the file of units, whose own service does not answer as the registers' bulk writes do."""

from collections.abc import Sequence
from uuid import UUID

from styr.access.queries import units_by_number
from styr.access.services import save_units
from styr.integrations.spreadsheets.core.party_files import UnitRow
from styr.kernel.upsert import UpsertResult


def land_units(rows: Sequence[UnitRow], *, municipality_id: UUID) -> UpsertResult:
    """Make or rename units; only those that differ are written."""
    wanted = {row.number: (row.name, row.ean or "") for row in rows}
    known = units_by_number(wanted)
    differing = {number: told for number, told in wanted.items() if known.get(number) != told}
    save_units(municipality_id=municipality_id, units=[(number, *told) for number, told in differing.items()])
    new = sum(1 for number in differing if number not in known)
    return UpsertResult(new, len(differing) - new, len(wanted) - len(differing))
