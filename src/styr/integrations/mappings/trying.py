"""Keeps the choices of columns that a look has just tried on their files, and tells what could not be kept."""

from datetime import datetime
from uuid import UUID

from styr.integrations.core.answers import Answers, ChosenColumns
from styr.integrations.core.outcome import FileOutcome, Found
from styr.integrations.core.status import FileStatus
from styr.integrations.mappings.services import Tried, UnableToKeepMappingError, keep_mapping
from styr.integrations.sources import Held
from styr.integrations.spreadsheets.core.answered import heading_keys
from styr.integrations.spreadsheets.core.reading import read_tables
from styr.integrations.spreadsheets.core.table import RawTable, UnreadableFileError


def keep_tried(  # noqa: PLR0913 - one look and its files, all by keyword
    *, municipality_id: UUID, answers: Answers, files: list[Held], found: Found, actor_id: UUID, now: datetime
) -> tuple[str, ...]:
    """Keep each named choice whose file was read without an error; give what to tell, a Danish sentence each.

    One with errors in its file is not kept: the columns may be wrong, or the rows. It is tried again at the next look.
    """
    told = []
    outcomes = {one.name: one for one in found.files}
    for file in files:
        for sheet, chosen in answers.columns.get(file.name, {}).items():
            if chosen.keep_as and file.name in outcomes:
                told.append(_kept(municipality_id, chosen, file, sheet, outcomes[file.name], actor_id, now))
    return tuple(one for one in told if one)


def _kept(  # noqa: PLR0913, PLR0917 - one choice and its trial
    municipality_id: UUID,
    chosen: ChosenColumns,
    file: Held,
    sheet: str,
    outcome: FileOutcome,
    actor_id: UUID,
    now: datetime,
) -> str:
    if outcome.errors:
        faults = f"filen har {outcome.errors} fejl, når den læses med det"
        return f"Kolonnevalget »{chosen.keep_as}« er ikke gemt endnu: {faults}."
    if outcome.status is not FileStatus.LANDED:
        return ""
    rows = outcome.counts.new + outcome.counts.changed + outcome.counts.unchanged
    tried = Tried(file.name, _headings(file, sheet, chosen.header_row), rows, outcome.errors)
    try:
        keep_mapping(
            municipality_id=municipality_id, name=chosen.keep_as, chosen=chosen, tried=tried, actor_id=actor_id, now=now
        )
    except UnableToKeepMappingError as refused:
        return str(refused)
    return f"Kolonnevalget »{chosen.keep_as}« er prøvet på {file.name} og gemt."


def _headings(file: Held, sheet: str, header_row: int) -> tuple[str, ...]:
    for table in _tables(file):
        if (table.sheet or "") == sheet:
            for row in table.rows:
                if row.number == header_row:
                    return heading_keys(row)
    return ()


def _tables(file: Held) -> list[RawTable]:
    try:
        return read_tables(file.data, file=file.name, workbook=file.data.startswith(b"PK"))
    except UnreadableFileError:
        return []
