"""Reminders of dates that come near, and of those that passed: to whoever keeps them, and then to the manager.

Everybody is asked in their own scope, so that nobody is told of a case that is not theirs to see. A date without a
keeper is told to every negotiator who sees it. What is told is told once: a date is near at `NEAR` days, pressing at
`PRESSING`, and `ESCALATES` days after it passed it goes to the managers as well.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate

from styr.access.core.roles import Role
from styr.access.holders import role_holders
from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.kernel.danish import danish_date
from styr.workspace.acting import seeing_as
from styr.workspace.core.deadlines import Deadline, Kind
from styr.workspace.core.noticing import News, NoticeKind
from styr.workspace.deadlines import due
from styr.workspace.notices import tell

NEAR: Final = 30
PRESSING: Final = 7
ESCALATES: Final = 7
_ROLES: Final = frozenset({Role.NEGOTIATOR, Role.LAWYER, Role.MANAGER})


def remind(*, now: datetime) -> None:
    """Remind in every municipality; doing it twice tells once."""
    for municipality_id in municipality_ids():
        remind_in(municipality_id, now=now)


def remind_in(municipality_id: UUID, *, now: datetime) -> int:
    """Remind the people of one municipality; return how many reminders there are, told before or not."""
    today = localdate(now)
    with service_scope(municipality_id, "job"):
        holders = role_holders(roles=_ROLES, on=today)
    news: list[News] = []
    for user_id, roles in holders.items():
        with seeing_as(user_id=user_id, municipality_id=municipality_id, purpose="job"):
            ahead = today + timedelta(days=NEAR + 1)
            own = due(today=today, kind=Kind.CONTRACT, ahead=ahead, keeper=user_id)
            every = due(today=today, kind=Kind.CONTRACT, ahead=ahead)
        mine = {(one.id, one.due_on, one.what) for one in own}
        for one in every:
            keeps = (one.id, one.due_on, one.what) in mine or (not one.keeper and Role.NEGOTIATOR in roles)
            told = list(_told(one, today, keeps=keeps, manages=Role.MANAGER in roles))
            news += [_news(one, user_id, now, *each) for each in told]
    if news:
        with service_scope(municipality_id, "job"):
            tell(municipality_id=municipality_id, news=news)
    return len(news)


def _told(one: Deadline, today: date, *, keeps: bool, manages: bool) -> Iterator[tuple[NoticeKind, str, str]]:
    """What one person is told of one date today: the kind, the words, and the step that makes it told once."""
    days = (one.due_on - today).days
    if keeps and days >= 0:
        step = "pressing" if days <= PRESSING else "near"
        yield NoticeKind.DEADLINE, f"{one.number}: {one.what} {danish_date(one.due_on)}", step
    if keeps and days < 0:
        yield NoticeKind.OVERDUE, f"{one.number}: {one.what} skulle være sket {danish_date(one.due_on)}", "passed"
    if manages and days <= -ESCALATES:
        keeper = " Den ansvarlige står på kontrakten." if one.keeper else " Ingen er ansvarlig."
        yield NoticeKind.OVERDUE, f"{one.number}: {one.what} er {-days} dage over fristen.{keeper}", "escalated"


def _news(one: Deadline, user_id: UUID, now: datetime, kind: NoticeKind, text: str, step: str) -> News:  # noqa: PLR0913, PLR0917 - a notice's parts
    return News(
        user_id=user_id,
        kind=kind,
        subject_id=one.id,
        text=text[:300],
        key=f"due:{step}:{one.id}:{one.due_on}:{one.what}"[:120],
        happened_at=now,
    )
