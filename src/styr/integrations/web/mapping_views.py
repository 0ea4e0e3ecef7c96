"""Saved choices of columns: the list, one with its versions, an earlier version taken into use, and retiring one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.integrations.mappings import queries, services
from styr.integrations.mappings.services import MappingNotVisibleError
from styr.kernel import clock
from styr.ui.toasts import tell


@requires(Permission.IMPORT)
@require_safe
def mappings(request: HttpRequest) -> HttpResponse:
    """Every saved choice of columns."""
    context = {"section": "imports", "mappings": queries.mappings()}
    return render(request, "integrations/mappings.html", context)


@requires(Permission.IMPORT)
@require_safe
def mapping(request: HttpRequest, mapping_id: UUID) -> HttpResponse:
    """One choice of columns: what fills each field, and its versions."""
    try:
        view = queries.mapping_view(mapping_id)
    except MappingNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    return render(request, "integrations/mapping.html", {"section": "imports", "mapping": view})


@requires(Permission.IMPORT)
@require_POST
@once
def use_version(request: HttpRequest, mapping_id: UUID, number: int) -> HttpResponse:
    """Take an earlier version into use, as a new one."""
    try:
        new = services.use_version(
            mapping_id=mapping_id, number=number, actor_id=person_of(request).id, now=clock.now()
        )
    except MappingNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    tell(request, f"Version {number} er i brug igen som version {new}.")
    return redirect("import_mapping", mapping_id)


@requires(Permission.IMPORT)
@require_POST
@once
def retire(request: HttpRequest, mapping_id: UUID) -> HttpResponse:
    """Let files be read by it no more, or again."""
    retired = request.POST.get("udgaa") == "ja"
    try:
        services.retire_mapping(mapping_id=mapping_id, retired=retired, now=clock.now())
    except MappingNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    tell(request, "Kolonnevalget bruges ikke længere." if retired else "Kolonnevalget er i brug igen.")
    return redirect("import_mapping", mapping_id)
