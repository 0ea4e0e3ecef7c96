"""Quality assurance (kvalitetssikring): the checklist answered about the newest version, and then to be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.agreements.assuring import mark_assured
from styr.drafting.core.codes import CheckAnswer, DraftState, Making, StepKind
from styr.drafting.models import QualityAnswer
from styr.drafting.reading import read_of
from styr.drafting.reference.load import checklist
from styr.drafting.steps import (
    Actor,
    UnableToMoveDraftError,
    latest_version,
    locked_draft,
    move,
    refuse_outside,
    refuse_state,
    take_step,
)
from styr.drafting.supplements import contract_sent
from styr.drafting.text_and_register import refuse_different
from styr.drafting.unchanged import refuse_changed

if TYPE_CHECKING:
    from uuid import UUID


_OPEN: Final = (DraftState.WORK, DraftState.APPROVAL, DraftState.APPROVED)


@transaction.atomic
def answer(*, draft_id: UUID, code: str, said: CheckAnswer | None, note: str, actor: Actor) -> None:
    """Answer an item about the newest version, or take the answer back (None).

    Raises:
        UnableToMoveDraftError: the draft is not open, there is no such item, or it must be answered with yes.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, _OPEN)
    item = checklist().item(code)
    if item is None:
        raise UnableToMoveDraftError("Det punkt findes ikke på tjeklisten.")
    version = latest_version(draft)
    if said is None:
        QualityAnswer.objects.filter(version=version, code=code).delete()
        return
    if said is CheckAnswer.NOT_RELEVANT and not item.optional:
        raise UnableToMoveDraftError("Det punkt skal altid være i orden.")
    facts = {"answer": said.value, "note": note.strip()[:300], "answered_at": actor.now, "answered_by_id": actor.id}
    of_draft = {"municipality_id": draft.municipality_id, "unit_id": draft.unit_id, "contract_ref": draft.contract_id}
    QualityAnswer.objects.update_or_create(
        version=version, code=code, defaults=facts, create_defaults={**facts, **of_draft}
    )


@transaction.atomic
def send_to_signing(*, draft_id: UUID, actor: Actor) -> None:
    """Say that the approved draft is quality-assured and goes to be signed; the contract of the register is sent.

    Raises:
        UnableToMoveDraftError: it is not approved, an item is unanswered, its PDF is not made, text and register say
            different things, or the contract of the register is no draft or not what was approved.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, (DraftState.APPROVED,))
    refuse_changed(draft)
    version = latest_version(draft)
    answered = set(version.answers.values_list("code", flat=True))
    missing = [item.question for item in checklist().items if item.code not in answered]
    if missing:
        raise UnableToMoveDraftError(f"Kvalitetssikringen mangler {len(missing)} punkter, først: {missing[0]}")
    if version.making == Making.WAITING:
        raise UnableToMoveDraftError("PDF-filen dannes stadig. Vent et øjeblik, og prøv igen.")
    refuse_different(draft, read_of(version).texts())
    contract_sent(draft)
    source = f"Tjeklisten for kontraktudkast, udgave {version.number}"
    mark_assured(
        municipality_id=draft.municipality_id, contract_id=draft.contract_id, source=source, actor_id=actor.id,
        now=actor.now,
    )  # fmt: skip
    move(draft, DraftState.READY, actor)
    take_step(draft, StepKind.READY, actor, version=version)
