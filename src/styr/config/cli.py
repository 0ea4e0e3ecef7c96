"""The console script `styr`: Django's management commands under one name."""

import os
import sys


def main() -> None:
    """Run one command; settings come from `STYR_SETTINGS`, else the production settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", os.environ.get("STYR_SETTINGS", "styr.config.settings.production"))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["styr", *sys.argv[1:]])
