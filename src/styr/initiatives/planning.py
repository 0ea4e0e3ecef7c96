"""An initiative's plan, risks and what it waits for: written by those who may change the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.initiatives.core.plan import makes_circle
from styr.initiatives.models import Dependency, Initiative, Risk, Step
from styr.initiatives.queries import UnknownInitiativeError
from styr.initiatives.services import UnableToChangeInitiativesError, held_to_role

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.initiatives.core.codes import Level
    from styr.initiatives.services import Actor

MOST = 60
"""So many phases, or risks, an initiative can have."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """A phase in [starts, ends), which may begin after another."""

    name: str
    starts: date
    ends: date
    after_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewRisk:
    """What may go wrong, how likely and how grave it is, and the answer to it."""

    text: str
    likely: Level
    grave: Level
    answer: str = ""


def add_step(*, initiative_id: UUID, step: NewStep, actor: Actor) -> UUID:
    """Add a phase to the plan; its id.

    Raises:
        UnableToChangeInitiativesError: it has no name or no days, what it waits for is not in the plan, or the role
            does not reach it.
        UnknownInitiativeError: the initiative is not there.
    """
    found = _initiative(initiative_id, actor)
    if not step.name.strip():
        raise UnableToChangeInitiativesError("Skriv, hvad fasen hedder.")
    if step.starts >= step.ends:
        raise UnableToChangeInitiativesError("Fasen slutter, før den begynder.")
    if step.after_id is not None and not Step.objects.filter(id=step.after_id, initiative=found).exists():
        raise UnableToChangeInitiativesError("Fasen, den skal begynde efter, er ikke i planen.")
    if Step.objects.filter(initiative=found).count() >= MOST:
        raise UnableToChangeInitiativesError(f"En plan kan højst have {MOST} faser.")
    made = Step.objects.create(
        municipality_id=actor.municipality_id, initiative=found, name=step.name.strip()[:200], starts=step.starts,
        ends=step.ends, after_id=step.after_id,
    )  # fmt: skip
    return made.id


def finish_step(*, step_id: UUID, actor: Actor) -> UUID:
    """Note that a phase is done today, or that it is not done after all; the initiative's id.

    Raises:
        UnableToChangeInitiativesError: the phase before it is not done, or the role does not reach it.
        UnknownInitiativeError: it is not there.
    """
    held_to_role(actor)
    found = Step.objects.select_related("after").filter(id=step_id).first()
    if found is None:
        raise UnknownInitiativeError
    if found.done_on is None and found.after is not None and found.after.done_on is None:
        raise UnableToChangeInitiativesError(f"»{found.after.name}« skal være færdig først.")
    found.done_on = actor.today if found.done_on is None else None
    found.save(update_fields=["done_on"])
    return found.initiative_id


def remove_step(*, step_id: UUID, actor: Actor) -> UUID:
    """Take a phase out of the plan; the initiative's id.

    Raises:
        UnableToChangeInitiativesError: the role does not reach it.
        UnknownInitiativeError: it is not there.
    """
    return _removed(Step, step_id, actor)


def add_risk(*, initiative_id: UUID, risk: NewRisk, actor: Actor) -> UUID:
    """Write a risk down; its id.

    Raises:
        UnableToChangeInitiativesError: it says nothing, or the role does not reach it.
        UnknownInitiativeError: the initiative is not there.
    """
    found = _initiative(initiative_id, actor)
    if not risk.text.strip():
        raise UnableToChangeInitiativesError("Skriv, hvad der kan gå galt.")
    if Risk.objects.filter(initiative=found).count() >= MOST:
        raise UnableToChangeInitiativesError(f"En indsats kan højst have {MOST} risici.")
    made = Risk.objects.create(
        municipality_id=actor.municipality_id, initiative=found, text=risk.text.strip()[:500],
        likely=risk.likely.value, grave=risk.grave.value, answer=risk.answer.strip()[:500],
    )  # fmt: skip
    return made.id


def remove_risk(*, risk_id: UUID, actor: Actor) -> UUID:
    """Take a risk away; the initiative's id.

    Raises:
        UnableToChangeInitiativesError: the role does not reach it.
        UnknownInitiativeError: it is not there.
    """
    return _removed(Risk, risk_id, actor)


@transaction.atomic
def wait_for(*, initiative_id: UUID, needs_id: UUID, actor: Actor) -> UUID:
    """Note that an initiative waits for another of its catalogue; the dependency's id.

    Raises:
        UnableToChangeInitiativesError: it would come to wait for itself, it waits already, or the role does not reach.
        UnknownInitiativeError: one of them is not there.
    """
    found = _initiative(initiative_id, actor)
    other = Initiative.objects.filter(id=needs_id, catalogue_id=found.catalogue_id).first()
    if other is None:
        raise UnknownInitiativeError
    pairs = Dependency.objects.filter(initiative__catalogue_id=found.catalogue_id)
    if makes_circle(pairs.values_list("initiative_id", "needs_id"), initiative=found.id, needs=other.id):
        raise UnableToChangeInitiativesError(f"Indsats {other.number} venter allerede på indsats {found.number}.")
    try:
        with transaction.atomic():
            made = Dependency.objects.create(municipality_id=actor.municipality_id, initiative=found, needs=other)
    except IntegrityError as clash:
        raise UnableToChangeInitiativesError(f"Den venter allerede på indsats {other.number}.") from clash
    return made.id


def wait_no_more(*, dependency_id: UUID, actor: Actor) -> UUID:
    """Take a dependency away; the initiative's id.

    Raises:
        UnableToChangeInitiativesError: the role does not reach it.
        UnknownInitiativeError: it is not there.
    """
    return _removed(Dependency, dependency_id, actor)


def _initiative(initiative_id: UUID, actor: Actor) -> Initiative:
    held_to_role(actor)
    found = Initiative.objects.filter(id=initiative_id).first()
    if found is None:
        raise UnknownInitiativeError
    return found


def _removed(model: type[Step | Risk | Dependency], row_id: UUID, actor: Actor) -> UUID:
    held_to_role(actor)
    found = model._default_manager.filter(id=row_id).first()  # noqa: SLF001 -- Django's public name
    if found is None:
        raise UnknownInitiativeError
    initiative_id = found.initiative_id
    found.delete()
    return initiative_id
