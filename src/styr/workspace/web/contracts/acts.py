"""What people do with a contract: each act posts a form, and a refusal is shown beside what was written."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.audit.queries import Change, record_history
from styr.contracts import editing
from styr.contracts import queries as contracts
from styr.contracts.core.codes import ContractStatus
from styr.contracts.local_terms import on_offer
from styr.contracts.services import UnableToChangeContractError, UnknownContractError
from styr.drafting.queries import draft_under_way
from styr.grants.acting import Actor
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.kernel.fingerprint import fingerprint
from styr.kernel.period import ONE_DAY
from styr.suppliers import queries as suppliers
from styr.ui.toasts import tell, tell_with_undo, warn
from styr.workspace import contracts as acts
from styr.workspace.core.settled_words import settled_words
from styr.workspace.web.contracts import forms

PERCENT = 100
PARTS = (
    "contracts.ContractLine",
    "contracts.ContractRate",
    "contracts.AgreedTerms",
    "contracts.Supplement",
    "contracts.Correction",
    "contracts.Duty",
)
Work = Callable[[dict[str, Any]], str]


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def terms(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Change the terms that compute."""
    card = card_or_404(contract_id)
    form = forms.TermsForm(
        request.POST or None,
        provider_units=[(unit.id, unit.name) for unit in suppliers.supplier_card(card.supplier_id).provider_units],
        calendars=contracts.calendar_choices(),
        signed=card.status == ContractStatus.SIGNED,
        initial={
            "seen": fingerprint(card),
            "last_day": card.ends and card.ends - ONE_DAY,
            "notice_days": card.notice_days,
            "free_days": card.absence_free_days,
            "billable": card.absence_billable * PERCENT,
            "provider_unit": card.provider_unit_id,
            "calendar": {code: one for one, code in contracts.calendar_choices()}.get(card.calendar),
        },
    )

    def work(given: dict[str, Any]) -> str:
        acts.change_terms(
            contract_id=contract_id, terms=form.terms(), seen=given["seen"], actor=_actor(request),
            reason=given.get("reason", ""),
        )  # fmt: skip
        return "Vilkårene er gemt, og forventet udgift regnes efter dem."

    return acted(request, card, form, work, title="Ret vilkår", button="Gem vilkår")


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def price(request: HttpRequest, contract_id: UUID, line_id: UUID) -> HttpResponse:
    """Give a line another price from a day."""
    card = card_or_404(contract_id)
    line = next((line for line in card.lines if line.id == line_id), None)
    if line is None:
        raise Http404(str(UnknownContractError()))
    form = forms.PriceForm(
        request.POST or None,
        initial={"seen": fingerprint(card), "line": line_id, "valid_from": clock.today()},
    )

    def work(given: dict[str, Any]) -> str:
        told = acts.change_price(
            contract_id=contract_id,
            contract_line_id=line_id,
            valid_from=given["valid_from"],
            amount=given["amount"],
            seen=given["seen"],
            actor=_actor(request),
        )
        if told.asked:
            return f"{told.why} Den nye pris er sendt til godkendelse."
        return f"Den nye pris gælder fra {danish_date(given['valid_from'])}.{settled_words(told.adjusted)}"

    names = contracts.service_names()
    title = f"Ny pris på linje {line.line_no}, {names.get(line.service, line.service).lower()}"
    return acted(request, card, form, work, title=title, button="Gem prisen")


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def add_line(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Add a line: a supplement, or a special rate with its hours and purpose."""
    card = card_or_404(contract_id)
    form = forms.LineForm(
        request.POST or None,
        initial={"seen": fingerprint(card)},
        services=list(on_offer(clock.today()).services.items()),
        signed=card.status == ContractStatus.SIGNED,
    )

    def work(given: dict[str, Any]) -> str:
        actor = _actor(request)
        editing.add_contract_line(
            contract_id=contract_id, line=form.line(), valid_from=given["valid_from"], seen=given["seen"],
            put_right=editing.PutRight(reason=given.get("reason", ""), actor_id=actor.id, now=actor.now),
        )  # fmt: skip
        return "Linjen er tilføjet."

    return acted(request, card, form, work, title="Tilføj linje", button="Tilføj linjen")


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def sign(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Record that both parties have signed."""
    card = card_or_404(contract_id)
    form = forms.SignForm(request.POST or None, initial={"seen": fingerprint(card), "signed_on": clock.today()})

    def work(given: dict[str, Any]) -> str:
        _leave_to_draft(contract_id)
        acts.sign(contract_id=contract_id, signed_on=given["signed_on"], seen=given["seen"])
        return f"Kontrakten er registreret som underskrevet {danish_date(given['signed_on'])}."

    return acted(request, card, form, work, title="Registrér underskrift", button="Registrér")


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def terminate(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Terminate the contract from its last day on."""
    card = card_or_404(contract_id)
    form = forms.TerminateForm(request.POST or None, initial={"seen": fingerprint(card)})

    def work(given: dict[str, Any]) -> str:
        acts.terminate(contract_id=contract_id, last_day=given["last_day"], seen=given["seen"])
        return f"Kontrakten er opsagt med sidste dag {danish_date(given['last_day'])}."

    return acted(request, card, form, work, title="Opsig kontrakten", button="Opsig", tone="danger-strong")


def _leave_to_draft(contract_id: UUID) -> None:
    """Refuse what its draft does step by step: sending it to be signed, and signing it, take quality assurance."""
    if draft_under_way(contract_id) is not None:
        raise UnableToChangeContractError("Kontrakten har et udkast i gang, og det sker der. Find det under Udkast.")


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["POST"])
@once
def send(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Record that the draft was sent for signing."""

    def work(given: dict[str, Any]) -> str:
        _leave_to_draft(contract_id)
        editing.send_contract(contract_id=contract_id, seen=given["seen"])
        return "Kontrakten er registreret som sendt til underskrift."

    return _done_at_once(request, contract_id, work, undo="contract_take_back")


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["POST"])
def take_back(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Make a sent contract a draft again; doing it twice is refused by the contract itself."""
    seen = request.POST.get("seen") or fingerprint(card_or_404(contract_id))
    try:
        _leave_to_draft(contract_id)
        editing.take_back_contract(contract_id=contract_id, seen=seen)
    except (UnableToChangeContractError, editing.ContractChangedMeanwhileError) as refused:
        warn(request, str(refused))
    else:
        tell(request, "Kontrakten er igen en kladde.")
    return redirect("contract", contract_id=contract_id)


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["POST"])
@once
def remove_line(request: HttpRequest, contract_id: UUID, line_id: UUID) -> HttpResponse:
    """Take a line out of a draft."""

    def work(given: dict[str, Any]) -> str:
        editing.remove_contract_line(contract_line_id=line_id, seen=given["seen"])
        return "Linjen er fjernet fra kladden."

    return _done_at_once(request, contract_id, work)


def _actor(request: HttpRequest) -> Actor:
    return Actor(person_of(request).id, clock.today(), clock.now())


def card_or_404(contract_id: UUID) -> contracts.ContractCard:
    """The contract's card; 404 where there is none for the caller."""
    try:
        return contracts.contract_card(contract_id)
    except contracts.ContractNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def acted(  # noqa: PLR0913 - what a form's page is drawn from
    request: HttpRequest,
    card: contracts.ContractCard,
    form: forms.SeenForm,
    work: Work,
    *,
    title: str,
    button: str,
    tone: str = "primary",
    state: Callable[[UUID], str] | None = None,
) -> HttpResponse:
    """Do the work when the form is filled in; show it again with the refusal, or with what a colleague changed.

    `state` tells what the form's `seen` is of, where it is more than the contract's card.
    """
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            told = work(form.cleaned_data)
        except UnableToChangeContractError as refused:
            form.add_error(None, str(refused))
        except editing.ContractChangedMeanwhileError:
            conflict = _latest_change(card.id)
            form = _as_it_is_now(form, fingerprint(card) if state is None else state(card.id))
        else:
            tell(request, told)
            return redirect("contract", contract_id=card.id)
    context = {
        "section": "contracts",
        "card": card,
        "form": form,
        "conflict": conflict,
        "title": title,
        "button": button,
        "tone": tone,
    }
    return render(request, "workspace/contracts/act.html", context, status=409 if conflict else 200)


def _as_it_is_now(form: forms.SeenForm, seen: str) -> forms.SeenForm:
    """The same form with what was written, about the contract as it is now."""
    form.data = {**form.data.dict(), "seen": seen}  # type: ignore[attr-defined]  # a request's QueryDict
    return form


def _latest_change(contract_id: UUID) -> Change | None:
    """What a colleague did last; None when its unit is hidden."""
    found = record_history("contracts.Contract", contract_id, parts=PARTS, most=1)
    return found[0] if found else None


def _done_at_once(request: HttpRequest, contract_id: UUID, work: Work, *, undo: str | None = None) -> HttpResponse:
    """Do what a button alone asks for, and go back to the contract with what came of it."""
    form = forms.SeenForm(request.POST)
    card_or_404(contract_id)
    if not form.is_valid():
        raise BadRequest("The button's form lacks `seen`")
    try:
        told = work(form.cleaned_data)
    except (UnableToChangeContractError, editing.ContractChangedMeanwhileError) as refused:
        warn(request, str(refused))
    else:
        if undo is None:
            tell(request, told)
        else:
            tell_with_undo(request, told, undo=reverse(undo, args=[contract_id]))
    return redirect("contract", contract_id=contract_id)
