"""What the pages of follow-up rounds show: the rounds, one of them against the one before, and what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from styr.budgets.core.rounds import ActionState, Amounts, Moved, RoundState, moved
from styr.budgets.models import FollowUpRound, RoundAction, RoundLine, RoundNote
from styr.budgets.rounds import UnknownRoundError

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class RoundHead:
    """A round in a list; `actions` still open of all agreed in it."""

    id: UUID
    unit_id: UUID
    unit_name: str
    year: int
    held_on: date
    state: RoundState
    sums: Amounts
    open_actions: int
    actions: int


@dataclass(frozen=True, slots=True)
class NoteView:
    """What was said, by whom and when."""

    citizen_id: UUID | None
    text: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ActionView:
    """What was agreed; `effect_ore` is what it is to save this year."""

    id: UUID
    round_id: UUID
    held_on: date
    unit_id: UUID
    unit_name: str
    citizen_id: UUID | None
    text: str
    owner_id: UUID
    owner: str
    due_on: date
    effect_ore: int | None
    state: ActionState
    outcome: str
    settled_at: datetime | None
    version: int

    def late_on(self, day: date) -> bool:
        """Whether its day is over and it is not settled."""
        return self.state is ActionState.OPEN and self.due_on < day


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with everything in it, the citizens who moved or deviate most first."""

    head: RoundHead
    attendees: str
    summary: str
    computed_at: datetime | None
    actual_to: date | None
    opened_by: str
    closed_by: str
    closed_at: datetime | None
    version: int
    before: RoundHead | None
    moved: tuple[Moved, ...]
    notes: tuple[NoteView, ...]
    actions: tuple[ActionView, ...]
    earlier_actions: tuple[ActionView, ...]

    @property
    def open(self) -> bool:
        """Whether it may still be written in."""
        return self.head.state is RoundState.OPEN

    @property
    def deviating(self) -> list[Moved]:
        """Those who are in the round now, by what they are over or under."""
        held = [one for one in self.moved if one.now is not None and one.over_ore]
        return sorted(held, key=lambda one: (-abs(one.over_ore), str(one.citizen_id)))

    @property
    def changed(self) -> list[Moved]:
        """Those whose forecast has moved since the round before, the most first; nobody when there is none before."""
        return [one for one in self.moved if one.moved_ore] if self.before else []

    @property
    def moved_ore(self) -> int | None:
        """What the forecast has moved since the round before."""
        return self.head.sums.forecast_ore - self.before.sums.forecast_ore if self.before else None

    @property
    def moved_beside_ore(self) -> int:
        """What of it is on no citizen that the reader sees."""
        return (self.moved_ore or 0) - sum(one.moved_ore for one in self.moved) if self.before else 0

    @property
    def over_beside_ore(self) -> int:
        """What of the unit's deviation is on no citizen that the reader sees."""
        return self.head.sums.over_ore - sum(one.over_ore for one in self.moved)


def rounds_of(*, unit_id: UUID | None = None, year: int | None = None, limit: int = 100) -> list[RoundHead]:
    """Rounds, the latest first, of a unit or of all that one sees; one query."""
    found = _heads()
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    if year is not None:
        found = found.filter(year=year)
    return [_head(row) for row in found.order_by("-held_on", "unit__name", "id")[:limit]]


def open_actions(*, owner_id: UUID, today: date, limit: int = 20) -> list[ActionView]:
    """Somebody's own open actions, the earliest day first; one query. `today` is for whoever marks the late ones."""
    del today
    found = _actions().filter(owner_id=owner_id, state=ActionState.OPEN.value).order_by("due_on", "made_at")
    return [_action(row) for row in found[:limit]]


def due_actions_count(*, owner_id: UUID, until: date) -> int:
    """How many of somebody's own open actions fall due before a day, late ones counted; one query."""
    return RoundAction.objects.filter(owner_id=owner_id, state=ActionState.OPEN.value, due_on__lt=until).count()


