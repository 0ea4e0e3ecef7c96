"""Drafts of supplements: made for a signed contract, and made anew."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.contracts import queries as contracts
from styr.drafting import making
from styr.drafting.changing import held_on
from styr.drafting.queries import draft_under_way
from styr.drafting.steps import UnableToMoveDraftError
from styr.drafting.supplements import SUPPLEMENT
from styr.drafting.template_queries import own_party, templates_in_use
from styr.drafting.web.drafts.supplement_form import SupplementForm
from styr.drafting.web.who import actor_of
from styr.kernel import clock
from styr.ui.toasts import tell


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """A supplement to a signed contract, from our template."""
    try:
        card = contracts.contract_card(contract_id)
    except contracts.ContractNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    under_way = draft_under_way(card.id)
    if under_way is not None:
        return redirect("draft", under_way)
    form = form_of(request, card, {"starts": clock.today()})
    if request.method == "POST" and form.is_valid():
        wanted = making.Wanted(card.id, None, form.cleaned_data["template"], form.written(), request.path)
        try:
            made = making.make_draft(wanted=wanted, actor=actor_of(request))
        except UnableToMoveDraftError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Tillægget er dannet. Læs det igennem, før det sendes.")
            return redirect("draft", made)
    context = {"section": "contracts", "form": form, "card": card, "own": own_party(), "supplement": True}
    return render(request, "drafting/new.html", context)


def form_of(request: HttpRequest, card: contracts.ContractCard, initial: dict[str, object]) -> SupplementForm:
    """The form about a contract's lines and terms, and the supplement's template."""
    templates = [(version_id, title) for version_id, code, title in templates_in_use() if code == SUPPLEMENT]
    return SupplementForm(
        request.POST or None,
        templates=templates,
        held=held_on(card, max(clock.today(), card.starts)),
        initial={"template": templates[0][0] if templates else None, **initial},
    )
