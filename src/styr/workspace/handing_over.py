"""Handing over all that somebody keeps when they leave: one act, one log, and nothing left with nobody.

Each part goes through its own domain's service, which asks whether the receiver may have it where it lies; what they
may not have is told, and stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from styr.access.core.roles import Role
from styr.access.queries import roles_on
from styr.agreements import collecting
from styr.contracts.keeping import hand_over_contracts
from styr.controls import handling
from styr.controls import queries as controls
from styr.deliveries.meetings import hand_over_actions
from styr.drafting.handing_over import hand_over_drafts
from styr.grants.handing_over import UnableToHandOverGrantsError, hand_over_grants
from styr.invoices.following import UnableToFollowUpError, change_follow_up
from styr.kernel.refusal import Refusal
from styr.workspace.models import HandOver

MOST_FINDINGS: Final = 2_000
"""How many findings go over at once; those beyond are counted among what stays."""
_FOLLOW_UPS: Final = """
SELECT id, due_on, version FROM invoices_followup WHERE owner_id = %s AND state = 'open' ORDER BY id
"""
_HELD: Final = """
SELECT (SELECT count(*) FROM rel_keeper k WHERE k.user_id = %(user)s),
       (SELECT count(*) FROM rel_grant g
        WHERE g.caseworker = %(name)s AND g.status IN ('draft', 'expected', 'awaiting', 'granted')),
       (SELECT count(*) FROM controls_findingassignment a JOIN controls_finding f ON f.id = a.finding_id
        WHERE a.assignee_id = %(user)s AND f.status = 'open'),
       (SELECT count(*) FROM invoices_followup f WHERE f.owner_id = %(user)s AND f.state = 'open'),
       (SELECT count(*) FROM deliveries_meetingaction a WHERE a.owner_id = %(user)s AND a.done_on IS NULL),
       (SELECT count(*) FROM drafting_contractdraft d
        WHERE d.owner_id = %(user)s AND d.state NOT IN ('signed', 'given_up')),
       (SELECT count(*) FROM agreements_collectioncase c WHERE c.owner_id = %(user)s AND c.state <> 'closed')
"""
KINDS: Final = {
    "contracts": "kontrakters frister",
    "grants": "bevillinger med opfølgning",
    "findings": "afvigelser",
    "follow_ups": "opfølgninger på fakturaer",
    "actions": "handlinger fra leverandørmøder",
    "drafts": "kontraktudkast",
    "cases": "indsamlingssager",
}
"""What can be kept, in the order in which it is counted."""

Moved = tuple[int, int]


class UnableToHandOverError(Refusal):
    """What somebody keeps cannot be handed over so."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's id and name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A hand-over as it is logged: from whom, to whom, by whom, how many went over and how many stayed, by kind."""

    from_name: str
    to_name: str
    by_name: str
    at: datetime
    counts: dict[str, int]
    kept: dict[str, int]


def held_by(person: Person) -> dict[str, int]:
    """How much somebody keeps, by kind, of what the caller sees. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"user": person.id, "name": person.name})
        return dict(zip(KINDS, cursor.fetchone(), strict=True))


def people() -> list[Person]:
    """Everybody with a login, by name. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM access_user WHERE is_active AND name <> '' ORDER BY name, id")
        return [Person(*row) for row in cursor.fetchall()]


def may_hand_over(*, from_id: UUID, actor_id: UUID, on: date) -> bool:
    """Whether somebody may hand over what another keeps: their own, or as a manager. One query."""
    return from_id == actor_id or Role.MANAGER in roles_on(user_id=actor_id, on=on)


@transaction.atomic
def hand_over(  # noqa: PLR0913 - one use case, all by keyword
    *, municipality_id: UUID, from_person: Person, to_person: Person, actor_id: UUID, now: datetime, today: date
) -> Handed:
    """Hand all that one keeps over to another and log it; done twice, nothing is left to hand over.

    Raises:
        UnableToHandOverError: it is the same person, the actor is neither the one who leaves nor a manager, or two
            people bear a name that grants are kept under.
    """
    if from_person.id == to_person.id:
        raise UnableToHandOverError("Vælg en anden at overdrage til.")
    if not may_hand_over(from_id=from_person.id, actor_id=actor_id, on=today):
        raise UnableToHandOverError("Kun en leder, eller den, der selv rejser, kan overdrage alt på én gang.")
    moved: dict[str, Moved] = {
        "contracts": hand_over_contracts(from_id=from_person.id, to_id=to_person.id, today=today),
        "grants": _grants(from_person, to_person, today),
        "findings": _findings(from_person.id, to_person.id, actor_id, now, today),
        "follow_ups": _follow_ups(from_person.id, to_person.id, actor_id, today),
        "actions": (hand_over_actions(from_id=from_person.id, to_id=to_person.id), 0),
        "drafts": (hand_over_drafts(from_id=from_person.id, to_id=to_person.id), 0),
        "cases": collecting.hand_over_cases(
            from_id=from_person.id, to_id=to_person.id, to_name=to_person.name, actor_id=actor_id, today=today, now=now
        ),
    }
    counts = {kind: done for kind, (done, _) in moved.items() if done}
    kept = {kind: left for kind, (_, left) in moved.items() if left}
    row = HandOver.objects.create(
        municipality_id=municipality_id,
        from_user_id=from_person.id,
        to_user_id=to_person.id,
        by_id=actor_id,
        at=now,
        counts=counts,
        kept=kept,
    )
    return _handed(row)


def latest(*, most: int = 20) -> list[Handed]:
    """The latest hand-overs. One query."""
    rows = HandOver.objects.select_related("from_user", "to_user", "by").order_by("-at", "-id")[:most]
    return [_handed(row) for row in rows]


def _grants(leaves: Person, takes: Person, today: date) -> Moved:
    try:
        return hand_over_grants(from_name=leaves.name, to_id=takes.id, to_name=takes.name, today=today)
    except UnableToHandOverGrantsError as refused:
        raise UnableToHandOverError(str(refused)) from refused


def _findings(from_id: UUID, to_id: UUID, actor_id: UUID, now: datetime, today: date) -> Moved:
    found = controls.finding_page(controls.FindingFilter(assigned_to=from_id), size=MOST_FINDINGS)
    done, left = _each(
        [
            lambda one=one: handling.assign_finding(  # type: ignore[misc]  # the loop's own value
                finding_id=one.id, assignee_id=to_id, actor_id=actor_id, now=now, today=today
            )
            for one in found.rows
        ],
        handling.UnableToHandleFindingError,
    )
    return done, left + found.total - len(found.rows)


def _follow_ups(from_id: UUID, to_id: UUID, actor_id: UUID, today: date) -> Moved:
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW_UPS, [from_id])
        rows = cursor.fetchall()
    return _each(
        [
            lambda row=row: change_follow_up(  # type: ignore[misc]  # the loop's own value
                follow_up_id=row[0], owner_id=to_id, due_on=row[1], seen_version=row[2], actor_id=actor_id, today=today
            )
            for row in rows
        ],
        UnableToFollowUpError,
    )


def _each(acts: list[Callable[[], None]], refusal: type[Refusal]) -> Moved:
    """Do each; how many were done and how many were refused."""
    done = 0
    for act in acts:
        try:
            with transaction.atomic():
                act()
        except refusal:
            continue
        done += 1
    return done, len(acts) - done


def _handed(row: HandOver) -> Handed:
    return Handed(row.from_user.name, row.to_user.name, row.by.name, row.at, dict(row.counts), dict(row.kept))
