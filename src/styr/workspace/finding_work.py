"""What a person does with a finding at the page: the controls' use cases, and whoever it concerns is told."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from styr.controls import casework, handling, services
from styr.controls.core.verdict import Verdict
from styr.controls.handling import DecidedTogether
from styr.workspace.core.noticing import News, NoticeKind
from styr.workspace.notices import tell


@transaction.atomic
def decide(  # noqa: PLR0913 - one use case, all by keyword
    *, municipality_id: UUID, finding_id: UUID, verdict: Verdict, reason: str, actor_id: UUID, seen: str, now: datetime
) -> UUID:
    """Decide one finding, and tell whom it lay with when that is another; raises `UnableToDecideFindingError`."""
    decision_id = services.decide_finding(
        finding_id=finding_id, verdict=verdict, reason=reason, actor_id=actor_id, seen_fingerprint=seen, now=now
    )
    _tell_holder(municipality_id, finding_id, actor_id, NoticeKind.DECIDED, str(decision_id), now)
    return decision_id


@transaction.atomic
def decide_alike(  # noqa: PLR0913 - one use case, all by keyword
    *, municipality_id: UUID, seen: Mapping[UUID, str], verdict: Verdict, reason: str, actor_id: UUID, now: datetime
) -> DecidedTogether:
    """Decide many of one kind; raises `UnableToDecideFindingError`."""
    done = handling.decide_findings(seen=seen, verdict=verdict, reason=reason, actor_id=actor_id, now=now)
    decided = [finding_id for finding_id in seen if finding_id not in done.changed]
    told = [
        News(
            user_id=holder,
            kind=NoticeKind.DECIDED,
            subject_id=finding_id,
            text=f"{title} er afgjort som »{verdict.danish}«",
            key=f"decided:{finding_id}:{now.isoformat()}",
            happened_at=now,
        )
        for finding_id, holder, title in casework.held(decided)
        if holder != actor_id
    ]
    tell(municipality_id=municipality_id, news=told)
    return done


@transaction.atomic
def reopen(*, municipality_id: UUID, finding_id: UUID, reason: str, actor_id: UUID, now: datetime) -> None:
    """Take the latest decision back, and tell whoever had made it; raises `UnableToDecideFindingError`."""
    decided_by = casework.latest_decider(finding_id)
    decision_id = handling.reopen_finding(finding_id=finding_id, reason=reason, actor_id=actor_id, now=now)
    if decided_by is not None and decided_by[0] != actor_id:
        news = News(
            user_id=decided_by[0],
            kind=NoticeKind.LAPSED,
            subject_id=finding_id,
            text=f"Din afgørelse af »{decided_by[1]}« er taget tilbage",
            key=f"reopened:{decision_id}",
            happened_at=now,
        )
        tell(municipality_id=municipality_id, news=[news])


@transaction.atomic
def hand_over(  # noqa: PLR0913 - one use case, all by keyword
    *, municipality_id: UUID, finding_id: UUID, assignee_id: UUID | None, actor_id: UUID, now: datetime, today: date
) -> None:
    """Lay a finding with a colleague and tell them; raises `UnableToHandleFindingError`."""
    handling.assign_finding(finding_id=finding_id, assignee_id=assignee_id, actor_id=actor_id, now=now, today=today)
    if assignee_id is not None:
        _tell_holder(municipality_id, finding_id, actor_id, NoticeKind.ASSIGNED, now.isoformat(), now)


@transaction.atomic
def note(*, municipality_id: UUID, finding_id: UUID, text: str, actor_id: UUID, now: datetime) -> None:
    """Write a note and tell whom the finding lies with; raises `UnableToHandleFindingError`."""
    note_id = handling.note_finding(finding_id=finding_id, text=text, actor_id=actor_id, now=now)
    _tell_holder(municipality_id, finding_id, actor_id, NoticeKind.NOTED, str(note_id), now)


_SAID = {
    NoticeKind.ASSIGNED: "»{title}« er lagt hos dig",
    NoticeKind.NOTED: "Nyt notat på »{title}«",
    NoticeKind.DECIDED: "»{title}«, der lå hos dig, er afgjort",
}


def _tell_holder(  # noqa: PLR0913, PLR0917 - what a notice is made of
    municipality_id: UUID, finding_id: UUID, actor_id: UUID, kind: NoticeKind, key: str, now: datetime
) -> None:
    told = [
        News(
            user_id=holder,
            kind=kind,
            subject_id=finding_id,
            text=_SAID[kind].format(title=title),
            key=f"{kind.value}:{finding_id}:{key}",
            happened_at=now,
        )
        for _, holder, title in casework.held([finding_id])
        if holder != actor_id
    ]
    tell(municipality_id=municipality_id, news=told)
