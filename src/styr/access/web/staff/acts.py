"""What is done to one person: roles, password, sessions, access, blocks. Each posts and goes back to the person."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from styr.access import account, blocks, role_requests, showing, staff
from styr.access.core.permissions import Permission
from styr.access.models import User
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.role_answers import answered
from styr.access.web.rules import requires
from styr.access.web.staff.forms import BlockForm, NameForm, RoleForm
from styr.access.web.staff.giving import ROLE_GIVEN, ROLE_WAITS
from styr.access.web.staff.people import keep_link, user_page
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.ui.toasts import tell, warn

Act = Callable[[HttpRequest, UUID], str]
"""Does it, and gives what to say: "Rollen er givet."."""


class WrongFieldsError(Exception):
    """The form that was sent has faults; it is shown with them."""

    def __init__(self, name: str, form: forms.Form) -> None:
        super().__init__(name)
        self.name, self.form = name, form


def act(does: Act) -> Callable[..., HttpResponseBase]:
    """A view of who administers that does one thing to one person."""

    @requires(Permission.MANAGE_USERS)
    @require_POST
    @once
    @held_row("access.User", id="user_id")
    @wraps(does)
    def view(request: HttpRequest, user_id: UUID) -> HttpResponse:
        if not User.objects.filter(pk=user_id).exists():
            raise Http404("Brugeren findes ikke.")
        try:
            said = does(request, user_id)
        except WrongFieldsError as wrong:
            return user_page(request, user_id, status=422, **{wrong.name: wrong.form})
        except Refusal as refusal:
            warn(request, str(refusal))
        else:
            tell(request, said)
        return redirect("user", user_id)

    return view


@act
def role_give(request: HttpRequest, user_id: UUID) -> str:
    """Give a role."""
    today = clock.today()
    form = RoleForm(request.POST, units=showing.unit_tree(on=today), today=today)
    if not form.is_valid():
        raise WrongFieldsError("role_form", form)
    waits = role_requests.give_or_ask(
        user_id=user_id, new=form.new_role(), actor_id=person_of(request).id, now=clock.now()
    )
    return ROLE_WAITS if waits else ROLE_GIVEN


@act
def role_answer(request: HttpRequest, user_id: UUID) -> str:  # noqa: ARG001 -- the person whose page it is
    """Confirm a role that another administrator has given, or decline it."""
    return answered(request)


@act
def role_end(request: HttpRequest, user_id: UUID) -> str:  # noqa: ARG001 -- the person whose page it is
    """End a role today."""
    today = clock.today()
    staff.end_role(membership_id=_posted_id(request), on=today, today=today)
    return "Rollen er slut fra i dag."


@act
def rename(request: HttpRequest, user_id: UUID) -> str:
    """Change what the person is called."""
    sheet = showing.user_sheet(user_id)
    form = NameForm(request.POST, initial={"name": sheet.name if sheet else ""})
    if not form.is_valid():
        raise WrongFieldsError("name_form", form)
    staff.rename_user(user_id=user_id, name=form.cleaned_data["name"])
    return "Navnet er gemt."


@act
def close(request: HttpRequest, user_id: UUID) -> str:  # noqa: ARG001 -- every act has a request
    """Let the person in no more."""
    staff.deactivate_user(user_id=user_id, today=clock.today())
    return "Adgangen er lukket, og åbne sessioner er afsluttet."


@act
def reopen(request: HttpRequest, user_id: UUID) -> str:
    """Let the person in again; the roles that they had take two administrators."""
    left = role_requests.reopen_user(
        user_id=user_id, actor_id=person_of(request).id, now=clock.now(), today=clock.today()
    )
    if not left:
        return "Adgangen er åbnet igen."
    waits = "1 rolle venter" if left == 1 else f"{left} roller venter"
    return f"Adgangen er åbnet igen. {waits} på, at en anden administrator bekræfter."


@act
def sessions_end(request: HttpRequest, user_id: UUID) -> str:  # noqa: ARG001 -- every act has a request
    """End the person's open sessions."""
    ended = staff.end_sessions(user_id=user_id)
    return "1 session er afsluttet." if ended == 1 else f"{ended} sessioner er afsluttet."


@act
def link_make(request: HttpRequest, user_id: UUID) -> str:
    """Make a new link to choose a password; the old password lets nobody in."""
    keep_link(request, user_id)
    staff.end_sessions(user_id=user_id)
    return "Der er lavet et nyt link. Den gamle adgangskode virker ikke mere."


@act
def factors_reset(request: HttpRequest, user_id: UUID) -> str:
    """Take the person's second factors away, when a phone is lost."""
    account.reset_factors(user_id=user_id, actor_id=person_of(request).id, now=clock.now())
    return "Det ekstra login-trin er nulstillet, og åbne sessioner er afsluttet."


@act
def block(request: HttpRequest, user_id: UUID) -> str:
    """Keep the person from a citizen's case."""
    form = BlockForm(request.POST)
    if not form.is_valid() or not isinstance(request.user, User):
        raise WrongFieldsError("block_form", form)
    given = form.cleaned_data
    blocks.block_from_case(
        municipality_id=request.user.municipality_id,
        user_id=user_id,
        cpr=given["cpr"],
        reason=given["reason"],
        starts=given["starts"],
        ends=form.ends,
    )
    return "Personen er spærret fra sagen."


@act
def block_lift(request: HttpRequest, user_id: UUID) -> str:  # noqa: ARG001 -- the person whose page it is
    """Lift a block today."""
    blocks.lift_block(block_id=_posted_id(request), on=clock.today(), actor_id=person_of(request).id)
    return "Spærringen er ophævet fra i dag."


def _posted_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise staff.UnableToChangeUserError("Rækken findes ikke.") from None
