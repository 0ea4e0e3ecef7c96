"""The deadlines that a scope sees: milestones of contracts, follow-ups of grants, claims on other municipalities."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from styr.contracts.core.codes import MilestoneKind
from styr.workspace.core.deadlines import AHEAD_DAYS, LATE_DAYS, Deadline, Kind, grouped

MOST: Final = 500
MILESTONE_DUE: Final = (
    "m.due_on >= CASE WHEN m.kind IN ('notice', 'expiry', 'approval') THEN %(today)s ELSE %(late)s END"
)
"""A milestone still to be met, or late: a day to give notice by that has passed is nobody's work any more."""
FOLLOW_UP_DUE: Final = "g.follow_up_on >= %(late)s AND g.status = 'granted' AND (g.ends IS NULL OR g.ends > %(today)s)"
"""A follow-up of a grant that runs, to come or late."""
_DUE: Final = f"""
SELECT * FROM (
    SELECT m.due_on, 'kontrakt', m.kind, c.number, m.contract_id, coalesce(u.name, '')
    FROM rel_milestone m JOIN rel_contract c ON c.contract_id = m.contract_id
    LEFT JOIN rel_keeper k ON k.contract_id = m.contract_id LEFT JOIN access_user u ON u.id = k.user_id
    WHERE {MILESTONE_DUE} AND m.due_on < %(ahead)s AND %(contracts)s
      AND (%(keeper)s::uuid IS NULL OR k.user_id = %(keeper)s)
    UNION ALL
    SELECT g.follow_up_on, 'opfoelgning', '', g.number, g.grant_id, coalesce(g.caseworker, '')
    FROM rel_grant g
    WHERE {FOLLOW_UP_DUE} AND g.follow_up_on < %(ahead)s AND %(follow_ups)s
      AND (%(keeper)s::uuid IS NULL OR g.caseworker = (SELECT name FROM access_user WHERE id = %(keeper)s))
    UNION ALL
    SELECT d.due_on, 'mellemkommunal', '', 'Kommune ' || d.payer, d.citizen_id, ''
    FROM rel_intermunicipal_deadline d
    WHERE d.due_on >= %(late)s AND d.due_on < %(ahead)s AND %(municipal)s AND %(keeper)s::uuid IS NULL
    UNION ALL
    SELECT a.due_on, 'moede', a.what, p.name, a.meeting_id, u.name
    FROM deliveries_meetingaction a JOIN deliveries_suppliermeeting s ON s.id = a.meeting_id
    JOIN suppliers_supplier p ON p.id = s.supplier_id JOIN access_user u ON u.id = a.owner_id
    WHERE a.done_on IS NULL AND a.due_on >= %(late)s AND a.due_on < %(ahead)s AND %(meetings)s
      AND (%(keeper)s::uuid IS NULL OR a.owner_id = %(keeper)s)
) AS due ORDER BY 1, 4 LIMIT %(most)s
"""  # noqa: S608 - our own conditions


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Deadlines in groups by date; `more` when there were more than are shown."""

    groups: tuple[tuple[str, list[Deadline]], ...]
    total: int
    more: bool


def deadlines(
    *, today: date, kind: Kind | None = None, keeper: UUID | None = None, ahead: date | None = None
) -> Deadlines:
    """Return what falls due before `ahead` and what is overdue, by date; `keeper`: somebody's own. One query."""
    rows = due(today=today, kind=kind, keeper=keeper, ahead=ahead, most=MOST + 1)
    return Deadlines(tuple(grouped(rows[:MOST], today)), min(len(rows), MOST), len(rows) > MOST)


def due(
    *, today: date, kind: Kind | None = None, keeper: UUID | None = None, ahead: date | None = None, most: int = MOST
) -> list[Deadline]:
    """Return the deadlines by date, the earliest first, before `ahead` (half a year, unless told). One query."""
    asked: dict[str, date | bool | int | UUID | None] = {
        "today": today,
        "ahead": ahead or today + timedelta(days=AHEAD_DAYS),
        "late": today - timedelta(days=LATE_DAYS),
        "contracts": kind in (None, Kind.CONTRACT),
        "follow_ups": kind in (None, Kind.FOLLOW_UP),
        "municipal": kind in (None, Kind.MUNICIPAL),
        "meetings": kind in (None, Kind.MEETING),
        "keeper": keeper,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE, asked)
        return [
            Deadline(due_on, Kind(whose), _what(Kind(whose), word), number, row_id, due_on < today, keeper_name)
            for due_on, whose, word, number, row_id, keeper_name in cursor.fetchall()
        ]


def _what(kind: Kind, milestone: str) -> str:
    if kind is Kind.MUNICIPAL:
        return "Rejs mellemkommunalt krav"
    if kind is Kind.MEETING:
        return milestone
    return MilestoneKind(milestone).danish if milestone else "Opfølgning"