def open_by_unit(*, today: date, unit_id: UUID | None = None) -> list[tuple[str, int, int, int]]:
    """Each unit's open actions: its name, how many, how many are late, and what they are to save (øre); one query."""
    found = RoundAction.objects.filter(state=ActionState.OPEN.value)
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    counted = found.values("unit__name").annotate(
        open=Count("id"), late=Count("id", filter=Q(due_on__lt=today)), effect=Coalesce(Sum("effect_ore"), 0)
    )
    return list(counted.order_by("unit__name").values_list("unit__name", "open", "late", "effect"))


def due_actions(*, until: date) -> list[ActionView]:
    """Everybody's open actions that fall due before a day; one query."""
    found = _actions().filter(state=ActionState.OPEN.value, due_on__lt=until).order_by("due_on", "made_at")
    return [_action(row) for row in found]


def action_view(action_id: UUID) -> ActionView:
    """One action; one query.

    Raises:
        UnknownRoundError: it is not there for the caller.
    """
    row = _actions().filter(id=action_id).first()
    if row is None:
        raise UnknownRoundError
    return _action(row)


def round_page(round_id: UUID) -> RoundPage:
    """A round with everything in it; five queries.

    Raises:
        UnknownRoundError: it is not there for the caller.
    """
    row = _heads().select_related("opened_by", "closed_by").filter(id=round_id).first()
    if row is None:
        raise UnknownRoundError
    earlier = _heads().filter(
        unit_id=row.unit_id, year=row.year, held_on__lt=row.held_on, state=RoundState.CLOSED.value
    )
    before = earlier.order_by("-held_on").first()
    lines: dict[UUID, dict[UUID, Amounts]] = {one.id: {} for one in (row, before) if one}
    for line in RoundLine.objects.filter(round_id__in=lines):
        lines[line.round_id][line.citizen_id] = Amounts(line.budget_ore, line.actual_ore, line.forecast_ore)
    notes = RoundNote.objects.filter(round_id=row.id).select_related("written_by").order_by("written_at", "id")
    of_unit = Q(round__unit_id=row.unit_id, round__held_on__lt=row.held_on) & _still_open(row)
    actions = [_action(one) for one in _actions().filter(Q(round_id=row.id) | of_unit).order_by("due_on", "made_at")]
    return RoundPage(
        head=_head(row), attendees=row.attendees, summary=row.summary, computed_at=row.computed_at,
        actual_to=row.actual_to, opened_by=row.opened_by.name,
        closed_by=row.closed_by.name if row.closed_by else "", closed_at=row.closed_at, version=row.version,
        before=_head(before) if before else None,
        moved=tuple(moved(lines[row.id], lines[before.id] if before else {})),
        notes=tuple(NoteView(one.citizen_id, one.text, one.written_by.name, one.written_at) for one in notes),
        actions=tuple(one for one in actions if one.round_id == row.id),
        earlier_actions=tuple(one for one in actions if one.round_id != row.id),
    )  # fmt: skip


def _still_open(row: FollowUpRound) -> Q:
    """Agreed before, and not settled when the round was held (or settled since it was opened)."""
    return Q(state=ActionState.OPEN.value) | Q(settled_at__gte=row.opened_at)


def _heads() -> QuerySet[FollowUpRound]:
    return FollowUpRound.objects.select_related("unit").annotate(
        agreed=Count("actions"), outstanding=Count("actions", filter=Q(actions__state=ActionState.OPEN.value))
    )


def _head(row: FollowUpRound) -> RoundHead:
    counted = (row.outstanding, row.agreed)  # type: ignore[attr-defined]  # annotated by _heads
    sums = Amounts(row.budget_ore, row.actual_ore, row.forecast_ore)
    return RoundHead(row.id, row.unit_id, row.unit.name, row.year, row.held_on, RoundState(row.state), sums, *counted)


def _actions() -> QuerySet[RoundAction]:
    return RoundAction.objects.select_related("round", "unit", "owner")


def _action(row: RoundAction) -> ActionView:
    return ActionView(
        id=row.id, round_id=row.round_id, held_on=row.round.held_on, unit_id=row.unit_id, unit_name=row.unit.name,
        citizen_id=row.citizen_id, text=row.text, owner_id=row.owner_id, owner=row.owner.name, due_on=row.due_on,
        effect_ore=row.effect_ore, state=ActionState(row.state), outcome=row.outcome, settled_at=row.settled_at,
        version=row.version,
    )  # fmt: skip
