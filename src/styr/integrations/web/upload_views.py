"""Files handed in: taken in, looked at, mended, landed. Each view makes one call and translates."""

from collections.abc import Callable
from itertools import groupby
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.integrations import upload_queries, uploads
from styr.integrations.core.status import FileStatus, UploadState
from styr.integrations.sources import Held
from styr.integrations.spreadsheets.core.applied import words_from
from styr.integrations.spreadsheets.core.overview import OVERVIEW_FILE
from styr.integrations.spreadsheets.core.registers import REGISTERS
from styr.integrations.upload_queries import UploadView
from styr.integrations.web.forms import mends_of
from styr.integrations.web.guessed import guessed_sheets
from styr.integrations.web.run_views import STOP_POLLING
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.ui.lists import ListPage
from styr.ui.toasts import tell, warn

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DIFFERENCES = 50


@requires(Permission.IMPORT)
@require_POST
@once
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take files in; they are encrypted at once and looked at by a job."""
    person = person_of(request)
    held = [Held(file.name or "fil", file.read()) for file in request.FILES.getlist("filer")]
    first_day = bool(request.POST.get("foerste_dag"))
    try:
        upload_id = uploads.hand_in(
            municipality_id=person.municipality_id,
            actor_id=person.id,
            files=held,
            now=clock.now(),
            first_day=first_day,
        )
    except uploads.UnableToHandInError as error:
        warn(request, str(error))
        return redirect("first_day" if first_day else "imports")
    return redirect("import_upload", upload_id)


@requires(Permission.IMPORT)
@require_safe
def upload(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Files handed in, in whichever state they are."""
    view = _view(upload_id)
    return render(request, "integrations/upload.html", _context(request, view))


