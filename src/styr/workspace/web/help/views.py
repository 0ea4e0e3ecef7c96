"""Help: guides, glossary, what the controls mean, shortcuts, the tour, and the accessibility statement."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access import queries as access
from styr.access.web.rules import anyone_logged_in, permissions_for, public, roles_of
from styr.kernel import clock
from styr.workspace.core.control_words import control_words
from styr.workspace.core.glossary import glossary
from styr.workspace.core.guides import GUIDES
from styr.workspace.core.place_list import PLACES
from styr.workspace.core.tours import TOURS, Step
from styr.workspace.core.work import picture_of
from styr.workspace.web.addresses import page_of


@anyone_logged_in
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Where to find help."""
    return render(request, "workspace/help/help.html", {"section": "help", "guides": GUIDES})


@anyone_logged_in
@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """How one job is done."""
    found = next((one for one in GUIDES if one.slug == slug), None)
    if found is None:
        raise Http404("Vejledningen findes ikke.")
    context = {"section": "help", "guide": found, "address": page_of(found.url_name)}
    return render(request, "workspace/help/guide.html", context)


@anyone_logged_in
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The glossary."""
    return render(request, "workspace/help/glossary.html", {"section": "help", "terms": glossary()})


@anyone_logged_in
@require_safe
def controls(request: HttpRequest) -> HttpResponse:
    """What each control means, from the registry itself."""
    groups = control_words()
    count = sum(len(group) for group in groups.values())
    context = {"section": "help", "groups": groups.items(), "count": count}
    return render(request, "workspace/help/controls.html", context)


@anyone_logged_in
@require_safe
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The keys that work everywhere."""
    return render(request, "workspace/help/shortcuts.html", {"section": "help"})


@anyone_logged_in
@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """The guided tour of my role, as a list and as something to walk through."""
    picture = picture_of(roles_of(request))
    context = {"section": "help", "steps": _steps(request), "role": picture.danish if picture else ""}
    return render(request, "workspace/help/tour.html", context)


@anyone_logged_in
@require_safe
def tour_steps(request: HttpRequest) -> JsonResponse:
    """The steps of my role's tour, for the script that walks through them."""
    return JsonResponse({"steps": _steps(request)})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement; open to all."""
    if not request.user.is_authenticated:
        return render(request, "workspace/help/accessibility_public.html")
    context = {"section": "", "administrators": access.administrators(on=clock.today())}
    return render(request, "workspace/help/accessibility.html", context)


def _steps(request: HttpRequest) -> list[dict[str, str]]:
    """The steps whose page exists and is open to the person."""
    roles = roles_of(request)
    picture, held = picture_of(roles), permissions_for(request)
    needs = {place.url_name: place.needs for place in PLACES}

    def shown(step: Step) -> str | None:
        needed = needs.get(step.url_name)
        return page_of(step.url_name) if needed is None or needed in held else None

    steps = TOURS[picture] if picture else ()
    return [
        {"address": address, "points_at": step.points_at, "title": step.title, "text": step.text}
        for step in steps
        if (address := shown(step))
    ]
