"""Who asks, as the services take it."""

from uuid import UUID

from django.http import HttpRequest

from styr.grants.acting import Actor
from styr.kernel import clock


def actor_of(request: HttpRequest) -> Actor:
    """The person at the page, now."""
    return Actor(request.user.id, clock.today(), clock.now())  # type: ignore[arg-type]  # the rule let in a user


def municipality_of(request: HttpRequest) -> UUID:
    """The municipality of the person at the page."""
    found: UUID = request.user.municipality_id  # type: ignore[union-attr]  # the rule let in a user
    return found
