"""An agreed action (aftalt handling): how it went, or who has it instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.budgets.core.rounds import ActionState
from styr.budgets.round_pages import action_view
from styr.budgets.rounds import UnableToFollowUpEconomyError, UnknownRoundError, hand_over_action, settle_action
from styr.budgets.web.asked import uuid_or_none
from styr.budgets.web.names import named
from styr.budgets.web.rounds import actor_of, kept_back
from styr.kernel import clock
from styr.ui.fields import DayField
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID


@require_http_methods(["GET", "POST"])
@requires(read=Permission.SEE_ECONOMY, write=Permission.FOLLOW_UP_ECONOMY)
@once
def economy_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """An agreed action: say how it went, or hand it over."""
    try:
        found = action_view(action_id)
    except UnknownRoundError as missing:
        raise Http404(str(missing)) from missing
    if request.method == "POST":
        try:
            _handled(request, action_id)
        except UnableToFollowUpEconomyError as refused:
            warn(request, str(refused))
        except (ValueError, ValidationError):
            warn(request, "Udfyld felterne, og prøv igen.")
        else:
            return redirect(reverse("round", args=[found.round_id]) + "#aftaler")
    colleagues = colleagues_who(Permission.FOLLOW_UP_ECONOMY, unit_id=found.unit_id, on=clock.today())
    lines = named([found], page=request.path, purpose="økonomi, aftalt handling", today=clock.today())
    context = {"section": "economy", "action": lines[0], "colleagues": colleagues, "written": request.POST,
               "today": clock.today(), "may_follow_up": may(request, Permission.FOLLOW_UP_ECONOMY)}  # fmt: skip
    return kept_back(render(request, "budgets/action.html", context))


def _handled(request: HttpRequest, action_id: UUID) -> None:
    words = request.POST
    given: dict[str, Any] = {"action_id": action_id, "seen_version": int(words.get("version", "")),
                             "actor": actor_of(request)}  # fmt: skip
    match words.get("handling"):
        case "overdrag":
            owner, due = uuid_or_none(words.get("ansvarlig", "")), DayField().clean(words.get("frist", ""))
            if owner is None or due is None:
                raise UnableToFollowUpEconomyError("Vælg en ansvarlig og en frist.")
            hand_over_action(**given, owner_id=owner, due_on=due)
            tell(request, "Handlingen er ændret.")
        case "opgiv":
            settle_action(**given, state=ActionState.DROPPED, outcome=words.get("resultat", ""))
            tell(request, "Handlingen er opgivet.")
        case _:
            settle_action(**given, state=ActionState.DONE, outcome=words.get("resultat", ""))
            tell(request, "Handlingen er udført.")
