"""What people do with a document beside deciding its facts: read it again, part it, say that it is gone through."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.agreements import assuring, parting, queries, scanning
from styr.agreements.web.documents.forms import PartForm
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.ui.toasts import tell, warn


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def read_again(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Ask for the pages that are not read."""

    def work() -> None:
        scanning.read_again(document_id=document_id, actor_id=person_of(request).id, today=clock.today())

    return _done(request, document_id, work, "Siderne bliver læst.")


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def assure(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Mark the document's contract as quality-assured."""

    def work() -> None:
        assuring.assure_by_document(document_id=document_id, actor_id=person_of(request).id, now=clock.now())

    return _done(request, document_id, work, "Kontrakten er kvalitetssikret.")


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def part(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Part a file with several contracts."""
    try:
        card = queries.document_card(document_id)
    except queries.DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    found = ", ".join(map(str, card.beginnings))
    form = PartForm(request.POST or None, initial={"starts": found})
    if request.method == "POST" and form.is_valid():
        try:
            made = parting.part_document(
                document_id=document_id,
                starts=form.cleaned_data["starts"],
                actor_id=person_of(request).id,
                now=clock.now(),
            )
        except parting.UnableToPartError as refused:
            form.add_error("starts", str(refused))
        else:
            tell(request, f"Filen er delt i {len(made)} dokumenter.")
            return redirect("agreement_document", document_id)
    context = {"section": "contracts", "card": card, "form": form, "found": found}
    return render(request, "agreements/part.html", context)


def _done(request: HttpRequest, document_id: UUID, work: Callable[[], None], told: str) -> HttpResponse:
    try:
        work()
    except queries.DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except Refusal as refused:
        warn(request, str(refused))
    else:
        tell(request, told)
    return redirect("agreement_document", document_id)
