"""Corrections of grants that were taken over from a case system: kept with both sides, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models.functions import JSONObject

from styr.controls.handling import note_finding
from styr.grants.correcting import correct, take_back
from styr.kernel.refusal import NotThere, Refusal
from styr.reconciliation.models import TakenOver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from styr.grants.acting import Actor
    from styr.grants.correcting import Correction


class UnableToTakeBackError(Refusal):
    """It cannot be taken back; the message says why."""


class NothingTakenOverError(NotThere):
    """Nothing was taken over so, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Det er ikke overtaget, eller du har ikke adgang til det.")


@dataclass(frozen=True, slots=True)
class TakenLine:
    """What was taken over from a difference: by whom, when, and whether it was taken back."""

    id: UUID
    what: str
    taken_at: datetime
    taken_by: str
    undone_at: datetime | None
    undone_by: str


def taken_of(finding_id: UUID) -> ArraySubquery:
    """What was taken over from a difference, as a column of another query; `taken_lines` reads it."""
    rows = TakenOver.objects.filter(finding_id=finding_id).order_by("-taken_at", "-id")
    told = ("id", "what", "taken_at", "undone_at")
    return ArraySubquery(
        rows.values(told=JSONObject(**{name: name for name in told}, by="taken_by__name", back="undone_by__name"))
    )


def taken_lines(rows: Iterable[dict[str, Any]]) -> tuple[TakenLine, ...]:
    """The corrections of a column of `taken_of`, the latest first."""
    return tuple(
        TakenLine(
            UUID(row["id"]),
            row["what"],
            datetime.fromisoformat(row["taken_at"]),
            row["by"],
            datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
            row["back"] or "",
        )
        for row in rows
    )


def keep_correction(  # noqa: PLR0913 - what is kept, by keyword
    *, finding_id: UUID, what: str, grant_id: UUID, correction: Correction, seen_version: int, actor: Actor
) -> UUID:
    """Put the grant right, and keep what it said before and after; return what was kept.

    Raises as `grants.correcting.correct`.
    """
    done = correct(grant_id=grant_id, correction=correction, seen_version=seen_version, actor=actor)
    made = TakenOver.objects.create(
        municipality_id=done.municipality_id,
        unit_id=done.unit_id,
        finding_id=finding_id,
        grant_id=grant_id,
        what=what,
        before=done.before,
        after=done.after,
        taken_at=actor.now,
        taken_by_id=actor.id,
    )
    return made.id


@transaction.atomic
def take_correction_back(*, taken_id: UUID, actor: Actor) -> UUID:
    """Make the grant what it was before it was put right; return the difference it came of.

    Raises:
        NothingTakenOverError: there is nothing such for the caller.
        UnableToTakeBackError: it is taken back already.
        UnableToChangeGrantError, UnableToApproveError: as `grants.correcting.take_back`.
    """
    row = TakenOver.objects.select_for_update().filter(id=taken_id).first()
    if row is None:
        raise NothingTakenOverError
    if row.undone_at is not None:
        raise UnableToTakeBackError("Det er allerede fortrudt.")
    take_back(grant_id=row.grant_id, before=row.before, after=row.after, actor=actor)
    row.undone_at, row.undone_by_id = actor.now, actor.id
    row.save(update_fields=["undone_at", "undone_by"])
    note_finding(
        finding_id=row.finding_id, text=f"Fortrudt: {row.what} er, som den var.", actor_id=actor.id, now=actor.now
    )
    return row.finding_id
