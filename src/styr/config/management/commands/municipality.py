"""`styr municipality add`: the tenant that everything else belongs to."""

from django.core.management.base import BaseCommand, CommandParser

from styr.config.founding import found_municipality


class Command(BaseCommand):
    """Make a municipality; one that is there already is left as it is."""

    help = "Opret en kommune. Kræver ejerrollen (STYR_OWNER_DATABASE_URL)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Code and name."""
        parser.add_argument("act", choices=["add"], metavar="add")
        parser.add_argument("--code", required=True, metavar="KODE", help="kommunekoden, tre cifre")
        parser.add_argument("--name", required=True, metavar="NAVN")

    def handle(self, *args: object, code: str, name: str, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Do it and say so."""
        self.stdout.write(found_municipality(code=code, name=name))
