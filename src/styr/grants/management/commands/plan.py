"""`styr plan FILE`: what the grants in a file will cost, and when it is paid."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Expected cost and payments of grants given as JSON; no database."""

    help = "Beregner forventet udgift og betalinger for bevillinger i en JSON-fil. Bruger ikke databasen."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the form of the answer."""
        parser.add_argument("file", metavar="FIL", help="JSON-fil; »-« læser fra standard input")
        parser.add_argument("--json", action="store_true", help="skriv svaret som JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the plan; exit with 1 when the file cannot be used."""
        from styr.grants.management.planning import write_plan

        status = write_plan(options["file"], as_json=options["json"], out=sys.stdout, err=sys.stderr)
        if status:
            sys.exit(status)
