"""Follow-up rounds: their codes, and what changed between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.kernel.codes import DanishCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID


class RoundState(DanishCode):
    """How far a round has come."""

    OPEN = "open", "i gang"
    CLOSED = "closed", "afsluttet"


class ActionState(DanishCode):
    """How far an agreed action has come."""

    OPEN = "open", "aftalt"
    DONE = "done", "udført"
    DROPPED = "dropped", "opgivet"


class Change(DanishCode):
    """What became of a citizen's figures since the round before."""

    NEW = "new", "ny"
    GONE = "gone", "udgået"
    UP = "up", "steget"
    DOWN = "down", "faldet"
    SAME = "same", "uændret"


@dataclass(frozen=True, slots=True)
class Amounts:
    """A citizen's year, øre; `budget_ore` is None where no budget is laid on the citizen."""

    budget_ore: int | None
    actual_ore: int
    forecast_ore: int

    @property
    def over_ore(self) -> int:
        """The forecast less the budget; without a budget all of it is over."""
        return self.forecast_ore - (self.budget_ore or 0)


@dataclass(frozen=True, slots=True)
class Moved:
    """A citizen's year now and in the round before; one of them may be missing."""

    citizen_id: UUID
    now: Amounts | None
    before: Amounts | None

    @property
    def over_ore(self) -> int:
        """What the forecast is over the budget now."""
        return self.now.over_ore if self.now else 0

    @property
    def moved_ore(self) -> int:
        """What the forecast has moved since, øre; all of it for somebody new."""
        return (self.now.forecast_ore if self.now else 0) - (self.before.forecast_ore if self.before else 0)

    @property
    def change(self) -> Change:
        """What became of the figures."""
        if self.before is None:
            return Change.NEW
        if self.now is None:
            return Change.GONE
        if self.moved_ore == 0:
            return Change.SAME
        return Change.UP if self.moved_ore > 0 else Change.DOWN


def moved(now: Mapping[UUID, Amounts], before: Mapping[UUID, Amounts]) -> list[Moved]:
    """Everybody who is in either, those who moved most first."""
    both = (Moved(citizen_id, now.get(citizen_id), before.get(citizen_id)) for citizen_id in now.keys() | before.keys())
    return sorted(both, key=lambda one: (-abs(one.moved_ore), str(one.citizen_id)))


def total(amounts: Iterable[Amounts]) -> Amounts:
    """All of them together; those without a budget add none, and nobody with one gives None."""
    held = list(amounts)
    budgets = [one.budget_ore for one in held if one.budget_ore is not None]
    return Amounts(
        sum(budgets) if budgets else None,
        sum(one.actual_ore for one in held),
        sum(one.forecast_ore for one in held),
    )
