"""A new price that waits: approved or refused by somebody with the limit, or taken back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.contracts.services import UnableToChangeContractError
from styr.grants.acting import Actor
from styr.grants.price_requests import approve_price, asked_of, refuse_price, withdraw_price
from styr.kernel import clock
from styr.ui.toasts import tell, warn
from styr.workspace.core.settled_words import settled_words
from styr.workspace.web.contracts.acts import card_or_404


@requires(Permission.APPROVE_GRANTS)
@require_POST
@once
def price_answer(request: HttpRequest, contract_id: UUID, asked_id: UUID) -> HttpResponse:
    """Approve the price, or refuse it with a reason."""
    _asked_or_404(contract_id, asked_id)
    try:
        if request.POST.get("handling") == "afvis":
            refuse_price(request_id=asked_id, reason=request.POST.get("begrundelse", ""), actor=_actor(request))
            tell(request, "Prisen er afvist. Den gamle pris gælder fortsat.")
        else:
            adjusted = approve_price(request_id=asked_id, actor=_actor(request))
            tell(request, f"Den nye pris er godkendt.{settled_words(adjusted)}")
    except UnableToChangeContractError as refused:
        warn(request, str(refused))
    return redirect("contract", contract_id=contract_id)


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def price_back(request: HttpRequest, contract_id: UUID, asked_id: UUID) -> HttpResponse:
    """Take the price back."""
    _asked_or_404(contract_id, asked_id)
    try:
        withdraw_price(request_id=asked_id, actor=_actor(request))
        tell(request, "Den nye pris er trukket tilbage.")
    except UnableToChangeContractError as refused:
        warn(request, str(refused))
    return redirect("contract", contract_id=contract_id)


def _asked_or_404(contract_id: UUID, asked_id: UUID) -> None:
    """The price is asked for on the contract of the address, else there is no such page."""
    card = card_or_404(contract_id)
    if not asked_of(asked_id, contract_line_ids=[line.id for line in card.lines]):
        raise Http404("Prisen findes ikke på kontrakten.")


def _actor(request: HttpRequest) -> Actor:
    return Actor(person_of(request).id, clock.today(), clock.now())
