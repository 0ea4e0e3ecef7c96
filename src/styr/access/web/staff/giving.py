"""A new person or program with a first role, which another administrator confirms where there is one."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from styr.access import role_requests, staff
from styr.access.web.person import person_of
from styr.access.web.staff.forms import NewUserForm
from styr.kernel import clock
from styr.ui.toasts import tell

ROLE_WAITS = "Rollen venter på, at en anden administrator bekræfter den. Indtil da giver den ingen adgang."
ROLE_GIVEN = "Rollen er givet. Der er ingen anden administrator til at bekræfte den; de, der ser loggene, får besked."


@transaction.atomic
def invited(request: HttpRequest, form: NewUserForm, *, is_program: bool) -> UUID:
    """Make the person or program of a valid form, with their first role, and tell whether the role waits."""
    actor = person_of(request)
    made = staff.invite_user(
        municipality_id=actor.municipality_id,
        username=form.cleaned_data["username"],
        name=form.cleaned_data["name"],
        is_program=is_program,
    )
    waits = role_requests.give_or_ask(user_id=made, new=form.new_role(), actor_id=actor.id, now=clock.now())
    tell(request, ROLE_WAITS if waits else ROLE_GIVEN)
    return made
