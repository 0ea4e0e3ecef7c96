"""Who asks for what: the person at the page, and what the address says."""

from uuid import UUID

from django.http import HttpRequest

from styr.access.web.person import person_of
from styr.drafting.steps import Actor
from styr.drafting.template_services import By
from styr.kernel import clock


def actor_of(request: HttpRequest) -> Actor:
    """The person at the page, now."""
    return Actor(person_of(request).id, clock.now())


def by_of(request: HttpRequest) -> By:
    """The same, with the municipality."""
    person = person_of(request)
    return By(person.municipality_id, person.id, clock.now())


def asked_id(request: HttpRequest, name: str) -> UUID | None:
    """An id that the address or the form names; None without one, or where it is none."""
    try:
        return UUID(request.POST.get(name) or request.GET.get(name) or "")
    except ValueError:
        return None
