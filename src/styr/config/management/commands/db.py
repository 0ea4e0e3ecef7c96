"""`styr db start|stop|status|remove`: the program's own PostgreSQL."""

from django.core.management.base import BaseCommand, CommandParser

from styr.config.supervisor import removed, told


class Command(BaseCommand):
    """Start, stop, look at or remove it."""

    help = "Start, stop eller se status på programmets egen PostgreSQL, eller fjern demonstrationens."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One word, and for the dangerous one a second."""
        parser.add_argument("act", choices=["start", "stop", "status", "remove"], metavar="start|stop|status|remove")
        parser.add_argument("--yes", action="store_true", help="ja, fjern demonstrationens database for altid")

    def handle(self, *args: object, act: str, yes: bool, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Do it and say what was done."""
        self.stdout.write(removed(sure=yes) if act == "remove" else told(act))
