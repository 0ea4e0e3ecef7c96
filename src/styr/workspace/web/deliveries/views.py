"""The pages about what was delivered: the list, by supplier, and noting a month."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.contracts.queries import service_names
from styr.deliveries import meetings, queries, services
from styr.deliveries.queries import DeliveredMonth, DeliveryFilter
from styr.grants import queries as grants
from styr.kernel import clock
from styr.kernel.danish import danish_date, danish_month
from styr.suppliers import queries as suppliers
from styr.ui.charts import Bar, Words, horizontal_bars
from styr.ui.lists import ListPage, Sort, excel_response, list_response
from styr.ui.toasts import tell, warn
from styr.workspace.suppliers import year_before
from styr.workspace.web.deliveries.forms import DeliveryForm
from styr.workspace.web.deliveries.listing import BY_SUPPLIER, DELIVERIES, DeliveryFilterForm, amount

_TABS = (("deliveries", "Måneder"), ("deliveries_suppliers", "Leverandører"))
_MOST_BARS = 12
_LATEST, _MOST = 24, 2_000


@requires(Permission.SEE_GRANTS)
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """What was delivered, month by month, against what grant and contract promise."""
    names = service_names()

    def fetch(wanted: DeliveryFilter, sort: Sort, page: int, size: int) -> ListPage[DeliveredMonth]:
        order = f"-{sort.by}" if sort.falling else sort.by
        rows, total = queries.delivered_months(wanted, sort=order, page=page, size=size, names=names)
        return ListPage.of(rows, page=page, size=size, total=total)

    context = {
        "section": "contracts",
        "tabs": _TABS,
        "now": "deliveries",
        "empty_action": {"address": reverse("imports"), "text": "Indlæs filer"},
    }
    form = DeliveryFilterForm(request.GET)
    return list_response(request, DELIVERIES, fetch, form, context, template="workspace/deliveries/list.html")


@requires(Permission.SEE_SUPPLIERS)
@require_safe
def by_supplier(request: HttpRequest) -> HttpResponse:
    """What each supplier delivered in the last year, and what was paid for and not delivered."""
    span = _span(clock.today())
    rows = queries.by_supplier(first=span[0], until=span[1])
    if request.GET.get("hent") == "xlsx":
        told = [("Siden", danish_date(span[0])), ("Hentet", danish_date(clock.today()))]
        return excel_response("leverancer-efter-leverandoer", "Leverancer efter leverandør", BY_SUPPLIER, rows, told)
    short = [row for row in rows if row.missing_ore]
    chart = horizontal_bars(
        Words("ikke-leveret", "Betalt, men ikke leveret", "De leverandører, hvor mest mangler, det seneste år."),
        [
            Bar(row.name, row.missing_ore, tone="over", address=reverse("supplier_deliveries", args=[row.supplier_id]))
            for row in short[:_MOST_BARS]
        ],
    )
    context = {
        "section": "contracts",
        "tabs": _TABS,
        "now": "deliveries_suppliers",
        "first": span[0],
        "rows": rows,
        "chart": chart if short else None,
        "missing_ore": sum(row.missing_ore for row in rows),
        "cost_ore": sum(row.cost_ore for row in rows),
        "short": len(short),
    }
    return render(request, "workspace/deliveries/suppliers.html", context)


@requires(Permission.SEE_SUPPLIERS)
@require_safe
def of_supplier(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    """One supplier: what it delivered, and the meetings with it."""
    try:
        line = suppliers.supplier_line(supplier_id)
    except suppliers.SupplierNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    first, until = _span(clock.today())
    rows, total = queries.delivered_months(
        DeliveryFilter(supplier_id=supplier_id, first=first, until=until), size=_MOST, names=service_names()
    )
    context = {
        "section": "suppliers",
        "tab": "leverancer",
        "supplier": line,
        "sum": queries.summed(line.id, line.name, rows) if rows else None,
        "first": first,
        "today": clock.today(),
        "rows": [
            (row, danish_month(row.month), amount(row.promised, row.unit), amount(row.delivered, row.unit))
            for row in rows[:_LATEST]
        ],
        "total": total,
        "meetings": meetings.meetings_with(supplier_id),
    }
    return render(request, "workspace/deliveries/supplier.html", context)


@requires(Permission.EDIT_DELIVERIES)
@require_http_methods(["GET", "POST"])
@once
def delivery_new(request: HttpRequest) -> HttpResponse:
    """Note what was delivered of a grant's service in a month; `?bevilling=` or `?nummer=` names the grant."""
    if not request.GET.get("bevilling"):
        return _find_grant(request)
    card = _grant_asked_for(request)
    names = service_names()
    lines = [
        (line.id, f"{names.get(line.service, line.service)} ({line.unit_word})")
        for line in queries.lines_of_grant(card.id)
    ]
    form = DeliveryForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.record_delivery(
                service_line_id=given["line"],
                month=given["month"],
                quantity=given["quantity"],
                note=given["note"],
                actor_id=person_of(request).id,
                today=clock.today(),
            )
        except services.UnableToRecordDeliveryError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Leverancen er noteret og sammenlignet med det aftalte.")
            return redirect("deliveries")
    return render(request, "workspace/deliveries/new.html", {"section": "contracts", "form": form, "grant": card})


@requires(Permission.EDIT_DELIVERIES)
@require_POST
@once
def delivery_remove(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Take a delivery away that was noted by mistake."""
    try:
        services.remove_delivery(delivery_id=delivery_id, actor_id=person_of(request).id, today=clock.today())
    except services.UnableToRecordDeliveryError as refused:
        warn(request, str(refused))
    except queries.DeliveryNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    else:
        tell(request, "Leverancen er fjernet.")
    return redirect("deliveries")


def _find_grant(request: HttpRequest) -> HttpResponse:
    """Ask for the grant's number, and go on with the grant that has it."""
    number = request.GET.get("nummer", "").strip().upper()
    found = queries.grant_numbered(number) if number else None
    if found is not None:
        return redirect(f"{reverse('delivery_new')}?bevilling={found}")
    return render(request, "workspace/deliveries/find.html", {"section": "contracts", "number": number})


def _grant_asked_for(request: HttpRequest) -> grants.GrantCard:
    try:
        return grants.grant_card(UUID(request.GET.get("bevilling", "")))
    except (ValueError, grants.GrantNotVisibleError):
        raise Http404("Adressen nævner ingen bevilling.") from None


def _span(today: date) -> tuple[date, date]:
    """The twelve months before this one, and this one."""
    first = year_before(today).start
    return first, date(today.year + today.month // 12, today.month % 12 + 1, 1)
