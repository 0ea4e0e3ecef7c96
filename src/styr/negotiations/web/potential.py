"""The page of what negotiation could bring."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.contracts.queries import service_names
from styr.kernel import clock
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.ranking import Candidate
from styr.negotiations.core.potential.telling import NEXT, told
from styr.negotiations.potential import Stand, large_suppliers, potential_page, reasons_of, stand
from styr.negotiations.preparing import request_potential
from styr.ui.table_files import rows_shown
from styr.ui.toasts import tell

_A_PAGE = 25
_MOST_PAGES = 10_000


@requires(Permission.SEE_RESULTS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Contracts that negotiation could bring something on, the largest likely amount first; `?grund=`, `?side=`."""
    standing = stand(today=clock.today())
    context: dict[str, Any] = {"section": "results", "stand": standing}
    if standing is not None:
        context |= _shown(request, standing)
    return render(request, "negotiations/potential.html", context)


@requires(Permission.SEE_RESULTS)
@require_POST
@once
def renew(request: HttpRequest) -> HttpResponse:
    """Ask for the potential to be worked out anew."""
    request_potential(municipality_id=person_of(request).municipality_id)
    tell(request, "Potentialet beregnes igen. Det vises her, når det er klar.")
    return redirect("potential")


def _shown(request: HttpRequest, standing: Stand) -> dict[str, Any]:
    asked = request.GET.get("grund", "")
    reason = Reason(asked) if asked in Reason.values() else None
    said = request.GET.get("side", "1")
    page = min(int(said), _MOST_PAGES) if said.isascii() and said.isdecimal() and len(said) < 6 else 1  # noqa: PLR2004 - digits of the most pages
    size = rows_shown(request, _A_PAGE)
    if size > _A_PAGE:
        page = 1
    found = potential_page(standing, reason=reason, page=max(page, 1), size=size)
    if not found.candidates and page > 1:
        page, found = 1, potential_page(standing, reason=reason, page=1, size=_A_PAGE)
    names, first = service_names(), (max(page, 1) - 1) * _A_PAGE
    return {
        "rows": [
            {
                "place": first + place + 1,
                "one": one,
                "supplier": found.names.get(one.supplier_id, ""),
                "reasons": _reasons(one, standing, names),
            }
            for place, one in enumerate(found.candidates)
        ],
        "found": found,
        "large": large_suppliers(standing) if reason is None and page <= 1 else (),
        "volume": standing.shares[Reason.SUPPLIER_VOLUME],
        "reason": reason,
        "page": max(page, 1),
        "pages": max(1, -(-found.total // _A_PAGE)),
    }


def _reasons(one: Candidate, standing: Stand, names: dict[str, str]) -> list[dict[str, Any]]:
    """Each reason with its words; `adds` is what it brings to the candidate's amount, None where it is the same kr."""
    counted: dict[Any, Reason] = {}
    adds: dict[Reason, int] = {}
    for why in one.reasons:
        if counted.setdefault(why.service_id, why.reason) is why.reason:
            adds[why.reason] = adds.get(why.reason, 0) + why.likely_ore
    return [
        {
            "reason": why.reason,
            "words": told(why, standing.shares),
            "next": NEXT[why.reason],
            "service": names.get(why.service, why.service),
            "adds": adds.get(why.reason),
        }
        for why in reasons_of(one)
    ]
