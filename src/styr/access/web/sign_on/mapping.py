"""Opsætning, Jobfunktionsroller: what the municipality's own roles give here."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from styr.access import role_requests
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.sign_on import mapping
from styr.access.staff import UnableToChangeUserError
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.role_answers import answered
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.ui.toasts import tell, warn

WAITS = "Jobfunktionsrollen venter på, at en anden administrator bekræfter den. Indtil da giver den ingen adgang."
MAPPED = (
    "Jobfunktionsrollen er tilføjet og gælder fra næste login. Der er ingen anden administrator til at bekræfte den; "
    "de, der ser loggene, får besked."
)


class JobRoleForm(forms.Form):
    """A role of the provider, and what it gives."""

    pattern = forms.CharField(
        label="Jobfunktionsrolle",
        max_length=300,
        help_text="Hele navnet, fx http://eksempel.dk/roles/jobrole/sagsbehandler/1. En * står for hvad som helst.",
    )
    role = forms.ChoiceField(label="Giver rollen", choices=[(role.value, role.danish) for role in Role])
    constraint = forms.CharField(
        label="Dataafgrænsning for enhed",
        max_length=300,
        required=False,
        help_text="Navnet på den dataafgrænsning, hvis værdier er enhedsnumre her. Tomt felt: hele kommunen.",
    )


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def job_roles(request: HttpRequest) -> HttpResponse:
    """The mapping, and a new line."""
    form = JobRoleForm(request.POST or None)
    person = person_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            waits = role_requests.map_or_ask(
                municipality_id=person.municipality_id,
                pattern=form.cleaned_data["pattern"],
                role=Role(form.cleaned_data["role"]),
                constraint=form.cleaned_data["constraint"],
                actor_id=person.id,
                now=clock.now(),
            )
        except (mapping.UnableToMapRoleError, UnableToChangeUserError) as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, WAITS if waits else MAPPED)
            return redirect("job_roles")
    context = {
        "section": "settings",
        "form": form,
        "rows": mapping.mapped_roles(),
        "waiting": [one for one in role_requests.waiting_roles() if one.pattern],
        "me": person.id,
    }
    return render(request, "access/job_roles.html", context, status=422 if form.is_bound else 200)


@requires(Permission.MANAGE_USERS)
@require_POST
@once
def job_role_answer(request: HttpRequest) -> HttpResponse:
    """Confirm a line that another administrator has made, or decline it."""
    try:
        tell(request, answered(request))
    except Refusal as refusal:
        warn(request, str(refusal))
    return redirect("job_roles")


@requires(Permission.MANAGE_USERS)
@require_POST
@once
def job_role_remove(request: HttpRequest, job_role_id: UUID) -> HttpResponse:
    """Take a line away."""
    try:
        mapping.unmap_role(job_role_id=job_role_id)
    except mapping.UnableToMapRoleError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, "Jobfunktionsrollen giver ikke længere adgang. Det gælder fra hver persons næste login.")
    return redirect("job_roles")
