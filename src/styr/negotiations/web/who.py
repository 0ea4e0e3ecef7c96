"""Who asks for what: the person at the page, and what the address says."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from styr.access.web.person import person_of
from styr.grants.acting import Actor
from styr.kernel import clock
from styr.negotiations.places import GrantNotThereError, GrantPlace, grant_place
from styr.ui.toasts import warn


def actor_of(request: HttpRequest) -> Actor:
    """The person at the page, now."""
    return Actor(person_of(request).id, clock.today(), clock.now())


def ask_for_grant(request: HttpRequest) -> HttpResponse:
    """The potential instead of a page that needs a grant, with a word about where to begin."""
    warn(request, "Begynd med en linje i potentialet eller med en bevilling.")
    return redirect("potential")


def asked_grant(request: HttpRequest) -> GrantPlace:
    """The grant that the address names (`?bevilling=`); raises `Http404` without one."""
    try:
        return grant_place(UUID(request.GET.get("bevilling", "")))
    except (ValueError, GrantNotThereError) as missing:
        raise Http404("Adressen nævner ingen bevilling.") from missing
