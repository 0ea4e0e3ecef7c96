"""What ends a tender: the decision, the letters, the prices in force, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.tenders import asking, awarding
from styr.tenders.acting import UnableToTenderError
from styr.tenders.web.acts import back, done, uuid_of
from styr.tenders.web.views import tender_or_404
from styr.trips.web.acting import by_of
from styr.ui.toasts import tell, tell_with_undo, warn

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def cancel(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """End it without any agreement."""
    tender_or_404(tender_id)

    def act() -> None:
        asking.cancel(tender_id=tender_id, reason=request.POST.get("grund", ""), by=by_of(request))

    return done(request, tender_id, "afgoerelse", act, "Udbuddet er annulleret.")


@requires(Permission.NEGOTIATE)
@require_POST
@once
def award(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Decide every lot."""
    tender = tender_or_404(tender_id)
    chosen = {lot: uuid_of(request.POST.get(f"lot_{lot.hex}")) for lot in tender.lots.values_list("id", flat=True)}
    try:
        awarding.award(tender_id=tender_id, chosen=chosen, reason=request.POST.get("grund", ""), by=by_of(request))
    except UnableToTenderError as refused:
        warn(request, str(refused))
    else:
        tell_with_undo(request, "Beslutningen er gemt.", undo=reverse("tender_award_undo", args=[tender_id]))
    return back(tender_id, "afgoerelse")


@requires(Permission.NEGOTIATE)
@require_POST
@once
def award_undo(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Undo the decision."""
    tender_or_404(tender_id)

    def act() -> None:
        awarding.take_back_award(tender_id=tender_id, by=by_of(request))

    return done(request, tender_id, "afgoerelse", act, "Beslutningen er fortrudt.")


@requires(Permission.NEGOTIATE)
@require_POST
@once
def tell_all(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """The letters have gone."""
    tender_or_404(tender_id)

    def act() -> None:
        awarding.tell_bidders(tender_id=tender_id, by=by_of(request))

    return done(request, tender_id, "afgoerelse", act, f"Underrettet {clock.today():%d-%m-%Y}. Standstill løber.")


@requires(Permission.NEGOTIATE)
@require_POST
@once
def conclude(request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """Put the winners' prices into force."""
    tender_or_404(tender_id)
    made: list[tuple[int, int]] = []
    answered = done(
        request, tender_id, "afgoerelse", lambda: made.append(awarding.conclude(tender_id=tender_id, by=by_of(request)))
    )
    if made:
        schemes, contracts = made[0]
        tell(request, f"{schemes} prisaftaler er lavet og {contracts} kontraktudkast.")
    return answered
