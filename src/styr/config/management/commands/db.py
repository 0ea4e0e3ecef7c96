"""`styr db start|stop|status`: the program's own PostgreSQL."""

from django.core.management.base import BaseCommand, CommandParser

from styr.config.supervisor import told


class Command(BaseCommand):
    """Start, stop or look at it."""

    help = "Start, stop eller se status på programmets egen PostgreSQL."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One word."""
        parser.add_argument("act", choices=["start", "stop", "status"], metavar="start|stop|status")

    def handle(self, *args: object, act: str, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Do it and say what was done."""
        self.stdout.write(told(act))
