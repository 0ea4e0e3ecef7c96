"""The use cases of files handed in on a page: hand in, answer, land, stop, put away; jobs do the work."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from styr.integrations.core.answers import Answers, ChosenColumns
from styr.integrations.core.outcome import Found
from styr.integrations.core.problems import safe_name
from styr.integrations.core.status import UploadState
from styr.integrations.models import ColumnMapping, ImportUpload, UploadedFile
from styr.integrations.sealed_uploads import answers_of, file_place, found_in, put_answers, seal_bytes
from styr.integrations.sources import Held
from styr.integrations.spreadsheets.core.registers import REGISTERS
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal

__all__ = [
    "Held",
    "UnableToAnswerError",
    "UnableToHandInError",
    "choose_columns",
    "hand_in",
    "let_go",
    "look_again",
    "mend_cells",
    "put_away",
    "request_landing",
    "request_stop",
]

LOOK_TASK = "integrations.look"
LAND_TASK = "integrations.land"
MOST_FILES = 2_000
MOST_FILE_BYTES = 64 * 1024 * 1024
_SPECS = {spec.name: spec for spec in REGISTERS}


class UnableToHandInError(Refusal):
    """The files cannot be taken."""


class UnableToAnswerError(Refusal):
    """The upload is not waiting for an answer, or the answer fits nothing in it."""


@transaction.atomic
def hand_in(
    *, municipality_id: UUID, actor_id: UUID, files: Sequence[Held], now: datetime, first_day: bool = False
) -> UUID:
    """Keep the files, encrypted, and ask for a look at them; gives the upload's id. Nothing is read yet.

    Raises:
        UnableToHandInError: no file, too many, or one that is too big.
    """
    if not files:
        raise UnableToHandInError("Vælg mindst én fil.")
    if len(files) > MOST_FILES:
        raise UnableToHandInError(f"Der er {len(files)} filer; højst {MOST_FILES} ad gangen. Pak dem i en ZIP-fil.")
    too_big = next((file for file in files if len(file.data) > MOST_FILE_BYTES), None)
    if too_big is not None:
        raise UnableToHandInError(f"«{safe_name(too_big.name)}» er større end 64 MB. Del den i flere.")
    upload = ImportUpload.objects.create(
        municipality_id=municipality_id,
        created_by_id=actor_id,
        created_at=now,
        changed_at=now,
        state=UploadState.WAITING.value,
        first_day=first_day,
    )
    rows = []
    for position, file in enumerate(files, start=1):
        pk = uuid7()
        content = seal_bytes(file.data, place=file_place(pk))
        rows.append(
            UploadedFile(
                id=pk,
                municipality_id=municipality_id,
                upload=upload,
                position=position,
                name=safe_name(file.name),
                size=len(file.data),
                content=content,
            )
        )
    UploadedFile.objects.bulk_create(rows, batch_size=200)
    _queue(LOOK_TASK, upload)
    return upload.id


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
    upload, found = _waiting_for_answer(upload_id)
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
    actor_id: UUID,
    now: datetime,
    keep_as: str = "",
) -> None:
    """Say what the columns of a sheet hold, and look again; with `keep_as`, keep the choice by that name.

    Args:
        upload_id: whose file it is.
        file: the file's name.
        sheet: its sheet; '' for CSV.
        register: the name of a register.
        fields: column (from 0) → field; columns of no field are left out.
        actor_id: who chooses.
        now: the time of the answer.
        keep_as: a name to keep the choice by; '' for not keeping it.

    Raises:
        UnableToAnswerError: a field is chosen twice, or one that the register needs is not chosen.
    """
    upload, found = _waiting_for_answer(upload_id)
    proposal = next((one for one in found.proposals if (one.file, one.sheet) == (file, sheet)), None)
    spec = _SPECS.get(register)
    if proposal is None or spec is None:
        raise UnableToAnswerError("Arket er ikke blandt dem, der skal vælges kolonner til. Se siden igen.")
    known = {column.field: column.name for column in spec.columns}
    places: dict[str, int] = {}
    for column, field in fields.items():
        if field not in known:
            continue
        if field in places:
            raise UnableToAnswerError(f"«{known[field]}» er valgt til to kolonner. Vælg den kun ét sted.")
        places[field] = column
    lacking = [column.name for column in spec.required if column.field not in places]
    if lacking:
        raise UnableToAnswerError(f"Vælg også en kolonne til: {', '.join(lacking)}.")
    answers = answers_of(upload).with_columns(file, sheet, ChosenColumns(register, proposal.header_row, places))
    if keep_as.strip() and proposal.headings:
        ColumnMapping.objects.update_or_create(
            municipality_id=upload.municipality_id,
            name=keep_as.strip()[:100],
            defaults={
                "register": register,
                "headings": list(proposal.headings),
                "fields": places,
                "saved_by_id": actor_id,
                "saved_at": now,
            },
        )
    _answered(upload, answers, now)


@transaction.atomic
def request_landing(*, upload_id: UUID, now: datetime) -> None:
    """Ask for the files to be landed, as the last look found them.

    Raises:
        UnableToAnswerError: they have not been looked at, or nothing in them can land.
    """
    upload, found = _waiting_for_answer(upload_id)
    if not found.lands_something:
        raise UnableToAnswerError("Der er intet i filerne, der kan indlæses, før fejlene er rettet.")
    _move(upload, UploadState.QUEUED, now)
    _queue(LAND_TASK, upload)


@transaction.atomic
def request_stop(*, upload_id: UUID, now: datetime) -> None:
    """Ask a job to stop between two files; what has landed stays."""
    upload = ImportUpload.objects.select_for_update().get(id=upload_id)
    if not UploadState(upload.state).working:
        return
    upload.cancel = True
    upload.changed_at = now
    upload.save(update_fields=["cancel", "changed_at"])


@transaction.atomic
def look_again(*, upload_id: UUID, now: datetime) -> None:
    """Read the files anew after a stop, a fault, or a change in the registers.

    Raises:
        UnableToAnswerError: a job is at work on them, or they are not kept any more.
    """
    upload = ImportUpload.objects.select_for_update().get(id=upload_id)
    if UploadState(upload.state).working:
        raise UnableToAnswerError("Filerne er ved at blive læst.")
    if not UploadedFile.objects.filter(upload=upload, content__isnull=False).exists():
        raise UnableToAnswerError("Filerne gemmes ikke længere. Læg dem frem igen.")
    _move(upload, UploadState.WAITING, now)
    _queue(LOOK_TASK, upload)


@transaction.atomic
def put_away(*, upload_id: UUID, now: datetime) -> None:
    """Let go of files that are not to be imported after all.

    Raises:
        UnableToAnswerError: a job is at work on them.
    """
    upload = ImportUpload.objects.select_for_update().get(id=upload_id)
    if UploadState(upload.state).working:
        raise UnableToAnswerError("Filerne er ved at blive læst. Stands det først.")
    if upload.state == UploadState.CHECKED.value:
        _move(upload, UploadState.CANCELLED, now)
    let_go(upload)


def let_go(upload: ImportUpload) -> None:
    """Remove the files' bytes and everything that was sealed beside them; the row stays and tells that they came."""
    UploadedFile.objects.filter(upload=upload).update(content=None)
    upload.answers = None
    upload.save(update_fields=["answers"])


def _waiting_for_answer(upload_id: UUID) -> tuple[ImportUpload, Found]:
    upload = ImportUpload.objects.select_for_update().get(id=upload_id)
    found = found_in(upload)
    if upload.state != UploadState.CHECKED.value or found is None:
        told = UploadState(upload.state).danish
        raise UnableToAnswerError(f"Filerne kan ikke ændres nu: de er {told}.")
    return upload, found


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
    _move(upload, UploadState.WAITING, now)
    _queue(LOOK_TASK, upload)


def _move(upload: ImportUpload, state: UploadState, now: datetime) -> None:
    upload.state = state.value
    upload.changed_at = now
    upload.cancel = False
    upload.total = upload.done = upload.rows = upload.errors = 0
    upload.message = ""
    upload.heartbeat_at = None
    upload.save()


def _queue(task: str, upload: ImportUpload) -> None:
    job = jobs.configure_task(task, lock=f"import:{upload.municipality_id}")
    job.defer(municipality_id=str(upload.municipality_id), upload_id=str(upload.id))
