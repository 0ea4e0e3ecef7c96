"""`styr keys`: fresh secrets for production's environment."""

from django.core.management.base import BaseCommand

from styr.config.fresh_keys import lines


class Command(BaseCommand):
    """Print them; they are kept nowhere."""

    help = "Lav nye nøgler til produktionens miljø. De gemmes ingen steder: gem dem i jeres hemmelighedslager."
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """One `NAME=value` a line."""
        self.stdout.write("\n".join(lines()))