@requires(Permission.IMPORT)
@require_safe
def progress(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """How far the job is, for the page that asks every second; when it is done, the page loads itself anew."""
    view = _view(upload_id)
    if not view.state.working:
        answer = HttpResponse(status=STOP_POLLING)
        answer["HX-Redirect"] = reverse("import_upload", args=[upload_id])
        return answer
    return render(request, "integrations/upload_progress.html", _working(view))


@requires(Permission.IMPORT)
@require_POST
@once
def mend(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Put what was written in the table's fields in place of the wrong cells, and look again."""
    cells, left_out = mends_of(request.POST)

    def act() -> None:
        uploads.mend_cells(upload_id=upload_id, cells=cells, left_out=left_out, now=clock.now())

    return _acted(request, upload_id, act)


@requires(Permission.IMPORT)
@require_POST
@once
def columns(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Say what the columns of a sheet hold, and look again."""
    fields = {int(at): value for at, value in _told(request, "kolonne-").items() if at.isdecimal()}

    def act() -> None:
        uploads.choose_columns(
            upload_id=upload_id,
            file=request.POST.get("fil", ""),
            sheet=request.POST.get("ark", ""),
            register=OVERVIEW_FILE.name,
            source=request.POST.get("kilde", ""),
            fields=fields,
            constants=_told(request, "fast-"),
            words={name: words_from(text) for name, text in _told(request, "ord-").items()},
            now=clock.now(),
            keep_as=request.POST.get("navn", ""),
        )

    return _acted(request, upload_id, act)


def _told(request: HttpRequest, prefix: str) -> dict[str, str]:
    """What was written in the fields whose names begin so, by the rest of the name."""
    told = {name: str(value) for name, value in request.POST.items() if name.startswith(prefix)}
    return {name.removeprefix(prefix): value for name, value in told.items() if value.strip()}


@requires(Permission.IMPORT)
@require_POST
@once
def land(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Land the files, as a job."""
    return _acted(request, upload_id, lambda: uploads.request_landing(upload_id=upload_id, now=clock.now()))


@requires(Permission.IMPORT)
@require_POST
@once
def stop(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Ask the job to stop between two files."""
    return _acted(request, upload_id, lambda: uploads.request_stop(upload_id=upload_id, now=clock.now()))


@requires(Permission.IMPORT)
@require_POST
@once
def again(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Look at the files anew."""
    return _acted(request, upload_id, lambda: uploads.look_again(upload_id=upload_id, now=clock.now()))


@requires(Permission.IMPORT)
@require_POST
@once
def put_away(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Let go of files that are not to be imported."""
    try:
        uploads.put_away(upload_id=_view(upload_id).id, now=clock.now())
    except Refusal as error:
        warn(request, str(error))
        return redirect("import_upload", upload_id)
    tell(request, "Filerne er slettet. Intet er indlæst.")
    return redirect("imports")


@requires(Permission.IMPORT)
@require_safe
def error_file(request: HttpRequest, upload_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The rows with their errors as an Excel file, to be mended there and handed in again."""
    data = upload_queries.error_file_of(upload_id)
    if data is None:
        raise Http404("Der er ingen fejl at hente.")
    answer = HttpResponse(data, content_type=_EXCEL)
    answer["Content-Disposition"] = 'attachment; filename="indlaesning-fejl.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


def _acted(request: HttpRequest, upload_id: UUID, act: Callable[[], None]) -> HttpResponse:
    """Do it and go back to the files' page; a refusal is told there."""
    _view(upload_id)
    try:
        act()
    except Refusal as error:
        warn(request, str(error))
    return redirect("import_upload", upload_id)


def _view(upload_id: UUID) -> UploadView:
    try:
        return upload_queries.upload_view(upload_id)
    except uploads.UploadNotVisibleError as error:
        raise Http404(str(error)) from error


def _context(request: HttpRequest, view: UploadView) -> dict[str, object]:
    context: dict[str, object] = {"section": "imports", "upload": view, "found": view.found}
    if view.state.working:
        return context | _working(view)
    if view.found is not None:
        context["tables"] = [(name, count) for name, count in view.found.tables.items()]
        context["files"] = [one for one in view.found.files if one.status is not FileStatus.KNOWN]
        context["known"] = view.found.file_counts.get(FileStatus.KNOWN, 0)
        context["can_land"] = view.state is UploadState.CHECKED and view.found.lands_something
        context["notes"] = [one for one in view.found.problems if one.severity.value != "error"][:_DIFFERENCES]
        guessed = {proposal.file for proposal in view.found.proposals}
        wrong = [one for one in view.found.problems if one.severity.value == "error" and one.file not in guessed]
        context["refusals"] = [one for one in wrong if one.row is None]
        context["errors"] = max(0, view.found.errors - len(guessed))
        context["sheets"] = guessed_sheets(view, request.GET.get("kilde", ""))
        context |= _differences(request, view)
    return context


def _working(view: UploadView) -> dict[str, object]:
    landing = view.state in {UploadState.QUEUED, UploadState.LANDING}
    waits = view.state in {UploadState.WAITING, UploadState.QUEUED}
    return {"upload": view, "landing": landing, "nobody": waits and not upload_queries.somebody_works()}


def _differences(request: HttpRequest, view: UploadView) -> dict[str, object]:
    """The differences asked for, grouped by record and paged; changed ones before new ones."""
    assert view.found is not None  # noqa: S101 - asked by the caller
    register = request.GET.get("register", "")
    kinds = sorted({one.register for one in view.found.differences}, key=_rank)
    wanted = [one for one in view.found.differences if not register or one.register == register]
    paginator = Paginator(sorted(wanted, key=lambda one: (one.is_new, _rank(one.register))), _DIFFERENCES)
    page = paginator.get_page(request.GET.get("side"))
    groups = [(name, list(rows)) for name, rows in groupby(page.object_list, key=lambda one: one.register)]
    rows = ListPage.of(list(page.object_list), page=page.number, size=_DIFFERENCES, total=paginator.count)
    return {"groups": groups, "rows": rows, "kinds": kinds, "register": register, "chosen": register or "alle"}


_RANKS = {spec.name: rank for rank, spec in enumerate(REGISTERS)}


def _rank(register: str) -> int:
    return _RANKS.get(register, len(_RANKS))
