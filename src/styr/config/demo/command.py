"""What `styr demo` does after reading its words: the run, then the web application."""

from django.conf import settings
from rich.console import Console

from styr.config.demo.people import COLLEAGUES, password_of
from styr.config.demo.run import run_demo
from styr.config.serving import free_port, refuse_impossible_port, serve
from styr.kernel import clock


def demonstrate(*, seed: int, scale: float, port: int, serving: bool) -> None:
    """Run the demonstration and, unless told not to, serve the pages until Ctrl-C."""
    if serving:
        refuse_impossible_port(port)  # said before the long run, not after it
    installation = settings.INSTALLATION
    console = Console()
    run_demo(installation=installation, seed=seed, scale=scale, today=clock.today(), now=clock.now(), console=console)
    if not serving:
        return
    chosen = free_port(port)
    console.print(f"\n[bold]Siderne er på http://127.0.0.1:{chosen}/[/]  (Ctrl-C stopper)")
    console.print(f"Adgangskode for alle: [bold]{password_of(installation.home)}[/]")
    for colleague in COLLEAGUES:
        console.print(f"  {colleague.username:<8} {colleague.role.danish}, {colleague.name}")
    serve(port=chosen, workers=2, jobs=True)
