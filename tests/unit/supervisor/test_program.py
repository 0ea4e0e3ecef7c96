"""The real program on a fresh home, as somebody at a terminal meets it."""

import json
import os
import subprocess
import sys

import pytest

from .conftest import open_folder


def styr(home: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("STYR_", "DJANGO_"))}
    environment.pop("DATABASE_URL", None)
    settings = {"STYR_SETTINGS": "styr.config.settings.demo", "STYR_HOME": home, "STYR_PG": "embedded"}
    return subprocess.run(
        [sys.executable, "-c", "from styr.config.cli import main; main()", *arguments],
        env=environment | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_from_nothing_to_a_database_that_is_right() -> None:
    with open_folder() as folder:
        home = str(folder)
        try:
            assert styr(home, "setup").stdout.startswith("Databasen er klar (")
            checked = styr(home, "check", "--json")
            assert checked.returncode == 0, checked.stdout
            assert {part["state"] for part in json.loads(checked.stdout)} <= {"ok", "missing"}
        finally:
            assert styr(home, "db", "stop").stdout == "PostgreSQL er stoppet.\n"
