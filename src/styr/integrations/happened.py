"""What happened to people's imports since a moment without them at the page: one failed, or was taken back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from styr.integrations.core.status import RunStatus, UploadState
from styr.integrations.models import ImportUpload


@dataclass(frozen=True, slots=True)
class Failed:
    """Files that somebody handed in and that could not be read in."""

    upload_id: UUID
    handed_in_by: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An import of somebody's that another took back."""

    run_id: UUID
    handed_in_by: UUID
    at: datetime


def imports_failed(*, since: datetime) -> list[Failed]:
    """The uploads that failed since then, the earliest first. One query."""
    rows = ImportUpload.objects.filter(state=UploadState.FAILED.value, changed_at__gte=since)
    found = rows.order_by("changed_at", "id").values_list("id", "created_by_id", "changed_at")
    return [Failed(*row) for row in found]


def imports_taken_back(*, since: datetime) -> list[TakenBack]:
    """The imports that another than who handed the files in took back since then. One query."""
    rows = (
        ImportUpload.objects.filter(
            run__undone_by__status=RunStatus.FINISHED.value, run__undone_by__finished_at__gte=since
        )
        .exclude(run__undone_by__actor=F("created_by__name"))
        .order_by("run__undone_by__finished_at", "id")
    )
    found = rows.values_list("run_id", "created_by_id", "run__undone_by__finished_at")
    return [TakenBack(run, by, at) for run, by, at in found if run and at]
