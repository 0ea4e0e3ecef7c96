"""A person tells which grant an invoice's lines are for, choosing among those it could be."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.contracts.queries import service_names
from styr.invoices.candidates import Searched, candidates_of
from styr.invoices.case import InvoiceNotVisibleError, invoice_case
from styr.invoices.services import UnableToMatchError, match_by_hand, unmatch
from styr.invoices.web.people import actor_of
from styr.kernel import clock
from styr.kernel.grant_number import GrantNumber, InvalidGrantNumberError
from styr.people.listing import CitizenFilter, citizen_ids
from styr.people.queries import citizen_lines
from styr.ui.sealed_words import opened
from styr.ui.toasts import tell, warn

_SHORTEST: Final = 2
_MOST_NAMED: Final = 50


@requires(read=Permission.SEE_INVOICES, write=Permission.DECIDE_INVOICES)
@once
def match(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """The grants it could be, and the choice."""
    if request.method == "POST":
        return _matched(request, invoice_id)
    try:
        case = invoice_case(invoice_id)
    except InvoiceNotVisibleError as error:
        raise Http404(str(error)) from error
    words = opened(request.GET.get("q", "")).strip()[:80]
    found = candidates_of(invoice_id, searched=_searched(words) if words else None)
    ids = [*dict.fromkeys(one.citizen_id for one in found)]
    names = citizen_lines(citizen_ids=ids, page=request.path, purpose="Match i hånden", today=clock.today())
    services = service_names()
    rows = [(one, names.get(one.citizen_id), services.get(one.service, one.service)) for one in found]
    lines = [(line, services.get(line.service, line.service)) for line in case.lines]
    context = {"section": "invoices", "case": case, "rows": rows, "lines": lines, "words": words,
               "by_hand": any(line.hand_at for line in case.lines)}  # fmt: skip
    return render(request, "invoices/match.html", context)


def _matched(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    now, actor = clock.now(), actor_of(request)
    try:
        if request.POST.get("handling") == "ophaev":
            unmatch(invoice_id=invoice_id, actor_id=actor, now=now)
            tell(request, "Valget er ophævet. Kontrollen kører igen om et øjeblik.")
        else:
            grant_id, service_id = _chosen(request.POST.get("valg", ""))
            match_by_hand(
                invoice_id=invoice_id,
                line_ids=[UUID(text) for text in request.POST.getlist("linje")],
                grant_id=grant_id,
                service_id=service_id,
                reason=request.POST.get("begrundelse", ""),
                actor_id=actor,
                now=now,
            )
            tell(request, "Valget er gemt. Kontrollen kører igen om et øjeblik.")
    except (UnableToMatchError, ValueError) as error:
        warn(request, str(error) if isinstance(error, UnableToMatchError) else "Vælg en bevilling og mindst én linje.")
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return HttpResponseRedirect(reverse("invoice_match", args=[invoice_id]) + query)
    return HttpResponseRedirect(reverse("invoice", args=[invoice_id]))


def _searched(words: str) -> Searched:
    """A grant's number as it is, a name as the citizens who bear it. CPR numbers have no place in an address."""
    try:
        return Searched(number=str(GrantNumber.parse(words)))
    except InvalidGrantNumberError:
        pass
    named = citizen_ids(CitizenFilter(name=words), today=clock.today()) if len(words) >= _SHORTEST else []
    return Searched(citizens=tuple(named[:_MOST_NAMED]))


def _chosen(words: str) -> tuple[UUID, UUID | None]:
    grant, _, service = words.partition("|")
    return UUID(grant), UUID(service) if service else None
