"""Where places are, for maps and lists; whose home it is, and who may see the address, is the caller's to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.transport.core.codes import PlaceKind
from styr.transport.models import Place

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place as it is written, and where it lies: longitude and latitude in degrees, None where nobody knows."""

    place_id: UUID
    home: bool
    name: str
    street: str
    town: str
    longitude: float | None
    latitude: float | None

    @property
    def written(self) -> str:
        """The name, or else the address."""
        address = ", ".join(part for part in (self.street, self.town) if part)
        return self.name if self.name and not self.home else address or self.name or "Uden adresse"


def whereabouts(place_ids: Collection[UUID]) -> dict[UUID, Whereabouts]:
    """Those of the places that the caller sees. One query."""
    return {row.id: _told(row) for row in Place.objects.filter(id__in=place_ids)}


def destinations() -> list[Whereabouts]:
    """Every destination by name. One query."""
    return [_told(row) for row in Place.objects.filter(kind=PlaceKind.DESTINATION.value).order_by("name", "number")]


def garages() -> list[Whereabouts]:
    """Every place on the map where vehicles may stand: not a home. One query."""
    rows = Place.objects.exclude(kind=PlaceKind.HOME.value).filter(latitude__isnull=False)
    return [_told(row) for row in rows.order_by("-kind", "name", "number")]


def _told(row: Place) -> Whereabouts:
    return Whereabouts(
        place_id=row.id,
        home=row.kind == PlaceKind.HOME,
        name=row.name or row.number,
        street=row.street,
        town=f"{row.postal_code} {row.town}".strip(),
        longitude=None if row.longitude is None else float(row.longitude),
        latitude=None if row.latitude is None else float(row.latitude),
    )
