"""The deadlines that a scope sees: milestones of contracts, follow-ups of grants, claims on other municipalities."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection

from styr.contracts.core.codes import MilestoneKind
from styr.workspace.core.deadlines import AHEAD_DAYS, LATE_DAYS, Deadline, Kind, grouped

MOST: Final = 500
_DUE: Final = """
SELECT * FROM (
    SELECT m.due_on, 'kontrakt', m.kind, c.number, m.contract_id
    FROM rel_milestone m JOIN rel_contract c ON c.contract_id = m.contract_id
    WHERE m.due_on >= %(today)s AND m.due_on < %(ahead)s AND %(contracts)s
    UNION ALL
    SELECT g.follow_up_on, 'opfoelgning', '', g.number, g.grant_id
    FROM rel_grant g
    WHERE g.follow_up_on >= %(late)s AND g.follow_up_on < %(ahead)s AND g.status = 'granted'
      AND (g.ends IS NULL OR g.ends > %(today)s) AND %(follow_ups)s
    UNION ALL
    SELECT d.due_on, 'mellemkommunal', '', 'Kommune ' || d.payer, d.citizen_id
    FROM rel_intermunicipal_deadline d
    WHERE d.due_on >= %(late)s AND d.due_on < %(ahead)s AND %(municipal)s
) AS due ORDER BY 1, 4 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Deadlines in groups by date; `more` when there were more than are shown."""

    groups: tuple[tuple[str, list[Deadline]], ...]
    total: int
    more: bool


def deadlines(*, today: date, kind: Kind | None = None) -> Deadlines:
    """Return what falls due in half a year and follow-ups that are overdue, by date. One query."""
    rows = due(today=today, kind=kind, most=MOST + 1)
    return Deadlines(tuple(grouped(rows[:MOST], today)), min(len(rows), MOST), len(rows) > MOST)


def due(*, today: date, kind: Kind | None = None, most: int = MOST) -> list[Deadline]:
    """Return the deadlines by date, the earliest first. One query."""
    asked: dict[str, date | bool | int] = {
        "today": today,
        "ahead": today + timedelta(days=AHEAD_DAYS),
        "late": today - timedelta(days=LATE_DAYS),
        "contracts": kind in (None, Kind.CONTRACT),
        "follow_ups": kind in (None, Kind.FOLLOW_UP),
        "municipal": kind in (None, Kind.MUNICIPAL),
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE, asked)
        return [
            Deadline(due_on, Kind(whose), _what(Kind(whose), word), number, row_id, due_on < today)
            for due_on, whose, word, number, row_id in cursor.fetchall()
        ]


def _what(kind: Kind, milestone: str) -> str:
    if kind is Kind.MUNICIPAL:
        return "Rejs mellemkommunalt krav"
    return MilestoneKind(milestone).danish if milestone else "Opfølgning"
