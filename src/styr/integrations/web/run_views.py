"""The journal of imports: the list, one import, what is kept out, and taking one back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.integrations import queries, undo_requests, undoing, upload_queries
from styr.integrations.core.status import RunStatus, UndoState
from styr.integrations.core.undo_request import UndoRequest
from styr.integrations.uploads import MOST_FILE_BYTES, MOST_FILES
from styr.integrations.web.lists import (
    PROBLEMS,
    RUNS,
    ProblemFilterForm,
    RunFilterForm,
    fetch_problems,
    fetch_runs,
    state_tag,
)
from styr.integrations.web.receiving import MOST_BYTES
from styr.kernel import clock
from styr.ui.lists import list_response
from styr.ui.table_files import rows_shown
from styr.ui.toasts import warn

_MOST_SHOWN = 100
_MEGABYTE = 1024 * 1024
STOP_POLLING = 286
"""The status by which htmx stops asking."""
LIMITS = {
    "most_files": MOST_FILES,
    "most_file_mb": MOST_FILE_BYTES // _MEGABYTE,
    "most_mb": MOST_BYTES // _MEGABYTE,
}
"""What the page says of how much may be handed in."""


@requires(Permission.IMPORT)
@require_safe
def imports(request: HttpRequest) -> HttpResponseBase:
    """Hand files in, see what waits for an answer, and every import there was."""
    context = {
        "section": "imports",
        "waiting": upload_queries.open_uploads(20),
        "kept_out": queries.kept_out_count(),
        "limits": LIMITS,
        "empty_action": {"address": reverse("first_day"), "text": "Kom i gang", "icon": "flag"},
    }
    form = RunFilterForm(request.GET)
    return list_response(request, RUNS, fetch_runs, form, context, template="integrations/imports.html")


@requires(Permission.IMPORT)
@require_safe
def kept_out(request: HttpRequest) -> HttpResponse:
    """The problems of files that are kept out now: file, row, column, value and how to mend it."""
    context = {"section": "imports", "files": queries.kept_out_count()}
    form = ProblemFilterForm(request.GET)
    return list_response(request, PROBLEMS, fetch_problems, form, context, template="integrations/kept_out.html")


@requires(Permission.IMPORT)
@require_safe
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One import: who, when, what landed, what was kept out and why, and what became of it since."""
    page = _page(run_id, most=rows_shown(request, _MOST_SHOWN))
    undoing_now = page.undo is not None and page.undo.state.working
    idle = page.run.status is not RunStatus.RUNNING and not undoing_now
    context = {
        "section": "imports",
        "page": page,
        "run": page.run,
        "tag": state_tag(page.run),
        "may_undo": idle and page.landed and not page.run.undone,
        "undoing": undoing_now,
        "most": _MOST_SHOWN,
    }
    return render(request, "integrations/run.html", context)


@requires(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
@once
def undo(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What taking the import back would do, or why it cannot be; sent, it is a job, and the page tells how far."""
    head = queries.run_head(run_id)
    if head is None:
        raise Http404("Indlæsningen findes ikke.")
    run, asked = head
    if asked is not None and asked.state.working and request.method == "GET":
        return _undoing(request, run, asked)
    if request.headers.get("HX-Request"):
        return _sent_on(reverse("import_run" if run.undone else "import_undo", args=[run_id]))
    person = person_of(request)
    plan, refusal = None, ""
    try:
        if request.method == "POST":
            undo_requests.request_undo(
                run_id=run_id,
                municipality_id=person.municipality_id,
                actor=person.name,
                now=clock.now(),
                by=person.id,
            )
            return redirect("import_undo", run_id)
        plan = undoing.undo_plan(run_id=run_id)
    except undoing.UnableToUndoError as error:
        plan, refusal = error.plan, str(error)
        if request.method == "POST":
            warn(request, "Indlæsningen kan ikke fortrydes. Årsagen vises her.")
            return redirect("import_undo", run_id)
    context = {"section": "imports", "run": run, "plan": plan, "refusal": refusal, "asked": asked}
    return render(request, "integrations/undo.html", context)


def _undoing(request: HttpRequest, run: queries.RunView, asked: UndoRequest) -> HttpResponse:
    """How far the job is; the page asks again every second."""
    waits = asked.state is UndoState.WAITING
    context = {
        "section": "imports",
        "run": run,
        "asked": asked,
        "waits": waits,
        "nobody": waits and not upload_queries.somebody_works(),
    }
    part = bool(request.headers.get("HX-Request"))
    return render(request, f"integrations/undo_{'progress' if part else 'working'}.html", context)


def _sent_on(address: str) -> HttpResponse:
    answer = HttpResponse(status=STOP_POLLING)
    answer["HX-Redirect"] = address
    return answer


def _page(run_id: UUID, *, most: int = _MOST_SHOWN) -> queries.RunPage:
    found = queries.run_page(run_id, files=most, problems=most)
    if found is None:
        raise Http404("Indlæsningen findes ikke.")
    return found
