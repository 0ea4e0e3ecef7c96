"""Who acts on a page, as the services ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.access.web.person import person_of
from styr.kernel import clock
from styr.trips.ordering import By

if TYPE_CHECKING:
    from django.http import HttpRequest


def by_of(request: HttpRequest) -> By:
    """The person, the municipality, the day and the moment."""
    person = person_of(request)
    return By(municipality_id=person.municipality_id, actor_id=person.id, today=clock.today(), now=clock.now())
