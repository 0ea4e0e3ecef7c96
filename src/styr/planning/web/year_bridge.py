"""Why a budget differs from this year's forecast: the causes, and the grants behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.planning.core.year_bridge import Cause
from styr.planning.naming import names
from styr.planning.web.budgets import version_or_404
from styr.planning.web.words import UNKNOWN
from styr.planning.year_bridging import year_bridge
from styr.ui import charts

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from styr.planning.naming import Names
    from styr.planning.year_bridging import YearBridge

_TOLD: Final = {
    Cause.BEGUN: "Bevillinger, der begyndte i årets løb, koster et helt år i det næste",
    Cause.NEW: "Bevillinger, der er kendt og begynder i budgetåret",
    Cause.ENDED: "Bevillinger, der er ophørt i år eller ophører i budgetåret",
    Cause.INDEX: "Årets fremskrivning af det, der løber videre",
    Cause.PRICE: "Andre takster, andet omfang og regninger, der hører til tidligere år",
    Cause.TRANSITION: "Borgere, der fylder 18 år eller når folkepensionsalderen",
    Cause.NEGOTIATION: "Planlagte forhandlinger med leverandører",
    Cause.PROVISION: "Det, kommunen selv har sat af",
    Cause.RECURRING: "Det, der i år er bogført uden en bevilling, og den del, der ventes igen",
    Cause.TREND: "Nye og stoppede, som ingen kender endnu, efter de sidste 12 måneder",
    Cause.MANUAL: "Linjer, der er tilføjet eller rettet i hånden",
}


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant behind a cause: what it was forecast and is budgeted to cost, and the cause's part, øre."""

    id: UUID
    number: str
    unit: str
    starts: date
    ends: date | None
    forecast_ore: int
    budget_ore: int
    ore: int


@requires(Permission.SEE_ECONOMY)
@require_safe
def one(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """From the forecast of the year before to the version, cause by cause; a cause's grants, the largest first."""
    card, known = version_or_404(version_id), names(clock.today())
    bridge = year_bridge(card)
    context = {"section": "economy", "card": card, "bridge": bridge}
    if bridge is not None:
        word = request.GET.get("aarsag", "")
        cause = Cause(word) if word in Cause.values() else None
        rows = _rows(bridge, cause, known) if cause else []
        context |= {
            "before": card.year - 1,
            "more_ore": bridge.budget_ore - bridge.forecast_ore,
            "causes": [(each, _TOLD[each.cause]) for each in bridge.causes],
            "chart": _chart(bridge),
            "cause": cause,
            "cause_ore": sum(row.ore for row in rows),
            "rows": rows,
        }
    answer = render(request, "planning/year_bridge.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _rows(bridge: YearBridge, cause: Cause, known: Names) -> list[GrantRow]:
    return [
        GrantRow(
            grant_id, grant.number, known.units.get(grant.unit_id, UNKNOWN), grant.starts, grant.ends,
            *bridge.years.get(grant_id, (0, 0)), ore,
        )
        for grant_id, ore in bridge.of_cause(cause)
        if (grant := bridge.grants[grant_id])
    ]  # fmt: skip


def _chart(bridge: YearBridge) -> SafeString:
    steps = [charts.Step(f"Prognose {bridge.year - 1}", bridge.forecast_ore, total=True)]
    steps += [
        charts.Step(each.cause.danish.capitalize(), each.ore, address=f"?aarsag={each.cause.value}#bevillinger")
        for each in bridge.causes
    ]
    steps.append(charts.Step(f"Budget {bridge.year}", bridge.budget_ore, total=True))
    return charts.waterfall(charts.Words("forskel", f"Fra prognosen for {bridge.year - 1} til budgettet", ""), steps)
