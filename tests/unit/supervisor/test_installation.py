import base64
import json
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from pytest_django import Settings

from styr.config import cli
from styr.config.fresh_keys import lines
from styr.config.installation import Installation, local_secrets
from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.supervisor import removed, told

from .conftest import open_folder


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No environment of ours, and a home with nothing in it."""
    for name in ("STYR_SETTINGS", "STYR_SECRET_KEY", "DATABASE_URL", "STYR_PG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STYR_HOME", str(tmp_path))
    return tmp_path


def test_a_fresh_machine_is_production_until_the_demonstration_is_made(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.chosen_settings("control") == "styr.config.settings.production"
    assert cli.chosen_settings("demo") == "styr.config.settings.demo"
    local_secrets(nowhere / "demo")
    assert cli.chosen_settings("control") == "styr.config.settings.demo"
    monkeypatch.setenv("STYR_SECRET_KEY", "x")
    assert cli.chosen_settings("control") == "styr.config.settings.production"
    monkeypatch.setenv("STYR_SETTINGS", "my.own")
    assert cli.chosen_settings("control") == "my.own"


def test_the_demonstrations_secrets_are_made_once_and_for_the_caller_alone(tmp_path: Path) -> None:
    first = local_secrets(tmp_path / "demo")
    assert local_secrets(tmp_path / "demo") == first
    assert (tmp_path / "demo/keys.json").stat().st_mode & 0o777 == 0o600
    assert first.keys.cpr[1] not in {first.keys.cpr_index, first.keys.token}


def test_settings_name_the_database_without_starting_it(nowhere: Path) -> None:
    installation = Installation("demo")
    found = installation.databases()
    assert {alias: entry["USER"] for alias, entry in found.items()} == {
        "default": "styr_app",
        "owner": "styr_owner",
        "backup": "styr_backup",
    }
    assert not installation.cluster.status().running
    assert not (nowhere / "demo/data").exists()


def test_db_starts_tells_and_stops(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    with open_folder() as folder:
        monkeypatch.setenv("STYR_HOME", str(folder))
        monkeypatch.setenv("STYR_PG", "embedded")
        settings.INSTALLATION = Installation("demo")
        assert told("status").startswith("PostgreSQL kører ikke")
        assert " kører (proces " in told("start")
        (folder / "demo/log/postgresql.log").write_text("x" * 10_000_001)
        assert " kører (proces " in told("start")
        assert told("stop") == "PostgreSQL er stoppet."
        assert told("stop") == "PostgreSQL kørte ikke."
        told("start")
        assert (folder / "demo/log/postgresql.log.1").exists()
        told("stop")


def test_db_leaves_a_server_of_others_alone(settings: Settings) -> None:
    settings.INSTALLATION = Installation("demo", "postgresql://admin:x@db.example.dk/postgres")
    with pytest.raises(DatabaseUnavailableError, match="køres af andre"):
        told("stop")


def test_fresh_keys_are_long_and_all_different() -> None:
    drawn = dict(line.split("=", 1) for line in lines())
    keys = [base64.b64decode(drawn[name].removeprefix("1:")) for name in drawn if name != "STYR_SECRET_KEY"]
    assert {len(key) for key in keys} == {32}
    assert len(set(keys)) == 3
    assert len(drawn["STYR_SECRET_KEY"]) >= 64


@pytest.mark.django_db
def test_check_tells_what_is_there_and_finds_nothing_wrong(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.INSTALLATION = None
    call_command("check", "--json")
    found = {part["name"]: part for part in json.loads(capsys.readouterr().out)}
    assert {name for name, part in found.items() if part["state"] == "wrong"} == set()
    assert found["Rolle"]["told"] == "ejer intet og er bundet af rækkesikkerheden"
    assert "version 2 krypterer" in found["Nøgler"]["told"]
    call_command("check")
    assert "✓ Rolle" in capsys.readouterr().out


def test_only_the_demonstration_is_removed_and_only_when_asked_twice(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    with open_folder() as folder:
        monkeypatch.setenv("STYR_HOME", str(folder))
        monkeypatch.setenv("STYR_PG", "embedded")
        settings.INSTALLATION = Installation("production")
        with pytest.raises(DatabaseUnavailableError, match="Kun demonstrationens"):
            removed(sure=True)
        settings.INSTALLATION = Installation("demo")
        told("start")
        with pytest.raises(DatabaseUnavailableError, match="--yes"):
            removed(sure=False)
        cluster = settings.INSTALLATION.cluster
        assert "er fjernet" in removed(sure=True)
        assert not cluster.status().running
        assert not (folder / "demo").exists()
        assert "er fjernet" in removed(sure=True)


def test_starting_over_leaves_an_empty_database_and_never_touches_a_server_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with open_folder() as folder:
        monkeypatch.setenv("STYR_HOME", str(folder))
        monkeypatch.setenv("STYR_PG", "embedded")
        installation = Installation("demo")
        installation.start()
        owner = installation.cluster.start().parameters("styr_owner", "styr")
        with psycopg.connect(**owner) as held:
            held.execute("CREATE TABLE old (id int)")
        installation.start_over()
        with psycopg.connect(**owner) as empty:
            assert empty.execute("SELECT to_regclass('old')").fetchone() == (None,)
        installation.cluster.stop()
    with pytest.raises(DatabaseUnavailableError, match="bliver ikke tømt"):
        Installation("demo", "postgresql://admin:x@db.example.dk/postgres").start_over()
