"""`styr import PATH…`: bring register files and e-invoices in."""  # noqa: N999 - the word that people type

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from styr.integrations.services import UnableToImportError
from styr.integrations.terminal import run_import
from styr.kernel import clock


class Command(BaseCommand):
    """Imports files and folders, or shows beforehand what they would change."""

    help = "Indlæs registre og e-fakturaer fra filer, mapper og ZIP-arkiver."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("paths", nargs="+", metavar="STI", help="fil, mappe eller ZIP-arkiv")
        parser.add_argument("--dry-run", action="store_true", help="vis forskellene, og ændr ingenting")
        parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
        parser.add_argument("--municipality", metavar="KODE", help="kommunekode, hvis der er flere kommuner")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run and print; a file that was kept out makes the exit status 1."""
        try:
            report = run_import(options, out=self.stdout, now=clock.now(), today=clock.today())
        except UnableToImportError as error:
            raise CommandError(str(error)) from error
        if report.has_errors:
            raise SystemExit(1)
