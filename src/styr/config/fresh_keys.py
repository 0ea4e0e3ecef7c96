"""Secrets for an environment file."""

import base64
import secrets

from styr.access.keys import KEY_BYTES


def lines() -> list[str]:
    """`NAME=value` for every secret that production must have, freshly drawn."""
    return [
        f"STYR_SECRET_KEY={secrets.token_urlsafe(64)}",
        f"STYR_CPR_KEYS=1:{_key()}",
        f"STYR_CPR_INDEX_KEY={_key()}",
        f"STYR_TOKEN_KEY={_key()}",
    ]


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
