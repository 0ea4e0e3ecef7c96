"""What the pages of files handed in read; every query runs in the caller's scope."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from styr.access.crypto import unseal
from styr.integrations.core.answers import Answers
from styr.integrations.core.outcome import Found
from styr.integrations.core.status import UploadState, told_state
from styr.integrations.models import ImportUpload, UploadedFile
from styr.integrations.sealed_uploads import answers_of, found_in, upload_place
from styr.integrations.upload_steps import UploadNotVisibleError

_ALIVE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class UploadLine:
    """Files handed in, as a list shows them."""

    id: UUID
    state: UploadState
    created_at: datetime
    who: str
    files: int
    first_name: str
    errors: int

    @property
    def standing(self) -> str:
        """How they stand, in words."""
        return told_state(self.state, errors=self.errors)


@dataclass(frozen=True, slots=True)
class UploadView:
    """Files handed in: how far they have come, and what the last look found."""

    id: UUID
    state: UploadState
    first_day: bool
    created_at: datetime
    changed_at: datetime
    heartbeat_at: datetime | None
    who: str
    total: int
    done: int
    rows: int
    errors: int
    stopping: bool
    message: str
    run_id: UUID | None
    names: tuple[str, ...]
    size: int
    kept: bool
    found: Found | None
    answers: Answers
    has_error_file: bool

    @property
    def to_mend(self) -> bool:
        """Whether they were looked at, and something must be mended or chosen before all of it can land."""
        return self.standing != self.state.danish

    @property
    def standing(self) -> str:
        """How they stand, in words."""
        if self.found is None:
            return self.state.danish
        return told_state(self.state, errors=self.found.errors, guessed=bool(self.found.proposals))

    @property
    def share(self) -> int:
        """How far the job is, in per cent."""
        return min(100, self.done * 100 // self.total) if self.total else 0


def open_uploads(limit: int) -> list[UploadLine]:
    """Files handed in that have not landed, the latest first. Two queries."""
    waiting = [state.value for state in UploadState if state not in {UploadState.DONE, UploadState.CANCELLED}]
    found = list(
        ImportUpload.objects.filter(state__in=waiting, files__content__isnull=False)
        .distinct()
        .select_related("created_by")
        .defer("found", "answers", "error_file")
        .order_by("-created_at")[:limit]
    )
    names: dict[UUID, list[str]] = {}
    files = UploadedFile.objects.filter(upload__in=[one.id for one in found]).order_by("position")
    for upload_id, name in files.values_list("upload_id", "name"):
        names.setdefault(upload_id, []).append(name)
    return [
        UploadLine(
            one.id,
            UploadState(one.state),
            one.created_at,
            one.created_by.name,
            len(names[one.id]),
            names[one.id][0],
            one.errors,
        )
        for one in found
    ]


def upload_view(upload_id: UUID) -> UploadView:
    """One upload with everything about it; raises `UploadNotVisibleError`. Two queries."""
    upload = ImportUpload.objects.select_related("created_by").filter(id=upload_id).first()
    if upload is None:
        raise UploadNotVisibleError
    kept = ExpressionWrapper(Q(content__isnull=False), output_field=BooleanField())
    rows = UploadedFile.objects.filter(upload=upload).annotate(kept=kept).order_by("position")
    files = list(rows.values_list("name", "size", "kept"))
    return UploadView(
        id=upload.id,
        state=UploadState(upload.state),
        first_day=upload.first_day,
        created_at=upload.created_at,
        changed_at=upload.changed_at,
        heartbeat_at=upload.heartbeat_at,
        who=upload.created_by.name,
        total=upload.total,
        done=upload.done,
        rows=upload.rows,
        errors=upload.errors,
        stopping=upload.cancel,
        message=upload.message,
        run_id=upload.run_id,
        names=tuple(name for name, _, _ in files),
        size=sum(size for _, size, _ in files),
        kept=any(kept for _, _, kept in files),
        found=found_in(upload),
        answers=answers_of(upload),
        has_error_file=upload.error_file is not None,
    )


def error_file_of(upload_id: UUID) -> bytes | None:
    """The rows with their errors as an Excel file. One query."""
    upload = ImportUpload.objects.only("error_file").filter(id=upload_id).first()
    if upload is None or upload.error_file is None:
        return None
    return unseal(upload.error_file, place=upload_place(upload_id, "error_file"))


def somebody_works() -> bool:
    """Whether a worker has given a sign of life within a minute. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers "
            "WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [_ALIVE_SECONDS],
        )
        return bool(cursor.fetchone()[0])
