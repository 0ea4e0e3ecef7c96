"""Taking a passkey away: not the last factor of somebody who must have one, whichever page asks."""

from typing import Any

from allauth.mfa.adapter import get_adapter  # type: ignore[import-untyped]  # allauth ships no types
from allauth.mfa.webauthn.views import RemoveWebAuthnView  # type: ignore[import-untyped]  # as above
from django.http import HttpResponseBase
from django.shortcuts import redirect

from styr.ui.toasts import warn


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """allauth asks this of apps alone."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Take it away, or say why not."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            warn(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("account")
        done: HttpResponseBase = super().form_valid(form)
        return done
