"""What the environment must say (`STYR_…`), read once and checked before anything starts."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Environment(BaseSettings):
    """The values of production; each is read from `STYR_<NAME>`.

    `cpr_keys` is "version:base64" pairs separated by commas, the newest version last; the other keys are base64 of at
    least 32 random bytes. URLs are `postgresql://user:password@host:port/database` with one role each.
    """

    model_config = SettingsConfigDict(env_prefix="STYR_", extra="ignore")

    secret_key: SecretStr = Field(min_length=50)
    cpr_keys: SecretStr
    cpr_index_key: SecretStr
    token_key: SecretStr
    allowed_hosts: str
    database_url: SecretStr
    owner_database_url: SecretStr | None = None
    backup_database_url: SecretStr | None = None
    static_root: Path = Path("staticfiles")
