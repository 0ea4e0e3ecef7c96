"""Min konto: one's password, second factors, sessions and keys."""

from allauth.core import ratelimit  # type: ignore[import-untyped]  # allauth ships no types
from django import forms
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access import account as own
from styr.access import api_keys, showing, staff
from styr.access.core.roles import Role
from styr.access.models import User
from styr.access.web.once import once
from styr.access.web.rules import anyone_logged_in, roles_of
from styr.access.web.second_factor.demand import is_demanded
from styr.access.web.staff.keys import new_key, shown
from styr.access.web.staff.password import PasswordForm
from styr.ui.toasts import tell


class ChangePasswordForm(PasswordForm):
    """The password one has, and the one one wants, twice."""

    current = forms.CharField(
        label="Nuværende adgangskode",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "again")


@anyone_logged_in
@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user = _user(request)
    context = {
        "section": "",
        "login": own.login_of(user.id),
        "keys": shown(api_keys.key_lines(user_id=user.id)[:20]),
        "new_key": new_key(request, user.id),
        "sessions": showing.open_sessions(user.id),
        "roles": sorted(Role(role).danish for role in roles_of(request)),
        "demanded": is_demanded(user),
        "has_password": user.has_usable_password(),
    }
    return render(request, "access/account.html", context)


@anyone_logged_in
@require_safe
def security(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- every view has a request
    """Where allauth goes when it is done: the account's own part about factors."""
    response = redirect("account")
    response["Location"] += "#login-trin"
    return response


@anyone_logged_in
@never_cache
@sensitive_post_parameters("current", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def password(request: HttpRequest) -> HttpResponseBase:
    """Another password; other sessions end with the old one."""
    user = _user(request)
    if not user.has_usable_password():
        raise PermissionDenied("The person logs in through the municipality.")
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST":
        refused: HttpResponse | None = ratelimit.consume_or_429(request, action="change_password", user=user)
        if refused is not None:
            return refused
        if form.is_valid() and _changed(request, user, form):
            tell(request, "Adgangskoden er skiftet, og dine andre sessioner er afsluttet.")
            return redirect("account")
    context = {"section": "", "form": form}
    return render(request, "access/account_password.html", context, status=422 if form.is_bound else 200)


@anyone_logged_in
@require_POST
@once
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End one's other sessions."""
    ended = staff.end_sessions(user_id=_user(request).id)
    tell(request, "1 session er afsluttet." if ended == 1 else f"{ended} sessioner er afsluttet.")
    return redirect("account")


def _changed(request: HttpRequest, user: User, form: ChangePasswordForm) -> bool:
    given = form.cleaned_data
    try:
        changed = own.change_password(user_id=user.id, current=given["current"], wanted=given["password"])
    except own.WrongPasswordError as wrong:
        form.add_error("current", str(wrong))
        return False
    except ValidationError as weak:
        form.add_error("password", weak)
        return False
    update_session_auth_hash(request, changed)
    return True


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied("Nobody is logged in.")
    return request.user
