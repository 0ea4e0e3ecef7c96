"""The reconciliation: what is not alike, by kind and as a list, and one difference side by side."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.controls import queries as controls
from styr.controls.core.verdict import Status
from styr.controls.queries import FindingFilter, FindingPage, FindingView
from styr.kernel import clock
from styr.people import queries as people
from styr.reconciliation import queries
from styr.reconciliation.comparing import side_by_side
from styr.reconciliation.controls import CODES
from styr.reconciliation.services import Difference, NoDifferenceError, obstacle
from styr.reconciliation.services import difference as difference_of
from styr.reconciliation.web.listing import DIFFERENCES
from styr.suppliers import queries as suppliers
from styr.ui.lists import FilterForm, ListPage, Sort, list_response

_STATES = {"": Status.OPEN, "afgjort": Status.DECIDED, "lukket": Status.CLOSED}
_ABOUT_GRANTS = "grant_not_in_case_system"


class DifferenceFilterForm(FilterForm):
    """Which differences."""

    slags = forms.ChoiceField(label="Slags", choices=[("", "Alle slags")])
    status = forms.ChoiceField(label="Status", choices=[("", "Åbne"), ("afgjort", "Afgjorte"), ("lukket", "Lukkede")])

    def wanted(self) -> FindingFilter:
        """The filter as the controls understand it."""
        kind = self.values["slags"]
        return FindingFilter(codes=(kind,) if kind else CODES, status=_STATES[self.values["status"] or ""])


@requires(Permission.SEE_ECONOMY)
@require_safe
def reconciliation(request: HttpRequest) -> HttpResponse:
    """The differences by kind with what is at stake, and the list of them, the dearest first."""
    kinds = queries.differences_by_kind()
    offered = {"slags": [("", "Alle slags"), *((kind.code, kind.title) for kind in kinds)]}
    form = DifferenceFilterForm(request.GET, offered=offered)
    context: dict[str, Any] = {
        "section": "economy",
        "kinds": kinds,
        "extracts": queries.newest_extracts(),
        "open": sum(kind.count for kind in kinds),
        "may_import": may(request, Permission.IMPORT),
    }

    def fetch(wanted: FindingFilter, sort: Sort, page: int, size: int) -> ListPage[FindingView]:
        word = f"-{sort.by}" if sort.falling else sort.by
        found: FindingPage = controls.finding_page(wanted, page=page, size=size, sort=word)
        return ListPage(found.rows, found.page, found.pages, found.total)

    return list_response(request, DIFFERENCES, fetch, form, context, template="reconciliation/list.html")


@requires(Permission.SEE_ECONOMY)
@require_safe
def difference(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One difference side by side; what is about no grant of a case system has its page with the findings."""
    today = clock.today()
    try:
        known = difference_of(finding_id, today=today)
    except NoDifferenceError as missing:
        if controls.finding(finding_id) is not None:
            return redirect("finding", finding_id)
        raise Http404(str(missing)) from missing
    return render(request, "reconciliation/difference.html", frame_of(request, known))


def frame_of(request: HttpRequest, known: Difference) -> dict[str, Any]:
    """What every page about a difference shows; the citizen's name is logged."""
    today = clock.today()
    case = known.case
    wanted = {one for one in (case.supplier_id, known.grant.supplier_id if known.grant else None) if one}
    citizen = None
    if case.citizen_id is not None:
        page = reverse("reconciliation_difference", args=[known.finding.id])
        lines = people.citizen_lines(citizen_ids=[case.citizen_id], page=page, purpose="afstemning", today=today)
        citizen = lines.get(case.citizen_id)
    fields = side_by_side(case, known.grant, known.line, day=known.day or today, names=suppliers.supplier_names(wanted))
    return {
        "section": "economy",
        "known": known,
        "finding": known.finding,
        "case": case,
        "grant": known.grant,
        "citizen": citizen,
        "fields": fields,
        "may_change": may(request, Permission.EDIT_GRANTS),
        "obstacle": obstacle(known, today=today),
        "is_open": known.finding.status != Status.CLOSED,
        "taken": known.taken,
        "can_draft": known.finding.code == "case_grant_unknown",
    }
