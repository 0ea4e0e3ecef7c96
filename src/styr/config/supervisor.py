"""What `styr db` does and says."""

from django.conf import settings

from styr.config.installation import Installation
from styr.config.postgres.cluster import Status
from styr.config.postgres.errors import DatabaseUnavailableError


def told(act: str) -> str:
    """Start, stop or look at the installation's server, and give the sentence to show.

    Raises `DatabaseUnavailableError` when the program uses a server that somebody else runs.
    """
    installation = getattr(settings, "INSTALLATION", None)
    if not isinstance(installation, Installation) or installation.url:
        raise DatabaseUnavailableError(
            "Databasen køres af andre (DATABASE_URL er sat); styr starter og stopper den ikke."
        )
    cluster = installation.cluster
    match act:
        case "start":
            installation.start()
        case "stop":
            return "PostgreSQL er stoppet." if cluster.stop() else "PostgreSQL kørte ikke."
    return _sentence(cluster.status())


def _sentence(status: Status) -> str:
    if not status.running:
        return f"PostgreSQL kører ikke ({status.home})."
    return f"PostgreSQL {status.version} kører (proces {status.pid}) i {status.home}."
