"""Imports as JSON: hand files in, land them, and see what came of it."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from styr.access.api import Made, Problem, caller, scoped, written_once
from styr.access.core.permissions import Permission
from styr.integrations import queries, uploads
from styr.integrations.upload_queries import upload_view
from styr.kernel import clock

router = Router(tags=["Imports"])


class RunOut(Schema):
    """An import (indlæsning)."""

    id: UUID
    started_at: datetime
    finished_at: datetime | None
    status: str
    files: int
    problems: int


class ProblemOut(Schema):
    """A problem of a file that is kept out: where it is, and how to mend it."""

    file: str
    severity: str
    sheet: str
    row: int | None
    column: str
    message: str
    mend: str


class UploadOut(Schema):
    """Files handed in: how many of `total` are read, and the errors found in them."""

    id: UUID
    state: str
    files: list[str]
    done: int
    total: int
    errors: int
    run: UUID | None
    message: str


@router.get("", response=list[RunOut], summary="The latest imports")
@scoped(Permission.IMPORT)
def runs(request: HttpRequest) -> list[RunOut]:  # noqa: ARG001 - ninja's
    """Return the fifty latest, the newest first."""
    return [
        RunOut(
            id=run.id,
            started_at=run.started_at,
            finished_at=run.finished_at,
            status=run.status.value,
            files=run.files,
            problems=run.problems,
        )
        for run in queries.latest_runs(50)
    ]


@router.get("/problems", response=list[ProblemOut], summary="What keeps files out")
@scoped(Permission.IMPORT)
def problems(request: HttpRequest) -> list[ProblemOut]:  # noqa: ARG001 - ninja's
    """Return at most five hundred problems, those of the latest file first."""
    return [
        ProblemOut(
            file=one.file,
            severity=one.severity.value,
            sheet=one.sheet,
            row=one.row,
            column=one.column,
            message=one.message,
            mend=one.mend,
        )
        for one in queries.open_problems(limit=500)
    ]


@router.post("", response={201: Made, 400: Problem, 409: Problem}, summary="Hand in files")
@scoped(Permission.IMPORT)
@written_once("/api/v1/imports/uploads/{id}")
def hand_in(request: HttpRequest, files: File[list[UploadedFile]]) -> UUID:
    """Keep the files, encrypted, and look at them; nothing is written before the upload is landed."""
    whose = caller(request)
    held = [uploads.Held(name=file.name or "fil", data=file.read()) for file in files]
    return uploads.hand_in(municipality_id=whose.municipality_id, actor_id=whose.user_id, files=held, now=clock.now())


@router.get("/uploads/{uuid:upload_id}", response={200: UploadOut, 404: Problem}, summary="How far an upload has come")
@scoped(Permission.IMPORT)
def upload(request: HttpRequest, upload_id: UUID) -> UploadOut:  # noqa: ARG001 - ninja's
    """Return where it stands; `run` names the import when it has landed, `message` says what came in its way."""
    found = upload_view(upload_id)
    return UploadOut(
        id=found.id,
        state=found.state.value,
        files=list(found.names),
        done=found.done,
        total=found.total,
        errors=found.errors,
        run=found.run_id,
        message=found.message,
    )


@router.post(
    "/uploads/{uuid:upload_id}/land", response={204: None, 404: Problem, 409: Problem}, summary="Land an upload"
)
@scoped(Permission.IMPORT)
@written_once()
def land(request: HttpRequest, upload_id: UUID) -> None:  # noqa: ARG001 - ninja's
    """Ask for the upload to be landed as a job; refused while it is being looked at, or when nothing in it can land."""
    uploads.request_landing(upload_id=upload_id, now=clock.now())
