"""Notices: what happened to a person's cases, told once, read or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from styr.workspace.core.noticing import News, NoticeKind
from styr.workspace.models import Notice

SHOWN = 100
_FRAME = """
SELECT (SELECT name FROM access_municipality LIMIT 1),
    (SELECT count(*) FROM workspace_notice WHERE user_id = %s AND read_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as it is shown."""

    id: UUID
    kind: NoticeKind
    subject_id: UUID
    text: str
    happened_at: datetime
    unread: bool


def tell(*, municipality_id: UUID, news: Iterable[News]) -> None:
    """Tell people of something; what was told under the same key is not told again. One statement."""
    rows = [
        Notice(
            municipality_id=municipality_id,
            user_id=one.user_id,
            kind=one.kind.value,
            subject_id=one.subject_id,
            text=one.text,
            key=one.key,
            happened_at=one.happened_at,
        )
        for one in news
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """What every page's frame tells: whose municipality it is, and how many notices are unread."""

    municipality: str
    unread: int


def frame_facts(*, user_id: UUID) -> FrameFacts:
    """What the frame of every page shows, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_FRAME, [user_id])
        name, unread = cursor.fetchone()
    return FrameFacts(name or "", unread)


def latest(*, user_id: UUID, limit: int = SHOWN) -> tuple[NoticeView, ...]:
    """Somebody's notices, the latest first. One query."""
    rows = Notice.objects.filter(user_id=user_id).order_by("-happened_at", "-id")[:limit]
    return tuple(
        NoticeView(row.id, NoticeKind(row.kind), row.subject_id, row.text, row.happened_at, row.read_at is None)
        for row in rows
    )


def one_of(*, notice_id: UUID, user_id: UUID) -> NoticeView | None:
    """One of somebody's notices. One query."""
    row = Notice.objects.filter(id=notice_id, user_id=user_id).first()
    if row is None:
        return None
    return NoticeView(row.id, NoticeKind(row.kind), row.subject_id, row.text, row.happened_at, row.read_at is None)


def mark_read(*, user_id: UUID, now: datetime, notice_id: UUID | None = None) -> int:
    """Mark one notice, or all, as read; gives how many were unread. Doing it twice changes nothing."""
    unread = Notice.objects.filter(user_id=user_id, read_at__isnull=True)
    return (unread if notice_id is None else unread.filter(id=notice_id)).update(read_at=now)
