"""Claims between municipalities: what is not claimed, what is, and each claim's fate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.here import only_where_held
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.kernel.danish import kroner
from styr.people.queries import CitizenNotVisibleError, unit_of
from styr.refunds.law_numbers import CLAIM_DEADLINE, law_numbers
from styr.refunds.municipal import (
    MunicipalClaimNotThereError,
    UnableToRaiseError,
    drop_claim,
    raise_claim,
    settle_claim,
)
from styr.refunds.municipal_queries import (
    claim_page,
    debt_of,
    open_debts,
    raised_claims,
    totals,
    unit_of_claim,
)
from styr.refunds.payers import payers_of
from styr.refunds.web.asking import may_edit_in
from styr.refunds.web.forms import ClaimFilterForm, DropForm, MunicipalFilterForm
from styr.refunds.web.listing import CLAIMS, DEBTS
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.kernel.money import Ore
    from styr.refunds.municipal_queries import OpenDebt, RaisedClaim

_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
_SOON: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class _Debt:
    """A row of the list; `late`: its deadline is near or past."""

    citizen_id: UUID
    name: str
    payer: str
    due_on: date
    open_ore: Ore
    first: date
    last: date
    late: bool


@requires(Permission.SEE_ECONOMY)
@require_safe
def intermunicipal(request: HttpRequest) -> HttpResponse:
    """What is booked on citizens whom another municipality pays for, and not claimed yet."""
    today = clock.today()
    context = {
        "section": "economy",
        "now": "intermunicipal",
        "totals": totals(today=today),
        "soon": today + _SOON,
        "rule": _deadline_today(today),
    }
    form = MunicipalFilterForm(request.GET)
    return list_response(request, DEBTS, _debts, form, context, template="refunds/intermunicipal.html")


@requires(Permission.SEE_ECONOMY)
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """The claims that were raised."""
    context = {"section": "economy", "now": "intermunicipal"}
    form = ClaimFilterForm(request.GET)
    return list_response(request, CLAIMS, _claims, form, context, template="refunds/intermunicipal_claims.html")


@requires(read=Permission.SEE_ECONOMY, write=Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def raise_(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Look at what is not claimed for a citizen, and raise it."""
    today = clock.today()
    if request.method == "POST":
        _only_where_the_citizen_is(request, citizen_id)
        try:
            claim_id = raise_claim(
                municipality_id=person_of(request).municipality_id,
                citizen_id=citizen_id,
                today=today,
                note=request.POST.get("note", ""),
                seen_ore=_ore(request.POST.get("seen", "")),
            )
        except UnableToRaiseError as refusal:
            warn(request, str(refusal))
            return redirect(request.path if debt_of(citizen_id=citizen_id, today=today) else "intermunicipal")
        tell(request, "Kravet er rejst.")
        return redirect("intermunicipal_claim", claim_id)
    debt = debt_of(citizen_id=citizen_id, today=today)
    if debt is None:
        raise Http404("Der er ikke noget at kræve for borgeren, eller du har ikke adgang til borgeren.")
    context = {
        "section": "economy",
        "debt": debt,
        "total": sum(ore for _, _, ore in debt.months),
        "today": today,
        "late": sum(ore for _, due, ore in debt.months if due < today),
        "periods": payers_of(citizen_id),
        "may_edit": may(request, Permission.EDIT_ECONOMY) and may_edit_in(request, unit_of(citizen_id)),
    }
    return render(request, "refunds/intermunicipal_raise.html", context)


@requires(read=Permission.SEE_ECONOMY, write=Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """A claim: its months, and whether it was paid or given up."""
    today = clock.today()
    form = DropForm(request.POST if request.POST.get("handling") == "frafald" else None)
    if request.method == "POST" and (request.POST.get("handling") == "betalt" or form.is_valid()):
        try:
            only_where_held(request, Permission.EDIT_ECONOMY, unit_of_claim(claim_id))
            if request.POST.get("handling") == "betalt":
                settle_claim(claim_id=claim_id, today=today)
                tell(request, "Kravet er noteret betalt.")
            else:
                drop_claim(claim_id=claim_id, today=today, note=form.cleaned_data["note"])
                tell(request, "Kravet er frafaldet.")
        except UnableToRaiseError as refusal:
            warn(request, str(refusal))
        except MunicipalClaimNotThereError as missing:
            raise Http404(str(missing)) from missing
        return redirect("intermunicipal_claim", claim_id)
    try:
        page = claim_page(claim_id=claim_id, today=today)
    except MunicipalClaimNotThereError as missing:
        raise Http404(str(missing)) from missing
    context: dict[str, Any] = {"section": "economy", "page": page, "claim": page.claim, "form": form}
    context["amount"] = kroner(page.claim.amount_ore)
    context["may_edit"] = (
        page.claim.state == "raised"
        and may(request, Permission.EDIT_ECONOMY)
        and may_edit_in(request, unit_of_claim(claim_id))
    )
    return render(request, "refunds/intermunicipal_claim.html", context)


def _deadline_today(today: date) -> dict[str, Any]:
    """The deadline of claims on help that is given today."""
    known = [row for row in law_numbers() if row["rule"] == CLAIM_DEADLINE and row["valid_from"] <= today]
    return known[-1]


def _only_where_the_citizen_is(request: HttpRequest, citizen_id: UUID) -> None:
    try:
        only_where_held(request, Permission.EDIT_ECONOMY, unit_of(citizen_id))
    except CitizenNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def _ore(seen: str) -> Ore | None:
    """The amount that the page was shown with; none where the sender tells none."""
    return int(seen) if _WHOLE.fullmatch(seen) else None


def _debts(_: object, sort: Sort, page: int, size: int) -> ListPage[_Debt]:
    today = clock.today()
    rows, total = open_debts(by=sort.by, falling=sort.falling, offset=(page - 1) * size, size=size, today=today)
    return ListPage.of([_debt(row, today) for row in rows], page=page, size=size, total=total)


def _debt(row: OpenDebt, today: date) -> _Debt:
    return _Debt(
        row.citizen_id, row.name, row.payer, row.due_on, row.open_ore, row.first, row.last, row.due_on <= today + _SOON
    )


def _claims(state: str, _: Sort, page: int, size: int) -> ListPage[RaisedClaim]:
    rows, total = raised_claims(state=state, offset=(page - 1) * size, size=size, today=clock.today())
    return ListPage.of(rows, page=page, size=size, total=total)
