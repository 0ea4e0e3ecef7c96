"""What was found since a day and is open, by unit and citizen, for those who count it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from styr.controls.core.verdict import Status
from styr.controls.models import Finding

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewlyFound:
    """Open findings about a citizen (None: about nobody) in a unit: how many, and what is at stake (øre)."""

    unit_id: UUID | None
    citizen_id: UUID | None
    count: int
    ore: int


def newly_found(*, since: date) -> list[NewlyFound]:
    """Return the open findings that the scope sees and that were first seen on a day or later. One query."""
    rows = Finding.objects.filter(status=Status.OPEN.value, first_seen__date__gte=since)
    summed = rows.values_list("unit_id", "citizen_id").annotate(Count("id"), Sum("amount_ore")).order_by()
    return [NewlyFound(unit_id, citizen_id, count, ore or 0) for unit_id, citizen_id, count, ore in summed]
