"""Our side of allauth's second factor: what it is called, how its secrets are kept, and who may go without."""

import base64
import binascii
import hashlib
import hmac
import os
from typing import Any, ClassVar

from allauth.core import context  # type: ignore[import-untyped]  # allauth ships no types
from allauth.mfa.adapter import DefaultMFAAdapter  # type: ignore[import-untyped]  # as above
from allauth.mfa.models import Authenticator  # type: ignore[import-untyped]  # as above
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from styr.access.crypto import UnreadableValueError
from styr.access.keys import keys
from styr.access.models import User
from styr.access.web.second_factor.demand import is_demanded

_NONCE_BYTES = 12
_PURPOSE = b"styr second factor|"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets are sealed for one person, the program is called Styr, and who must have a factor keeps one."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden passer ikke. Prøv den næste, som appen viser.",
        "cannot_delete_authenticator": "Kommunen kræver et ekstra login-trin. Tilføj et andet, før du fjerner dette.",
        "cannot_generate_recovery_codes": "Nødkoder hører til et ekstra login-trin. Tilføj et først.",
    }

    def encrypt(self, text: str) -> str:
        """Seal for the person of the request: another's row does not open with it."""
        nonce = os.urandom(_NONCE_BYTES)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), _whose())).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed for the same person; raises `UnreadableValueError`."""
        try:
            held = base64.b64decode(encrypted_text, validate=True)
            return _cipher().decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], _whose()).decode()
        except (binascii.Error, InvalidTag, ValueError):
            raise UnreadableValueError("Det ekstra login-trins hemmelighed kan ikke åbnes.") from None

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody who must have one."""
        mine = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        others = mine.exclude(type=Authenticator.Type.RECOVERY_CODES)
        return others.exists() or not is_demanded(authenticator.user)

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 -- allauth's signature
        """What a new key is called until its owner calls it something."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Adgangsnøgle {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site that a key is for, by the name people know."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Styr"}


def _cipher() -> AESGCMSIV:
    """A key of its own, made of the index key: that one is never rotated, and neither is what a phone has read."""
    return AESGCMSIV(hmac.new(keys().cpr_index, _PURPOSE, hashlib.sha256).digest())


def _whose() -> bytes:
    """The person whose secret it is: who is logged in, or is on the way to be."""
    request = context.request
    user = request.user if request.user.is_authenticated else request._login_stage.login.user  # noqa: SLF001 -- allauth's
    return _PURPOSE + str(user.pk).encode()
