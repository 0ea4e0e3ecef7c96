"""Making a draft: for a contract in the register (`?kontrakt=`), or for a grant that has none (`?bevilling=`)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.contracts import listing
from styr.contracts import queries as contracts
from styr.drafting import making
from styr.drafting.changing import changes_in
from styr.drafting.queries import DraftCard, draft_under_way, facts_of
from styr.drafting.registering import has_terms
from styr.drafting.steps import UnableToMoveDraftError
from styr.drafting.supplements import SUPPLEMENT
from styr.drafting.template_queries import own_party, templates_in_use
from styr.drafting.web.drafts.files import card_or_404
from styr.drafting.web.drafts.forms import FromGrantForm, NewDraftForm, WrittenForm, template_of
from styr.drafting.web.drafts.supplement_form import SupplementForm, as_filled
from styr.drafting.web.drafts.supplements import form_of
from styr.drafting.web.who import actor_of, asked_id
from styr.drafting.written import Written, written_of
from styr.grants import queries as grants
from styr.kernel import clock
from styr.kernel.danish import danish_section
from styr.kernel.refusal import NotThere
from styr.people import queries as people
from styr.suppliers import queries as suppliers
from styr.ui.toasts import tell


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """A new draft; without a contract or a grant in the address, a choice among the contracts that are drafts."""
    contract_id, grant_id = asked_id(request, "kontrakt"), asked_id(request, "bevilling")
    try:
        if contract_id is not None:
            return _for_contract(request, contracts.contract_head(contract_id))
        if grant_id is not None:
            grant = grants.grant_head(grant_id)
            if grant.contract_id is not None:
                return _for_contract(request, contracts.contract_head(grant.contract_id))
            return _for_grant(request, grant)
    except NotThere as missing:
        raise Http404(str(missing)) from missing
    return _choice(request)


def _choice(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    wanted = listing.ContractFilter(status="draft")
    rows, total = listing.contract_rows(wanted, today=today, sort="-nummer", page=1, size=50)
    context = {"section": "contracts", "contracts": rows, "total": total}
    return render(request, "drafting/choose.html", context)


def _for_contract(request: HttpRequest, card: contracts.ContractCard) -> HttpResponse:
    under_way = draft_under_way(card.id)
    if under_way is not None:
        return redirect("draft", under_way)
    known = templates_in_use()
    own = [] if card.citizen_id is None else grants.grants_of_citizen(card.citizen_id)
    first = sorted(own, key=lambda one: (one.contract_id != card.id, one.section != card.section))
    form = NewDraftForm(
        request.POST or None,
        templates=[(version_id, title) for version_id, code, title in known if code != SUPPLEMENT],
        grants=[(one.id, f"{one.number}, {danish_section(one.section)}") for one in first],
        initial={
            "template": template_of(card, known),
            "grant": first[0].id if first else None,
            "registers": not has_terms(card),
        },
    )
    if card.citizen_id is None:
        form.of_framework()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted = making.Wanted(
            card.id, given.get("grant"), given["template"], form.written(), request.path, registers=given["registers"]
        )
        try:
            made = making.make_draft(wanted=wanted, actor=actor_of(request))
        except UnableToMoveDraftError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Udkastet er dannet. Læs det igennem, før det sendes.")
            return redirect("draft", made)
    return render(request, "drafting/new.html", _context(request, form, card=card, citizen_id=card.citizen_id))


def _for_grant(request: HttpRequest, grant: grants.GrantSummary) -> HttpResponse:
    known = templates_in_use()
    supplier = None if grant.supplier_id is None else suppliers.supplier_card(grant.supplier_id)
    places = [] if supplier is None else [(one.id, one.name) for one in supplier.provider_units]
    form = FromGrantForm(
        request.POST or None,
        templates=[(version_id, title) for version_id, code, title in known if code != SUPPLEMENT],
        grants=[(grant.id, f"{grant.number}, {danish_section(grant.section)}")],
        places=places,
        initial={
            "template": next((one for one, code, _title in known if code == grant.section), None),
            "grant": grant.id,
            "place": places[0][0] if len(places) == 1 else None,
            "registers": True,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _made_of_grant(request, grant, form)
        except UnableToMoveDraftError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Kontrakten er oprettet som kladde, og udkastet er dannet.")
            return redirect("draft", made)
    return render(request, "drafting/new.html", _context(request, form, grant=grant, citizen_id=grant.citizen_id))


@transaction.atomic
def _made_of_grant(request: HttpRequest, grant: grants.GrantSummary, form: FromGrantForm) -> UUID:
    """Both or neither: a contract that no draft could be made for is not kept."""
    given = form.cleaned_data
    wanted = making.FromGrant(grant.id, given["place"], given["notice_days"], given["free_days"], given["reduction"])
    actor, municipality_id = actor_of(request), person_of(request).municipality_id
    contract_id = making.register_for_grant(municipality_id=municipality_id, wanted=wanted, actor=actor)
    asked = making.Wanted(
        contract_id, grant.id, given["template"], form.written(), request.path, registers=given["registers"]
    )
    return making.make_draft(wanted=asked, actor=actor)


def _context(request: HttpRequest, form: WrittenForm, *, citizen_id: UUID | None, **more: Any) -> dict[str, Any]:
    shown = {}
    if citizen_id is not None:
        ids, today = [citizen_id], clock.today()
        shown = people.citizen_lines(citizen_ids=ids, page=request.path, purpose="kontraktudkast", today=today)
    citizen = shown.get(citizen_id) if citizen_id is not None else None
    return {"section": "contracts", "form": form, "citizen": citizen, "own": own_party(), **more}


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def anew(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Fill the template again with other words, or with what the register says now."""
    card = card_or_404(draft_id)
    written = written_of(facts_of(draft_id), draft_id)
    form: WrittenForm | SupplementForm = WrittenForm(request.POST or None, initial=vars_of(written))
    if card.template.code == SUPPLEMENT:
        form = form_of(request, contracts.contract_card(card.contract.id), as_filled(written, changes_in(written)))
        del form.fields["template"]
    if request.method == "POST" and form.is_valid():
        try:
            making.make_anew(draft_id=draft_id, written=form.written(), page=request.path, actor=actor_of(request))
        except UnableToMoveDraftError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Udkastet er dannet igen. Her er forskellene fra den forrige udgave.")
            return redirect("draft_version", draft_id, card.latest + 1)
    return render(request, "drafting/anew.html", _anew(card, form))


def _anew(card: DraftCard, form: WrittenForm | SupplementForm) -> dict[str, Any]:
    return {"section": "contracts", "card": card, "form": form, "terms": contracts.contract_card(card.contract.id),
            "supplement": isinstance(form, SupplementForm)}  # fmt: skip


def vars_of(written: Written) -> dict[str, str]:
    """What was written, by the names of the form's fields."""
    names = ("description", "hours", "night_watch", "trial", "days_after_death")
    return {name: getattr(written, name) for name in names}
