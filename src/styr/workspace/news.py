"""Looking for news: what happened without anybody's act at a page, told to those it concerns."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localdate

from styr.access.core.role_answers import RoleAnswer
from styr.access.role_requests import RoleTold, other_administrators, roles_told
from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.access.takeovers import Takeover, log_readers, program_keys, takeovers
from styr.controls.casework import lapsed_decisions
from styr.workspace.core.noticing import News, NoticeKind
from styr.workspace.notices import tell

LOOKS_BACK: Final = timedelta(days=3)
"""Longer than a weekend without a worker; what is told already is not told again."""


def look_for_news(*, now: datetime) -> None:
    """Tell of lapsed decisions, logins opened for another, and roles, in every municipality; twice tells once."""
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "job"):
            tell(municipality_id=municipality_id, news=[*_lapsed(now), *_logins(now), *_roles(now)])


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


def _logins(now: datetime) -> list[News]:
    readers = log_readers(on=localdate(now))
    return [
        News(
            user_id=receiver,
            kind=NoticeKind.LOGIN,
            subject_id=one.user_id,
            text=_told(one, own=receiver == one.user_id),
            key=f"login:{one.id}",
            happened_at=one.happened_at,
        )
        for one in takeovers(since=now - LOOKS_BACK)
        for receiver in {one.user_id, *readers}
    ] + [
        News(
            user_id=receiver,
            kind=NoticeKind.LOGIN,
            subject_id=one.user_id,
            text=f"En administrator har lavet en API-nøgle til systembrugeren {one.username}"[:300],
            key=f"login:{one.id}",
            happened_at=one.happened_at,
        )
        for one in program_keys(since=now - LOOKS_BACK)
        for receiver in readers
    ]


def _roles(now: datetime) -> list[News]:
    """Roles that wait are told to the other administrators; those that were given, to those who read the logs."""
    today = localdate(now)
    readers = log_readers(on=today)
    return [
        News(
            user_id=receiver,
            kind=NoticeKind.LOGIN,
            subject_id=one.user_id or one.asked_by,
            text=_role_told(one),
            key=f"role:{one.id}:{one.answer}",
            happened_at=one.happened_at,
        )
        for one in roles_told(since=now - LOOKS_BACK)
        for receiver in (
            other_administrators(besides=one.asked_by, on=today) if one.answer == RoleAnswer.WAITING else readers
        )
    ]


def _role_told(one: RoleTold) -> str:
    what = f"rollen {one.role.danish.lower()} til " + (one.username or f"jobfunktionsrollen {one.pattern}")
    match one.answer:
        case RoleAnswer.WAITING:
            told = f"En administrator beder dig bekræfte {what}"
        case RoleAnswer.CONFIRMED:
            told = f"To administratorer har givet {what}"
        case _:
            told = f"Kommunens eneste administrator har givet {what}"
    return told[:300]


def _told(one: Takeover, *, own: bool) -> str:
    whose = "dig" if own else f"brugeren {one.username}"
    what = "lavet et adgangskodelink til" if one.is_link else "fjernet et ekstra login-trin for"
    return f"En administrator har {what} {whose}"[:300]
