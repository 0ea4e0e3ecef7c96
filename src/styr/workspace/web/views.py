"""Pages: each makes one call and translates."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.web.rules import anyone_logged_in, requires
from styr.controls import queries as controls
from styr.controls.core.facts import facts
from styr.integrations import queries as integrations
from styr.invoices import queries as invoices
from styr.kernel import clock
from styr.workspace import queries
from styr.workspace.web.filters import FindingQuery

MOST_PROBLEMS = 200


@anyone_logged_in
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where the municipality stands: figures, findings by kind, and the ten most expensive."""
    overview = queries.overview(today=clock.today())
    return render(request, "workspace/start.html", {"section": "start", "overview": overview})


@requires(Permission.SEE_FINDINGS)
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """Open findings, the most expensive first; the filter lives in the address."""
    asked = FindingQuery.from_address(request.GET)
    page = controls.finding_page(asked.wanted, page=asked.page)
    context = {
        "section": "findings",
        "page": page,
        "asked": asked,
        "kinds": controls.findings_by_kind(),
        "roles": list(Role),
        "previous": asked.address(page.page - 1) if page.page > 1 else None,
        "next": asked.address(page.page + 1) if page.page < page.pages else None,
    }
    return render(request, "workspace/findings.html", context)


@requires(Permission.SEE_FINDINGS)
@require_safe
def finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """One finding: its sentence, what it builds on, what people decided, and the drafted query to the supplier."""
    found = controls.finding(finding_id)
    if found is None:
        raise Http404("Afvigelsen findes ikke, eller den ligger uden for dit område.")
    context = {
        "section": "findings",
        "finding": found,
        "facts": facts(controls.evidence_of(finding_id)),
        "decisions": controls.decisions(finding_id),
        "letter": invoices.drafted_query(finding_id=finding_id),
    }
    return render(request, "workspace/finding.html", context)


@requires(Permission.IMPORT)
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """What was read in, and what is kept out: file, row, column, value and how to mend it."""
    context = {
        "section": "imports",
        "runs": integrations.latest_runs(20),
        "kept_out": integrations.kept_out_count(),
        "problems": integrations.open_problems(limit=MOST_PROBLEMS),
        "most": MOST_PROBLEMS,
    }
    return render(request, "workspace/imports.html", context)
