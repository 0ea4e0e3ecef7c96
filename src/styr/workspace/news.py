"""Looking for news: what happened without anybody's act at a page, told to those it concerns."""

from datetime import datetime, timedelta
from typing import Final

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.controls.casework import lapsed_decisions
from styr.workspace.core.noticing import News, NoticeKind
from styr.workspace.notices import tell

LOOKS_BACK: Final = timedelta(days=3)
"""Longer than a weekend without a worker; what is told already is not told again."""


def look_for_news(*, now: datetime) -> None:
    """Tell of decisions that lapsed since their evidence changed, in every municipality; doing it twice tells once."""
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "job"):
            tell(municipality_id=municipality_id, news=_lapsed(now))


def _lapsed(now: datetime) -> list[News]:
    return [
        News(
            user_id=one.decided_by,
            kind=NoticeKind.LAPSED,
            subject_id=one.finding_id,
            text=f"Din afgørelse af »{one.title}« gælder ikke længere: grundlaget er ændret",
            key=f"lapsed:{one.finding_id}:{one.fingerprint}",
            happened_at=one.changed_at,
        )
        for one in lapsed_decisions(since=now - LOOKS_BACK)
    ]
