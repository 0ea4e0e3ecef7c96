"""How to reach the running server, role by role."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from styr.config.postgres.passwords import ADMIN, APP, BACKUP, OWNER
from styr.config.postgres.url import parsed

PORT = 5432


@dataclass(frozen=True, slots=True)
class Address:
    """The server's host (a socket's folder, or a name) and port, and the roles' passwords (never shown).

    `admin` is the login name behind the role `passwords.ADMIN`; `options` are libpq's further parameters, such as TLS.
    """

    host: str
    passwords: Mapping[str, str] = field(repr=False)
    port: int = PORT
    admin: str = ADMIN
    options: Mapping[str, str] = field(default_factory=dict)

    def parameters(self, role: str, database: str) -> dict[str, Any]:
        """Keyword arguments of `psycopg.connect`."""
        return {
            "host": self.host,
            "port": self.port,
            "user": self.admin if role == ADMIN else role,
            "password": self.passwords[role],
            "dbname": database,
            **self.options,
        }

    def django(self, role: str, database: str) -> dict[str, Any]:
        """An entry of Django's DATABASES."""
        told = self.parameters(role, database)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": database,
            **{key.upper(): told[key] for key in ("host", "port", "user", "password")},
            "OPTIONS": dict(self.options),
        }


def of_url(url: str) -> Address:
    """The address in a `postgresql://` URL whose user may make roles and databases (for tests and the demo).

    A socket's folder is written `postgresql://user:password@/database?host=/folder`.

    The other roles' passwords are derived from the URL, so that several processes agree on them.
    """
    found = parsed("DATABASE_URL", url)
    derived = {role: hashlib.sha256(f"{role}|{url}".encode()).hexdigest() for role in (OWNER, APP, BACKUP)}
    secret = {ADMIN: found.password, **derived}
    return Address(found.host, secret, found.port or PORT, found.user, found.options)
