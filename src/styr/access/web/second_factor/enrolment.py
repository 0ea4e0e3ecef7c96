"""Making a second factor on the way in: an app or a passkey, and then the spare codes. Nobody is logged in here yet."""

from collections.abc import Callable

from allauth.account.internal.decorators import login_stage_required  # type: ignore[import-untyped]  # allauth ships no types
from allauth.account.internal.stagekit import stash_login  # type: ignore[import-untyped]  # as above
from allauth.mfa.adapter import get_adapter  # type: ignore[import-untyped]  # as above
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # type: ignore[import-untyped]  # as above
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret  # type: ignore[import-untyped]  # as above
from allauth.mfa.webauthn.internal import auth as webauthn  # type: ignore[import-untyped]  # as above
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from styr.access.web.rules import public
from styr.access.web.second_factor.demand import has_factor
from styr.access.web.second_factor.forms import AppForm, KeyForm
from styr.access.web.second_factor.pictures import picture_of
from styr.access.web.second_factor.stage import KEY, EnrolmentStage

_MADE = "made"  # in the stage's state: this login made the factor, so that it may see the spare codes
_METHODS = ["GET", "HEAD", "POST"]
View = Callable[[HttpRequest], HttpResponseBase]


def _in_stage(view: View) -> View:
    """Only for a login that stands at this stage; others are sent to the beginning."""
    held: View = login_stage_required(stage=KEY, redirect_urlname="account_login")(view)
    return held


@public
@_in_stage
@sensitive_post_parameters("code")
@require_http_methods(_METHODS)
def setup(request: HttpRequest) -> HttpResponseBase:
    """An app that shows codes: a picture to scan, and the first code."""
    stage = _stage(request)
    if has_factor(stage.login.user):
        return _further(stage)
    form = AppForm(request.POST or None, user=stage.login.user)
    if request.method == "POST" and form.is_valid():
        TOTP.activate(stage.login.user, form.secret)
        clear_totp_secret(request)
        return _made(stage)
    address = get_adapter().build_totp_url(stage.login.user, form.secret)
    context = {"form": form, "picture": picture_of(address), "secret": form.secret}
    return _page(request, "access/second_factor_setup.html", context)


@public
@_in_stage
@require_http_methods(_METHODS)
def passkey(request: HttpRequest) -> HttpResponseBase:
    """A passkey: the fingerprint or code of a computer, a phone or a key of its own."""
    stage = _stage(request)
    if has_factor(stage.login.user):
        return _further(stage)
    form = KeyForm(request.POST or None, user=stage.login.user)
    if request.method == "POST" and form.is_valid():
        webauthn.WebAuthn.add(stage.login.user, form.cleaned_data["name"], form.cleaned_data["credential"])
        return _made(stage)
    options = webauthn.begin_registration(stage.login.user, False)  # noqa: FBT003 -- allauth's signature
    context = {"form": form, "js_data": {"creation_options": options}}
    return _page(request, "access/second_factor_passkey.html", context)


@public
@_in_stage
@require_http_methods(_METHODS)
def codes(request: HttpRequest) -> HttpResponseBase:
    """The spare codes, shown to whoever has just made the factor; confirming them completes the login."""
    stage = _stage(request)
    if not stage.state.get(_MADE):
        return _further(stage)
    if request.method == "POST":
        done: HttpResponse = stage.exit()
        return done
    held = RecoveryCodes.activate(stage.login.user)
    return _page(request, "access/second_factor_codes.html", {"codes": held.get_unused_codes()})


def _stage(request: HttpRequest) -> EnrolmentStage:
    stage: EnrolmentStage = request._login_stage  # type: ignore[attr-defined]  # noqa: SLF001 -- allauth's decorator puts it there
    return stage


def _made(stage: EnrolmentStage) -> HttpResponse:
    stage.state[_MADE] = True
    stash_login(stage.request, stage.login)
    return redirect("second_factor_codes")


def _further(stage: EnrolmentStage) -> HttpResponse:
    """On to the codes for who made the factor; who meets a factor that another login made begins anew and shows it."""
    if stage.state.get(_MADE):
        return redirect("second_factor_codes")
    if has_factor(stage.login.user):
        begun_anew: HttpResponse = stage.abort()
        return begun_anew
    return redirect("second_factor_setup")


def _page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    form = context.get("form")
    faulty = request.method == "POST" and form is not None
    return render(request, template, context, status=422 if faulty else 200)
