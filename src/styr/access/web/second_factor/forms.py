"""allauth's forms about factors in our words, and a code that is taken once."""

from typing import Any

from allauth.mfa.adapter import get_adapter  # type: ignore[import-untyped]  # allauth ships no types
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm  # type: ignore[import-untyped]  # as above
from allauth.mfa.models import Authenticator  # type: ignore[import-untyped]  # as above
from allauth.mfa.totp.forms import ActivateTOTPForm  # type: ignore[import-untyped]  # as above
from allauth.mfa.webauthn.forms import AddWebAuthnForm  # type: ignore[import-untyped]  # as above
from django import forms
from django.core.cache import cache

from styr.access.crypto import blind_index

# A code of the app holds in its own half minute and the ones before and after; so long it is remembered.
_REMEMBERED_SECONDS = 120


def _code(label: str, help_text: str) -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, max_length=12, help_text=help_text, widget=widget)


def _taken_once(user_id: object, authenticator: Authenticator, code: str) -> str:
    """The code, the first time it is shown; raises `ValidationError` the next."""
    if authenticator.type == Authenticator.Type.TOTP:
        key = blind_index(f"totp|{user_id}|{''.join(code.split())}")
        if not cache.add(f"totp:{key}", 1, _REMEMBERED_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
    return code


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code between the password and the pages."""

    code = _code("Kode", "Seks cifre fra din app, eller en af dine nødkoder.")

    def clean_code(self) -> str:
        """Right, and not shown before."""
        code: str = super().clean_code()
        return _taken_once(self.user.pk, self.authenticator, code)


class AgainForm(ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code before something that changes how one logs in."""

    code = _code("Kode", "Seks cifre fra din app, eller en af dine nødkoder.")

    def clean_code(self) -> str:
        """Right, and not shown before."""
        code: str = super().clean_code()
        return _taken_once(self.user.pk, self.authenticator, code)


class AppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code of an app, which shows that it has read the secret."""

    code = _code("Koden, som appen viser", "Seks cifre.")


class KeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey, and what its owner calls it."""

    name = forms.CharField(label="Navn på nøglen", max_length=60, required=False, help_text="Fx »Arbejdstelefon«.")

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["credential"].error_messages["required"] = "Nøglen svarede ikke. Prøv igen."
