"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from styr.access.web.person import person_of
from styr.access.web.rules import anyone_logged_in, permissions_for, roles_of
from styr.kernel import clock
from styr.workspace.core.work import Work
from styr.workspace.start import start_picture
from styr.workspace.start_figures import Figure
from styr.workspace.web.addresses import page_of

_FORENOON = 10


@anyone_logged_in
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What there is for me to do, where the municipality stands, and what was read in last."""
    roles = roles_of(request)
    person = person_of(request)
    picture = start_picture(user_id=person.id, roles=roles, permissions=permissions_for(request), today=clock.today())
    context = {
        "section": "start",
        "picture": picture,
        "work": [(one, _address(one)) for one in picture.work],
        "figures": [(one, _address(one)) for one in picture.figures],
        "roles": [role.danish for role in sorted(roles)],
        "imports_address": page_of("imports"),
        "first_day_address": page_of("first_day"),
        "users_address": page_of("users"),
        "tour_address": page_of("tour"),
        "greeting": f"{_greeting(timezone.localtime(clock.now()).hour)}, {person.name.split()[0]}",
    }
    return render(request, "workspace/start/start.html", context)


def _greeting(hour: int) -> str:
    return "Godmorgen" if hour < _FORENOON else "Goddag"


def _address(leads: Work | Figure) -> str | None:
    address = page_of(leads.url_name)
    return f"{address}?{leads.query}" if address and leads.query else address
