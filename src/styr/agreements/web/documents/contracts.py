"""From a document to the register: a draft contract of its confirmed facts, or its contract amended."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.agreements import making
from styr.agreements.queries import DocumentNotVisibleError
from styr.agreements.web.documents.forms import MakeContractForm, PriceLineForm, TakeOverForm, TakePriceForm
from styr.contracts import queries as contracts
from styr.contracts.local_terms import on_offer
from styr.kernel import clock
from styr.kernel.danish import danish_number, danish_section
from styr.kernel.fingerprint import fingerprint
from styr.kernel.refusal import Refusal
from styr.kernel.units import Unit
from styr.people import queries as people
from styr.ui.toasts import tell, warn

_MOST_LINES = 12


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def contract(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """What the document says beside the register: a new draft, or terms and prices to take over."""
    try:
        matched = making.contract_proposal(document_id)
    except DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    return _new(request, matched) if matched.contract_id is None else _amended(request, matched, matched.contract_id)


def _new(request: HttpRequest, matched: making.Matched) -> HttpResponse:
    today, said = clock.today(), matched.proposal
    offer = on_offer(today)
    form = MakeContractForm(
        request.POST or None,
        suppliers=list(matched.suppliers),
        sections=[(code, f"{danish_section(code)} {fact.name}") for code, fact in offer.sections.items()],
        initial=_initial(matched, today),
    )
    services = list(offer.services.items())
    lines = [
        PriceLineForm(
            request.POST or None,
            prefix=f"linje{at}",
            services=services,
            initial={"unit": price.unit.value, "price": price.amount, "kind": "base" if at == 0 else "supplement"},
        )
        for at, price in enumerate(said.prices[:_MOST_LINES])
    ]
    if request.method == "POST" and all([form.is_valid(), *(line.is_valid() for line in lines)]):
        taken = [line.line() for line in lines if line.cleaned_data["taken"]]
        try:
            made = making.make_contract(
                document_id=matched.document_id,
                contract=form.contract(taken),
                actor_id=person_of(request).id,
                today=today,
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, f"Kladden {form.cleaned_data['number']} er oprettet, og dokumentet er lagt på den.")
            return redirect("contract", contract_id=made)
    context = {
        "section": "contracts",
        "matched": matched,
        "form": form,
        "lines": lines,
        "undecided": matched.undecided,
        "asked_citizen": said.citizen,
        "citizen": _citizen(request, matched.citizen_id),
    }
    return render(request, "agreements/make.html", context)


def _initial(matched: making.Matched, today: date) -> dict[str, Any]:
    said = matched.proposal
    return {
        "number": said.number or contracts.next_contract_number(today.year),
        "supplier": matched.supplier_id,
        "provider_unit": matched.provider_unit_id,
        "citizen": matched.citizen_id,
        "section": said.section,
        "starts": said.starts,
        "last_day": said.last_day,
        "notice_days": said.notice_days,
        "notice_from": said.notice_from.value,
        "index_kind": said.index_kind.value if said.index_kind else "",
        "index_percent": said.index_percent,
        "death_days": said.death_days,
        "invoice_days": said.invoice_days,
        "free_days": said.free_days or 0,
        "billable": 100 if said.billable_percent is None else said.billable_percent,
    }


def _citizen(request: HttpRequest, citizen_id: UUID | None) -> people.CitizenLine | None:
    if citizen_id is None:
        return None
    shown = people.citizen_lines(
        citizen_ids=[citizen_id], page=request.path, purpose="kontrakt af dokument", today=clock.today()
    )
    return shown.get(citizen_id)


def _amended(request: HttpRequest, matched: making.Matched, contract_id: UUID) -> HttpResponse:
    registered = contracts.contract_card(contract_id)
    found = making.differences(registered, matched.proposal)
    seen = fingerprint(registered)
    form = TakeOverForm(request.POST or None, offered=[(one.code, one.name) for one in found], initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        try:
            changed = making.amend_contract(
                document_id=matched.document_id,
                taken=form.cleaned_data["taken"],
                seen=form.cleaned_data["seen"],
                actor_id=person_of(request).id,
                now=clock.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, f"Overført til kontrakten: {', '.join(one.name.lower() for one in changed)}.")
            return redirect("agreement_contract", matched.document_id)
    context = {
        "section": "contracts",
        "matched": matched,
        "registered": registered,
        "form": form,
        "found": found,
        "seen": seen,
        "prices": _prices(registered, matched),
        "undecided": matched.undecided,
    }
    return render(request, "agreements/amend.html", context)


def _prices(registered: contracts.ContractCard, matched: making.Matched) -> list[dict[str, Any]]:
    """The document's prices that no line has, with the lines of the same unit that could take them over."""
    names = contracts.service_names()
    known = {(line.unit, line.rates[-1].amount) for line in registered.lines if line.rates}
    shown = []
    for price in matched.proposal.prices:
        lines = [line for line in registered.lines if line.unit == price.unit.value]
        if (price.unit.value, price.amount) in known or not lines:
            continue
        shown.append(
            {
                "price": price.amount,
                "written": danish_number(price.amount),
                "unit": Unit(price.unit).danish,
                "first": matched.proposal.starts or registered.starts,
                "lines": [(line.id, f"{line.line_no}. {names.get(line.service, line.service)}") for line in lines],
            }
        )
    return shown


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def take_price(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Give a line of the document's contract one of the document's prices."""
    try:
        contract_id = making.contract_proposal(document_id).contract_id
    except DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    if contract_id is None:
        raise Http404("Dokumentet hører ikke til en kontrakt.")
    lines = [(line.id, str(line.line_no)) for line in contracts.contract_card(contract_id).lines]
    form = TakePriceForm(request.POST, lines=lines)
    if not form.is_valid():
        warn(request, "Skriv pris og dato, og vælg linjen.")
        return redirect("agreement_contract", document_id)
    try:
        making.amend_price(
            document_id=document_id,
            line_id=form.cleaned_data["line"],
            valid_from=form.cleaned_data["valid_from"],
            amount=form.cleaned_data["price"],
            seen=form.cleaned_data["seen"],
            actor_id=person_of(request).id,
            now=clock.now(),
        )
    except Refusal as refused:
        warn(request, str(refused))
    else:
        tell(request, "Prisen er overført, og betalte måneder er efterreguleret.")
    return redirect("agreement_contract", document_id)
