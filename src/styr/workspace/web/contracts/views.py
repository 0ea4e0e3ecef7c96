"""The pages about contracts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.audit.queries import record_history
from styr.contracts import queries as contracts
from styr.contracts import services as contract_services
from styr.contracts.listing import ContractFilter
from styr.contracts.local_terms import on_offer
from styr.controls.core.explain import section
from styr.kernel import clock
from styr.people import queries as people
from styr.suppliers import queries as suppliers
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell
from styr.workspace import contracts as pages
from styr.workspace.web.contracts.acts import PARTS
from styr.workspace.web.contracts.forms import NewContractForm
from styr.workspace.web.contracts.listing import CONTRACTS, ContractFilterForm


@requires(Permission.SEE_CONTRACTS)
@require_safe
def contract_list(request: HttpRequest) -> HttpResponse:
    """Every contract, filtered and sorted as the address says."""
    today = clock.today()

    def fetch(wanted: ContractFilter, sort: Sort, page: int, size: int) -> ListPage[pages.ContractListRow]:
        order = f"-{sort.by}" if sort.falling else sort.by
        rows, total = pages.contract_list(wanted, today=today, sort=order, page=page, size=size, address=request.path)
        last = max(1, -(-total // size))
        return ListPage.of(rows, page=min(page, last), size=size, total=total)

    context = {"section": "contracts", "empty_action": {"address": reverse("imports"), "text": "Indlæs filer"}}
    form = ContractFilterForm(request.GET, today=today)
    return list_response(request, CONTRACTS, fetch, form, context, template="workspace/contracts/list.html")


@requires(Permission.SEE_CONTRACTS)
@require_safe
def contract(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """One contract: terms, lines and prices, dates, the grants that buy on it, findings and history."""
    return render(request, "workspace/contracts/contract.html", page_context(request, contract_id))


@requires(Permission.SEE_CONTRACTS)
@require_safe
def history(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Who changed what about the contract, its lines and their prices."""
    try:
        card = contracts.contract_card(contract_id)
    except contracts.ContractNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    changes = record_history("contracts.Contract", contract_id, parts=PARTS)
    context = {"section": "contracts", "card": card, "history": changes}
    return render(request, "workspace/contracts/history.html", context)


def page_context(request: HttpRequest, contract_id: UUID) -> dict[str, Any]:
    """What the page about a contract is drawn from; 404 where there is none for the caller."""
    today = clock.today()
    try:
        page = pages.contract_page(contract_id=contract_id, today=today, address=request.path)
    except contracts.ContractNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    names = page.services
    return {
        "section": "contracts",
        "page": page,
        "today": today,
        "lines": [(line, names.get(line.service, line.service)) for line in page.card.lines],
        "me": person_of(request).id,
    }


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def new_contract(request: HttpRequest) -> HttpResponse:
    """Make a draft; `?borger=` names the citizen that it is about, without it the contract is a framework."""
    today = clock.today()
    offer = on_offer(today)
    about = _citizen_asked_for(request)
    form = NewContractForm(
        request.POST or None,
        initial={"number": contracts.next_contract_number(today.year), "starts": today, "citizen": about and about.id},
        suppliers=[(line.id, f"{line.name} ({line.cvr})") for line in suppliers.all_suppliers()],
        sections=[(code, f"{section(code)} {fact.name}") for code, fact in offer.sections.items()],
        services=list(offer.services.items()),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = contract_services.register_contract(
                municipality_id=person_of(request).municipality_id,
                number=given["number"],
                supplier_id=given["supplier"],
                section=given["section"],
                period=form.period(),
                lines=[form.line()],
                citizen_id=given["citizen"],
                notice_days=given["notice_days"],
                absence=form.absence(),
            )
        except contract_services.UnableToRegisterContractError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, f"Kladden {given['number']} er oprettet. Tilføj flere linjer, og send den til underskrift.")
            return redirect("contract", contract_id=made)
    context = {"section": "contracts", "form": form, "citizen": about}
    return render(request, "workspace/contracts/new.html", context)


def _citizen_asked_for(request: HttpRequest) -> people.CitizenLine | None:
    """The citizen that the address or the form names, and the look at them logged; 404 if they cannot be seen."""
    asked = request.POST.get("citizen") or request.GET.get("borger") or ""
    if not asked:
        return None
    try:
        citizen_id = UUID(asked)
    except ValueError:
        raise Http404("Adressen nævner ingen borger.") from None
    found = people.citizen_lines(
        citizen_ids=[citizen_id], page=request.path, purpose="ny kontrakt", today=clock.today()
    ).get(citizen_id)
    if found is None:
        raise Http404(str(people.CitizenNotVisibleError()))
    return found
