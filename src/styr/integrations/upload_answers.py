"""What a person answers about files handed in: wrong cells mended, rows left out, columns chosen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from styr.integrations.core.answers import Answers, ChosenColumns
from styr.integrations.core.outcome import Found
from styr.integrations.core.status import UploadState
from styr.integrations.mappings.core.sources import first_source_of, source_of
from styr.integrations.models import ImportUpload
from styr.integrations.sealed_uploads import answers_of, put_answers
from styr.integrations.spreadsheets.core.specs import TableSpec
from styr.integrations.upload_steps import LOOK_TASK, UnableToAnswerError, move, queue, waiting_for_answer


@transaction.atomic
def mend_cells(
    *,
    upload_id: UUID,
    cells: Mapping[tuple[str, str, int, int], str],
    left_out: Sequence[tuple[str, str, int]],
    now: datetime,
) -> None:
    """Put a person's texts in place of wrong cells, leave rows out, and look again; the same rules judge them anew.

    Args:
        upload_id: whose files they are in.
        cells: (file, sheet, row, column) → the text; only cells that the last look found wrong can be mended.
        left_out: (file, sheet, row) of rows that are not to be read.
        now: the time of the answer.

    Raises:
        UnableToAnswerError: the upload waits for no answer, or a cell is not among the wrong ones.
    """
    upload, found = waiting_for_answer(upload_id)
    open_cells, open_rows = _wrong_places(found)
    answers = answers_of(upload)
    by_sheet: dict[tuple[str, str], tuple[dict[tuple[int, int], str], set[int]]] = {}
    for (file, sheet, row, column), text in cells.items():
        if (file, sheet, row, column) not in open_cells:
            raise UnableToAnswerError("En af cellerne er ikke blandt dem, der skal rettes. Se siden igen.")
        if text.strip() != open_cells[file, sheet, row, column]:
            by_sheet.setdefault((file, sheet), ({}, set()))[0][row, column] = text.strip()
    for file, sheet, row in left_out:
        if (file, sheet, row) not in open_rows:
            raise UnableToAnswerError("En af rækkerne er ikke blandt dem, der skal rettes. Se siden igen.")
        by_sheet.setdefault((file, sheet), ({}, set()))[1].add(row)
    if not by_sheet:
        raise UnableToAnswerError("Intet er rettet endnu. Skriv i felterne, eller udelad rækken.")
    for (file, sheet), (mends, out) in by_sheet.items():
        answers = answers.with_cells(file, sheet, mends, left_out=frozenset(out))
    _answered(upload, answers, now)


@transaction.atomic
def choose_columns(  # noqa: PLR0913 - one answer, all by keyword
    *,
    upload_id: UUID,
    file: str,
    sheet: str,
    register: str,
    fields: Mapping[int, str],
    now: datetime,
    keep_as: str = "",
    source: str = "",
    constants: Mapping[str, str] | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Say what the columns of a sheet hold, and look again: the file is read by the choice, and nothing is written.

    With `keep_as` the choice is kept by that name when the file could be read by it.

    Args:
        upload_id: whose file it is.
        file: the file's name.
        sheet: its sheet; '' for CSV.
        register: the name of a register.
        fields: column (from 0) → field; columns of no field are left out.
        now: the time of the answer.
        keep_as: a name to keep the choice by; '' for not keeping it.
        source: the code of the kind of extract; it brings its own constants.
        constants: field → what every row holds, for fields without a column.
        words: by field, the file's words and ours.

    Raises:
        UnableToAnswerError: a field is chosen twice, or one that the register needs is not chosen.
    """
    upload, found = waiting_for_answer(upload_id)
    kind = source_of(source) or first_source_of(register)
    known = [one for one in (*found.proposals, *found.alternatives) if (one.file, one.sheet) == (file, sheet)]
    proposal = next((one for one in known if one.register == kind.spec.name), None)
    if proposal is None:
        raise UnableToAnswerError("Arket er ikke blandt dem, der skal vælges kolonner til. Se siden igen.")
    fixed = {name: value for name, value in {**(constants or {}), **kind.constants}.items() if value.strip()}
    places = _places(kind.spec, fields, fixed)
    chosen = ChosenColumns(
        kind.spec.name,
        proposal.header_row,
        places,
        source=kind.code,
        constants={name: value for name, value in fixed.items() if name not in places},
        words={name: pairs for name, pairs in (words or {}).items() if name in places and pairs},
        keep_as=keep_as.strip()[:100] if proposal.headings else "",
    )
    _answered(upload, answers_of(upload).with_columns(file, sheet, chosen), now)


def _places(spec: TableSpec, fields: Mapping[int, str], fixed: Mapping[str, str]) -> dict[str, int]:
    """Field → column, each field once, and every one that the register needs and that is not fixed."""
    known = {column.field: column.name for column in spec.columns}
    places: dict[str, int] = {}
    for column, field in fields.items():
        if field not in known:
            continue
        if field in places:
            raise UnableToAnswerError(f"»{known[field]}« er valgt til to kolonner. Vælg den kun ét sted.")
        places[field] = column
    lacking = [column.name for column in spec.required if column.field not in places and column.field not in fixed]
    if lacking:
        raise UnableToAnswerError(f"Vælg også en kolonne til: {', '.join(lacking)}.")
    return places


def _wrong_places(found: Found) -> tuple[dict[tuple[str, str, int, int], str], set[tuple[str, str, int]]]:
    cells: dict[tuple[str, str, int, int], str] = {}
    rows: set[tuple[str, str, int]] = set()
    for sheet in found.faulty:
        for row in sheet.rows:
            rows.add((sheet.file, sheet.sheet, row.row))
            for cell in row.cells:
                cells[sheet.file, sheet.sheet, row.row, cell.column] = cell.value
    return cells, rows


def _answered(upload: ImportUpload, answers: Answers, now: datetime) -> None:
    put_answers(upload, answers)
    upload.save(update_fields=["answers"])
    move(upload, UploadState.WAITING, now)
    queue(LOOK_TASK, upload)
