"""How much of the cost stands under contracts that are in order, by unit and section, and about whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from styr.reports.core.areas import SHARES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from styr.reports.core.kept import Kept


class GrantCost(Protocol):
    """A year's cost (øre) of a grant, or of what stands on none, in a unit and section."""

    @property
    def unit_id(self) -> UUID | None: ...  # noqa: D102 - told above

    @property
    def section(self) -> str: ...  # noqa: D102 - the same

    @property
    def grant_id(self) -> UUID | None: ...  # noqa: D102 - the same

    @property
    def citizen_id(self) -> UUID | None: ...  # noqa: D102 - the same

    @property
    def ore(self) -> int: ...  # noqa: D102 - the same


@dataclass(frozen=True, slots=True)
class GrantFact:
    """What the registers say of a grant; the end is exclusive. `signed`: its contract is, or was until terminated."""

    unit_id: UUID
    section: str
    citizen_id: UUID
    status: str
    starts: date
    ends: date | None
    contract_id: UUID | None
    signed: bool

    def runs_on(self, day: date) -> bool:
        """Whether it is granted and runs on a day."""
        return self.status == "granted" and self.starts <= day and (self.ends is None or self.ends > day)


@dataclass(frozen=True, slots=True)
class InOrder:
    """The contracts that are quality-assured and on our own text, and the grants with an agreed saving."""

    assured: Collection[UUID]
    own: Collection[UUID]
    agreed: Collection[UUID]

    def shares(self, grant_id: UUID, fact: GrantFact | None) -> dict[str, bool]:
        """Which shares a grant's cost counts for."""
        contract = fact.contract_id if fact else None
        told = (fact is not None and fact.signed, contract in self.assured, contract in self.own)
        return dict(zip(SHARES, (*told, grant_id in self.agreed), strict=True))


def count_areas(
    kept: Kept, rows: Iterable[GrantCost], facts: Mapping[UUID, GrantFact], order: InOrder, *, today: date
) -> None:
    """Add the areas' figures: `cost` with its persons and running grants, each share, and the rest of each share.

    `sure` counts each person in one section alone; `unit` the persons of a unit, and `unit_sure` each in one unit.
    """
    running: set[UUID] = set()
    for row in sorted(rows, key=_place):
        if row.grant_id is None:
            continue
        fact = facts.get(row.grant_id)
        section = row.section or (fact.section if fact else "")
        citizen = row.citizen_id or (fact.citizen_id if fact else None)
        more = int(fact is not None and row.grant_id not in running and fact.runs_on(today))
        if more:
            running.add(row.grant_id)
        kept.add(row.unit_id, "cost", section, ore=row.ore, number=more, citizen=citizen)
        kept.add(row.unit_id, "sure", section, citizen=citizen, among="sure")
        kept.add(row.unit_id, "unit", "", citizen=citizen, among=("unit", row.unit_id))
        kept.add(row.unit_id, "unit_sure", "", citizen=citizen, among="unit_sure")
        for name, counts in order.shares(row.grant_id, fact).items():
            kept.add(row.unit_id, name, section, ore=row.ore if counts else 0, citizen=citizen if counts else None)
            kept.add(row.unit_id, f"{name}_rest", section, citizen=None if counts else citizen)


def _place(row: GrantCost) -> tuple[str, str, str]:
    return str(row.unit_id), row.section, str(row.grant_id)
