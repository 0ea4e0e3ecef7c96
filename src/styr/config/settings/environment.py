"""What the environment must say (`STYR_…`), read once and checked before anything starts."""

import base64
import binascii
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from styr.access.core.second_factor import UnknownDemandError, demand
from styr.access.keys import Keys, MissingKeyError
from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.postgres.url import parsed

_HELP = "Kør »styr keys« for at lave nøgler; alle værdier er beskrevet i src/styr/config/README.md."


class Environment(BaseSettings):
    """The values of production; each is read from `STYR_<NAME>`.

    `cpr_keys` is "version:base64" pairs separated by commas, the highest version encrypts; the other keys are base64
    of 32 random bytes. URLs are `postgresql://user:password@host:port/database`, each with its own role; without
    `database_url` the program runs a PostgreSQL of its own.
    """

    model_config = SettingsConfigDict(env_prefix="STYR_", extra="ignore", populate_by_name=True)

    secret_key: SecretStr = Field(min_length=50)
    cpr_keys: SecretStr
    cpr_index_key: SecretStr
    token_key: SecretStr
    allowed_hosts: str = Field(min_length=1)
    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("STYR_DATABASE_URL", "DATABASE_URL")
    )
    owner_database_url: SecretStr | None = None
    backup_database_url: SecretStr | None = None
    static_root: Path = Path("staticfiles")
    https: bool = True
    second_factor: str = "required"

    def keys(self) -> Keys:
        """The keys, decoded; raises `MissingKeyError` naming the one at fault."""
        pairs = [pair.partition(":") for pair in self.cpr_keys.get_secret_value().split(",") if pair.strip()]
        if not all(version.strip().isdigit() for version, _, _ in pairs):
            raise MissingKeyError("STYR_CPR_KEYS skal være »version:nøgle«, flere adskilt af komma.")
        return Keys(
            cpr={int(version): _decoded("STYR_CPR_KEYS", key) for version, _, key in pairs},
            cpr_index=_decoded("STYR_CPR_INDEX_KEY", self.cpr_index_key.get_secret_value()),
            token=_decoded("STYR_TOKEN_KEY", self.token_key.get_secret_value()),
        )

    def databases(self) -> dict[str, dict[str, Any]] | None:
        """Django's DATABASES from the URLs, or None where the program runs its own server.

        The web processes need only the app role's URL; the owner's is for `styr setup`.
        """
        if self.database_url is None:
            return None
        app = _entry("STYR_DATABASE_URL", self.database_url)
        others = {
            alias: _entry(f"STYR_{alias.upper()}_DATABASE_URL", url)
            for alias, url in (("owner", self.owner_database_url), ("backup", self.backup_database_url))
            if url is not None
        }
        return {"default": app, **others}


def read_environment() -> tuple[Environment, Keys]:
    """The environment and its keys; raises `ImproperlyConfigured`, naming every fault and never a value."""
    try:
        environment = Environment.model_validate({})
        environment.databases()
        demand(environment.second_factor)
        return environment, environment.keys()
    except ValidationError as problem:
        raise ImproperlyConfigured(_told(problem)) from None
    except (MissingKeyError, DatabaseUnavailableError, UnknownDemandError) as problem:
        raise ImproperlyConfigured(f"styr kan ikke starte: {problem} {_HELP}") from None


def _told(problem: ValidationError) -> str:
    faults = [(str(fault["loc"][0]), str(fault["type"])) for fault in problem.errors(include_input=False)]
    missing = [_variable(name) for name, kind in faults if kind == "missing"]
    wrong = [_variable(name) for name, kind in faults if kind != "missing"]
    parts = [f"mangler {', '.join(missing)}"] if missing else []
    parts += [f"ugyldig værdi i {', '.join(wrong)}"] if wrong else []
    return f"styr kan ikke starte: {'; '.join(parts)}. {_HELP}"


def _variable(name: str) -> str:
    return name if name.isupper() else f"STYR_{name.upper()}"


def _decoded(name: str, text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise MissingKeyError(f"{name} er ikke gyldig base64.") from None


def _entry(name: str, secret: SecretStr) -> dict[str, Any]:
    found = parsed(name, secret.get_secret_value())
    if not found.database:
        raise DatabaseUnavailableError(f"{name} mangler databasens navn: postgresql://bruger:kode@vært:port/database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": found.database,
        "USER": found.user,
        "PASSWORD": found.password,
        "HOST": found.host,
        "PORT": found.port or "",
        "OPTIONS": found.options,
    }
