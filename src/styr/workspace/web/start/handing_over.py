"""Handing over all that somebody keeps: what there is, to whom, and the log."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_number
from styr.ui.toasts import tell
from styr.workspace import handing_over as acts


class HandOverForm(forms.Form):
    """From whom, to whom."""

    leaves = forms.TypedChoiceField(label="Overdrag alt fra", coerce=UUID)
    takes = forms.TypedChoiceField(label="Til", coerce=UUID)

    def __init__(self, *given: object, people: list[acts.Person], own: UUID, manages: bool, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # what Django's forms take
        everybody = [(one.id, one.name) for one in people]
        leaving = everybody if manages else [one for one in everybody if one[0] == own]
        self.fields["leaves"].choices = leaving  # type: ignore[attr-defined]  # a choice field
        self.fields["takes"].choices = [("", "Vælg en kollega"), *everybody]  # type: ignore[attr-defined]  # a choice field


@requires(Permission.SEE_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def hand_over(request: HttpRequest) -> HttpResponse:
    """Show what somebody keeps, and hand all of it over in one act."""
    person, today = person_of(request), clock.today()
    people = acts.people()
    by_id = {str(one.id): one for one in people}
    leaving = by_id.get(request.POST.get("leaves") or request.GET.get("fra") or "") or by_id[str(person.id)]
    manages = acts.may_hand_over(from_id=UUID(int=0), actor_id=person.id, on=today)
    form = HandOverForm(
        request.POST or None, people=people, own=person.id, manages=manages, initial={"leaves": leaving.id}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            done = acts.hand_over(
                municipality_id=person.municipality_id,
                from_person=by_id[str(given["leaves"])],
                to_person=by_id[str(given["takes"])],
                actor_id=person.id,
                now=clock.now(),
                today=today,
            )
        except acts.UnableToHandOverError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, _message(done))
            return redirect("hand_over")
    held = acts.held_by(leaving) if manages or leaving.id == person.id else {}
    context = {
        "section": "start",
        "form": form,
        "leaving": leaving,
        "manages": manages,
        "people": people,
        "held": [(acts.KINDS[kind].capitalize(), count) for kind, count in held.items()],
        "total": sum(held.values()),
        "log": [(one, _told(one.counts), _told(one.kept)) for one in acts.latest()],
    }
    return render(request, "workspace/start/hand_over.html", context)


def _message(done: acts.Handed) -> str:
    stayed = sum(done.kept.values())
    told = f"{danish_number(sum(done.counts.values()))} er overdraget til {done.to_name}."
    if stayed:
        told += f" {danish_number(stayed)} kunne ikke overdrages og står, hvor de stod."
    if done.kept.get("findings") and done.counts.get("findings", 0) >= acts.MOST_FINDINGS:
        most = danish_number(acts.MOST_FINDINGS)
        told += f" Der overdrages {most} afvigelser ad gangen: overdrag igen for at få resten med."
    return told


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {acts.KINDS.get(kind, kind)}" for kind, count in counts.items())
