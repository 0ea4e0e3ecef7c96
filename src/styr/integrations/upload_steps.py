"""How an upload goes from one state to the next, and what its use cases say no to."""

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app as jobs

from styr.integrations.core.outcome import Found
from styr.integrations.core.status import UploadState
from styr.integrations.models import ImportUpload
from styr.integrations.sealed_uploads import found_in
from styr.kernel.refusal import NotThere, Refusal

LOOK_TASK = "integrations.look"
LAND_TASK = "integrations.land"


class UnableToHandInError(Refusal):
    """The files cannot be taken."""


class UnableToAnswerError(Refusal):
    """The upload is not waiting for an answer, or the answer fits nothing in it."""


class UploadNotVisibleError(NotThere):
    """The upload does not exist, or is not the asker's to see."""

    def __init__(self) -> None:
        super().__init__("Filerne findes ikke, eller du har ikke adgang til dem.")


def held(upload_id: UUID) -> ImportUpload:
    """The upload, held for the rest of the transaction; else `UploadNotVisibleError`."""
    upload = ImportUpload.objects.select_for_update().filter(id=upload_id).first()
    if upload is None:
        raise UploadNotVisibleError
    return upload


def waiting_for_answer(upload_id: UUID) -> tuple[ImportUpload, Found]:
    """The upload, held for the rest of the transaction, and what the last look found; else `UnableToAnswerError`."""
    upload = held(upload_id)
    found = found_in(upload)
    if upload.state != UploadState.CHECKED.value or found is None:
        told = UploadState(upload.state).danish
        raise UnableToAnswerError(f"Filerne kan ikke ændres nu: de er {told}.")
    return upload, found


def move(upload: ImportUpload, state: UploadState, now: datetime) -> None:
    """Put it in that state, with nothing counted yet; what has been looked at keeps its errors."""
    upload.state = state.value
    upload.changed_at = now
    upload.cancel = False
    upload.total = upload.done = upload.rows = 0
    if state is not UploadState.CHECKED:
        upload.errors = 0
    upload.message = ""
    upload.heartbeat_at = None
    upload.save()


def queue(task: str, upload: ImportUpload) -> None:
    """Ask for the job, in the caller's transaction; one at a time in a municipality."""
    job = jobs.configure_task(task, lock=f"import:{upload.municipality_id}")
    job.defer(municipality_id=str(upload.municipality_id), upload_id=str(upload.id))
