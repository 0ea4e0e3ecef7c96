"""Many findings at once: first what was selected is shown, then it is decided with one reason."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.controls.core.verdict import Verdict
from styr.controls.handling import MOST_AT_ONCE
from styr.controls.queries import findings_with
from styr.controls.services import UnableToDecideFindingError
from styr.controls.showing import FindingView
from styr.kernel import clock
from styr.ui.toasts import tell, warn
from styr.workspace import finding_work
from styr.workspace.core.reasons import reasons
from styr.workspace.web.findings.forms import DecisionForm


@requires(Permission.DECIDE_FINDINGS)
@require_POST
def findings_selected(request: HttpRequest) -> HttpResponse:
    """Show what was selected in the list, and ask what to decide; nothing is written."""
    chosen = findings_with(_ids(request.POST.getlist("valgt")))
    if not chosen:
        warn(request, "Vælg mindst én afvigelse i listen.")
        return redirect("findings")
    return _ask(request, chosen, DecisionForm(initial={"seen": "-"}), "")


@requires(Permission.DECIDE_FINDINGS)
@require_POST
@once
def findings_decide(request: HttpRequest) -> HttpResponse:
    """Decide what was shown, each on the evidence that was shown."""
    seen = _seen(request.POST.getlist("set"))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _ask(request, findings_with(list(seen)), form, "")
    person, verdict = person_of(request), Verdict(form.cleaned_data["verdict"])
    try:
        done = finding_work.decide_alike(
            municipality_id=person.municipality_id,
            seen=seen,
            verdict=verdict,
            reason=form.cleaned_data["reason"],
            actor_id=person.id,
            now=clock.now(),
        )
    except UnableToDecideFindingError as refusal:
        return _ask(request, findings_with(list(seen)), form, str(refusal))
    count = len(done.decisions)
    tell(request, f"{count} {'afvigelse' if count == 1 else 'afvigelser'} er afgjort som »{verdict.danish}«.")
    if done.changed:
        warn(request, f"{len(done.changed)} havde ændret sig, siden du så dem, og er ikke afgjort.")
    return redirect(reverse("findings"))


def _ask(request: HttpRequest, chosen: tuple[FindingView, ...], form: DecisionForm, refusal: str) -> HttpResponse:
    kinds = {one.code for one in chosen}
    stops = [one for one in chosen if one.hard_stop]
    context = {
        "section": "findings",
        "chosen": chosen,
        "decision": form,
        "refusal": refusal,
        "kinds": len(kinds),
        "stops": len(stops),
        "possible": len(kinds) == 1 and not stops,
        "known_ore": sum(one.amount_ore or 0 for one in chosen),
        "reasons": list(reasons().items()),
    }
    return render(request, "workspace/findings/selected.html", context)


def _ids(words: list[str]) -> list[UUID]:
    try:
        return [UUID(word) for word in words[:MOST_AT_ONCE]]
    except ValueError as error:
        raise BadRequest("An id is not an id") from error


def _seen(words: list[str]) -> dict[UUID, str]:
    """`id:fingerprint` of each finding as it was shown."""
    pairs = [word.partition(":") for word in words[: MOST_AT_ONCE + 1]]
    return dict(zip(_ids([first for first, _, _ in pairs]), [last for _, _, last in pairs], strict=False))
