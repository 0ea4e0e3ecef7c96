"""Addresses of logging in and of one's own account; allauth's views stand under the names that allauth asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import LogoutView, ReauthenticateView  # type: ignore[import-untyped]  # no types
from allauth.mfa.base import views as factors  # type: ignore[import-untyped]  # as above
from allauth.mfa.recovery_codes import views as spare  # type: ignore[import-untyped]  # as above
from allauth.mfa.totp import views as totp  # type: ignore[import-untyped]  # as above
from allauth.mfa.webauthn import views as keys  # type: ignore[import-untyped]  # as above
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.cache import never_cache

from styr.access.web.account import pages
from styr.access.web.rules import anyone_logged_in, public
from styr.access.web.second_factor import enrolment, removal
from styr.access.web.sign_on import pages as sign_on
from styr.access.web.sign_on import saml


def _own(view: Any) -> Callable[..., HttpResponseBase]:
    """An allauth view of somebody who is logged in; what it shows is kept in no browser.

    About a factor that they do not have, the account says more than "not found".
    """
    shown: Callable[..., HttpResponseBase] = never_cache(view.as_view())

    @wraps(shown)
    def own(request: HttpRequest, **named: Any) -> HttpResponseBase:
        try:
            return shown(request, **named)
        except Http404:
            return redirect("mfa_index")

    return anyone_logged_in(own)


urlpatterns = [
    path("log-ind/", public(sign_on.LoginPage.as_view()), name="account_login"),
    path("log-ud/", public(LogoutView.as_view()), name="account_logout"),
    path("log-ind/kommune/<str:code>/", sign_on.begin, name="sign_on"),
    path("log-ind/kommune/<str:code>/svar/", sign_on.back, name="sign_on_back"),
    path("log-ind/saml/<str:code>/", saml.begin, name="saml"),
    path("log-ind/saml/<str:code>/svar/", saml.answer, name="saml_answer"),
    path("log-ind/saml/<str:code>/faerdig/", saml.done, name="saml_done"),
    path("log-ind/saml/<str:code>/metadata/", saml.metadata, name="saml_metadata"),
    path("log-ind/kode/", public(factors.AuthenticateView.as_view()), name="mfa_authenticate"),
    path("log-ind/ekstra-trin/", enrolment.setup, name="second_factor_setup"),
    path("log-ind/ekstra-trin/noegle/", enrolment.passkey, name="second_factor_passkey"),
    path("log-ind/ekstra-trin/noedkoder/", enrolment.codes, name="second_factor_codes"),
    path("", pages.account, name="account"),
    path("login-trin/", pages.security, name="mfa_index"),
    path("adgangskode/", pages.password, name="account_change_password"),
    path("sessioner/slut/", pages.sessions_end, name="account_sessions_end"),
    path("bekraeft/", _own(ReauthenticateView), name="account_reauthenticate"),
    path("bekraeft/kode/", _own(factors.ReauthenticateView), name="mfa_reauthenticate"),
    path("bekraeft/noegle/", _own(keys.ReauthenticateWebAuthnView), name="mfa_reauthenticate_webauthn"),
    path("app/", _own(totp.ActivateTOTPView), name="mfa_activate_totp"),
    path("app/fjern/", _own(totp.DeactivateTOTPView), name="mfa_deactivate_totp"),
    path("noedkoder/", _own(spare.ViewRecoveryCodesView), name="mfa_view_recovery_codes"),
    path("noedkoder/nye/", _own(spare.GenerateRecoveryCodesView), name="mfa_generate_recovery_codes"),
    path("noegler/", pages.security, name="mfa_list_webauthn"),
    path("noegler/ny/", _own(keys.AddWebAuthnView), name="mfa_add_webauthn"),
    path("noegler/<int:pk>/fjern/", _own(removal.RemoveKey), name="mfa_remove_webauthn"),
]
