"""One installation of the program with a PostgreSQL of its own: where its things are, and how it is made ready."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from styr.access.keys import KEY_BYTES, Keys
from styr.config.postgres import bootstrap, passwords
from styr.config.postgres.address import Address, of_url
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.postgres.kept_file import written_once
from styr.config.postgres.layout import Layout, default_home, usable
from styr.config.postgres.passwords import APP, BACKUP, OWNER

DATABASE = "styr"
ALIASES = {"default": APP, "owner": OWNER, "backup": BACKUP}


@dataclass(frozen=True, slots=True)
class Installation:
    """The installation of that name; with `url` its database is at a server somebody else runs."""

    name: str
    url: str | None = None

    @property
    def home(self) -> Path:
        """The folder of its data, passwords and keys."""
        return default_home(self.name)

    @property
    def cluster(self) -> Cluster:
        """Its server under our supervision."""
        return Cluster(self.home, choice=os.environ.get("STYR_PG") or None)

    def databases(self) -> dict[str, dict[str, Any]]:
        """Django's DATABASES; nothing is started."""
        address = self._address()
        return {alias: address.django(role, DATABASE) for alias, role in ALIASES.items()}

    def start(self) -> None:
        """Start the server if need be, and make the roles and the database once; may be called at every start."""
        address = of_url(self.url) if self.url else self.cluster.start()
        if not self.url and self._made.is_file():
            return
        bootstrap.make_roles(address)
        bootstrap.make_database(address, DATABASE)
        if not self.url:
            self._made.touch()

    def start_over(self) -> None:
        """Empty the database: it is dropped and made again, and `setup` has to follow.

        Raises `DatabaseUnavailableError` when the server is somebody else's: what lies there is not ours to drop.
        """
        if self.url:
            raise DatabaseUnavailableError(
                "Databasen er en andens (DATABASE_URL er sat) og bliver ikke tømt. Tøm den selv, eller brug en anden."
            )
        bootstrap.drop_database(self.cluster.start(), DATABASE)
        self._made.unlink(missing_ok=True)
        self.start()

    @property
    def _made(self) -> Path:
        """Says that the roles and the database are there; it goes with the data."""
        return Layout(self.home).data / "styr.roles"

    def _address(self) -> Address:
        if self.url:
            return of_url(self.url)
        layout = Layout(self.home)
        with usable(layout.home):
            return Address(str(layout.sockets), passwords.kept(layout.secrets))


@dataclass(frozen=True, slots=True)
class LocalSecrets:
    """The secrets of a demonstration: made at the first start and kept beside its data, 0600."""

    secret_key: str
    keys: Keys


def local_secrets(home: Path) -> LocalSecrets:
    """The demonstration's secrets. Production never calls this: there the environment must bring them."""
    made = {name: _random_key() for name in ("cpr", "cpr_index", "token")} | {"secret": secrets.token_urlsafe(64)}
    with usable(home):
        held = json.loads(written_once(home / "keys.json", json.dumps(made).encode()))
    keys = Keys(
        cpr={1: base64.b64decode(held["cpr"])},
        cpr_index=base64.b64decode(held["cpr_index"]),
        token=base64.b64decode(held["token"]),
    )
    return LocalSecrets(str(held["secret"]), keys)


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
