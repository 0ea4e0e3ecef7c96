"""Which municipalities log in through a provider of their own, as the environment says (`STYR_OIDC_<code>_…`)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NAME = re.compile(r"STYR_OIDC_(?P<code>\d{3})_(?P<part>[A-Z_]+)")
_MUST = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "CVR")
_MAY = {"NAME": "", "ROLES_CLAIM": "privileges", "NAME_CLAIM": "name", "CVR_CLAIM": ""}
_OWN_MACHINE = {"127.0.0.1", "localhost"}


@dataclass(frozen=True, slots=True)
class Provider:
    """One municipality's provider: `code` is the municipality's, `cvr` the number that its roles must be scoped to.

    `cvr_claim`, when it is named, must be there and say the same number.
    """

    code: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    cvr: str
    name: str
    roles_claim: str
    name_claim: str
    cvr_claim: str


def read_providers(environment: Mapping[str, str]) -> dict[str, Provider]:
    """The providers by municipality code.

    Raises:
        ImproperlyConfigured: something is missing, misspelt or not https; a value is never told.
    """
    told: dict[str, dict[str, str]] = {}
    for name, value in environment.items():
        found = _NAME.fullmatch(name)
        if found is not None and value.strip():
            if found["part"] not in {*_MUST, *_MAY}:
                raise ImproperlyConfigured(f"{name} kendes ikke; se src/styr/access/README.md.")
            told.setdefault(found["code"], {})[found["part"]] = value.strip()
    return {code: _provider(code, parts) for code, parts in sorted(told.items())}


def read_local_login(text: str) -> str:
    """Who may log in with a name and a password: "everybody" or "administrators" (when all others use the provider).

    Raises:
        ImproperlyConfigured: another word.
    """
    if text not in {"everybody", "administrators"}:
        raise ImproperlyConfigured(f"STYR_LOCAL_LOGIN kan være everybody eller administrators, ikke »{text}«.")
    return text


def providers() -> dict[str, Provider]:
    """Those of the running program."""
    held: dict[str, Provider] = settings.STYR_OIDC
    return held


def is_safe(address: str) -> bool:
    """Whether secrets may be sent there: https, or this machine itself."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _OWN_MACHINE)


def _provider(code: str, parts: Mapping[str, str]) -> Provider:
    missing = [f"STYR_OIDC_{code}_{part}" for part in _MUST if part not in parts]
    if missing:
        raise ImproperlyConfigured(f"Fælles login for kommune {code} mangler {', '.join(missing)}.")
    if not is_safe(parts["ISSUER"]):
        raise ImproperlyConfigured(f"STYR_OIDC_{code}_ISSUER skal begynde med https://.")
    if not re.fullmatch(r"\d{8}", parts["CVR"]):
        raise ImproperlyConfigured(f"STYR_OIDC_{code}_CVR skal være otte cifre.")
    all_parts = {**_MAY, **parts}
    return Provider(
        code=code,
        issuer=all_parts["ISSUER"],
        client_id=all_parts["CLIENT_ID"],
        client_secret=all_parts["CLIENT_SECRET"],
        cvr=all_parts["CVR"],
        name=all_parts["NAME"] or "kommunen",
        roles_claim=all_parts["ROLES_CLAIM"],
        name_claim=all_parts["NAME_CLAIM"],
        cvr_claim=all_parts["CVR_CLAIM"],
    )
