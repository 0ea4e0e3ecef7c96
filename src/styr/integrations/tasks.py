"""Jobs: an import that a page has asked for."""

from pathlib import Path
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.integrations import services
from styr.kernel import clock


@app.task(name=services.IMPORT_TASK, queue="imports", retry=RetryStrategy(max_attempts=3, wait=30))
def import_files(municipality_id: str, paths: list[str], actor: str) -> None:
    """Import the paths. Running it twice, also after a kill, lands nothing twice."""
    services.import_and_control(
        paths=[Path(path) for path in paths],
        municipality_id=UUID(municipality_id),
        actor=actor,
        now=clock.now(),
        today=clock.today(),
    )
