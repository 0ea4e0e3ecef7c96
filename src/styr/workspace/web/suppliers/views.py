"""The pages about suppliers."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.audit.queries import record_history
from styr.contracts.queries import service_names
from styr.kernel import clock
from styr.suppliers import queries as suppliers
from styr.suppliers import services
from styr.suppliers.merging import mergers_of
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell, warn
from styr.workspace import suppliers as pages
from styr.workspace.core.supplier_list import SupplierFilter, SupplierRow, concentration, matching, ordered
from styr.workspace.web.suppliers.chart import spend_chart
from styr.workspace.web.suppliers.listing import SUPPLIERS, SupplierFilterForm

Shown = TypeVar("Shown")
PARTS = ("suppliers.SupplierAccount", "suppliers.ProviderUnit", "suppliers.PortalRate")


@requires(Permission.SEE_SUPPLIERS)
@require_safe
def supplier_list(request: HttpRequest) -> HttpResponse:
    """Every supplier with what the domains know of it, and how concentrated the spend is."""
    everyone = pages.supplier_rows(today=clock.today())

    def fetch(wanted: SupplierFilter, sort: Sort, page: int, size: int) -> ListPage[SupplierRow]:
        rows = ordered(matching(everyone, wanted), f"-{sort.by}" if sort.falling else sort.by)
        number = min(page, max(1, -(-len(rows) // size)))
        return ListPage.of(rows[(number - 1) * size : number * size], page=number, size=size, total=len(rows))

    context: dict[str, Any] = {
        "section": "suppliers",
        "spread": concentration(row.spend_ore for row in everyone),
        "at_stake_ore": sum(row.at_stake_ore for row in everyone),
        "without": sum(1 for row in matching(everyone, SupplierFilter(without_contract=True))),
        "empty_action": {"address": reverse("imports"), "text": "Indlæs filer"},
    }
    form = SupplierFilterForm(request.GET)
    return list_response(request, SUPPLIERS, fetch, form, context, template="workspace/suppliers/list.html")


@requires(Permission.SEE_SUPPLIERS)
@require_safe
def supplier(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    """One supplier: spend, contracts, findings and latest invoices."""
    today = clock.today()
    page = _found(lambda: pages.supplier_page(supplier_id=supplier_id, today=today))
    context = {"supplier": page.supplier, "page": page, "chart": spend_chart(page, today=today)}
    return _sheet(request, "overblik", context)


@requires(Permission.SEE_SUPPLIERS)
@require_safe
def offers(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    """The supplier's offers with their approval and rates over time, and the accounts it is paid on."""
    card = _found(lambda: suppliers.supplier_card(supplier_id))
    names = service_names()
    context = {
        "supplier": card,
        "today": clock.today(),
        "waiting": any(one.waits for one in card.accounts),
        "me": person_of(request).id,
        "offers": [
            (offer, [(rate, names.get(rate.service, rate.service)) for rate in offer.portal_rates])
            for offer in card.provider_units
        ],
    }
    return _sheet(request, "tilbud", context)


@requires(Permission.EDIT_SUPPLIERS)
@require_POST
@once
def account_confirm(request: HttpRequest, supplier_id: UUID, account_id: UUID) -> HttpResponse:
    """Confirm a new account, as another than who brought it."""
    try:
        services.confirm_account(
            supplier_id=supplier_id, account_id=account_id, actor_id=person_of(request).id, now=clock.now()
        )
    except services.UnableToConfirmAccountError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, "Kontoen er bekræftet. Fakturaer til den bliver kontrolleret igen.")
    return redirect("supplier_offers", supplier_id)


@requires(Permission.SEE_SUPPLIERS)
@require_safe
def history(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    """Who changed what about the supplier, its accounts, its offers and their rates."""
    line = _found(lambda: suppliers.supplier_line(supplier_id))
    changes = record_history("suppliers.Supplier", supplier_id, parts=PARTS)
    return _sheet(request, "historik", {"supplier": line, "history": changes})


def _found(asked: Callable[[], Shown]) -> Shown:
    try:
        return asked()
    except suppliers.SupplierNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def _sheet(request: HttpRequest, tab: str, context: dict[str, Any]) -> HttpResponse:
    shown = {"section": "suppliers", "tab": tab, "mergers": mergers_of(context["supplier"].id), **context}
    return render(request, f"workspace/suppliers/{tab}.html", shown)
