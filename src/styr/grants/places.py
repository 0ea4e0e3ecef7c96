"""Where a service line lies: its municipality, unit and grant, for domains that write about what it buys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.grants.models import ServiceLine

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """The municipality, the unit and the grant of a service line."""

    municipality_id: UUID
    unit_id: UUID
    grant_id: UUID


def service_line_place(service_line_id: UUID) -> ServicePlace | None:
    """Where a service line lies; None where there is none for the caller. One query."""
    found = ServiceLine.objects.filter(id=service_line_id).values_list("municipality_id", "unit_id", "grant_id").first()
    return None if found is None else ServicePlace(*found)
