"""Jobs whose worker died: they are tried again, and given up when they kill worker after worker."""

from datetime import datetime

from procrastinate.jobs import Status
from procrastinate.manager import JobManager

MOST_ATTEMPTS = 5


async def sweep(manager: JobManager, *, now: datetime) -> int:
    """Give each stalled job back to the queue, or fail it after `MOST_ATTEMPTS`; gives the number of both."""
    stalled = list(await manager.get_stalled_jobs())
    for job in stalled:
        if job.attempts >= MOST_ATTEMPTS:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job, retry_at=now)
    await manager.prune_stalled_workers(_SILENT_SECONDS)
    return len(stalled)


_SILENT_SECONDS = 60.0
