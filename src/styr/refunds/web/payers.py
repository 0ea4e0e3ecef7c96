"""Who pays for a citizen from which month: told, taken back, and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.people.queries import CitizenNotVisibleError, citizen_lines, unit_of
from styr.refunds.municipal_queries import months_of
from styr.refunds.payers import PayerNotThereError, move_back, move_months, payers_of, proposed_change
from styr.refunds.web.asking import may_edit_in
from styr.refunds.web.forms import PayerForm
from styr.ui.toasts import tell, tell_with_undo, warn

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from styr.people.payer_history import PayerChange


@requires(read=Permission.SEE_ECONOMY, write=Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def payers(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Who pays in which months, what each month came to, and months moved to another municipality or to ourselves."""
    today, person = clock.today(), person_of(request)
    periods = payers_of(citizen_id)
    change = proposed_change(citizen_id, periods)
    form = PayerForm(request.POST or None, initial=_proposal(change, today))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            period = move_months(
                municipality_id=person.municipality_id,
                citizen_id=citizen_id,
                payer=given["payer"],
                first=given["first"],
                end=given["end"],
                reason=given["reason"],
                actor_id=person.id,
                today=today,
                now=clock.now(),
            )
        except CitizenNotVisibleError as missing:
            raise Http404(str(missing)) from missing
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            told = "Månederne er flyttet. Udgiften beregnes igen om et øjeblik."
            tell_with_undo(request, told, undo=reverse("intermunicipal_payer_remove", args=[period]))
            return redirect("intermunicipal_payers", citizen_id)
    lines = citizen_lines(
        citizen_ids=[citizen_id], page="mellemkommunal", purpose="Mellemkommunal afregning", today=today
    )
    if citizen_id not in lines:
        raise Http404("Borgeren findes ikke, eller du har ikke adgang til borgeren.")
    context = {
        "section": "economy",
        "citizen": lines[citizen_id],
        "periods": periods,
        "change": change,
        "months": months_of(citizen_id),
        "form": form,
        "may_edit": may(request, Permission.EDIT_ECONOMY) and may_edit_in(request, unit_of(citizen_id)),
    }
    return render(request, "refunds/payers.html", context)


def _proposal(change: PayerChange | None, today: date) -> dict[str, Any]:
    """What the form begins with: the day on which the register changed, where it did; the person mends it."""
    if change is None:
        return {"first": today.replace(day=1)}
    return {"first": change.on.replace(day=1), "payer": change.payer}


@requires(Permission.EDIT_ECONOMY)
@require_POST
def payer_remove(request: HttpRequest, payer_period_id: UUID) -> HttpResponse:
    """Take back what was told of who pays; sent twice, the second finds nothing."""
    person = person_of(request)
    try:
        citizen_id = move_back(
            period_id=payer_period_id,
            municipality_id=person.municipality_id,
            actor_id=person.id,
            today=clock.today(),
            now=clock.now(),
        )
    except PayerNotThereError as missing:
        raise Http404(str(missing)) from missing
    except Refusal as refusal:
        warn(request, str(refusal))
        return redirect("intermunicipal")
    tell(request, "Månederne er igen hos den kommune, registret angiver. De beregnes igen om et øjeblik.")
    return redirect("intermunicipal_payers", citizen_id)
