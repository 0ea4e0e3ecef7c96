"""The words somebody types, and the one Danish line that answers when it cannot be done."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError

from styr.config import cli, serving
from styr.config.commands import COMMANDS, Needs, overview
from styr.config.postgres.causes import cause

SOURCE = Path(cli.__file__).parents[1]
BARE = {name: value for name, value in os.environ.items() if not re.match("STYR_|DJANGO_|DATABASE_URL", name)}


def styr(home: Path, *words: str, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The real program on a machine with nothing but what is told."""
    return subprocess.run(
        [sys.executable, "-c", f"{code}\nfrom styr.config.cli import main; main()", *words],
        env=BARE | {"STYR_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_of_ours_is_told_of() -> None:
    files = SOURCE.glob("*/management/commands/[!_]*.py")
    there = {path.stem.replace("_", "-"): f"styr.{path.parents[2].name}" for path in files}
    assert there == {name: known.app for name, known in COMMANDS.items()}
    assert all(f"styr {name} " in overview() for name in COMMANDS)


@pytest.mark.parametrize("words", [[], ["help"], ["--help"], ["-h"]])
def test_help_lists_our_commands_and_none_of_djangos(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(words) == 0
    told = capsys.readouterr().out
    assert "styr read-invoice" in told
    assert not re.search("createsuperuser|flush|runserver", told)


def test_a_typo_is_told_to_be_one_and_needs_no_settings(tmp_path: Path) -> None:
    done = styr(tmp_path, "imprt")
    assert done.returncode == 2
    assert done.stderr == "Kommandoen »imprt« findes ikke. Mente du »styr import«? »styr --help« viser dem alle.\n"


@pytest.mark.parametrize("name", ["plan", "check", "import"])
@pytest.mark.slow
def test_a_command_explains_itself_on_a_bare_machine(tmp_path: Path, name: str) -> None:
    done = styr(tmp_path, name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"styr {name}" in done.stdout
    assert "--pythonpath" not in done.stdout
    assert not list(tmp_path.iterdir())


def test_commands_that_need_nothing_load_no_models_and_ask_for_no_settings(tmp_path: Path) -> None:
    assert {name for name, known in COMMANDS.items() if known.needs is Needs.NOTHING} == {
        "plan",
        "read-invoice",
        "refund",
        "review-contract",
        "routes-solve",
        "keys",
    }
    (tmp_path / "x.xml").write_text("<x/>")
    told = (
        "import atexit, sys; "
        "atexit.register(lambda: print([m for m in ('django.db.models', 'ibis', 'pandas') if m in sys.modules]))"
    )
    done = styr(tmp_path, "read-invoice", str(tmp_path / "x.xml"), code=told, STYR_SETTINGS="no.such")
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_a_missing_environment_is_said_in_words(tmp_path: Path) -> None:
    done = styr(tmp_path, "worker")
    assert done.returncode == 1
    assert done.stderr.startswith("styr kan ikke starte: mangler STYR_SECRET_KEY")
    assert len(done.stderr.splitlines()) == 1


def test_check_on_a_bare_machine_tells_what_is_wrong_and_goes_on(tmp_path: Path) -> None:
    done = styr(tmp_path, "check")
    assert done.returncode == 1
    assert "✗ Indstillinger" in done.stdout
    assert "node" in done.stdout
    assert "Traceback" not in done.stderr


DEMO = {"STYR_SETTINGS": "styr.config.settings.demo"}
NOBODY = "postgresql://admin:hemmelig@127.0.0.1:1/styr"


@pytest.mark.parametrize(
    ("words", "environment", "line"),
    [
        (["setup"], {"DATABASE_URL": NOBODY}, "Ingen database svarer på »127.0.0.1«"),
        (["control"], {"DATABASE_URL": NOBODY}, "Ingen database svarer på »127.0.0.1«"),
        (["setup"], {"DATABASE_URL": "postgresql://a:hemmelig@127.0.0.1:fem/x"}, "DATABASE_URL: porten skal være"),
        (["demo", "--port", "99999"], {"DATABASE_URL": NOBODY}, None),
        (["import"], {"DATABASE_URL": NOBODY}, None),
    ],
)
def test_what_cannot_be_done_is_one_danish_line(
    tmp_path: Path, words: list[str], environment: dict[str, str], line: str | None
) -> None:
    done = styr(tmp_path, *words, **DEMO | environment)
    assert done.returncode in {1, 2}
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert line is None or done.stderr.startswith(line)
    assert "hemmelig" not in done.stderr


def test_check_names_the_cause_and_not_libpqs_hint(tmp_path: Path) -> None:
    done = styr(tmp_path, "check", **DEMO, DATABASE_URL=NOBODY)
    assert "✗ Database" in done.stdout
    assert "Ingen database svarer på »127.0.0.1«" in done.stdout
    assert "styr db" not in done.stdout


def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    code = (
        "from styr.config import cli\n"
        "import os, signal, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job is deaf to it
        "cli._ours = lambda *_: (os.kill(os.getpid(), signal.SIGINT), time.sleep(5))"
    )
    done = styr(tmp_path, "import", "x", code=code)
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")


def test_a_port_that_is_none_and_a_machine_without_a_free_one_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(serving.UnableToServeError, match="mellem 1 og 65535, ikke 99999"):
        serving.free_port(99_999)
    monkeypatch.setattr(serving, "TRIED_PORTS", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(serving.UnableToServeError, match="er alle i brug"):
            serving.free_port(taken.getsockname()[1])


@pytest.mark.parametrize(
    ("told", "danish"),
    [
        ('connection failed: FATAL:  password authentication failed for user "x"\nhint', "afviser brugernavn eller"),
        ("failed to resolve host 'x': [Errno -2] Name or service not known", "vært kan ikke findes"),
        ('connection failed: FATAL:  database "x" does not exist', "Der er ingen database"),
        ('connection failed: FATAL:  role "x" does not exist', "kender ikke rollen"),
        ("connection failed: server does not support SSL, but SSL was required", "ikke enige om TLS"),
        ("something new\n\tIs the server running?", "Databasen kan ikke nås: something new"),
    ],
)
def test_a_failed_connection_is_told_by_its_cause(told: str, danish: str) -> None:
    wrapped = OperationalError(told)
    wrapped.__cause__ = psycopg.OperationalError(told)
    assert danish in str(cause(wrapped))
    assert cause(wrapped) == cause(wrapped.__cause__)


def test_a_schema_that_is_missing_names_the_command_that_makes_it() -> None:
    assert "styr setup" in str(cause(psycopg.errors.UndefinedTable("x")))
    assert cause(psycopg.errors.DivisionByZero("x")) is None
    assert cause(ValueError("x")) is None
