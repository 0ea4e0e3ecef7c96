"""A form is sent once: the first sending does the work, and the next ones give the answer that the first gave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from styr.access.models import Submission
from styr.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends what: `token` is the form's own random mark, `digest` a keyed hash of its content."""

    municipality_id: UUID
    user_id: UUID
    token: str
    digest: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first sending was answered with; `same` tells whether it held what is sent now."""

    status: int
    headers: Mapping[str, str]
    same: bool


def begin(sending: Sending, *, now: datetime) -> Answer | None:
    """Claim the form for this transaction and give None; or give the answer of the transaction that had it.

    A sending at the same moment waits here for the other to end: if that one did its work, its answer is given, and if
    it was undone, this one does the work.
    """
    claimed = Submission(
        id=uuid7(),
        municipality_id=sending.municipality_id,
        user_id=sending.user_id,
        token=sending.token,
        digest=sending.digest,
        sent_at=now,
    )
    Submission.objects.bulk_create([claimed], ignore_conflicts=True)
    found = Submission.objects.get(user_id=sending.user_id, token=sending.token)
    if found.pk == claimed.pk:
        return None
    return Answer(found.status or 0, found.headers, found.digest == sending.digest)


def keep(sending: Sending, *, status: int, headers: Mapping[str, str]) -> None:
    """Keep the answer for whoever sends the form again."""
    _of(sending).update(status=status, headers=dict(headers))


def give_back(sending: Sending) -> None:
    """The work was not done (a field was wrong): the form may be sent again."""
    _of(sending).delete()


def _of(sending: Sending) -> QuerySet[Submission]:
    return Submission.objects.filter(user_id=sending.user_id, token=sending.token)
