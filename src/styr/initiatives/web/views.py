"""The list of initiatives and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.queries import municipality_name
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.audit.queries import record_history
from styr.initiatives import queries, services
from styr.initiatives.core.codes import Phase, Status
from styr.initiatives.core.plan import states
from styr.initiatives.decision_paper import decision_paper
from styr.initiatives.services import UnableToChangeInitiativesError
from styr.initiatives.web.forms import InitiativeForm, NeedForm, RiskForm, StepForm, initiative_initial
from styr.initiatives.web.pictures import plan_chart
from styr.initiatives.web.who import READ, WRITE, actor_of, may_edit, uuid_or_none
from styr.kernel import clock
from styr.transport.core.codes import OperatorKind
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from styr.initiatives.queries import CataloguePage, InitiativePage

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HISTORY = 12
_PARTS = ("initiatives.Step", "initiatives.Risk")


@require_safe
@requires(READ)
def initiatives(request: HttpRequest) -> HttpResponse:
    """A catalogue with what it comes to; the others are a choice away."""
    every = queries.catalogues()
    wanted = uuid_or_none(request.GET.get("katalog", ""))
    chosen = next((one for one in every if one.id == wanted), every[0] if every else None)
    context: dict[str, Any] = {
        "section": "results", "catalogues": every, "catalogue": chosen, "may_edit": may_edit(request),
        "phases": list(Phase),
    }  # fmt: skip
    if chosen is not None:
        page = queries.catalogue_page(chosen.id)
        context |= {"page": page, "by_status": _by_status(page)}
    return render(request, "initiatives/list.html", context)


@require_safe
@requires(READ)
def initiative(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """One initiative: what it is to bring, what it brought, its plan, its risks, and who changed what."""
    return _shown(request, page_or_404(initiative_id))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(read=WRITE, write=WRITE)
@once
def initiative_new(request: HttpRequest, catalogue_id: UUID) -> HttpResponse:
    """Write a new one."""
    try:
        page = queries.catalogue_page(catalogue_id)
    except queries.UnknownInitiativeError as missing:
        raise Http404(str(missing)) from missing
    initial = {"number": services.next_number(catalogue_id), "status": Status.IDEA.value}
    form = InitiativeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_initiative(facts=form.facts, actor=actor_of(request), catalogue_id=catalogue_id)
        except UnableToChangeInitiativesError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Indsatsen er oprettet.")
            return redirect("initiative", initiative_id=made)
    context = {"section": "results", "form": form, "catalogue": page.catalogue}
    return render(request, "initiatives/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(read=WRITE, write=WRITE)
@once
def initiative_edit(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Change one."""
    page = page_or_404(initiative_id)
    found = page.initiative
    form = InitiativeForm(request.POST or None, initial=initiative_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.save_initiative(
                facts=form.facts, actor=actor_of(request), catalogue_id=found.catalogue_id,
                initiative_id=initiative_id, seen_version=form.cleaned_data["version"],
            )  # fmt: skip
        except UnableToChangeInitiativesError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Indsatsen er gemt.")
            return redirect("initiative", initiative_id=initiative_id)
    context = {"section": "results", "form": form, "catalogue": page.catalogue, "initiative": found}
    return render(request, "initiatives/edit.html", context, status=422 if form.errors else 200)


@require_POST
@requires(WRITE)
@once
def initiative_remove(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Take one away."""
    page = page_or_404(initiative_id)
    try:
        services.remove_initiative(initiative_id=initiative_id, actor=actor_of(request))
    except UnableToChangeInitiativesError as refused:
        warn(request, str(refused))
        return redirect("initiative", initiative_id=initiative_id)
    tell(request, f"Indsats {page.initiative.number} er fjernet.")
    return redirect("initiatives")


@require_safe
@requires(READ)
def initiative_paper(request: HttpRequest, initiative_id: UUID) -> HttpResponse:  # noqa: ARG001 - the frame's own
    """The decision paper as a Word file."""
    page = page_or_404(initiative_id)
    today = clock.today()
    content = decision_paper(page, municipality=municipality_name(), today=today, effect=page.effect)
    answer = HttpResponse(content, content_type=_WORD)
    answer["Content-Disposition"] = f'attachment; filename="beslutning-indsats-{page.initiative.number}.docx"'
    return answer


def page_or_404(initiative_id: UUID) -> InitiativePage:
    """The initiative, or 404 where there is none for the caller."""
    try:
        return queries.initiative_page(initiative_id)
    except queries.UnknownInitiativeError as missing:
        raise Http404(str(missing)) from missing


def _shown(request: HttpRequest, page: InitiativePage, status: int = 200, **more: Any) -> HttpResponse:
    today, changing = clock.today(), may_edit(request)
    found = page.initiative
    plan = states(page.steps, today=today)
    context: dict[str, Any] = {
        "section": "results", "page": page, "initiative": found, "catalogue": page.catalogue, "plan": plan,
        "plan_chart": plan_chart(plan, today=today) if plan else "", "may_edit": changing, "today": today,
        "effect": page.effect,
        "transport_kinds": [OperatorKind(code).danish for code in found.transport_kinds],
        "history": record_history("initiatives.Initiative", found.id, parts=_PARTS, most=_HISTORY),
    }  # fmt: skip
    if changing:
        context["step_form"] = StepForm(steps=step_choices(page), auto_id="fase_%s")
        context["risk_form"] = RiskForm(auto_id="risiko_%s")
        context["need_form"] = NeedForm(others=page.choices, auto_id="afhaenger_%s")
    return render(request, "initiatives/initiative.html", context | more, status=status)


def step_choices(page: InitiativePage) -> list[tuple[str, str]]:
    """The phases that another can begin after."""
    return [(str(step.id), step.name) for step in page.steps]


def shown_again(request: HttpRequest, initiative_id: UUID, **forms: Any) -> HttpResponse:
    """The page with a form that was not right, and what is wrong with it."""
    return _shown(request, page_or_404(initiative_id), 422, **forms)


def _by_status(page: CataloguePage) -> list[tuple[Status, int, Any]]:
    found = []
    for status in Status:
        rows = [row for row in page.rows if row.status is status]
        if rows:
            found.append((status, len(rows), page.saving_of(status)))
    return found
