import subprocess

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from databases import ALIASES
from styr.config.migrating import QuickExecutor
from styr.config.postgres import bootstrap
from styr.config.postgres.address import Address
from styr.config.postgres.binaries import find
from styr.config.postgres.passwords import ADMIN

pytestmark = pytest.mark.django_db(databases=["default", "owner", "backup"], transaction=True)
TARGETS = [("access", "0003_policies"), ("audit", "0003_closed")]


def schema(address: Address, name: str, executor: type[MigrationExecutor]) -> str:
    """The schema that the executor makes, as PostgreSQL writes it out."""
    bootstrap.make_database(address, name)
    settings = connections["owner"].settings_dict
    before = settings["NAME"]
    connections["owner"].close()
    settings["NAME"] = name
    try:
        connections["owner"].prepare_database()
        executor(connections["owner"]).migrate(TARGETS)
        told = address.parameters(ADMIN, name)
        dumped = subprocess.run(
            [
                find("embedded").program("pg_dump"),
                *("--schema-only", "-h", told["host"], "-p", str(told["port"]), "-U", told["user"], name),
            ],
            env={"PGPASSWORD": told["password"]},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    finally:
        connections["owner"].close()
        settings["NAME"] = before
        bootstrap.drop_database(address, name)
    return "\n".join(line for line in dumped.splitlines() if not line.startswith("\\"))


def test_the_quick_way_makes_the_very_same_schema(address: Address) -> None:
    name = f"{connections['default'].settings_dict['NAME']}_schema"
    quick, ordinary = (schema(address, name, executor) for executor in (QuickExecutor, MigrationExecutor))
    assert "styr_see" in quick
    assert quick == ordinary


def test_every_alias_is_its_own_role(address: Address) -> None:
    for alias, role in ALIASES.items():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (role,)


def test_the_policies_can_be_undone(address: Address) -> None:
    name = f"{connections['default'].settings_dict['NAME']}_back"
    bootstrap.make_database(address, name)
    settings = connections["owner"].settings_dict
    before = settings["NAME"]
    connections["owner"].close()
    settings["NAME"] = name
    try:
        QuickExecutor(connections["owner"]).migrate(TARGETS)
        MigrationExecutor(connections["owner"]).migrate([("audit", None), ("access", None)])
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'styr_%' OR proname LIKE 'audit_%'")
            assert cursor.fetchall() == []
    finally:
        connections["owner"].close()
        settings["NAME"] = before
        bootstrap.drop_database(address, name)
