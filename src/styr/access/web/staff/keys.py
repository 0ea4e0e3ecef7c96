"""Keys for other programs: a person's own, and those of programs (systembrugere), which an administrator makes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access import api_keys, showing, staff
from styr.access.core.permissions import Permission
from styr.access.models import User
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import anyone_logged_in, requires
from styr.access.web.staff.forms import NewUserForm, day_field
from styr.access.web.staff.giving import invited
from styr.kernel import clock
from styr.ui.toasts import tell, warn

NEW_KEY = "styr_new_key"  # in the session of who made it, until it has been shown once
_READ_OR_SENT = ["GET", "HEAD", "POST"]


class KeyForm(forms.Form):
    """A key to make; it offers no more than its owner may."""

    name = forms.CharField(label="Navn", max_length=100, help_text="Hvad nøglen bruges til, fx Økonomisystemet.")
    last_day = day_field("Gælder til og med", help_text="Højst et år frem.")
    scopes = forms.MultipleChoiceField(label="Nøglen må", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *data: Any, offered: list[Permission], **options: Any) -> None:
        super().__init__(*data, **options)
        choice = self.fields["scopes"]
        if isinstance(choice, forms.MultipleChoiceField):
            choice.choices = [(one.value, capfirst(one.danish)) for one in offered]


@requires(Permission.MANAGE_USERS)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every key of the municipality, and no key itself."""
    context = {"section": "settings", "keys": shown(api_keys.key_lines())}
    return render(request, "access/keys.html", context)


@requires(Permission.MANAGE_USERS)
@require_http_methods(_READ_OR_SENT)
@once
def program_new(request: HttpRequest) -> HttpResponse:
    """Make a program that may be given keys; it has no password."""
    today = clock.today()
    form = NewUserForm(request.POST or None, units=showing.unit_tree(on=today), today=today)
    form.fields["username"].help_text = "Kendes i loggene; ingen logger ind med det."
    if request.method == "POST" and form.is_valid():
        try:
            made = invited(request, form, is_program=True)
        except staff.UnableToChangeUserError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("user_key_new", made)
    return render(request, "access/program_new.html", {"section": "settings", "form": form}, status=_status(form))


@requires(Permission.MANAGE_USERS)
@never_cache
@require_http_methods(_READ_OR_SENT)
@once
def program_key_new(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Make a key for a program."""
    owner = User.objects.filter(pk=user_id, is_program=True).first()
    if owner is None:
        raise Http404("Systembrugeren findes ikke.")
    return _new(request, owner, reverse("user", args=[user_id]))


@anyone_logged_in
@never_cache
@require_http_methods(_READ_OR_SENT)
@once
def own_key_new(request: HttpRequest) -> HttpResponse:
    """Make a key for oneself."""
    return _new(request, person_of(request), reverse("account"))


@requires(Permission.MANAGE_USERS)
@require_POST
@once
def key_end(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """End anybody's key."""
    return _ended(request, key_id, None, "api_keys")


@anyone_logged_in
@require_POST
@once
def own_key_end(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """End one's own key."""
    return _ended(request, key_id, person_of(request).id, "account")


def shown(lines: list[api_keys.KeyLine]) -> list[tuple[api_keys.KeyLine, bool]]:
    """The keys, and whether each opens today."""
    today = clock.today()
    return [(line, line.opens(today)) for line in lines]


def new_key(request: HttpRequest, user_id: UUID) -> str | None:
    """The key that was made for that user a moment ago by who asks; told once."""
    held = request.session.get(NEW_KEY)
    if held is None or held["user"] != str(user_id):
        return None
    del request.session[NEW_KEY]
    return str(held["key"])


def _new(request: HttpRequest, owner: User, back: str) -> HttpResponse:
    today = clock.today()
    offered = api_keys.scopes_of(owner.id, on=today)
    form = KeyForm(request.POST or None, offered=offered, initial={"last_day": today + timedelta(days=90)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _, key = api_keys.make_key(
                user_id=owner.id,
                name=given["name"],
                scopes=[Permission(one) for one in given["scopes"]],
                last_day=given["last_day"],
                actor_id=person_of(request).id,
                now=clock.now(),
            )
        except api_keys.UnableToMakeKeyError as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[NEW_KEY] = {"user": str(owner.id), "key": key}
            return redirect(back)
    section = "settings" if owner.is_program else ""
    context = {"section": section, "form": form, "owner": owner, "back": back}
    return render(request, "access/key_new.html", context, status=_status(form))


def _ended(request: HttpRequest, key_id: UUID, user_id: UUID | None, back: str) -> HttpResponse:
    try:
        api_keys.revoke_key(key_id=key_id, user_id=user_id, now=clock.now())
    except api_keys.UnableToMakeKeyError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, "Nøglen er lukket og kan ikke bruges mere.")
    return redirect(back)


def _status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200
