"""`styr setup`: the database's schema and rights, as the owner."""

from django.core.management.base import BaseCommand

from styr.config.setup import set_up


class Command(BaseCommand):
    """Run after every upgrade; running it again changes nothing."""

    help = "Gør databasen klar: tabeller, politikker og nøgle. Køres efter installation og hver opgradering."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Do it."""
        self.stdout.write(f"Databasen er klar ({set_up()} ændringer udført).")
