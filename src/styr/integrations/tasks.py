"""Jobs: an import that a page has asked for."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.integrations import services, undo_requests, upload_jobs, uploads
from styr.kernel import clock
from styr.kernel.jobs import AWAITED


@app.task(name=services.IMPORT_TASK, queue="imports", priority=AWAITED, retry=RetryStrategy(max_attempts=3, wait=30))
def import_files(municipality_id: str, paths: list[str], actor: str) -> None:
    """Import the paths. Running it twice, also after a kill, lands nothing twice."""
    services.import_and_control(
        paths=[Path(path) for path in paths],
        municipality_id=UUID(municipality_id),
        actor=actor,
        now=clock.now(),
        today=clock.today(),
    )


@app.task(name=uploads.LOOK_TASK, queue="imports", priority=AWAITED, retry=RetryStrategy(max_attempts=3, wait=5))
def look(municipality_id: str, upload_id: str) -> None:
    """Look at files handed in on a page."""
    upload_jobs.look(
        upload_id=UUID(upload_id), municipality_id=UUID(municipality_id), now=clock.now(), today=clock.today()
    )


@app.task(name=uploads.LAND_TASK, queue="imports", priority=AWAITED, retry=RetryStrategy(max_attempts=3, wait=5))
def land(municipality_id: str, upload_id: str) -> None:
    """Land files handed in on a page; taking up again after a kill lands nothing twice."""
    upload_jobs.land(
        upload_id=UUID(upload_id), municipality_id=UUID(municipality_id), now=clock.now(), today=clock.today()
    )


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="integrations.forget", name="integrations.forget")
def forget(timestamp: int) -> int:
    """Let go of files that were handed in and left; gives the number of uploads."""
    now = datetime.fromtimestamp(timestamp, UTC)
    forgotten = 0
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "import"):
            forgotten += uploads.forget_old(now=now)
    return forgotten


@app.task(name=undo_requests.UNDO_TASK, queue="imports", priority=AWAITED, retry=RetryStrategy(max_attempts=3, wait=5))
def undo(municipality_id: str, run_id: str, actor: str, by: str = "") -> None:
    """Take a landed import back as a whole, or tell on its page what stands in the way; twice does nothing twice."""
    undo_requests.carry_out_undo(
        run_id=UUID(run_id),
        municipality_id=UUID(municipality_id),
        actor=actor,
        now=clock.now(),
        today=clock.today(),
        by=UUID(by) if by else None,
    )
