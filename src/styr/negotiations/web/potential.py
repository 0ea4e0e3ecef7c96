"""The page of what negotiation could bring."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.contracts.queries import service_names
from styr.kernel import clock
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.telling import NEXT, told
from styr.negotiations.potential import Potential, potential, reasons_of, with_reason
from styr.negotiations.reference.load import shares

_A_PAGE = 25


@requires(Permission.SEE_RESULTS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Contracts that negotiation could bring something on, the largest likely amount first; `?grund=`, `?side=`."""
    found = potential(today=clock.today())
    asked = request.GET.get("grund", "")
    reason = Reason(asked) if asked in Reason.values() else None
    wanted = with_reason(found.candidates, reason)
    pages = max(1, -(-len(wanted) // _A_PAGE))
    said = request.GET.get("side", "1")
    page = min(max(int(said) if said.isdecimal() else 1, 1), pages)
    names, estimates = service_names(), shares()
    first = (page - 1) * _A_PAGE
    rows = [
        {
            "place": first + place + 1,
            "one": one,
            "supplier": found.names.get(one.supplier_id, ""),
            "reasons": [
                (why, told(why, estimates), NEXT[why.reason], names.get(why.service, why.service))
                for why in reasons_of(one)
            ],
        }
        for place, one in enumerate(wanted[first : first + _A_PAGE])
    ]
    context = {
        "section": "results",
        "rows": rows,
        "found": found,
        "total": len(wanted),
        "sums": (sum(c.low_ore for c in wanted), sum(c.likely_ore for c in wanted), sum(c.high_ore for c in wanted)),
        "reasons": _counted(found),
        "reason": reason,
        "page": page,
        "pages": pages,
    }
    return render(request, "negotiations/potential.html", context)


def _counted(found: Potential) -> list[tuple[Reason, int]]:
    """The reasons that are there, and how many contracts each is about."""
    counted = [(reason, len(with_reason(found.candidates, reason))) for reason in Reason]
    return [(reason, count) for reason, count in counted if count]
