"""`styr refund FILE`: the central refund of what one or more citizens cost in a year."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Central refund of a JSON file; no database."""

    help = "Beregner central refusion (SEL § 176 og BL § 198) for udgifterne i en JSON-fil. Bruger ikke databasen."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the form of the answer."""
        parser.add_argument("file", metavar="FIL", help="JSON-fil; »-« læser fra standard input")
        parser.add_argument("--json", action="store_true", help="skriv svaret som JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the refund; exit with 1 when the file cannot be used."""
        from styr.refunds.management.refunding import write_refund

        status = write_refund(options["file"], as_json=options["json"], out=sys.stdout, err=sys.stderr)
        if status:
            sys.exit(status)
