"""Settlements: what came, what deviates from what was granted and agreed, and the decision about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.controls.core.registry import REGISTRY
from styr.kernel.danish import kroner
from styr.trips import settling
from styr.trips.core.codes import SettlementStatus
from styr.trips.listing import operators
from styr.trips.web.acting import by_of
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, Tag, list_response
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from styr.trips.settling import SettlementCard

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


class SettlementFilterForm(FilterForm):
    """What can be asked of the list."""

    status = forms.ChoiceField(
        label="Status", choices=[("", "Alle"), *((one.value, one.danish.capitalize()) for one in SettlementStatus)]
    )
    operatoer = forms.TypedChoiceField(label="Operatør", coerce=UUID, empty_value=None)


def _state(card: SettlementCard) -> Tag:
    match SettlementStatus(card.status):
        case SettlementStatus.ACCEPTED:
            return Tag("Godkendt", "good", "circle-check")
        case SettlementStatus.ASKED:
            return Tag("Operatøren er spurgt", "info", "message-square")
        case _:
            return Tag("Ny version", "warning", "history") if card.decided_version else Tag("Modtaget", "quiet")


def _invoiced(card: SettlementCard) -> str:
    return f"faktura {kroner(card.invoiced_ore, whole=True)}" if card.differs and card.invoiced_ore is not None else ""


SETTLEMENTS: Final = ListSpec(
    name="afregninger",
    title="Afregninger",
    one="afregning",
    many="afregninger",
    default_sort="-periode",
    columns=(
        Column("nummer", "Afregning", value=lambda card: card.number, sort="nummer", fixed=True, nowrap=True,
               link=lambda card: reverse("settlement", args=[card.id]),
               note=lambda card: f"version {card.version}" if card.version > 1 else ""),
        Column("operatoer", "Operatør", value=lambda card: card.operator, sort="operatoer"),
        Column("fra", "Fra", Kind.DATE, value=lambda card: card.first_day),
        Column("periode", "Til og med", Kind.DATE, value=lambda card: card.last_day, sort="periode"),
        Column("modtaget", "Modtaget", Kind.DATE, value=lambda card: card.received_at, shown=False),
        Column("status", "Status", Kind.TAG, value=_state),
        Column("ture", "Ture", Kind.NUMBER, value=lambda card: card.trips, sort="ture"),
        Column("afvigelser", "Afvigelser", Kind.NUMBER, value=lambda card: card.found, sort="afvigelser",
               link=lambda card: f"{reverse('trips')}?afregning={card.id}&afvigelse=any" if card.found else None),
        Column("beloeb", "Beløb", Kind.MONEY, value=lambda card: card.owed_ore, sort="beloeb", lead=True,
               note=_invoiced),
        Column("faktureret", "Faktureret", Kind.MONEY, value=lambda card: card.invoiced_ore, shown=False),
    ),
    empty_icon="receipt",
    empty_title="Ingen afregninger endnu",
    empty_text="Indlæs afregningen fra Movia eller en vognmand som en fil med ture.",
)  # fmt: skip


@requires(Permission.SEE_TRANSPORT)
@require_safe
def settlements(request: HttpRequest) -> HttpResponse:
    """Every settlement, filtered and sorted as the address says."""
    form = SettlementFilterForm(
        request.GET, offered={"operatoer": [("", "Alle"), *((str(one), name) for one, name in operators())]}
    )

    def fetch(wanted: dict[str, Any], sort: Sort, page: int, size: int) -> ListPage[SettlementCard]:
        cards, shown, total = settling.settlement_page(
            operator_id=wanted["operatoer"], status=wanted["status"] or "", sort=sort.by, falling=sort.falling,
            page=page, size=size,
        )  # fmt: skip
        return ListPage.of(cards, page=shown, size=size, total=total)

    return list_response(request, SETTLEMENTS, fetch, form, {"section": "transport"}, template="trips/settlements.html")


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
