"""What a run of controls has to tell."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Outcome:
    """One control in one run: how many subjects break it, and what that changed.

    Attributes:
        found: subjects that break the rule now (of those in focus).
        opened, changed, reopened, closed: findings that are new, have other evidence, hold again, hold no longer.
        seconds: time in the database.
        error: "" or why the control could not run; its findings are then left as they were.
    """

    code: str
    found: int = 0
    opened: int = 0
    changed: int = 0
    reopened: int = 0
    closed: int = 0
    seconds: float = 0.0
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the plain values that are stored and printed."""
        return {**asdict(self), "seconds": round(self.seconds, 4)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(**stored)


@dataclass(frozen=True, slots=True)
class ControlReport:
    """One run. `touched` is how many ids a narrowed run looked at, None for a whole one."""

    outcomes: tuple[Outcome, ...]
    touched: int | None
    seconds: float

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The controls that could not run: what they would have found is unknown, not zero."""
        return tuple(outcome for outcome in self.outcomes if outcome.error)

    def as_json(self) -> dict[str, Any]:
        """Return the plain values that `styr control --json` prints."""
        outcomes = [outcome.as_json() for outcome in self.outcomes]
        return {"touched": self.touched, "seconds": round(self.seconds, 4), "controls": outcomes}

    def as_text(self) -> str:
        """Return one Danish line a control, and what could not run."""
        lines = [
            f"{one.code:<28} {one.found:>7} fundet, {one.opened} nye, {one.changed} ændrede, {one.reopened} genåbnede, "
            f"{one.closed} lukkede ({one.seconds:.2f} s)"
            if not one.error
            else f"{one.code:<28} kontrollen kunne ikke køre: {one.error}"
            for one in self.outcomes
        ]
        return "\n".join(lines)

    @property
    def found(self) -> int:
        """Subjects found, over all controls."""
        return sum(outcome.found for outcome in self.outcomes)
