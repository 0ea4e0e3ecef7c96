"""The tests' databases: one cluster, a migrated template made once, and a copy of it for each process."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import django
from django.db import connections

import styr
from styr.config.postgres import bootstrap
from styr.config.postgres.address import Address, of_url
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.layout import default_home
from styr.config.postgres.passwords import APP, BACKUP, OWNER

ALIASES = {"default": APP, "owner": OWNER, "backup": BACKUP}
_KEPT_TEMPLATES = 4
_TEMPLATE = "styr_template_"
_RUN = "styr_run_"
_FEWER_DAYS = """
DELETE FROM contracts_standardday
WHERE (day < '2020-01-01' OR day >= '2033-02-01') AND day < (SELECT max(day) FROM contracts_standardday)
"""
"""Every calendar of every test is written day by day: the years that tests tell of, and the last day, are enough."""


@contextmanager
def database_of_this_process() -> Iterator[Address]:
    """Start the cluster if need be, and connect Django's aliases to a fresh copy of the migrated template."""
    home = default_home("test")
    url = os.environ.get("DATABASE_URL")
    cluster = None if url else Cluster(home, choice=os.environ.get("STYR_PG", "embedded"), safe=False)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "users").open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        address = of_url(url) if url else cluster.start()
        name = f"{_RUN}{os.getpid()}"
        with (home / "template.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _forget_dead_runs(address)
            bootstrap.make_roles(address)
            bootstrap.make_database(address, name, template=_template(address))
        _connect(address, name)
        try:
            yield address
        finally:
            for alias in ALIASES:
                connections[alias].close()
            bootstrap.drop_database(address, name)
            if cluster is not None and _last_user(users):
                cluster.stop()


def _last_user(users: TextIO) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _template(address: Address) -> str:
    name = _TEMPLATE + _fingerprint()
    with bootstrap.admin(address) as admin:
        known = [
            row[0]
            for row in admin.execute("SELECT datname FROM pg_database ORDER BY oid DESC")
            if row[0].startswith(_TEMPLATE)
        ]
    if name in known:
        return name
    for old in known[_KEPT_TEMPLATES:]:
        bootstrap.drop_database(address, old)
    building = f"{_RUN}building"
    bootstrap.drop_database(address, building)
    bootstrap.make_database(address, building)
    _connect(address, building)
    from styr.config.setup import set_up

    set_up()
    with connections["owner"].cursor() as cursor:
        cursor.execute(_FEWER_DAYS)
    for alias in ALIASES:
        connections[alias].close()
    with bootstrap.admin(address) as admin:
        admin.execute(f"ALTER DATABASE {building} RENAME TO {name}")
    return name


def _fingerprint() -> str:
    """Changes when anything that the migrated schema is made of changes."""
    root = Path(styr.__file__).parent
    made_of = [
        *root.glob("*/migrations/*"),
        *root.glob("*/reference/*"),
        *root.glob("access/*.py"),
        *root.glob("audit/*.py"),
        Path(__file__),
    ]
    made_of += [root / "config/postgres/bootstrap.py", root / "config/settings/base.py", root / "config/setup.py"]
    digest = hashlib.sha256()
    for path in sorted(path for path in made_of if path.is_file()):
        digest.update(str(path.relative_to(root.parents[1])).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _forget_dead_runs(address: Address) -> None:
    with bootstrap.admin(address) as admin:
        names = [row[0] for row in admin.execute("SELECT datname FROM pg_database") if row[0].startswith(_RUN)]
    for name in names:
        pid = name.removeprefix(_RUN).partition("_")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            bootstrap.drop_database(address, name)


def _connect(address: Address, database: str) -> None:
    for alias, role in ALIASES.items():
        connections[alias].close()
        connections[alias].settings_dict.update(address.django(role, database))


def main() -> None:
    """Make the template ready before the tests, so that none of their processes waits for another's."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "styr.config.settings.test"
    django.setup()
    with database_of_this_process():
        pass


if __name__ == "__main__":
    main()
