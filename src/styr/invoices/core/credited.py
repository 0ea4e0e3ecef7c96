"""Which credit notes pay which claims back: every krone of a note counts once, and the oldest claim has it first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is still claimed by a follow-up, or was paid back to one that is closed (øre), and since when."""

    id: UUID
    amount_ore: int
    opened_at: datetime
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A credit note: its worth in øre (a positive number) and when it came."""

    id: UUID
    number: str
    amount_ore: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Credited:
    """What came back for an open claim, by which notes; `covered` when nothing is left of the claim."""

    id: UUID
    back_ore: int
    notes: tuple[Note, ...]
    covered: bool


def credited(claims: Sequence[Claimed], notes: Sequence[Note]) -> tuple[Credited, ...]:
    """Share the credit notes on one invoice number out among its claims; gives the open claims that one came for.

    A note counts for claims made before it came. What closed claims got is gone. Øre in, øre out: the sum given never
    exceeds the notes' sum.
    """
    left = {note.id: max(note.amount_ore, 0) for note in notes}
    by_age = sorted(notes, key=lambda note: (note.received_at, note.id))
    found = []
    for claim in sorted(claims, key=lambda one: (not one.closed, one.opened_at, one.id)):
        since = [note for note in by_age if note.received_at >= claim.opened_at]
        used = _taken(claim.amount_ore, since, left)
        back = sum(used.values())
        if since and not claim.closed:
            counted = tuple(note for note in since if note.id in used) if claim.amount_ore else tuple(since)
            found.append(Credited(claim.id, back, counted, back >= claim.amount_ore))
    return tuple(found)


def _taken(wanted: int, since: Sequence[Note], left: dict[UUID, int]) -> Mapping[UUID, int]:
    used: dict[UUID, int] = {}
    for note in since:
        part = min(wanted - sum(used.values()), left[note.id])
        if part > 0:
            used[note.id] = part
            left[note.id] -= part
    return used
