"""Opens and seals what an upload holds: the files' bytes, what was found, what was answered, the error file."""

from collections.abc import Sequence
from uuid import UUID

from styr.access.crypto import seal, unseal
from styr.integrations.core.answers import NOTHING_ANSWERED, Answers, KeptColumns, answers_from, answers_json
from styr.integrations.core.outcome import Found, found_from, found_json
from styr.integrations.models import ColumnMapping, ImportUpload, UploadedFile
from styr.integrations.sources import Held


def file_place(file_id: UUID) -> str:
    """Where a file's bytes are bound to."""
    return f"integrations_uploadedfile|content|{file_id}"


def upload_place(upload_id: UUID, column: str) -> str:
    """Where an upload's own sealed columns are bound to."""
    return f"integrations_importupload|{column}|{upload_id}"


def held_files(upload_id: UUID) -> list[Held]:
    """The files of an upload, opened in memory."""
    files = UploadedFile.objects.filter(upload_id=upload_id, content__isnull=False).order_by("position")
    return [Held(file.name, unseal(file.content or b"", place=file_place(file.id))) for file in files]


def found_in(upload: ImportUpload) -> Found | None:
    """What the last look found; None before there was one."""
    if upload.found is None:
        return None
    return found_from(unseal(upload.found, place=upload_place(upload.id, "found")).decode())


def answers_of(upload: ImportUpload) -> Answers:
    """What a person has answered about the upload so far, without kept choices of columns."""
    if upload.answers is None:
        return NOTHING_ANSWERED
    return answers_from(unseal(upload.answers, place=upload_place(upload.id, "answers")).decode())


def put_found(upload: ImportUpload, found: Found, error_file: bytes | None) -> None:
    """Seal what a look found into the row; the caller saves it."""
    upload.found = seal(found_json(found).encode(), place=upload_place(upload.id, "found"))
    upload.error_file = None if error_file is None else seal(error_file, place=upload_place(upload.id, "error_file"))


def put_answers(upload: ImportUpload, answers: Answers) -> None:
    """Seal what a person has answered into the row; the caller saves it."""
    upload.answers = seal(answers_json(answers).encode(), place=upload_place(upload.id, "answers"))


def kept_columns() -> Sequence[KeptColumns]:
    """The choices of columns that are in use, the latest first."""
    found = ColumnMapping.objects.filter(retired_at=None).order_by("-saved_at")
    return [
        KeptColumns(one.name, one.register, tuple(one.headings), one.fields, one.constants, one.words) for one in found
    ]
