"""The pages about meetings with suppliers: call one, write it up, and what was agreed."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.deliveries import meetings
from styr.deliveries.core.codes import MeetingStatus
from styr.deliveries.queries import DeliveryNotVisibleError
from styr.kernel import clock
from styr.suppliers import queries as suppliers
from styr.ui.toasts import tell, warn
from styr.workspace.web.deliveries.forms import ActionForm, MeetingForm, MinutesForm


@requires(Permission.EDIT_SUPPLIERS)
@require_http_methods(["GET", "POST"])
@once
def meeting_new(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    """Call a meeting with a supplier; the agenda is proposed from the open findings."""
    try:
        line = suppliers.supplier_line(supplier_id)
    except suppliers.SupplierNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    form = MeetingForm(
        request.POST or None,
        initial={"held_on": clock.today(), "agenda": meetings.proposed_agenda(supplier_id)}
        if not request.POST
        else None,
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = person_of(request)
        try:
            made = meetings.call_meeting(
                municipality_id=person.municipality_id,
                supplier_id=supplier_id,
                held_on=given["held_on"],
                participants=given["participants"],
                agenda=given["agenda"],
                actor_id=person.id,
                today=clock.today(),
            )
        except meetings.UnableToHoldMeetingError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Mødet er planlagt.")
            return redirect("meeting", made)
    return render(
        request, "workspace/deliveries/meeting_new.html", {"section": "suppliers", "supplier": line, "form": form}
    )


@requires(read=Permission.SEE_SUPPLIERS, write=Permission.EDIT_SUPPLIERS)
@require_http_methods(["GET", "POST"])
@once
@held_row("deliveries.SupplierMeeting", id="meeting_id")
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: its agenda, its minutes and what was agreed; a POST writes the minutes."""
    card = _card(meeting_id)
    form = MinutesForm(request.POST or None, initial={"participants": card.participants, "minutes": card.minutes})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            meetings.write_minutes(
                meeting_id=meeting_id,
                participants=given["participants"],
                minutes=given["minutes"],
                actor_id=person_of(request).id,
                today=clock.today(),
            )
        except meetings.UnableToHoldMeetingError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Referatet er gemt.")
            return redirect("meeting", meeting_id)
    today = clock.today()
    owners = colleagues_who(Permission.EDIT_SUPPLIERS, unit_id=None, on=today)
    context = {
        "section": "suppliers",
        "meeting": card,
        "form": form,
        "action_form": ActionForm(
            owners=[(one.id, one.name) for one in owners], initial={"owner": person_of(request).id}
        ),
        "held": card.status is MeetingStatus.HELD,
        "today": today,
        "me": person_of(request).id,
    }
    return render(request, "workspace/deliveries/meeting.html", context)


@requires(Permission.EDIT_SUPPLIERS)
@require_POST
@once
def action_new(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Note something that was agreed."""
    _card(meeting_id)
    today = clock.today()
    owners = colleagues_who(Permission.EDIT_SUPPLIERS, unit_id=None, on=today)
    form = ActionForm(request.POST, owners=[(one.id, one.name) for one in owners])
    if not form.is_valid():
        warn(request, "Handlingen skal have en tekst, en ansvarlig og en frist.")
        return redirect("meeting", meeting_id)
    given = form.cleaned_data
    try:
        meetings.agree_action(
            meeting_id=meeting_id,
            what=given["what"],
            owner_id=given["owner"],
            due_on=given["due_on"],
            actor_id=person_of(request).id,
            today=today,
        )
    except meetings.UnableToHoldMeetingError as refused:
        warn(request, str(refused))
    else:
        tell(request, "Handlingen er aftalt.")
    return redirect("meeting", meeting_id)


@requires(Permission.SEE_SUPPLIERS)
@require_POST
@once
def action_done(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Tell that something agreed is done."""
    try:
        of = meetings.complete_action(action_id=action_id, actor_id=person_of(request).id, today=clock.today())
    except meetings.UnableToHoldMeetingError as refused:
        warn(request, str(refused))
        return redirect("suppliers")
    except DeliveryNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    tell(request, "Handlingen er udført.")
    return redirect("meeting", of)


def _card(meeting_id: UUID) -> meetings.MeetingCard:
    try:
        return meetings.meeting(meeting_id)
    except DeliveryNotVisibleError as missing:
        raise Http404(str(missing)) from missing
