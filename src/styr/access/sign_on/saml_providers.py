"""Which municipalities log in over SAML, as the environment says (`STYR_SAML_<code>_…`, mostly names of files)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NAME = re.compile(r"STYR_SAML_(?P<code>\d{3})_(?P<part>[A-Z_]+)")
_FILES = ("METADATA", "KEY", "CERT")
_MUST = (*_FILES, "CVR")
_MAY = ("NAME",)


@dataclass(frozen=True, slots=True)
class SamlProvider:
    """One municipality's provider: its metadata (XML), and the key and certificate (PEM) that are our own.

    `code` is the municipality's; `cvr` the number that its people and roles must carry.
    """

    code: str
    cvr: str
    name: str
    metadata: str = field(repr=False)
    key: str = field(repr=False)
    certificate: str = field(repr=False)


def read_saml_providers(environment: Mapping[str, str]) -> dict[str, SamlProvider]:
    """The providers by municipality code, their files read.

    Raises:
        ImproperlyConfigured: something is missing or misspelt, or a file cannot be read.
    """
    told: dict[str, dict[str, str]] = {}
    for name, value in environment.items():
        found = _NAME.fullmatch(name)
        if found is not None and value.strip():
            if found["part"] not in {*_MUST, *_MAY}:
                raise ImproperlyConfigured(f"{name} kendes ikke; se src/styr/access/README.md.")
            told.setdefault(found["code"], {})[found["part"]] = value.strip()
    return {code: _provider(code, parts) for code, parts in sorted(told.items())}


def saml_providers() -> dict[str, SamlProvider]:
    """Those of the running program."""
    held: dict[str, SamlProvider] = settings.STYR_SAML
    return held


def _provider(code: str, parts: Mapping[str, str]) -> SamlProvider:
    missing = [f"STYR_SAML_{code}_{part}" for part in _MUST if part not in parts]
    if missing:
        raise ImproperlyConfigured(f"SAML-login for kommune {code} mangler {', '.join(missing)}.")
    if not re.fullmatch(r"\d{8}", parts["CVR"]):
        raise ImproperlyConfigured(f"STYR_SAML_{code}_CVR skal være otte cifre.")
    metadata, key, certificate = (_content(f"STYR_SAML_{code}_{part}", parts[part]) for part in _FILES)
    return SamlProvider(code, parts["CVR"], parts.get("NAME", "kommunen"), metadata, key, certificate)


def _content(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise ImproperlyConfigured(f"Filen i {name} kan ikke læses.") from wrong
