"""From an empty database to a first login, by the very steps of docs/drift.md."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest

from styr.config.fresh_keys import lines
from styr.config.postgres.address import Address
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.passwords import ADMIN

GUIDE = (Path(__file__).parents[3] / "docs/drift.md").read_text(encoding="utf-8")
PASSWORD = "en lang og egen kode"
LOGIN = """
import django, json, sys
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", interactive=False, verbosity=0)  # as `styr serve` does
client = Client(headers={"host": "styr.example.dk"}, enforce_csrf_checks=False)
asked = client.get("/", secure=True)
wrong = client.post("/konto/log-ind/", {"login": "kirsten", "password": "gæt og gæt igen"}, secure=True)
right = client.post("/konto/log-ind/", {"login": "kirsten", "password": sys.argv[1]}, secure=True)
first = client.get("/", secure=True)
assert first["X-Request-ID"]
led = client.get(right["Location"], secure=True, follow=True)
assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
codes = [answer.status_code for answer in (asked, wrong, right, first, led)]
print(json.dumps([codes, led.request["PATH_INFO"], led.content.decode()]))
"""


@contextmanager
def server() -> Iterator[tuple[Path, Address]]:
    """A PostgreSQL of somebody else's, with nothing in it."""
    folder = Path(mkdtemp(prefix="styr-test-", dir="/var/tmp" if os.geteuid() == 0 else None))  # noqa: S108 -- mkdtemp makes it
    folder.chmod(0o755)
    cluster = Cluster(folder, choice="embedded", safe=False)
    try:
        yield folder, cluster.start()
    finally:
        cluster.stop()
        rmtree(folder)


def blocks(language: str) -> list[str]:
    return [
        re.sub("^   ", "", found, flags=re.MULTILINE)
        for found in re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    ]


def make_database(address: Address) -> None:
    """Step 3, as the administrator."""
    for database, block in zip(("postgres", "styr"), blocks("sql"), strict=False):
        with psycopg.connect(**address.parameters(ADMIN, database), autocommit=True) as admin:
            for statement in filter(str.strip, block.split(";\n")):
                admin.execute(statement.encode())


def environment(folder: Path, address: Address) -> dict[str, str]:
    """Step 4; keys from step 2."""
    bare = {name: value for name, value in os.environ.items() if not re.match("STYR_|DJANGO_|DATABASE_URL", name)}
    roles = {"STYR": ("styr_app", "programmets"), "STYR_OWNER": ("styr_owner", "ejerens")}
    urls = {
        f"{name}_DATABASE_URL": f"postgresql://{role}:{word}%20kode@/styr?host={address.host}&connect_timeout=10"
        for name, (role, word) in roles.items()
    }
    told = {
        "STYR_ALLOWED_HOSTS": "styr.example.dk",
        "STYR_STATIC_ROOT": str(folder / "static"),
        "STYR_HOME": str(folder / "home"),
    }
    return bare | dict(line.split("=", 1) for line in lines()) | urls | told


def run(words: list[str], *, env: dict[str, str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from styr.config.cli import main; main()", *words],
        env=env,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_steps_of_the_guide_lead_from_an_empty_database_to_a_login() -> None:
    steps = [shlex.split(line)[1:] for block in blocks("sh") for line in block.splitlines() if line.startswith("styr ")]
    assert [step[:2] for step in steps[:2]] == [["municipality", "add"], ["user", "add"]]
    with server() as (folder, address):
        make_database(address)
        env = environment(folder, address)
        early = run(steps[1], env=env, stdin=PASSWORD)
        assert early.returncode == 1
        assert early.stderr == "Databasen er ikke gjort klar til denne version: kør »styr setup«.\n"
        assert run(["setup"], env=env).stdout.startswith("Databasen er klar (")
        with psycopg.connect(**address.parameters(ADMIN, "styr")) as admin:
            days = admin.execute("SELECT count(*), min(day), max(day) FROM contracts_standardday").fetchall()
        assert days == [(9498, date(2015, 1, 1), date(2041, 1, 1))]
        made = run(steps[0], env=env)
        assert (made.stdout, made.stderr) == ("Kommunen Vesterhav Kommune (899) er oprettet.\n", "")
        let_in = run(steps[1], env=env, stdin=PASSWORD + "\n")
        assert let_in.stdout == "Kirsten Holm kan logge ind som »kirsten« (administrator).\n", let_in.stderr
        checked = json.loads(run(["check", "--json"], env=env).stdout)
        assert {part["name"] for part in checked if part["state"] == "wrong"} == set(), checked
        web = {name: value for name, value in env.items() if name != "STYR_OWNER_DATABASE_URL"}
        assert "STYR_OWNER_DATABASE_URL" in run(steps[0], env=web).stderr
        assert run(["audit", "verify"], env=web).stdout.startswith("Loggene er, som de blev plomberet")
        assert logged_in(web)


def logged_in(env: dict[str, str]) -> bool:
    """Step 8: the pages ask for a login, refuse a wrong password, and lead the right one to its second step."""
    done = subprocess.run(
        [sys.executable, "-c", LOGIN, PASSWORD],
        env=env | {"DJANGO_SETTINGS_MODULE": "styr.config.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    codes, path, page = json.loads(done.stdout.splitlines()[-1])
    assert codes == [302, 200, 302, 302, 200], done.stderr  # a password alone opens no page
    assert path == "/konto/log-ind/ekstra-trin/"
    return "Tilføj et ekstra login-trin" in page
