"""`styr check`: what is there, what each part enables, and what is wrong."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from styr.config.health import parts


class Command(BaseCommand):
    """Look the installation over; exit status 1 when something is wrong."""

    help = "Se, hvad der er installeret, hvad det giver adgang til, og om noget er galt."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--json` for programs."""
        parser.add_argument("--json", action="store_true", help="skriv som JSON")

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Write a line for each part."""
        found = list(parts())
        lines = [f"{part.mark} {part.name:<24} {part.told}" for part in found]
        self.stdout.write(json.dumps([part.as_json() for part in found]) if options["json"] else "\n".join(lines))
        if any(part.state == "wrong" for part in found):
            raise CommandError("Noget er galt: se linjerne med ✗.")
