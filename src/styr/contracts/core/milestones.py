"""Dates that a contract's own terms set: the last day for notice, the last day, the days for evaluation.

The same rule as the view `rel_milestone`, for one contract at a time; a test holds the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.contracts.core.codes import ContractStatus, MilestoneKind, NoticeFrom
from styr.contracts.core.notice import last_day_to_give_notice
from styr.kernel.period import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_LIVE = (ContractStatus.SENT, ContractStatus.SIGNED)


@dataclass(frozen=True, order=True)
class Milestone:
    """A date that calls for an act."""

    due_on: date
    kind: MilestoneKind


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the dates follow from; `ends` is exclusive, None is an open contract or no agreed notice."""

    status: ContractStatus
    ends: date | None
    notice_days: int | None
    notice_from: NoticeFrom = NoticeFrom.DAY
    evaluations: tuple[date, ...] = ()


def milestones(terms: Terms) -> list[Milestone]:
    """Return the dates of a sent or signed contract, in order; drafts and terminated contracts have none.

    Notice given on the notice date runs out with the contract's last day.
    """
    if terms.status not in _LIVE:
        return []
    return sorted((*_ending(terms), *(Milestone(day, MilestoneKind.EVALUATION) for day in terms.evaluations)))


def _ending(terms: Terms) -> Iterable[Milestone]:
    if terms.ends is None:
        return
    last = terms.ends - ONE_DAY
    yield Milestone(last, MilestoneKind.EXPIRY)
    if terms.notice_days is not None:
        yield Milestone(last_day_to_give_notice(last, terms.notice_days, terms.notice_from), MilestoneKind.NOTICE)
