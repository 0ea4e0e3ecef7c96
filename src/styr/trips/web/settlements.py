"""Settlements: what came, what deviates from what was granted and agreed, and the decision about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.controls.core.registry import REGISTRY
from styr.trips import settling
from styr.trips.core.codes import SettlementStatus
from styr.trips.web.acting import by_of
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

_STATES = {one.value for one in SettlementStatus}
_DECIDED = {
    SettlementStatus.ACCEPTED: "Afregningen er godkendt.",
    SettlementStatus.ASKED: "Det er noteret, at operatøren er spurgt.",
}


class DecisionForm(forms.Form):
    """Accept, or ask about."""

    handling = forms.ChoiceField(choices=[(one.value, one.danish) for one in _DECIDED])
    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Bemærkning",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skriv, hvad operatøren er spurgt om, eller hvorfor afregningen godkendes.",
    )


@requires(Permission.SEE_TRANSPORT)
@require_safe
def settlements(request: HttpRequest) -> HttpResponse:
    """Every settlement, the latest first."""
    asked = request.GET.get("status", "")
    status = asked if asked in _STATES else ""
    context = {
        "section": "transport",
        "settlements": settling.settlements(status=status),
        "status": status,
        "states": [("", "Alle"), *((one.value, one.danish.capitalize()) for one in SettlementStatus)],
    }
    return render(request, "trips/settlements.html", context)


@requires(Permission.SEE_TRANSPORT)
@require_safe
def settlement(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """One settlement."""
    return _page(request, settlement_id, None)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def settlement_decide(request: HttpRequest, settlement_id: UUID) -> HttpResponse:
    """Accept the settlement, or note that its operator was asked."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        warn(request, "Vælg, om afregningen godkendes, eller om operatøren er spurgt.")
        return redirect("settlement", settlement_id)
    given = form.cleaned_data
    status = SettlementStatus(given["handling"])
    try:
        settling.decide_settlement(
            settlement_id=settlement_id,
            status=status,
            seen_version=given["version"],
            note=given["note"],
            by=by_of(request),
        )
    except settling.SettlementNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except settling.UnableToDecideSettlementError as refused:
        warn(request, str(refused))
        return redirect("settlement", settlement_id)
    tell(request, _DECIDED[status])
    return redirect("settlement", settlement_id)


def _page(request: HttpRequest, settlement_id: UUID, form: DecisionForm | None) -> HttpResponse:
    try:
        card = settling.settlement(settlement_id)
    except settling.SettlementNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    kinds = [
        {"code": kind.code, "title": REGISTRY.control(kind.code).title, "count": kind.count, "ore": kind.amount_ore}
        for kind in settling.found_in(settlement_id)
    ]
    context: dict[str, Any] = {
        "section": "transport",
        "settlement": card,
        "kinds": kinds,
        "versions": settling.versions_of(settlement_id),
        "form": form or DecisionForm(initial={"version": card.version}),
    }
    return render(request, "trips/settlement.html", context)
