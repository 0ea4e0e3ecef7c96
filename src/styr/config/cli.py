"""The console script `styr`: our own commands under one name, and what stops them in one Danish line."""

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from styr.config.commands import COMMANDS, Known, Needs, overview, unknown
from styr.kernel.refusal import Refusal

_HELP = {"help", "--help", "-h"}
_STOPPED, _MISUSED, _INTERRUPTED = 1, 2, 130
_ALONE, _EVERY_APP = "styr.config.settings.alone", "styr.config.settings.check"
# Django's own commands stay within reach, unlisted; these need no database.
_OF_DJANGO_ALONE = {"makemigrations"}


def main() -> NoReturn:
    """Run the command of this process's words, and end the process with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run one command; what stops it is one Danish line on stderr. Only faults of the program's own give a traceback.

    Gives the exit status: 0, 1 for what stopped it, 2 for words it does not know, 130 for Ctrl-C.
    """
    try:
        return _obeyed(words)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has left; nothing more to say
        return _STOPPED
    except Refusal as refused:
        return _said(str(refused), _STOPPED)
    except Exception as problem:
        told = _known_cause(problem)
        if told is None:
            raise
        return _said(told, _STOPPED)


def _obeyed(words: list[str]) -> int:
    name, rest = _named(words) if words else ("help", [])
    if name in _HELP and rest and rest[0] in COMMANDS:
        name, rest = rest[0], ["--help"]
    if name in _HELP:
        print(overview())  # noqa: T201 -- it was asked for
        return 0
    if name in {"version", "--version"}:
        print(version("styr"))  # noqa: T201 -- it was asked for
        return 0
    known = COMMANDS.get(name)
    if known is not None:
        return _ours(known, name, rest)
    return _djangos(name, rest)


def _named(words: list[str]) -> tuple[str, list[str]]:
    """The command and its words; `keys rotate` is read as `keys-rotate`."""
    two = "-".join(words[:2])
    return (two, words[2:]) if two in COMMANDS else (words[0], words[1:])


def _ours(known: Known, name: str, words: list[str]) -> int:
    """Find the command's class without asking every app for its commands, and run it."""
    from django.core.management import CommandError, load_command_class

    asks_for_help = not {"--help", "-h"}.isdisjoint(words)
    _prepare(known.needs, name, asks_for_help=asks_for_help)
    command = load_command_class(known.app, name.replace("-", "_"))
    command.suppressed_base_arguments = {
        *("--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color"),
    }
    command.requires_system_checks = []  # those look over the code, which no start changes: the tests run them
    try:
        options = vars(command.create_parser("styr", name).parse_args(words))
    except CommandError as misused:
        return _said(f"styr {name}: {_in_danish(str(misused))}. Se »styr {name} --help«.", _MISUSED)
    try:
        command.execute(*options.pop("args", ()), **options)
    except CommandError as stopped:
        return _said(str(stopped), stopped.returncode)
    finally:
        if known.needs is not Needs.NOTHING:
            _close()
    return 0


def _prepare(needs: Needs, name: str, *, asks_for_help: bool) -> None:
    if needs is Needs.NOTHING:
        os.environ["DJANGO_SETTINGS_MODULE"] = _ALONE
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _EVERY_APP if asks_for_help else chosen_settings(name))
    if needs is Needs.SETTINGS and not asks_for_help:
        return
    from django.conf import settings

    installation = None if asks_for_help else getattr(settings, "INSTALLATION", None)
    if installation is not None:
        installation.start()
    import django

    django.setup()
    if needs is Needs.DATABASE and not asks_for_help:
        from styr.config.checks import refuse_unsafe_start

        refuse_unsafe_start()


def _djangos(name: str, words: list[str]) -> int:
    """Run a command that is Django's or another package's; a word that nobody knows is told to be one."""
    from django.core import management

    within_reach = {*management.find_commands(management.__path__[0]), "collectstatic", "pgtrigger", "procrastinate"}
    if name not in within_reach:
        return _said(unknown(name), _MISUSED)
    alone = name in _OF_DJANGO_ALONE
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _EVERY_APP if alone else chosen_settings(name))
    from django.conf import settings

    installation = getattr(settings, "INSTALLATION", None)
    if installation is not None and not alone:
        installation.start()
    management.execute_from_command_line(["styr", name, *words])
    return 0


def chosen_settings(command: str) -> str:
    """The settings module of a command that needs one: `STYR_SETTINGS`; else what command and machine call for.

    `styr demo` makes the demonstration; once it is made, the other commands use it until the environment brings
    production's secrets.
    """
    named = os.environ.get("STYR_SETTINGS")
    if named:
        return named
    in_production = "STYR_SECRET_KEY" in os.environ
    if command == "demo" or (not in_production and (_demo_home() / "keys.json").is_file()):
        return "styr.config.settings.demo"
    return "styr.config.settings.production"


def _demo_home() -> Path:
    from styr.config.postgres.layout import default_home

    return default_home("demo")


def _close() -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connections

    try:
        connections.close_all()
    except ImproperlyConfigured:
        return  # the command never came as far as the settings


def _known_cause(problem: Exception) -> str | None:
    from django.core.exceptions import ImproperlyConfigured

    from styr.config.postgres.causes import cause

    return str(problem) if isinstance(problem, ImproperlyConfigured) else cause(problem)


def _in_danish(told: str) -> str:
    """What argparse says of words it cannot use; it speaks English alone."""
    for english, danish in (
        ("Error: ", ""),
        ("the following arguments are required:", "mangler"),
        ("unrecognized arguments:", "kender ikke"),
        ("argument ", ""),
        ("expected one argument", "mangler en værdi"),
        ("expected at least one argument", "mangler en værdi"),
        ("invalid choice:", "kan ikke være"),
        ("choose from", "vælg mellem"),
        ("invalid int value:", "skal være et helt tal, ikke"),
        ("invalid float value:", "skal være et tal, ikke"),
    ):
        told = told.replace(english, danish)
    return told


def _said(line: str, status: int) -> int:
    print(line, file=sys.stderr)  # noqa: T201 -- the program's one line
    return status
