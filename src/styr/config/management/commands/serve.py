"""`styr serve`: the web application behind a proxy, or alone on this machine."""

from django.core.management.base import BaseCommand, CommandParser

from styr.config.serving import serve


class Command(BaseCommand):
    """Serve until stopped."""

    help = "Start siderne. Sæt en omvendt proxy med TLS foran."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, and with how many processes."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--jobs", action="store_true", help="kør også de lange job, i stedet for »styr worker«")

    def handle(self, *args: object, host: str, port: int, workers: int, jobs: bool, **options: object) -> None:  # noqa: ARG002 -- Django's signature
        """Become the server."""
        serve(host=host, port=port, workers=workers, jobs=jobs)
