"""A complaint about rides: noted, asked about and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.refusal import NotThere
from styr.people import listing as citizens
from styr.people.queries import citizen_lines
from styr.trips import complaining
from styr.trips.core.codes import ComplaintKind, ComplaintStatus
from styr.trips.listing import operators
from styr.trips.web.acting import by_of
from styr.ui.fields import DayField
from styr.ui.toasts import tell
from styr.ui.unchanged import UnchangedForm

if TYPE_CHECKING:
    from typing import Any

PURPOSE = "klager over kørsel"


class ComplaintForm(forms.Form):
    """A new complaint."""

    kind = forms.ChoiceField(label="Om", choices=[(one.value, one.danish.capitalize()) for one in ComplaintKind])
    operator = forms.TypedChoiceField(label="Operatør", required=False, coerce=UUID, empty_value=None)
    happened_on = DayField(label="Dag")
    minutes = forms.IntegerField(
        label="Minutter",
        required=False,
        min_value=0,
        max_value=1440,
        help_text="For sent, eller undervejs.",
    )
    citizen = forms.CharField(label="Borger", required=False, max_length=60, help_text="Hele navnet.")
    text = forms.CharField(label="Hvad skete der", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class AnswerForm(UnchangedForm):
    """How far the complaint has come."""

    status = forms.ChoiceField(
        label="Status", choices=[(one.value, one.danish.capitalize()) for one in ComplaintStatus]
    )
    answer = forms.CharField(label="Svar", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


@requires(Permission.EDIT_TRANSPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def complaint_new(request: HttpRequest) -> HttpResponse:
    """Note a complaint."""
    today = clock.today()
    form = ComplaintForm(request.POST or None, initial={"happened_on": today})
    form.fields["operator"].choices = [  # type: ignore[attr-defined]  # a choice field
        ("", "Ved ikke"),
        *((str(one), name) for one, name in operators()),
    ]
    if request.method == "POST" and form.is_valid():
        try:
            made = complaining.note_complaint(facts=_facts(form), by=by_of(request))
        except (complaining.UnableToComplainError, NotThere) as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Klagen er noteret.")
            return redirect("complaint", made)
    return render(request, "trips/complaint_new.html", {"section": "transport", "form": form})


@requires(read=Permission.SEE_TRANSPORT, write=Permission.EDIT_TRANSPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@once
@held_row("trips.Complaint", id="complaint_id")
def complaint(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """One complaint, and what came of it."""
    today = clock.today()
    try:
        card = complaining.complaint(complaint_id)
    except complaining.ComplaintNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    form = AnswerForm(request.POST or None, initial={"status": card.status, "answer": card.answer})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            complaining.answer_complaint(
                complaint_id=complaint_id,
                status=ComplaintStatus(given["status"]),
                answer=given["answer"],
                by=by_of(request),
            )
        except complaining.UnableToComplainError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Klagen er gemt.")
            return redirect("complaints")
    ids = [card.citizen_id] if card.citizen_id else []
    shown = citizen_lines(citizen_ids=ids, page=request.path, purpose=PURPOSE, today=today) if ids else {}
    citizen = shown.get(card.citizen_id) if card.citizen_id else None
    context: dict[str, Any] = {"section": "transport", "complaint": card, "citizen": citizen, "form": form}
    return render(request, "trips/complaint.html", context)


def _facts(form: ComplaintForm) -> complaining.ComplaintFacts:
    given = form.cleaned_data
    return complaining.ComplaintFacts(
        kind=ComplaintKind(given["kind"]),
        happened_on=given["happened_on"],
        text=given["text"],
        operator_id=given["operator"],
        citizen_id=_citizen_of(given["citizen"].strip()),
        minutes=given["minutes"],
    )


def _citizen_of(words: str) -> UUID | None:
    """The one citizen of that name or number; nobody where the field is empty."""
    if not words:
        return None
    found = citizens.citizen_ids(citizens.CitizenFilter(name=words), today=clock.today())
    if len(found) != 1:
        raise complaining.UnableToComplainError(
            "Borgeren kan ikke findes. Skriv hele navnet, eller lad feltet være tomt."
        )
    return found[0]
