"""Login over SAML: off to the provider with a signed request, its posted answer, and back in the browser's own session.

The answer is posted from another site, so the browser does not send the session's cookie with it (SameSite=Lax). It
waits, sealed under a key that only the next address holds, until the browser asks for that address with its session.
"""

import hashlib

from allauth.core import ratelimit  # type: ignore[import-untyped]  # allauth ships no types
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from styr.access.sign_on import people, saml
from styr.access.sign_on.oidc import LoginNotProvedError
from styr.access.sign_on.saml_providers import SamlProvider, saml_providers
from styr.access.web.rules import public
from styr.access.web.session_cipher import opened, sealed
from styr.access.web.sign_on.pages import complete, not_let_in, not_proved, onward
from styr.kernel import clock

_ATTEMPT = "styr_saml"  # in the session: the one attempt under way
_WAITS_SECONDS = 120
_MOST_LETTERS = 400_000


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
    attempt, address = saml.begin(provider, _place(request, code), onward=onward(request), now=clock.now())
    request.session[_ATTEMPT] = attempt.kept()
    return redirect(address)


@public
@csrf_exempt
@never_cache
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the provider's answer for the browser to come back for; its RelayState leads nowhere."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    if limited is not None:
        return limited
    _provider(code)
    posted = request.POST.get("SAMLResponse", "")
    if not 0 < len(posted) <= _MOST_LETTERS:
        return not_proved(request, LoginNotProvedError("nothing was posted, or too much"))
    key = saml.new_key()
    cache.set(_waiting(key), sealed(posted, key), _WAITS_SECONDS)
    return redirect(f"{reverse('saml_done', args=[code])}?{urlencode({'svar': key})}")


@public
@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """Let in whoever the waiting answer proves, in the session that asked; both are used up, whatever comes of it."""
    provider = _provider(code)
    kept = request.session.pop(_ATTEMPT, None)
    key = request.GET.get("svar", "")
    held = cache.get(_waiting(key))
    cache.delete(_waiting(key))
    posted = opened(held, key) if isinstance(held, str) else None
    try:
        proved = saml.proved_by(provider, _place(request, code), kept, posted or "", now=clock.now())
        user = people.let_in(proved, today=clock.today())
    except LoginNotProvedError as wrong:
        return not_proved(request, wrong)
    except people.NotLetInError as refusal:
        return not_let_in(request, refusal)
    return complete(request, user, code, str(kept["onward"]))


@public
@require_safe
def metadata(request: HttpRequest, code: str) -> HttpResponse:
    """What the provider must know of us: no secret, the same for everybody."""
    return HttpResponse(
        saml.metadata(_provider(code), _place(request, code)), content_type="application/samlmetadata+xml"
    )


def _provider(code: str) -> SamlProvider:
    found = saml_providers().get(code)
    if found is None:
        raise Http404("No provider for that municipality.")
    return found


def _place(request: HttpRequest, code: str) -> saml.Place:
    entity, answers = (
        request.build_absolute_uri(reverse(name, args=[code])) for name in ("saml_metadata", "saml_answer")
    )
    return saml.Place(entity, answers)


def _waiting(key: str) -> str:
    return f"saml-answer:{hashlib.sha256(key.encode()).hexdigest()}"
