"""Retention: the rules, what is due, and each erasure from proposal to certificate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.people import queries as people
from styr.people import retention
from styr.people.core.keeping import CaseKind, ErasureState
from styr.workspace import citizens_erasing

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

MOST_DUE = 100
DUE = "opbevaring: borgere med overskredet frist"


class RuleForm(forms.Form):
    """The municipality's own rule."""

    case_kind = forms.ChoiceField(label="Gælder", choices=CaseKind.choices(), widget=forms.Select({"class": "input"}))
    years = forms.IntegerField(
        label="År efter sagens afslutning",
        min_value=1,
        max_value=100,
        widget=forms.NumberInput({"class": "input"}),
    )
    archived = forms.BooleanField(label="Afleveres til arkiv før sletning", required=False)
    basis = forms.CharField(label="Hjemmel", max_length=300, widget=forms.TextInput({"class": "input"}))
    valid_from = forms.DateField(label="Gælder fra", widget=forms.DateInput({"type": "date", "class": "input"}))


@require_safe
@requires(Permission.KEEP_RECORDS)
def overview(request: HttpRequest) -> HttpResponse:
    """The rules in force, the citizens whose time is over, and the erasures."""
    today = clock.today()
    under_way, rules = retention.erasures(), retention.rules(today)
    begun = {one.citizen_id for one in under_way}
    due = [one for one in citizens_erasing.due_citizens(today=today, rules=rules) if one.citizen_id not in begun]
    names = people.citizen_lines(
        citizen_ids=[one.citizen_id for one in due[:MOST_DUE]], page=request.path, purpose=DUE, today=today
    )
    context = {
        "section": "settings",
        "rules": rules.values(),
        "due": [(one, names[one.citizen_id]) for one in due[:MOST_DUE] if one.citizen_id in names],
        "due_count": len(due),
        "erasures": [one for one in under_way if one.state is not ErasureState.ERASED],
        "certificates": [one for one in under_way if one.state is ErasureState.ERASED],
        "form": RuleForm(auto_id="rule_%s"),
        "user_id": person_of(request).id,
    }
    answer = render(request, "workspace/citizens/keeping.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@requires(Permission.KEEP_RECORDS)
@once
def set_rule(request: HttpRequest) -> HttpResponse:
    """Let an own rule hold from a day."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        for name, faults in form.errors.items():
            messages.error(request, f"{form.fields[name].label}: {' '.join(str(fault) for fault in faults)}")
        return redirect("retention")
    told: dict[str, Any] = form.cleaned_data
    held = retention.rules(told["valid_from"])
    kind = CaseKind(told["case_kind"])
    rule = replace(held[kind], **{**told, "case_kind": kind, "own": True})
    retention.set_rule(municipality_id=person_of(request).municipality_id, rule=rule)
    messages.success(request, "Reglen er gemt.")
    return redirect("retention")


@require_POST
@requires(Permission.KEEP_RECORDS)
@once
def propose(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Propose to erase a citizen who is due."""
    return _done(
        request,
        lambda: citizens_erasing.propose_erasure(
            citizen_id=citizen_id, actor_id=person_of(request).id, today=clock.today(), now=clock.now()
        ),
        "Sletningen er foreslået.",
    )


@require_POST
@requires(Permission.KEEP_RECORDS)
@once
def step(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """Take the erasure one step: `handling` is pakke, kvittering, godkend, opgiv or slet."""
    municipality_id, actor_id = person_of(request).municipality_id, person_of(request).id
    now, today = clock.now(), clock.today()
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "pakke": (
            lambda: citizens_erasing.make_archive_package(
                erasure_id=erasure_id, municipality_id=municipality_id, now=now
            ),
            "Arkivpakken er lavet. Hent den, aflevér den, og notér arkivets kvittering.",
        ),
        "kvittering": (
            lambda: retention.tell_archived(erasure_id=erasure_id, receipt=request.POST.get("kvittering", "")[:100]),
            "Afleveringen er noteret.",
        ),
        "godkend": (
            lambda: retention.approve(erasure_id=erasure_id, actor_id=actor_id, now=now),
            "Din godkendelse er noteret.",
        ),
        "opgiv": (lambda: retention.cancel(erasure_id=erasure_id), "Sletningen er opgivet."),
        "slet": (
            lambda: citizens_erasing.erase_citizen(
                erasure_id=erasure_id, municipality_id=municipality_id, actor_id=actor_id, today=today, now=now
            ),
            "Borgerens oplysninger er slettet. Attesten står herunder.",
        ),
    }
    chosen = steps.get(request.POST.get("handling", ""))
    if chosen is None:
        messages.error(request, "Vælg, hvad der skal ske.")
        return redirect("retention")
    return _done(request, *chosen)


@require_POST
@requires(Permission.KEEP_RECORDS)
def package(request: HttpRequest, erasure_id: UUID) -> HttpResponse:
    """Fetch the archive's package, which is logged as a read of everything about the citizen."""
    found, file = retention.erasure(erasure_id), retention.package_of(erasure_id)
    if found is None or file is None:
        messages.error(request, "Der er ingen arkivpakke at hente.")
        return redirect("retention")
    people.citizen_lines(
        citizen_ids=[found.citizen_id], page=request.path, purpose="arkivpakke hentet", today=clock.today()
    )
    answer = HttpResponse(file, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="arkivpakke-{found.archive_sha256[:12]}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer


def _done(request: HttpRequest, act: Callable[[], object], told: str) -> HttpResponse:
    try:
        act()
    except (retention.UnableToEraseError, people.CitizenNotVisibleError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect("retention")
