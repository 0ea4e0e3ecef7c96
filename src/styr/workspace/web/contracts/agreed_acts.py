"""What people do with what is agreed beside prices: terms, supplements, moving in, notice, framework, duties."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.contracts import agreeing, duties, keeping
from styr.contracts import queries as contracts
from styr.contracts.agreed import AgreedCard, agreed_card
from styr.contracts.core.codes import DutyKind
from styr.contracts.services import UnableToChangeContractError, UnknownContractError
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.kernel.fingerprint import fingerprint
from styr.ui.toasts import tell, warn
from styr.workspace import contracts as acts
from styr.workspace.core.settled_words import settled_words
from styr.workspace.web.contracts import agreed_forms as forms
from styr.workspace.web.contracts.acts import acted, card_or_404


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def agreed_terms(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Let terms hold from a day."""
    card, agreed, seen = _known(contract_id)
    held = agreed.on(clock.today())
    first = card.starts if held is None else clock.today()
    form = forms.AgreedForm(
        request.POST or None,
        initial={"seen": seen, "valid_from": first, **(forms.AgreedForm.written(held.terms) if held else {})},
    )

    def work(given: dict[str, Any]) -> str:
        adjusted = acts.agree(
            contract_id=contract_id,
            terms=form.agreement(),
            valid_from=given["valid_from"],
            supplement=form.supplement(),
            act=_act(request, given),
            now=clock.now(),
        )
        return f"Vilkårene gælder fra {danish_date(given['valid_from'])}.{settled_words(adjusted)}"

    return acted(request, card, form, work, title="Aftalte vilkår", button="Gem vilkårene", state=agreeing.seen_state)


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def move_in(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Note when the citizen in fact moved in."""
    card, agreed, seen = _known(contract_id)
    form = forms.MoveInForm(request.POST or None, initial={"seen": seen, "moved_in_on": agreed.moved_in_on})

    def work(given: dict[str, Any]) -> str:
        adjusted = acts.note_move_in(
            contract_id=contract_id, moved_in_on=given["moved_in_on"], act=_act(request, given), now=clock.now()
        )
        return f"Indflytningen er noteret.{settled_words(adjusted)}"

    return acted(request, card, form, work, title="Faktisk indflytning", button="Gem", state=agreeing.seen_state)


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def notice(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Terminate the contract by notice: its last day follows from the terms."""
    card, _, seen = _known(contract_id)
    form = forms.NoticeForm(request.POST or None, initial={"seen": seen, "given_on": clock.today()})

    def work(given: dict[str, Any]) -> str:
        last = acts.give_notice(
            contract_id=contract_id, given_on=given["given_on"], act=_act(request, given), now=clock.now()
        )
        return f"Kontrakten er opsagt. Sidste dag efter varslet er {danish_date(last)}."

    return acted(
        request, card, form, work, title="Opsig med varsel", button="Opsig", tone="danger-strong",
        state=agreeing.seen_state,
    )  # fmt: skip


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def framework(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Tell which framework agreement the contract is made under."""
    card, agreed, seen = _known(contract_id)
    form = forms.FrameworkForm(
        request.POST or None,
        frameworks=contracts.framework_choices(card.supplier_id),
        initial={"seen": seen, "framework": agreed.framework and agreed.framework.id},
    )

    def work(given: dict[str, Any]) -> str:
        agreeing.place_under(contract_id=contract_id, framework_id=given["framework"], act=_act(request, given))
        return "Rammeaftalen er gemt, og priserne sammenlignes med den."

    return acted(request, card, form, work, title="Rammeaftale", button="Gem", state=agreeing.seen_state)


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def keeper(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Say which colleague keeps the contract's dates."""
    card, _, seen = _known(contract_id)
    able = [(one.id, one.name) for one in keeping.able_to_keep(contract_id, today=clock.today())]
    held = keeping.keeper_of(contract_id)
    form = forms.KeeperForm(request.POST or None, able=able, initial={"seen": seen, "keeper": held and held[0]})

    def work(given: dict[str, Any]) -> str:
        keeping.keep_contract(
            contract_id=contract_id, keeper_id=given["keeper"], actor_id=person_of(request).id, today=clock.today()
        )
        return "Den ansvarlige er gemt."

    return acted(request, card, form, work, title="Ansvarlig", button="Gem", state=agreeing.seen_state)


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def duty_new(request: HttpRequest, contract_id: UUID) -> HttpResponse:
    """Add something that is due by the contract."""
    card, _, seen = _known(contract_id)
    form = forms.DutyForm(request.POST or None, initial={"seen": seen})

    def work(given: dict[str, Any]) -> str:
        duties.add_duty(
            contract_id=contract_id,
            kind=DutyKind(given["kind"]),
            note=given["note"],
            due_on=given["due_on"],
            every_months=given["every_months"],
            act=_act(request, given),
        )
        return f"Fristen {danish_date(given['due_on'])} er tilføjet."

    return acted(request, card, form, work, title="Ny frist", button="Tilføj fristen", state=agreeing.seen_state)


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["POST"])
@once
def duty_done(request: HttpRequest, contract_id: UUID, duty_id: UUID) -> HttpResponse:
    """Tell that something due is done; where it is repeated, its next date is set."""
    try:
        following = duties.complete_duty(duty_id=duty_id, actor_id=person_of(request).id, today=clock.today())
    except UnableToChangeContractError as refused:
        warn(request, str(refused))
    except UnknownContractError as missing:
        raise Http404(str(missing)) from missing
    else:
        tell(request, f"Udført. Næste gang er {danish_date(following)}." if following else "Udført.")
    return redirect("contract", contract_id=contract_id)


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["POST"])
@once
def duty_end(request: HttpRequest, contract_id: UUID, duty_id: UUID) -> HttpResponse:
    """Take away something that is no longer due."""
    try:
        duties.end_duty(duty_id=duty_id, actor_id=person_of(request).id, today=clock.today())
    except UnableToChangeContractError as refused:
        warn(request, str(refused))
    except UnknownContractError as missing:
        raise Http404(str(missing)) from missing
    else:
        tell(request, "Fristen er fjernet.")
    return redirect("contract", contract_id=contract_id)


def _known(contract_id: UUID) -> tuple[contracts.ContractCard, AgreedCard, str]:
    card, agreed = card_or_404(contract_id), agreed_card(contract_id)
    return card, agreed, fingerprint((card, agreed))


def _act(request: HttpRequest, given: dict[str, Any]) -> agreeing.Act:
    return agreeing.Act(actor_id=person_of(request).id, today=clock.today(), seen=given["seen"])
