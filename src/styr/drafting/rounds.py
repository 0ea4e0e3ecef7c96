"""Rounds: a version goes out to the supplier, another comes back; ours or theirs, each is kept and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.drafting.core.codes import DraftState, Party, StepKind
from styr.drafting.steps import (
    Held,
    UnableToMoveDraftError,
    latest_version,
    locked_draft,
    move,
    refuse_outside,
    refuse_state,
    take_step,
)
from styr.drafting.supplements import contract_taken_back
from styr.drafting.versions import add_version, ask_for_files

if TYPE_CHECKING:
    from uuid import UUID

    from styr.drafting.steps import Actor
    from styr.drafting.versions import File

_OURS: Final = (DraftState.WORK, DraftState.APPROVED)
_THEIRS: Final = (DraftState.OUT, DraftState.WORK)
_OPEN: Final = (DraftState.WORK, DraftState.OUT, DraftState.APPROVAL, DraftState.APPROVED, DraftState.READY)


@transaction.atomic
def send_out(*, draft_id: UUID, to: str, actor: Actor) -> None:
    """Log that the newest version was sent to the supplier; `to` says to whom and how.

    Raises:
        UnableToMoveDraftError: it is not with us, or nobody is named.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, (DraftState.WORK,))
    if not to.strip():
        raise UnableToMoveDraftError("Skriv, hvem udkastet er sendt til.")
    move(draft, DraftState.OUT, actor)
    take_step(draft, StepKind.SENT, actor, version=latest_version(draft), held=Held(note=to))


@transaction.atomic
def take_back_in(*, draft_id: UUID, file: File, party: Party, note: str, actor: Actor) -> UUID:
    """Keep a version as the supplier sent it, or one that we edited in Word; return the version's id.

    What was approved was approved of another text, so an approved draft is with us again.

    Raises:
        UnableToMoveDraftError: the draft is not where such a version can come, or the file cannot be read.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, _THEIRS if party is Party.THEIRS else _OURS)
    version = add_version(draft, file, party, actor)
    move(draft, DraftState.WORK, actor)
    kind = StepKind.RECEIVED if party is Party.THEIRS else StepKind.REVISED
    held = Held(note=note, deviations=version.red + version.missing)
    take_step(draft, kind, actor, version=version, held=held)
    return version.id


@transaction.atomic
def make_files_again(*, draft_id: UUID, actor: Actor) -> None:
    """Ask anew for the newest version's PDF and redline, when they could not be made."""
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    version = latest_version(draft)
    version.making, version.message = "waiting", ""
    version.save(update_fields=["making", "message"])
    ask_for_files(version)


@transaction.atomic
def give_up(*, draft_id: UUID, reason: str, actor: Actor) -> None:
    """Give the draft up; it stays with all that was said of it, and the contract is a draft of the register again.

    Raises:
        UnableToMoveDraftError: it is signed or given up, or no reason is given.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, _OPEN)
    if not reason.strip():
        raise UnableToMoveDraftError("Skriv, hvorfor udkastet opgives.")
    if draft.state == DraftState.READY:
        contract_taken_back(draft)
    move(draft, DraftState.GIVEN_UP, actor)
    take_step(draft, StepKind.GIVEN_UP, actor, version=latest_version(draft), held=Held(note=reason))


@transaction.atomic
def call_back(*, draft_id: UUID, reason: str, actor: Actor) -> None:
    """Take a draft back that was sent to be signed, to go on with it.

    Raises:
        UnableToMoveDraftError: it is not out to be signed, or no reason is given.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, (DraftState.READY,))
    if not reason.strip():
        raise UnableToMoveDraftError("Skriv, hvorfor udkastet trækkes tilbage.")
    contract_taken_back(draft)
    move(draft, DraftState.WORK, actor)
    take_step(draft, StepKind.CALLED_BACK, actor, version=latest_version(draft), held=Held(note=reason))
