"""User payment: what is charged, what came in, a new one, and the end of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.here import only_where_held
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.kernel.period import ONE_DAY
from styr.refunds.core.codes import PaymentKind
from styr.refunds.payment_queries import PaymentFilter, PaymentLine, payment_line, payment_lines, payment_totals
from styr.refunds.user_payments import (
    UnableToChargeError,
    UserPaymentNotThereError,
    adopt_posted,
    charge,
    end_payment,
    unit_of_grant,
    unit_of_payment,
    units_with_posted,
)
from styr.refunds.web.asking import may_edit_in
from styr.refunds.web.forms import ChargeForm, EndForm, PaymentFilterForm
from styr.refunds.web.listing import PAYMENTS
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.SEE_ECONOMY)
@require_safe
def user_payments(request: HttpRequest) -> HttpResponse:
    """What citizens are to pay, what came in this year, and what lacks."""
    context = {
        "section": "economy",
        "now": "user_payments",
        "totals": payment_totals(today=clock.today()),
        "may_edit": may(request, Permission.EDIT_ECONOMY),
    }
    form = PaymentFilterForm(request.GET)
    return list_response(request, PAYMENTS, _lines, form, context, template="refunds/user_payments.html")


@requires(Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def user_payment_new(request: HttpRequest) -> HttpResponse:
    """Register what a citizen is to pay."""
    first = {"grant": request.GET.get("bevilling", ""), "decided_on": clock.today(), "kind": PaymentKind.LODGING}
    form = ChargeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        number = given["grant"].strip().upper()
        unit_id = unit_of_grant(number)
        if unit_id is not None:
            only_where_held(request, Permission.EDIT_ECONOMY, unit_id)
        try:
            charge(
                municipality_id=person_of(request).municipality_id,
                grant_number=number,
                kind=PaymentKind(given["kind"]),
                month_ore=int(given["month"] * 100),
                starts=given["starts"],
                ends=given["last"] + ONE_DAY if given["last"] else None,
                decided_on=given["decided_on"],
            )
        except UnableToChargeError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, "Egenbetalingen er registreret.")
            return redirect("user_payments")
    return render(request, "refunds/user_payment_new.html", {"section": "economy", "form": form})


@requires(Permission.EDIT_ECONOMY)
@require_POST
@once
def user_payments_adopt(request: HttpRequest) -> HttpResponse:
    """Register what is posted already, in the units where the one who asks may write."""
    today = clock.today()
    held = [unit_id for unit_id in units_with_posted(today=today) if may_edit_in(request, unit_id)]
    found = adopt_posted(municipality_id=person_of(request).municipality_id, today=today, units=held)
    if found:
        tell(request, f"{found} egenbetalinger er registreret efter det bogførte. Sammenlign dem med afgørelserne.")
    else:
        tell(request, "Alt, der er bogført som egenbetaling på en bevilling, er allerede registreret.")
    return redirect("user_payments")


@requires(read=Permission.SEE_ECONOMY, write=Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def user_payment_end(request: HttpRequest, payment_id: UUID) -> HttpResponse:
    """One user payment, and its end."""
    today = clock.today()
    line = payment_line(payment_id=payment_id, today=today)
    if line is None:
        raise Http404("Egenbetalingen findes ikke, eller du har ikke adgang til den.")
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit_id = unit_of_payment(payment_id)
        if unit_id is not None:
            only_where_held(request, Permission.EDIT_ECONOMY, unit_id)
        try:
            end_payment(payment_id=payment_id, ends=form.cleaned_data["last"] + ONE_DAY)
        except UserPaymentNotThereError as missing:
            raise Http404(str(missing)) from missing
        except UnableToChargeError as refused:
            form.add_error("last", str(refused))
        else:
            tell(request, "Egenbetalingen er afsluttet.")
            return redirect("user_payments")
    context = {
        "section": "economy",
        "line": line,
        "form": form,
        "may_edit": may(request, Permission.EDIT_ECONOMY) and (line.ends is None or line.ends > today),
    }
    return render(request, "refunds/user_payment.html", context)


def _lines(wanted: PaymentFilter, sort: Sort, page: int, size: int) -> ListPage[PaymentLine]:
    order = (sort.by, sort.falling)
    rows, total = payment_lines(wanted, order=order, part=((page - 1) * size, size), today=clock.today())
    return ListPage.of(rows, page=page, size=size, total=total)
