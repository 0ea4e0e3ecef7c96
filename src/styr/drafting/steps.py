"""A draft held while somebody does something with it, who may, and the log of what was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from styr.access.unit_roles import may_in
from styr.drafting.core.codes import DraftState
from styr.drafting.models import ContractDraft, DraftStep, DraftVersion
from styr.kernel.refusal import NotThere, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from styr.access.core.permissions import Permission
    from styr.drafting.core.codes import StepKind


class DraftNotVisibleError(NotThere):
    """There is no such draft or version, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Udkastet findes ikke, eller du har ikke adgang til det.")


class UnableToMoveDraftError(Refusal):
    """The draft cannot take that step; the message is fit to show."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and when."""

    id: UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A step's words, and the figures and the contract's fingerprint that it was held against."""

    note: str = ""
    year_ore: int | None = None
    limit_ore: int | None = None
    deviations: int | None = None
    agreed: str = ""


_NOTHING = Held()


def locked_draft(draft_id: UUID) -> ContractDraft:
    """Return the draft, locked until the transaction ends.

    Raises:
        DraftNotVisibleError: there is none for the caller.
    """
    draft = ContractDraft.objects.select_for_update().filter(id=draft_id).first()
    if draft is None:
        raise DraftNotVisibleError
    return draft


def latest_version(draft: ContractDraft) -> DraftVersion:
    """The draft's newest version, without its files."""
    return draft.versions.defer("content", "pdf", "redline").get(number=draft.latest)


def refuse_state(draft: ContractDraft, allowed: Collection[DraftState]) -> None:
    """Refuse an act that the draft's state does not allow."""
    state = DraftState(draft.state)
    if state not in allowed:
        raise UnableToMoveDraftError(f"Det kan ikke lade sig gøre nu: udkastet er {state.danish}.")


def refuse_outside(unit_id: UUID | None, permission: Permission, actor: Actor) -> None:
    """Refuse whoever holds no role with the permission that covers the unit; roles elsewhere do not count."""
    if not may_in(user_id=actor.id, permission=permission, unit_id=unit_id, on=localdate(actor.now)):
        raise UnableToMoveDraftError(f"Du må ikke {permission.danish} i den enhed, kontrakten hører til.")


def move(draft: ContractDraft, state: DraftState, actor: Actor) -> None:
    """Write the draft's new state."""
    draft.state, draft.changed_at = state.value, actor.now
    draft.save(update_fields=["state", "changed_at", "latest"])


def take_step(
    draft: ContractDraft, kind: StepKind, actor: Actor, *, version: DraftVersion | None, held: Held = _NOTHING
) -> None:
    """Log what was done."""
    DraftStep.objects.create(
        municipality_id=draft.municipality_id,
        unit_id=draft.unit_id,
        contract_ref=draft.contract_id,
        draft=draft,
        version=version,
        kind=kind.value,
        note=held.note.strip()[:500],
        year_ore=held.year_ore,
        limit_ore=held.limit_ore,
        deviations=held.deviations,
        agreed=held.agreed,
        taken_at=actor.now,
        taken_by_id=actor.id,
    )
