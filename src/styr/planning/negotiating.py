"""Planned negotiations (planlagte forhandlinger): what a scenario's change takes, one a supplier and unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.kernel.refusal import Refusal
from styr.planning.core.changes import Change, ChangeKind
from styr.planning.core.outcome import effect_by_supplier
from styr.planning.core.sharing import NegotiationStatus
from styr.planning.keeping import columns_of, own
from styr.planning.models import PlannedNegotiation
from styr.planning.scenarios import ScenarioNotVisibleError, change_of, scenario, work_out

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from styr.planning.core.workbench import Result

NEGOTIABLE: Final = (ChangeKind.RATE, ChangeKind.SPECIAL, ChangeKind.HOURS, ChangeKind.MOVE)
"""The kinds that somebody must be talked into."""

MOST_AT_ONCE: Final = 60
_Effects = dict[tuple["UUID", "UUID"], "Mapping[int, int]"]


class UnableToPlanNegotiationError(Refusal):
    """No negotiation can be planned so; the message says why."""


@dataclass(frozen=True)
class NegotiationLine:
    """A planned negotiation in a list; amounts in øre, negative where it saves."""

    id: UUID
    scenario_id: UUID | None
    title: str
    supplier_id: UUID
    unit_id: UUID
    status: NegotiationStatus
    first_year_ore: int
    full_year_ore: int
    planner: str
    planned_at: datetime
    change: Change


def planned_negotiations(*, status: NegotiationStatus = NegotiationStatus.PLANNED) -> tuple[NegotiationLine, ...]:
    """Return the negotiations of the caller's units, those that give most first; one query."""
    rows = PlannedNegotiation.objects.filter(status=status.value).select_related("planned_by", "to_provider_unit")
    return tuple(_line(row) for row in rows.order_by("full_year_ore", "title", "id"))


@transaction.atomic
def plan_negotiations(  # noqa: PLR0913 - what, who and when, all by keyword
    *, scenario_id: UUID, change_id: UUID, planner_id: UUID, title: str, today: date, now: datetime
) -> int:
    """Plan what the owner's change takes, worked out on what the planner may see; return how many there are.

    Planned before from the same scenario: its expected effect is written anew.

    Raises:
        UnableToPlanNegotiationError: the change takes no negotiation, touches nobody, or too many at once.
        ScenarioNotVisibleError: there is no such change of the planner's.
    """
    row = own(scenario_id, planner_id)
    card = scenario(scenario_id)
    line = next((one for one in card.lines if one.id == change_id), None)
    if line is None:
        raise ScenarioNotVisibleError
    if line.change.kind not in NEGOTIABLE:
        raise UnableToPlanNegotiationError("Ændringen kræver ingen forhandling.")
    worked = work_out([one.change for one in card.lines], goes_on=card.goes_on, today=today, now=now)
    effects = _effects(worked.outcome.result, line.place, line.change)
    if not effects:
        raise UnableToPlanNegotiationError("Ændringen vedrører ingen leverandør, så der er intet at forhandle om.")
    if len(effects) > MOST_AT_ONCE:
        raise UnableToPlanNegotiationError(
            f"Ændringen vedrører {len(effects)} leverandører og enheder. Vælg færre, fx en leverandør eller et tilbud."
        )
    planned = {
        (one.supplier_id, one.unit_id): one
        for one in PlannedNegotiation.objects.filter(
            scenario=row, kind=line.change.kind.value, from_month=line.change.from_month,
            status=NegotiationStatus.PLANNED.value,
        )
    }  # fmt: skip
    first = max(line.change.from_month.year - worked.outcome.years[0], 0)
    full = min(first + 1, len(worked.outcome.years) - 1)
    for (supplier, unit), years in effects.items():
        one = planned.get((supplier, unit)) or PlannedNegotiation(
            municipality_id=row.municipality_id, scenario=row, unit_id=unit, status=NegotiationStatus.PLANNED.value
        )
        for name, value in (columns_of(_narrowed(line.change, supplier, unit)) | {"supplier_id": supplier}).items():
            setattr(one, name, value)
        one.title, one.planned_by_id, one.planned_at = title[:200], planner_id, now
        one.first_year_ore, one.full_year_ore = years.get(first, 0), years.get(full, 0)
        one.save()
    return len(effects)


def settle_negotiation(*, negotiation_id: UUID, status: NegotiationStatus) -> bool:
    """Drop or close a planned negotiation; whether there was one for the caller."""
    return bool(PlannedNegotiation.objects.filter(id=negotiation_id).update(status=status.value))


def _effects(result: Result, place: int, change: Change) -> _Effects:
    """By supplier and unit; a move is negotiated with where the citizens go."""
    found: dict[tuple[UUID, UUID], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (supplier, unit), years in effect_by_supplier(result, place).items():
        party = change.to_supplier_id if change.kind is ChangeKind.MOVE else supplier
        if party is None or unit is None:
            continue
        for year, ore in years.items():
            found[party, unit][year] += ore
    return dict(found)


def _narrowed(change: Change, supplier: UUID, unit: UUID) -> Change:
    touches = replace(change.touches, unit_id=unit)
    return replace(
        change, touches=touches if change.kind is ChangeKind.MOVE else replace(touches, supplier_id=supplier)
    )


def _line(row: PlannedNegotiation) -> NegotiationLine:
    change = change_of(row)
    if change.kind is ChangeKind.MOVE:
        change = replace(change, touches=replace(change.touches, supplier_id=None))
    return NegotiationLine(
        id=row.id,
        scenario_id=row.scenario_id,
        title=row.title,
        supplier_id=row.supplier_id,  # type: ignore[arg-type] # a constraint sees to it
        unit_id=row.unit_id,
        status=NegotiationStatus(row.status),
        first_year_ore=row.first_year_ore,
        full_year_ore=row.full_year_ore,
        planner=row.planned_by.name,
        planned_at=row.planned_at,
        change=change,
    )
