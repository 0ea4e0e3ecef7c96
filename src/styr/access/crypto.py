"""Encryption of single values, and the blind index that finds them again."""

import base64
import hashlib
import hmac
import os
import struct
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from styr.access.keys import keys

_NONCE_BYTES = 12
_PACKED = 6  # zlib's usual trade of time for size
_HEADER = struct.Struct(">H")  # the key's version


class UnreadableValueError(ValueError):
    """A stored value could not be decrypted: wrong key, wrong row, or altered. The message never holds the value."""


def encrypt(plain: str, *, place: str) -> bytes:
    """Encrypt under the newest key: version (2 bytes), nonce (12 bytes), AES-GCM-SIV ciphertext with tag.

    `place` ("table|column|primary key") is bound in as associated data, so a value moved to another row does not open.
    """
    held = keys()
    header = _HEADER.pack(held.cpr_version)
    nonce = os.urandom(_NONCE_BYTES)
    cipher = AESGCMSIV(held.cpr[held.cpr_version])
    return header + nonce + cipher.encrypt(nonce, plain.encode(), header + place.encode())


def decrypt(stored: bytes, *, place: str) -> str:
    """Open what `encrypt` made at the same place; raises `UnreadableValueError`."""
    held = keys()
    version = key_version(stored)
    key = held.cpr.get(version)
    if key is None:
        raise UnreadableValueError(f"Værdien i {place} er krypteret med nøgleversion {version}, som ikke er sat.")
    header, nonce = stored[: _HEADER.size], stored[_HEADER.size : _HEADER.size + _NONCE_BYTES]
    try:
        plain = AESGCMSIV(key).decrypt(nonce, stored[_HEADER.size + _NONCE_BYTES :], header + place.encode())
    except InvalidTag:
        raise UnreadableValueError(
            f"Værdien i {place} kan ikke åbnes: forkert nøgle, forkert række eller ændret."
        ) from None
    return plain.decode()


def seal(data: bytes, *, place: str) -> bytes:
    """Pack bytes and encrypt them; see `encrypt`."""
    return encrypt(base64.b64encode(zlib.compress(data, _PACKED)).decode("ascii"), place=place)


def unseal(stored: bytes | memoryview, *, place: str) -> bytes:
    """Give back what `seal` was given at the same place; raises `UnreadableValueError`."""
    return zlib.decompress(base64.b64decode(decrypt(bytes(stored), place=place)))


def key_version(stored: bytes) -> int:
    """The version of the key that a stored value was encrypted under; raises `UnreadableValueError`."""
    if len(stored) <= _HEADER.size + _NONCE_BYTES:
        raise UnreadableValueError("Den krypterede værdi er for kort.")
    return int(_HEADER.unpack_from(stored)[0])


def blind_index(value: str) -> str:
    """The value's keyed hash in hex (HMAC-SHA256): equal values are found, and nothing is learnt without the key."""
    return hmac.new(keys().cpr_index, value.encode(), hashlib.sha256).hexdigest()
