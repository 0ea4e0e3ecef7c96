"""Access requests (indsigt, GDPR art. 15): ordered by a person, gathered by a job, fetched, deleted after a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from styr.audit.services import log_read
from styr.people import sealed
from styr.people.core.keeping import RequestState
from styr.people.models import Citizen, DataRequest
from styr.people.queries import CitizenNotVisibleError

if TYPE_CHECKING:
    from uuid import UUID

GATHER_TASK: Final = "workspace.gather_request"
"""The job's name: it crosses the domains, so the workspace performs it."""

KEPT_FOR: Final = timedelta(days=14)
"""How long the file is there to be fetched: long enough for an answer within the month that art. 12(3) gives."""


class UnableToFetchRequestError(Exception):
    """The file is not there (any more)."""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """An access request as a page shows it."""

    id: UUID
    reason: str
    requested_by: str
    requested_at: datetime
    state: RequestState
    done: int
    steps: int
    size: int
    ready_at: datetime | None
    expires_at: datetime | None
    fetched_at: datetime | None

    @property
    def waiting(self) -> bool:
        """Whether a job is still at it."""
        return self.state in (RequestState.QUEUED, RequestState.WORKING)


@transaction.atomic
def order_request(*, citizen_id: UUID, reason: str, actor_id: UUID, now: datetime) -> UUID:
    """Order everything about the citizen; the job is queued in the same transaction. Returns the request's id.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
    """
    citizen = Citizen.objects.filter(id=citizen_id).first()
    if citizen is None:
        raise CitizenNotVisibleError
    made = DataRequest.objects.create(
        municipality_id=citizen.municipality_id,
        unit_id=citizen.unit_id,
        citizen=citizen,
        reason=reason,
        requested_by_id=actor_id,
        requested_at=now,
        state=RequestState.QUEUED.value,
    )
    job = jobs.configure_task(GATHER_TASK, lock=f"request:{made.id}")
    job.defer(municipality_id=str(citizen.municipality_id), request_id=str(made.id))
    return made.id


def requests_of(citizen_id: UUID) -> list[RequestLine]:
    """Return the citizen's access requests, the latest first; one query."""
    rows = DataRequest.objects.defer("content").select_related("requested_by").filter(citizen_id=citizen_id)
    return [_line(row) for row in rows.order_by("-requested_at", "-id")]


def request_line(request_id: UUID, *, citizen_id: UUID) -> RequestLine | None:
    """Return one request of the citizen, without naming anybody; one query."""
    rows = DataRequest.objects.defer("content").select_related("requested_by")
    found = rows.filter(id=request_id, citizen_id=citizen_id).first()
    return None if found is None else _line(found)


def citizen_of_request(request_id: UUID) -> UUID | None:
    """Whom the request is about, while it waits for its file; None when it is done, failed or gone."""
    waiting = [RequestState.QUEUED.value, RequestState.WORKING.value]
    rows = DataRequest.objects.filter(id=request_id, state__in=waiting)
    return rows.values_list("citizen_id", flat=True).first()


def tell_progress(request_id: UUID, *, done: int, steps: int) -> None:
    """Tell how far the job has come; call it in a transaction of its own."""
    rows = DataRequest.objects.filter(id=request_id)
    rows.update(state=RequestState.WORKING.value, done=done, steps=steps)


def fail_request(request_id: UUID) -> None:
    """Tell that the file could not be made."""
    DataRequest.objects.filter(id=request_id, content=None).update(state=RequestState.FAILED.value)


@transaction.atomic
def keep_file(*, request_id: UUID, file: bytes, now: datetime) -> None:
    """Keep the finished file, encrypted, for `KEPT_FOR`."""
    found = DataRequest.objects.select_for_update().get(id=request_id)
    found.content = sealed.seal(file, place=sealed.REQUEST, row_id=request_id)
    found.size, found.sha256 = len(file), hashlib.sha256(file).hexdigest()
    found.state, found.done = RequestState.READY.value, found.steps
    found.ready_at, found.expires_at = now, now + KEPT_FOR
    found.save()


@transaction.atomic
def fetch_file(*, request_id: UUID, citizen_id: UUID, page: str, now: datetime) -> bytes:
    """Return the file and log that everything about the citizen was handed out.

    Raises:
        UnableToFetchRequestError: it is not ready, has been deleted, or is not the caller's to see.
    """
    found = DataRequest.objects.select_for_update().filter(id=request_id, citizen_id=citizen_id).first()
    if found is None or found.content is None:
        raise UnableToFetchRequestError("Filen er ikke klar, eller den er slettet igen. Bestil en ny.")
    log_read(citizens=[citizen_id], page=page, purpose="indsigt: alle oplysninger hentet")
    found.fetched_at = now
    found.save(update_fields=["fetched_at"])
    return sealed.unseal(bytes(found.content), place=sealed.REQUEST, row_id=request_id)


def delete_expired_files(*, now: datetime) -> int:
    """Delete the files whose time is over, in the scope's municipality; gives their number."""
    rows = DataRequest.objects.filter(state=RequestState.READY.value, expires_at__lte=now)
    return rows.update(state=RequestState.DELETED.value, content=None)


def _line(row: DataRequest) -> RequestLine:
    return RequestLine(
        id=row.id,
        reason=row.reason,
        requested_by=row.requested_by.name,
        requested_at=row.requested_at,
        state=RequestState(row.state),
        done=row.done,
        steps=row.steps,
        size=row.size,
        ready_at=row.ready_at,
        expires_at=row.expires_at,
        fetched_at=row.fetched_at,
    )
