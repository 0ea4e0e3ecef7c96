"""The plan of an initiative: what is late, what waits, and whether dependencies go in a circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A phase in [starts, ends); `after` is the phase that must be done first."""

    id: UUID
    name: str
    starts: date
    ends: date
    done_on: date | None
    after: UUID | None


@dataclass(frozen=True, slots=True)
class StepState:
    """A phase and how it stands: `tone` for its colour, `words` for people."""

    step: PlanStep
    tone: str
    words: str


def states(steps: Sequence[PlanStep], *, today: date) -> tuple[StepState, ...]:
    """Each phase in order of time, and how it stands."""
    by_id = {step.id: step for step in steps}
    ordered = sorted(steps, key=lambda step: (step.starts, step.ends, step.name))
    return tuple(StepState(step, *_state(step, by_id, today)) for step in ordered)


def _state(step: PlanStep, by_id: Mapping[UUID, PlanStep], today: date) -> tuple[str, str]:
    if step.done_on is not None:
        return "good", "færdig"
    before = by_id.get(step.after) if step.after else None
    if before is not None and before.ends > step.starts:
        return "over", f"begynder, før »{before.name}« er slut"
    if step.ends <= today:
        return "over", "over tiden"
    if before is not None and before.done_on is None and step.starts <= today:
        return "over", f"venter på »{before.name}«"
    return ("actual", "i gang") if step.starts <= today else ("planned", "planlagt")


def makes_circle(pairs: Iterable[tuple[UUID, UUID]], *, initiative: UUID, needs: UUID) -> bool:
    """Whether `initiative` would come to wait for itself, did it also need `needs`; pairs are (initiative, needs)."""
    waits: dict[UUID, set[UUID]] = {}
    for one, other in pairs:
        waits.setdefault(one, set()).add(other)
    met, ahead = set[UUID](), [needs]
    while ahead:
        one = ahead.pop()
        if one == initiative:
            return True
        if one not in met:
            met.add(one)
            ahead.extend(waits.get(one, ()))
    return False
