"""Making and changing catalogues: empty, from a file, or the example that comes with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.queries import municipality_name
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.initiatives import queries, services
from styr.initiatives.core.codes import Phase
from styr.initiatives.core.reading import read_catalogue
from styr.initiatives.phase_documents import PhaseFacts, phase_document
from styr.initiatives.services import UnableToChangeInitiativesError
from styr.initiatives.web.forms import CatalogueForm, NewCatalogueForm, catalogue_initial
from styr.initiatives.web.who import READ, WRITE, actor_of
from styr.kernel import clock
from styr.transport.cost_queries import areas_in, told_year
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

_MOST_FAULTS = 20
_DOCUMENTS = {"kortlaegning": Phase.MAPPING, "potentiale": Phase.POTENTIAL, "prioriteret": Phase.PRIORITISED}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(WRITE, everywhere=True)
@once
def initiative_catalogue_new(request: HttpRequest) -> HttpResponse:
    """A new catalogue, perhaps with its rows from a file; a file with faults is not taken in at all."""
    form = NewCatalogueForm(request.POST or None, request.FILES or None, initial={"phase": Phase.MAPPING.value})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["file"]
        found = read_catalogue(text) if text else None
        if found is not None and found.faults:
            for fault in found.faults[:_MOST_FAULTS]:
                form.add_error("file", str(fault))
        else:
            try:
                rows = found.rows if found else ()
                made = services.load_catalogue(facts=form.facts, rows=rows, actor=actor_of(request))
            except UnableToChangeInitiativesError as refused:
                form.add_error(None, str(refused))
            else:
                tell(request, f"Kataloget er oprettet med {len(rows)} indsatser.")
                return redirect(f"{reverse('initiatives')}?katalog={made}")
    context = {"section": "results", "form": form}
    return render(request, "initiatives/catalogue.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(read=WRITE, write=WRITE)
@once
def initiative_catalogue(request: HttpRequest, catalogue_id: UUID) -> HttpResponse:
    """Change what a catalogue says of itself."""
    try:
        found = queries.catalogue_page(catalogue_id).catalogue
    except queries.UnknownInitiativeError as missing:
        raise Http404(str(missing)) from missing
    form = CatalogueForm(request.POST or None, initial=catalogue_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.save_catalogue(
                facts=form.facts, actor=actor_of(request), catalogue_id=catalogue_id,
                seen_version=form.cleaned_data["version"],
            )  # fmt: skip
        except UnableToChangeInitiativesError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Kataloget er gemt.")
            return redirect(f"{reverse('initiatives')}?katalog={catalogue_id}")
    context = {"section": "results", "form": form, "catalogue": found}
    return render(request, "initiatives/catalogue.html", context, status=422 if form.errors else 200)


@require_POST
@requires(WRITE)
@once
def initiative_example(request: HttpRequest) -> HttpResponse:
    """Take in the example that comes with the program."""
    try:
        made = services.load_example(actor=actor_of(request))
    except UnableToChangeInitiativesError as refused:
        warn(request, str(refused))
        return redirect("initiatives")
    tell(request, "Eksemplet er hentet. Ret det til jeres eget, eller brug det som forlæg.")
    return redirect(f"{reverse('initiatives')}?katalog={made}")


@require_safe
@requires(READ)
def initiative_document(request: HttpRequest, catalogue_id: UUID, what: str) -> HttpResponse:  # noqa: ARG001 - the frame's own
    """The document of a phase as a Word file: `kortlaegning`, `potentiale` or `prioriteret`."""
    phase = _DOCUMENTS.get(what)
    if phase is None:
        raise Http404("Det dokument findes ikke.")
    try:
        page = queries.catalogue_page(catalogue_id)
    except queries.UnknownInitiativeError as missing:
        raise Http404(str(missing)) from missing
    year = page.catalogue.year
    cost = told_year(year, areas_in(year)) if year is not None and phase is Phase.MAPPING else None
    facts = PhaseFacts(municipality_name(), clock.today(), cost, queries.effects())
    answer = HttpResponse(phase_document(page, phase, facts), content_type=_WORD)
    answer["Content-Disposition"] = f'attachment; filename="{what}.docx"'
    return answer
