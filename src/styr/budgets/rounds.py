"""Follow-up rounds (opfølgningsrunder): opened with the figures of the day, talked through, and closed with minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.access.unit_roles import may_in
from styr.budgets.core.rounds import ActionState, RoundState
from styr.budgets.economy import NoForecastError, unit_amounts
from styr.budgets.models import FollowUpRound, RoundAction, RoundLine, RoundNote
from styr.kernel.danish import danish_date
from styr.kernel.refusal import NotThere, Refusal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from styr.budgets.queries import RunView

LONGEST_TEXT = 4_000
LONGEST_ACTION = 300


class UnableToFollowUpEconomyError(Refusal):
    """The round or the action cannot be changed as asked; the message is fit to show a user."""


class ChangedMeanwhileError(UnableToFollowUpEconomyError):
    """Somebody else changed it since the page was opened."""

    def __init__(self) -> None:
        super().__init__("En anden har ændret det, siden du åbnede siden. Se ændringen, og prøv igen.")


class UnknownRoundError(NotThere):
    """There is no such round or action, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Runden findes ikke, eller den ligger uden for dit område.")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which municipality, and when."""

    user_id: UUID
    municipality_id: UUID
    today: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed: what, who does it, by when, and what it is to save this year (øre), if anybody can tell."""

    text: str
    owner_id: UUID
    due_on: date
    effect_ore: int | None = None
    citizen_id: UUID | None = None


def open_round(*, unit_id: UUID, year: int, held_on: date, actor: Actor, run: RunView | None = None) -> UUID:
    """Open a round of a unit, and keep the figures of every citizen as they are now; the round's id.

    `run` is another forecast than the one that stands: where a round that was held is written down afterwards.
    The figures are taken as the unit has them, also of a citizen whom the one who opens is kept from.

    Raises:
        UnableToFollowUpEconomyError: one is open already, or held that day, there is no forecast, or the caller may
            not follow up the unit's economy.
    """
    _held_to_unit(actor, unit_id)
    _held_to_day(unit_id, year, held_on)
    try:
        with transaction.atomic(), service_scope(actor.municipality_id, "job"):
            standing, lines = unit_amounts(unit_id=unit_id, year=year, run=run)
            made = FollowUpRound.objects.create(
                municipality_id=actor.municipality_id, unit_id=unit_id, year=year, held_on=held_on,
                state=RoundState.OPEN.value, run_id=standing.run_id, computed_at=standing.made_at,
                actual_to=standing.actual_to, budget_ore=standing.sum.budget_ore, actual_ore=standing.sum.actual_ore,
                forecast_ore=standing.sum.forecast_ore, opened_by_id=actor.user_id, opened_at=actor.now,
            )  # fmt: skip
            RoundLine.objects.bulk_create(
                RoundLine(
                    municipality_id=actor.municipality_id, unit_id=unit_id, round=made, citizen_id=citizen_id,
                    budget_ore=one.budget_ore, actual_ore=one.actual_ore, forecast_ore=one.forecast_ore,
                )
                for citizen_id, one in lines.items()
            )  # fmt: skip
    except NoForecastError as missing:
        raise UnableToFollowUpEconomyError(str(missing)) from missing
    except IntegrityError as clash:
        words = "Enheden har allerede en runde i gang for året, eller en runde den dag."
        raise UnableToFollowUpEconomyError(words) from clash
    return made.id


@transaction.atomic
def write_note(*, round_id: UUID, text: str, citizen_id: UUID | None, actor: Actor) -> None:
    """Note what was said, about a citizen of the round or (None) about the unit.

    Raises:
        UnableToFollowUpEconomyError: nothing is said, the citizen is not in the round, or the round is closed.
        UnknownRoundError: it is not there for the caller.
    """
    found = _open_round(round_id, actor)
    words = text.strip()
    if not words:
        raise UnableToFollowUpEconomyError("Skriv notatet, før du gemmer.")
    _held_to_round(found, citizen_id)
    RoundNote.objects.create(
        municipality_id=found.municipality_id, unit_id=found.unit_id, round=found, citizen_id=citizen_id,
        text=words[:LONGEST_TEXT], written_by_id=actor.user_id, written_at=actor.now,
    )  # fmt: skip


@transaction.atomic
def agree(*, round_id: UUID, agreed: Agreed, actor: Actor) -> UUID:
    """Write down what was agreed; the action's id.

    Raises:
        UnableToFollowUpEconomyError: it says nothing, its day is over, its owner does not work in the unit, or the
            round is closed.
        UnknownRoundError: it is not there for the caller.
    """
    found = _open_round(round_id, actor)
    words = agreed.text.strip()
    if not words:
        raise UnableToFollowUpEconomyError("Skriv, hvad der er aftalt.")
    if agreed.due_on < actor.today:
        raise UnableToFollowUpEconomyError("Fristen ligger før i dag.")
    _held_to_round(found, agreed.citizen_id)
    _held_to_owner(agreed.owner_id, found.unit_id, actor)
    made = RoundAction.objects.create(
        municipality_id=found.municipality_id, unit_id=found.unit_id, round=found, citizen_id=agreed.citizen_id,
        text=words[:LONGEST_ACTION], owner_id=agreed.owner_id, due_on=agreed.due_on, effect_ore=agreed.effect_ore,
        state=ActionState.OPEN.value, made_by_id=actor.user_id, made_at=actor.now,
    )  # fmt: skip
    return made.id


@transaction.atomic
def settle_action(*, action_id: UUID, state: ActionState, outcome: str, seen_version: int, actor: Actor) -> UUID:
    """Say that an action is done or given up, and how it went; the round's id.

    Raises:
        UnableToFollowUpEconomyError: nothing is told of how it went, or it is settled already.
        ChangedMeanwhileError: somebody else was first.
        UnknownRoundError: it is not there for the caller.
    """
    found = _open_action(action_id, seen_version, actor)
    if state is ActionState.OPEN or not outcome.strip():
        raise UnableToFollowUpEconomyError("Skriv, hvordan det gik, eller hvorfor det er opgivet.")
    found.state, found.outcome = state.value, outcome.strip()[:LONGEST_TEXT]
    found.settled_by_id, found.settled_at = actor.user_id, actor.now
    found.version += 1
    found.save(update_fields=["state", "outcome", "settled_by", "settled_at", "version"])
    return found.round_id


@transaction.atomic
def hand_over_action(*, action_id: UUID, owner_id: UUID, due_on: date, seen_version: int, actor: Actor) -> UUID:
    """Give an action another owner or day; the round's id.

    Raises: as `settle_action`, and when the day is over or the owner does not work in the unit.
    """
    found = _open_action(action_id, seen_version, actor)
    if due_on < actor.today and due_on != found.due_on:
        raise UnableToFollowUpEconomyError("Fristen ligger før i dag.")
    if owner_id != found.owner_id:
        _held_to_owner(owner_id, found.unit_id, actor)
    found.owner_id, found.due_on = owner_id, due_on
    found.version += 1
    found.save(update_fields=["owner", "due_on", "version"])
    return found.round_id


@transaction.atomic
def close_round(*, round_id: UUID, attendees: str, summary: str, seen_version: int, actor: Actor) -> None:
    """Close a round with who was there and what was concluded: these are its minutes.

    Raises:
        UnableToFollowUpEconomyError: who was there is not told, or it is closed already.
        ChangedMeanwhileError: somebody else was first.
        UnknownRoundError: it is not there for the caller.
    """
    found = _open_round(round_id, actor)
    if found.version != seen_version:
        raise ChangedMeanwhileError
    if not attendees.strip():
        raise UnableToFollowUpEconomyError("Skriv, hvem der var med.")
    found.attendees, found.summary = attendees.strip()[:LONGEST_TEXT], summary.strip()[:LONGEST_TEXT]
    found.state, found.closed_by_id, found.closed_at = RoundState.CLOSED.value, actor.user_id, actor.now
    found.version += 1
    found.save(update_fields=["attendees", "summary", "state", "closed_by", "closed_at", "version"])


def _open_round(round_id: UUID, actor: Actor) -> FollowUpRound:
    found = FollowUpRound.objects.select_for_update().filter(id=round_id).first()
    if found is None:
        raise UnknownRoundError
    _held_to_unit(actor, found.unit_id)
    if found.state != RoundState.OPEN.value:
        raise UnableToFollowUpEconomyError(f"Runden {danish_date(found.held_on)} er afsluttet.")
    return found


def _open_action(action_id: UUID, seen_version: int, actor: Actor) -> RoundAction:
    found = RoundAction.objects.select_for_update().filter(id=action_id).first()
    if found is None:
        raise UnknownRoundError
    _held_to_unit(actor, found.unit_id)
    if found.version != seen_version:
        raise ChangedMeanwhileError
    if found.state != ActionState.OPEN.value:
        raise UnableToFollowUpEconomyError(f"Handlingen er {ActionState(found.state).danish}.")
    return found


def _held_to_unit(actor: Actor, unit_id: UUID) -> None:
    wanted = Permission.FOLLOW_UP_ECONOMY
    if not may_in(user_id=actor.user_id, permission=wanted, unit_id=unit_id, on=actor.today):
        raise UnableToFollowUpEconomyError("Du må ikke følge op på økonomien i den enhed.")


def _held_to_day(unit_id: UUID, year: int, held_on: date) -> None:
    """A round is held in its year, or while the year's last figures come in; and not before one that is closed."""
    if not date(year, 1, 1) <= held_on < date(year + 1, 7, 1):
        raise UnableToFollowUpEconomyError(f"Vælg en mødedag i {year} eller i første halvår af {year + 1}.")
    later = FollowUpRound.objects.filter(unit_id=unit_id, year=year, held_on__gt=held_on).order_by("-held_on").first()
    if later is not None:
        raise UnableToFollowUpEconomyError(f"Enheden har holdt en senere runde, {danish_date(later.held_on)}.")


def _held_to_owner(owner_id: UUID, unit_id: UUID, actor: Actor) -> None:
    wanted = Permission.FOLLOW_UP_ECONOMY
    if not may_in(user_id=owner_id, permission=wanted, unit_id=unit_id, on=actor.today):
        raise UnableToFollowUpEconomyError("Vælg en kollega, der arbejder med enhedens økonomi.")


def _held_to_round(found: FollowUpRound, citizen_id: UUID | None) -> None:
    if citizen_id is not None and not found.lines.filter(citizen_id=citizen_id).exists():
        raise UnableToFollowUpEconomyError("Borgeren er ikke med i runden.")
