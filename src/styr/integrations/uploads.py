"""The use cases of files handed in on a page: hand in, answer, land, stop, put away; jobs do the work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from styr.access.core.permissions import Permission
from styr.access.crypto import seal
from styr.access.unit_roles import may_in
from styr.integrations.core.problems import safe_name
from styr.integrations.core.status import UploadState
from styr.integrations.models import ImportUpload, UploadedFile
from styr.integrations.sealed_uploads import file_place
from styr.integrations.sources import Held
from styr.integrations.upload_answers import choose_columns, mend_cells
from styr.integrations.upload_steps import (
    LAND_TASK,
    LOOK_TASK,
    UnableToAnswerError,
    UnableToHandInError,
    UploadNotVisibleError,
    held,
    move,
    queue,
    waiting_for_answer,
)
from styr.kernel.ids import uuid7

__all__ = [
    "LAND_TASK",
    "LOOK_TASK",
    "Held",
    "UnableToAnswerError",
    "UnableToHandInError",
    "UploadNotVisibleError",
    "choose_columns",
    "forget_old",
    "hand_in",
    "let_go",
    "look_again",
    "mend_cells",
    "put_away",
    "request_landing",
    "request_stop",
]

MOST_FILES = 2_000
MOST_FILE_BYTES = 64 * 1024 * 1024
_KEPT = timedelta(days=14)
_NOT_BEGUN = {UploadState.WAITING: UploadState.CANCELLED, UploadState.QUEUED: UploadState.CHECKED}


@transaction.atomic
def hand_in(
    *, municipality_id: UUID, actor_id: UUID, files: Sequence[Held], now: datetime, first_day: bool = False
) -> UUID:
    """Keep the files, encrypted, and ask for a look at them; gives the upload's id. Nothing is read yet.

    Raises:
        UnableToHandInError: no file, too many, or one that is too big; or an actor who may not import everywhere.
    """
    if not may_in(user_id=actor_id, permission=Permission.IMPORT, unit_id=None, on=localdate(now)):
        raise UnableToHandInError("At indlæse filer kræver en rolle for hele kommunen: de skriver i alle enheder.")
    if not files:
        raise UnableToHandInError("Vælg mindst én fil.")
    if len(files) > MOST_FILES:
        raise UnableToHandInError(f"Der er {len(files)} filer; højst {MOST_FILES} ad gangen. Pak dem i en ZIP-fil.")
    too_big = next((file for file in files if len(file.data) > MOST_FILE_BYTES), None)
    if too_big is not None:
        raise UnableToHandInError(f"»{safe_name(too_big.name)}« er større end 64 MB. Del den i flere.")
    upload = ImportUpload.objects.create(
        municipality_id=municipality_id,
        created_by_id=actor_id,
        created_at=now,
        changed_at=now,
        state=UploadState.WAITING.value,
        first_day=first_day,
    )
    rows = []
    names = _told_apart([safe_name(file.name) for file in files])
    for position, (name, file) in enumerate(zip(names, files, strict=True), start=1):
        pk = uuid7()
        content = seal(file.data, place=file_place(pk))
        rows.append(
            UploadedFile(
                id=pk,
                municipality_id=municipality_id,
                upload=upload,
                position=position,
                name=name,
                size=len(file.data),
                content=content,
            )
        )
    UploadedFile.objects.bulk_create(rows, batch_size=200)
    queue(LOOK_TASK, upload)
    return upload.id


@transaction.atomic
def request_landing(*, upload_id: UUID, now: datetime) -> None:
    """Ask for the files to be landed, as the last look found them.

    Raises:
        UnableToAnswerError: they have not been looked at, or nothing in them can land.
        UploadNotVisibleError: there are none such.
    """
    upload, found = waiting_for_answer(upload_id)
    if not found.lands_something:
        raise UnableToAnswerError("Der er intet i filerne, der kan indlæses, før fejlene er rettet.")
    move(upload, UploadState.QUEUED, now)
    queue(LAND_TASK, upload)


@transaction.atomic
def request_stop(*, upload_id: UUID, now: datetime) -> None:
    """Ask a job to stop between two files; what has landed stays. A job that has not begun finds nothing to do.

    Raises:
        UploadNotVisibleError: there are none such.
    """
    upload = held(upload_id)
    state = UploadState(upload.state)
    if state in _NOT_BEGUN:
        move(upload, _NOT_BEGUN[state], now)
        return
    if not state.working:
        return
    upload.cancel = True
    upload.changed_at = now
    upload.save(update_fields=["cancel", "changed_at"])


@transaction.atomic
def look_again(*, upload_id: UUID, now: datetime) -> None:
    """Read the files anew after a stop, a fault, or a change in the registers.

    Raises:
        UnableToAnswerError: a job is at work on them, or they are not kept any more.
        UploadNotVisibleError: there are none such.
    """
    upload = held(upload_id)
    if UploadState(upload.state).working:
        raise UnableToAnswerError("Filerne er ved at blive læst.")
    if not UploadedFile.objects.filter(upload=upload, content__isnull=False).exists():
        raise UnableToAnswerError("Filerne gemmes ikke længere. Indlæs dem igen.")
    move(upload, UploadState.WAITING, now)
    queue(LOOK_TASK, upload)


@transaction.atomic
def put_away(*, upload_id: UUID, now: datetime) -> None:
    """Let go of files that are not to be imported after all.

    Raises:
        UnableToAnswerError: a job is at work on them.
        UploadNotVisibleError: there are none such.
    """
    upload = held(upload_id)
    if UploadState(upload.state).working:
        raise UnableToAnswerError("Filerne er ved at blive læst. Stands det først.")
    if upload.state == UploadState.CHECKED.value:
        move(upload, UploadState.CANCELLED, now)
    let_go(upload)


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Let go of files that nobody has landed or put away for two weeks; gives how many uploads it were."""
    old = ImportUpload.objects.filter(changed_at__lt=now - _KEPT, files__content__isnull=False).distinct("id")
    forgotten = list(old.order_by("id"))
    for upload in forgotten:
        upload.state = UploadState.CANCELLED.value
        upload.message = "Filerne blev slettet, da ingen havde indlæst dem i to uger."
        upload.found = upload.error_file = None
        upload.save()
        let_go(upload)
    return len(forgotten)


def _told_apart(names: Sequence[str]) -> list[str]:
    """Files of one name from different folders get a number: answers are kept by name."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        unique, number = name, 1
        while unique in taken:
            number += 1
            unique = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
        taken.add(unique)
        found.append(unique)
    return found


def let_go(upload: ImportUpload) -> None:
    """Remove the files' bytes and everything that was sealed beside them; the row stays and tells that they came."""
    UploadedFile.objects.filter(upload=upload).update(content=None)
    upload.answers = None
    upload.save(update_fields=["answers"])
