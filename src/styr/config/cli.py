"""The console script `styr`: Django's management commands under one name."""

import os
import sys
from pathlib import Path

_WITHOUT_DATABASE = {"plan", "read-invoice", "keys", "help", "--help", "-h", "--version", "version", "makemigrations"}
_STARTS_NOTHING = _WITHOUT_DATABASE | {"db"}


def main() -> None:
    """Run one command, in the settings that fit it (`chosen_settings`).

    A program that runs its own PostgreSQL starts it first. What stops the program is one Danish line on stderr.
    """
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", chosen_settings(command))
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from styr.config.postgres.errors import DatabaseUnavailableError

    try:
        installation = getattr(settings, "INSTALLATION", None)
        if installation is not None and command not in _STARTS_NOTHING:
            installation.start()
        # Commands are Python modules, and those have no dash: `read-invoice` is read_invoice.py.
        execute_from_command_line(
            ["styr", command if command.startswith("-") else command.replace("-", "_"), *sys.argv[2:]]
        )
    except (ImproperlyConfigured, DatabaseUnavailableError) as problem:
        sys.exit(str(problem))


def chosen_settings(command: str) -> str:
    """The settings module: `STYR_SETTINGS`; else what the command and this machine call for.

    Commands that need no database need no settings of anybody's. `styr demo` makes the demonstration; once it is made,
    the other commands use it until the environment brings production's secrets.
    """
    named = os.environ.get("STYR_SETTINGS")
    if named:
        return named
    if command in _WITHOUT_DATABASE:
        return "styr.config.settings.check"
    in_production = "STYR_SECRET_KEY" in os.environ
    if command == "demo" or (not in_production and (_demo_home() / "keys.json").is_file()):
        return "styr.config.settings.demo"
    return "styr.config.settings.production"


def _demo_home() -> Path:
    from styr.config.postgres.layout import default_home

    return default_home("demo")
