"""Use cases of scenarios: make one, change it, share it, copy it, put it away. Its owner alone may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max

from styr.access.units_in_reach import units_in_reach
from styr.kernel.refusal import Refusal
from styr.planning.core.changes import MOST_CHANGES, Change
from styr.planning.core.sharing import Sharing
from styr.planning.models import Scenario, ScenarioChange
from styr.planning.scenarios import ScenarioNotVisibleError, scenario

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class UnableToChangeScenarioError(Refusal):
    """The scenario cannot be changed so; the message says why."""


@dataclass(frozen=True)
class Facts:
    """What a scenario is called, whom it is shared with, and whether grants go on after their end."""

    name: str
    note: str = ""
    shared: Sharing = Sharing.PRIVATE
    unit_id: UUID | None = None
    goes_on: bool = True


def create_scenario(*, municipality_id: UUID, owner_id: UUID, facts: Facts, now: datetime) -> UUID:
    """Make a scenario without changes and return its id.

    Raises:
        UnableToChangeScenarioError: it has no name, or the unit is none of the owner's.
    """
    made = Scenario(municipality_id=municipality_id, owner_id=owner_id, made_at=now, changed_at=now)
    _fill(made, facts)
    made.save(force_insert=True)
    return made.id


def change_scenario(*, scenario_id: UUID, owner_id: UUID, facts: Facts, now: datetime) -> None:
    """Rename it, share it, or reckon otherwise; raises as `create_scenario` and `own`."""
    row = own(scenario_id, owner_id)
    _fill(row, facts)
    row.changed_at = now
    row.save()


@transaction.atomic
def add_change(*, scenario_id: UUID, owner_id: UUID, change: Change, now: datetime) -> UUID:
    """Add a change after the others and return its id.

    Raises:
        UnableToChangeScenarioError: there are as many as there may be.
        ScenarioNotVisibleError: there is no such scenario of the owner's.
    """
    row = own(scenario_id, owner_id)
    latest = row.changes.aggregate(latest=Max("place"))["latest"]
    place = 0 if latest is None else latest + 1
    if place >= MOST_CHANGES:
        raise UnableToChangeScenarioError(f"Et scenarie kan have højst {MOST_CHANGES} ændringer.")
    made = ScenarioChange.objects.create(
        municipality_id=row.municipality_id, scenario=row, place=place, **columns_of(change)
    )
    _touch(row, now)
    return made.id


@transaction.atomic
def replace_change(*, scenario_id: UUID, owner_id: UUID, change_id: UUID, change: Change, now: datetime) -> None:
    """Write a change anew in its place; raises `ScenarioNotVisibleError`."""
    row = own(scenario_id, owner_id)
    if not row.changes.filter(id=change_id).update(**columns_of(change)):
        raise ScenarioNotVisibleError
    _touch(row, now)


@transaction.atomic
def remove_change(*, scenario_id: UUID, owner_id: UUID, change_id: UUID, now: datetime) -> None:
    """Take a change out; those after it move up. One that is gone already is no error."""
    row = own(scenario_id, owner_id)
    gone = row.changes.filter(id=change_id).values_list("place", flat=True).first()
    if gone is None:
        return
    row.changes.filter(id=change_id).delete()
    row.changes.filter(place__gt=gone).update(place=F("place") - 1)
    _touch(row, now)


@transaction.atomic
def move_up(*, scenario_id: UUID, owner_id: UUID, change_id: UUID, now: datetime) -> None:
    """Let a change come before the one it follows: the order counts, since each works on what the others left."""
    row = own(scenario_id, owner_id)
    place = row.changes.filter(id=change_id).values_list("place", flat=True).first()
    if not place:
        return
    row.changes.filter(place=place - 1).update(place=place)
    row.changes.filter(id=change_id).update(place=place - 1)
    _touch(row, now)


@transaction.atomic
def copy_scenario(*, scenario_id: UUID, municipality_id: UUID, owner_id: UUID, now: datetime) -> UUID:
    """Make a private scenario of one's own like one that is seen; return its id. Raises `ScenarioNotVisibleError`."""
    card = scenario(scenario_id)
    facts = Facts(name=f"Kopi af {card.name}"[:120], note=card.note, goes_on=card.goes_on)
    made = create_scenario(municipality_id=municipality_id, owner_id=owner_id, facts=facts, now=now)
    ScenarioChange.objects.bulk_create(
        ScenarioChange(municipality_id=municipality_id, scenario_id=made, place=line.place, **columns_of(line.change))
        for line in card.lines
    )
    return made


def put_away(*, scenario_id: UUID, owner_id: UUID, now: datetime) -> None:
    """Take the scenario off the lists; it is kept for the change history. Raises `ScenarioNotVisibleError`."""
    row = own(scenario_id, owner_id)
    row.put_away_at = now
    row.save()


def own(scenario_id: UUID, owner_id: UUID) -> Scenario:
    """The owner's scenario, held until the transaction ends; raises `ScenarioNotVisibleError` for anybody else's."""
    found = Scenario.objects.filter(id=scenario_id, owner_id=owner_id, put_away_at=None).first()
    if found is None:
        raise ScenarioNotVisibleError
    return found


def columns_of(change: Change) -> dict[str, object]:
    """A change as the columns of `models.ChangeFields`."""
    touches = change.touches
    return {
        "kind": change.kind.value,
        "from_month": change.from_month,
        "section": touches.section,
        "service": touches.service,
        "supplier_id": touches.supplier_id,
        "provider_unit_id": touches.provider_unit_id,
        "touched_unit_id": touches.unit_id,
        "grant_ids": sorted(touches.grant_ids),
        "percent": change.percent,
        "months": change.months,
        "price": change.price,
        "count": change.count,
        "until": change.until,
        "to_provider_unit_id": change.to_provider_unit_id,
    }


def _fill(row: Scenario, facts: Facts) -> None:
    if not facts.name.strip():
        raise UnableToChangeScenarioError("Giv scenariet et navn.")
    unit = facts.unit_id if facts.shared == Sharing.UNIT else None
    if facts.shared == Sharing.UNIT and unit not in {one for one, _ in units_in_reach()}:
        raise UnableToChangeScenarioError("Vælg en af dine egne enheder at dele med.")
    row.name, row.note, row.goes_on = facts.name.strip(), facts.note.strip(), facts.goes_on
    row.shared, row.unit_id = facts.shared.value, unit


def _touch(row: Scenario, now: datetime) -> None:
    row.changed_at = now
    row.save(update_fields=["changed_at"])
