"""`styr worker`: runs the jobs."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from styr.config.following import stop_when_parent_ends


class Command(BaseCommand):
    """Run until told to stop (SIGTERM); a job under way is finished first."""

    help = "Kør baggrundsjob: plombering, genoptagelse af afbrudte job og det, siderne sætter i gang."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose side it works at, when it is not on its own."""
        parser.add_argument(
            "--until-ends", type=int, metavar="PID", help="stop, når den proces, der startede den, slutter"
        )

    def handle(self, *args: object, until_ends: int | None, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Work."""
        if until_ends is not None:
            stop_when_parent_ends(until_ends)
        call_command("procrastinate", "worker")
