"""How to reach the running server, role by role."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.postgres.passwords import ADMIN, APP, BACKUP, OWNER

PORT = 5432


@dataclass(frozen=True, slots=True)
class Address:
    """The server's host (a socket's folder, or a name) and port, and the roles' passwords (never shown).

    `admin` is the login name behind the role `passwords.ADMIN`.
    """

    host: str
    passwords: Mapping[str, str] = field(repr=False)
    port: int = PORT
    admin: str = ADMIN

    def parameters(self, role: str, database: str) -> dict[str, Any]:
        """Keyword arguments of `psycopg.connect`."""
        return {
            "host": self.host,
            "port": self.port,
            "user": self.admin if role == ADMIN else role,
            "password": self.passwords[role],
            "dbname": database,
        }

    def django(self, role: str, database: str) -> dict[str, Any]:
        """An entry of Django's DATABASES."""
        told = self.parameters(role, database)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            **{key.upper(): told[key] for key in ("host", "port", "user", "password")},
        }


def of_url(url: str) -> Address:
    """The address in a `postgresql://` URL whose user may make roles and databases (for tests and the demo).

    A socket's folder is written `postgresql://user:password@/database?host=/folder`.

    The other roles' passwords are derived from the URL, so that several processes agree on them.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.username:
        raise DatabaseUnavailableError("DATABASE_URL skal ligne postgresql://bruger:kode@vært:port/database.")
    derived = {role: hashlib.sha256(f"{role}|{url}".encode()).hexdigest() for role in (OWNER, APP, BACKUP)}
    secret = {ADMIN: unquote(parts.password or ""), **derived}
    sockets = parse_qs(parts.query).get("host", [""])[0]
    return Address(parts.hostname or sockets, secret, parts.port or PORT, unquote(parts.username))
