"""What `styr db` does and says."""

import shutil

from django.conf import settings

from styr.config.installation import Installation
from styr.config.postgres.cluster import Status
from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.postgres.layout import Layout, usable

DEMO = "demo"


def told(act: str) -> str:
    """Start, stop or look at the installation's server, and give the sentence to show.

    Raises `DatabaseUnavailableError` when the program uses a server that somebody else runs.
    """
    installation = _own_installation()
    cluster = installation.cluster
    match act:
        case "start":
            installation.start()
        case "stop":
            return "PostgreSQL er stoppet." if cluster.stop() else "PostgreSQL kørte ikke."
    return _sentence(cluster.status())


def removed(*, sure: bool) -> str:
    """Stop the demonstration's server and remove its data, passwords and keys; gives the sentence to show.

    Raises `DatabaseUnavailableError` when the caller is not sure, and for every installation but the demonstration.
    """
    installation = _own_installation()
    if installation.name != DEMO:
        raise DatabaseUnavailableError("Kun demonstrationens database kan fjernes her; denne er i drift.")
    if not sure:
        raise DatabaseUnavailableError(f"Det fjerner {installation.home} for altid. Skriv --yes for at gøre det.")
    layout = Layout(installation.home)
    if (layout.data / "PG_VERSION").is_file():
        installation.cluster.stop()
    with usable(layout.home):
        for folder in {layout.home, layout.sockets}:
            if folder.is_dir():
                shutil.rmtree(folder)
    return f"Demonstrationens database i {installation.home} er fjernet."


def _own_installation() -> Installation:
    installation = getattr(settings, "INSTALLATION", None)
    if not isinstance(installation, Installation) or installation.url:
        raise DatabaseUnavailableError(
            "Databasen køres af andre (DATABASE_URL er sat); styr starter, stopper og fjerner den ikke."
        )
    return installation


def _sentence(status: Status) -> str:
    if not status.running:
        return f"PostgreSQL kører ikke ({status.home})."
    return f"PostgreSQL {status.version} kører (proces {status.pid}) i {status.home}."
