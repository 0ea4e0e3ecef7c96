"""Login through the municipality: off to its provider, and back with an answer."""

import logging
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication  # type: ignore[import-untyped]  # no types
from allauth.account.models import Login  # type: ignore[import-untyped]  # as above
from allauth.account.views import LoginView  # type: ignore[import-untyped]  # as above
from allauth.core import ratelimit  # type: ignore[import-untyped]  # as above
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from styr.access.core.job_roles import UnreadablePrivilegesError, read_privileges
from styr.access.models import User
from styr.access.sign_on import oidc, people
from styr.access.sign_on.providers import Provider, providers
from styr.access.sign_on.saml_providers import saml_providers
from styr.access.web.rules import public
from styr.kernel import clock

_ATTEMPT = "styr_oidc"  # in the session: the one attempt under way
_FORBIDDEN = 403
log = logging.getLogger("styr.access")


class LoginPage(LoginView):  # type: ignore[misc]  # allauth ships no types
    """The login page with the ways that there are; name and password may be left to administrators."""

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        """The ways, and whether name and password are asked for at once."""
        context: dict[str, Any] = super().get_context_data(**rest)
        ways = [(reverse("sign_on", args=[code]), one.name) for code, one in providers().items()]
        ways += [(reverse("saml", args=[code]), one.name) for code, one in saml_providers().items()]
        hidden = settings.STYR_LOCAL_LOGIN == "administrators" and bool(ways)
        asked = "lokalt" in self.request.GET or self.request.method == "POST"
        return context | {"ways": ways, "local": asked or not hidden}


@public
@never_cache
@require_safe
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Send the browser to the municipality's provider."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    if limited is not None:
        return limited
    provider = _provider(code)
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    try:
        attempt, address = oidc.begin(provider, onward=onward(request), back=_back(request, code), now=clock.now())
    except oidc.LoginNotProvedError as wrong:
        return not_proved(request, wrong)
    request.session[_ATTEMPT] = attempt.kept()
    return redirect(address)


@public
@never_cache
@require_safe
def back(request: HttpRequest, code: str) -> HttpResponse:
    """The provider's answer: let in whoever it proves; an attempt is answered once, whatever the answer."""
    provider = _provider(code)
    kept = request.session.pop(_ATTEMPT, None)
    told = request.GET
    answer = oidc.Answer(told.get("state", ""), told.get("code", ""), told.get("iss", ""), told.get("error", ""))
    try:
        attempt = oidc.attempt_of(kept)
        claims = oidc.claims_of(provider, attempt, answer, back=_back(request, code), now=clock.now())
        user = people.let_in(_proved(provider, claims), today=clock.today())
    except oidc.LoginNotProvedError as wrong:
        return not_proved(request, wrong)
    except people.NotLetInError as refusal:
        return not_let_in(request, refusal)
    return complete(request, user, provider.code, attempt.onward)


def complete(request: HttpRequest, user: User, code: str, onward_to: str) -> HttpResponse:
    """Log in somebody whom the municipality's provider has proved; no second factor of ours is asked."""
    user.backend = settings.AUTHENTICATION_BACKENDS[0]
    login = Login(user=user, redirect_url=onward_to or None)
    login.state["proved_elsewhere"] = True
    record_authentication(request, user, method="sign_on", provider=code)
    done: HttpResponse = perform_login(request, login)
    return done


def _proved(provider: Provider, claims: dict[str, Any]) -> people.Proved:
    if provider.cvr_claim and str(claims.get(provider.cvr_claim, "")) != provider.cvr:
        raise oidc.LoginNotProvedError("the person is of another organisation")
    listed = claims.get(provider.roles_claim) or ""
    try:
        privileges = read_privileges(listed) if isinstance(listed, str) and listed else ()
    except UnreadablePrivilegesError as wrong:
        raise oidc.LoginNotProvedError(str(wrong)) from wrong
    name = str(claims.get(provider.name_claim) or "")
    return people.Proved(provider.code, provider.issuer, str(claims["sub"]), name, provider.cvr, privileges)


def not_let_in(request: HttpRequest, refusal: people.NotLetInError) -> HttpResponse:
    """The page for who is proved and has no access; it says why."""
    log.warning("sign-on: proved and not let in (%s)", type(refusal).__name__)
    return render(request, "access/sign_on_refused.html", {"refusal": str(refusal)}, status=_FORBIDDEN)


def not_proved(request: HttpRequest, wrong: oidc.LoginNotProvedError) -> HttpResponse:
    """The page for an answer that does not hold: what was wrong stands in the log alone."""
    log.warning("sign-on refused: %s", wrong)
    return render(request, "access/sign_on_refused.html", {"refusal": ""}, status=_FORBIDDEN)


def _provider(code: str) -> Provider:
    found = providers().get(code)
    if found is None:
        raise Http404("No provider for that municipality.")
    return found


def _back(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("sign_on_back", args=[code]))


def onward(request: HttpRequest) -> str:
    """Where the person wanted to go, when that is one of our own pages."""
    wanted = request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if wanted and own else ""
