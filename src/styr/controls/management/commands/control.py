"""`styr control`: run the controls and tell what they found."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from styr.controls.services import UnknownControlError, run_everywhere
from styr.kernel import clock


class Command(BaseCommand):
    """Runs every control, or those named, for every municipality."""

    help = "Kør kontrollerne, og vis, hvad de fandt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument("--code", action="append", metavar="KODE", help="kør kun denne kontrol (kan gentages)")
        parser.add_argument("--json", action="store_true", help="skriv én JSON-linje pr. kommune")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run and print; a control that could not run makes the exit status 1."""
        try:
            reports = run_everywhere(today=clock.today(), now=clock.now(), codes=options["code"])
        except UnknownControlError as error:
            raise CommandError(str(error)) from error
        for municipality_id, report in reports.items():
            told = json.dumps({"municipality": str(municipality_id), **report.as_json()}, ensure_ascii=False)
            self.stdout.write(told if options["json"] else report.as_text())
        if any(report.failures for report in reports.values()):
            raise CommandError("Mindst én kontrol kunne ikke køre.")
