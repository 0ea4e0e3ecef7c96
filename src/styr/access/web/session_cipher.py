"""Encrypts a session's contents so that the table, or a backup of it, opens none."""

import base64
import binascii
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from styr.access.keys import keys

_NONCE_BYTES = 12
_PURPOSE = b"styr session contents|"


def sealed(plain: str, session_key: str) -> str:
    """AES-GCM-SIV under a key made of the session's and the program's, as base64: nonce (12 bytes), ciphertext, tag."""
    nonce = os.urandom(_NONCE_BYTES)
    return base64.b64encode(nonce + _cipher(session_key).encrypt(nonce, plain.encode(), _PURPOSE)).decode("ascii")


def opened(stored: str, session_key: str) -> str | None:
    """What `sealed` sealed; None when it does not open with these keys."""
    try:
        held = base64.b64decode(stored, validate=True)
        return _cipher(session_key).decrypt(held[:_NONCE_BYTES], held[_NONCE_BYTES:], _PURPOSE).decode()
    except (binascii.Error, InvalidTag, ValueError):
        return None


def _cipher(session_key: str) -> AESGCMSIV:
    """The database keeps the session key's hash alone, so neither it nor the program's key gives this one by itself."""
    return AESGCMSIV(hmac.new(keys().token, _PURPOSE + session_key.encode(), hashlib.sha256).digest())
