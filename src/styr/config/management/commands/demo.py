"""`styr demo`: the example municipality from files to findings, then the web application."""

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Run it all; a second run reuses what is there."""

    help = "Vis programmet på en opdigtet kommune: filer, indlæsning, kontrol, resumé og sider."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Size, seed, and whether to serve."""
        parser.add_argument("--seed", type=int, default=1, help="samme tal giver samme kommune")
        parser.add_argument("--scale", type=float, default=1.0, help="1 er cirka 1.200 borgere og 14.000 fakturaer")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="slut efter resuméet")

    def handle(self, *args: object, seed: int, scale: float, port: int, no_serve: bool, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Do it."""
        from styr.config.demo.command import demonstrate

        demonstrate(seed=seed, scale=scale, port=port, serving=not no_serve)
