"""`styr worker`: runs the jobs."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Run until told to stop (SIGTERM); a job under way is finished first."""

    help = "Kør baggrundsjob: plombering, genoptagelse af afbrudte job og det, siderne sætter i gang."

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Work."""
        call_command("procrastinate", "worker")
