"""What somebody writes freely in a filter, sealed: an address holds it, and no log, history or link tells it.

A sealed word begins with "~" and is AES-GCM-SIV under a key made of the site's secret (`SECRET_KEY`, and while it is
changed `SECRET_KEY_FALLBACKS`). The same words are sealed to another word each time: a log cannot be searched for them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from django.conf import settings
from django.utils.encoding import force_bytes

_MARK: Final = "~"
_NONCE_BYTES: Final = 12
_PURPOSE: Final = b"styr words of a filter|"


def seal(words: str) -> str:
    """Seal what somebody wrote, for an address."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, words.encode(), _PURPOSE)
    return _MARK + base64.urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def is_sealed(word: str) -> bool:
    """Whether a word of an address says that it is sealed; it may be another site's, and not open."""
    return word.startswith(_MARK)


def opened(word: str) -> str:
    """What a word of an address says, sealed or not; "" where it does not open."""
    return unseal(word) or "" if is_sealed(word) else word


def unseal(word: str) -> str | None:
    """What was sealed; None where the word is none of ours."""
    code = word.removeprefix(_MARK)
    try:
        held = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except (binascii.Error, ValueError):
        return None
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(secret).decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], _PURPOSE).decode()
        except (InvalidTag, ValueError):
            continue
    return None


def _cipher(secret: str | bytes) -> AESGCMSIV:
    return AESGCMSIV(hmac.new(force_bytes(secret), _PURPOSE, hashlib.sha256).digest())
