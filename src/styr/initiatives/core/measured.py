"""Measured effects side by side: several initiatives may touch the same kroner, which count once.

An effect is made of parts that name what they are: a saving's year, an area's transport by an operator, or what came
back through the control of invoices. A part that two initiatives are measured on is the same part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """What is measured, øre; `ore` is None where nothing is measured yet, and `words` says why, or of what.

    `before_ore` and `after_ore` are the cost before and after, where cost is what is measured. `parts` are what it is
    made of, and `made_at` is when a job measured it.
    """

    ore: int | None
    words: str
    address: str = ""
    before_ore: int | None = None
    after_ore: int | None = None
    parts: Mapping[str, int] = field(default_factory=dict)
    made_at: datetime | None = None

    @property
    def known(self) -> bool:
        """Whether there is a measured figure."""
        return self.ore is not None


@dataclass(frozen=True, slots=True)
class Together:
    """What several initiatives brought: each part once. `shared` of them are measured on parts that others are too."""

    ore: int | None
    shared: int


def together(effects: Iterable[Effect]) -> Together:
    """Add effects up; None where nothing is measured. Of a part that is told in two sizes the larger counts."""
    known = [one for one in effects if one.known]
    parts: dict[str, int] = {}
    times: dict[str, int] = {}
    for one in known:
        for name, ore in one.parts.items():
            parts[name] = max(parts.get(name, ore), ore)
            times[name] = times.get(name, 0) + 1
    shared = sum(any(times[name] > 1 for name in one.parts) for one in known)
    return Together(sum(parts.values()) if known else None, shared)
