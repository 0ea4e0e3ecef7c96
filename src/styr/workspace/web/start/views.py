"""The start page."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from styr.access.core.roles import Role
from styr.access.web.person import person_of
from styr.access.web.rules import anyone_logged_in, permissions_for, roles_of
from styr.kernel import clock
from styr.workspace.core.work import Work
from styr.workspace.start import start_picture
from styr.workspace.start_figures import Figure
from styr.workspace.web.addresses import page_of

_FORENOON = 10
_PLACES: Final[dict[Role | None, tuple[tuple[str, str, str, str], ...]]] = {
    Role.ADMINISTRATOR: (
        ("users", "Brugere og roller", "hvem der må hvad, og hvor", ""),
        ("units", "Enheder", "kommunens afdelinger og deres EAN-numre", ""),
        ("access_overview", "Hvem har adgang til hvad", "roller og rettigheder samlet", ""),
        ("job_roles", "Jobfunktionsroller", "roller, der kommer med login fra andre systemer", ""),
        ("limits", "Beløbsgrænser", "hvad hver rolle må godkende", ""),
        ("settings", "Opsætning", "regler, kalendere og ydelser", ""),
    ),
    Role.AUDITOR: (
        (
            "invoices",
            "Godkendte fakturaer",
            "hvem der godkendte, og hvorfor trods afvigelser",
            "visning=alle&status=approved",
        ),
        ("citizens", "Hvem har set en borgers sag", "åbn borgeren, fanen Opslag", ""),
        ("access_overview", "Hvem har adgang til hvad", "roller, enheder og rettigheder i dag", ""),
        ("limits", "Beløbsgrænser", "hvem der må godkende hvor meget, og hvornår to skal", ""),
        ("rules", "Daterede regler", "hvad der gælder fra hvornår, og hvem der ændrede det", ""),
        ("reconciliation", "Afstemning", "fagsystem, registre og regnskab holdt op mod hinanden", ""),
        ("payments", "Betalinger", "betalingsfiler og deres kvitteringer", ""),
    ),
}
"""Administrators and auditors."""


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
        "places": _places_of(picture.picture),
        "tour_address": page_of("tour"),
        "greeting": f"{_greeting(timezone.localtime(clock.now()).hour)}, {person.name.split()[0]}",
    }
    return render(request, "workspace/start/start.html", context)


def _places_of(role: Role | None) -> list[tuple[str, str, str]]:
    """What a role that decides nothing begins with: (title, what is there, address)."""
    found = [(title, note, leads, page_of(name)) for name, title, note, leads in _PLACES.get(role, ())]
    return [(title, note, _asking(address, query)) for title, note, query, address in found if address]


def _greeting(hour: int) -> str:
    return "Godmorgen" if hour < _FORENOON else "Goddag"


def _address(leads: Work | Figure) -> str | None:
    address = page_of(leads.url_name)
    return None if address is None else _asking(address, leads.query)


def _asking(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address
