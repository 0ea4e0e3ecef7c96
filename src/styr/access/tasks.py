"""Jobs that keep the house: sealing the logs, sweeping stalled jobs, forgetting what has expired."""

from datetime import UTC, datetime

from procrastinate import JobContext
from procrastinate.contrib.django import app

from styr.access.services import forget_expired, seal_logs
from styr.access.stalled import sweep


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="access.seal", name="access.seal")
def seal(timestamp: int) -> int:
    """Seal every municipality's logs; gives the number of new seals."""
    return seal_logs(now=_moment(timestamp))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="access.sweep", name="access.sweep", pass_context=True)
async def sweep_stalled(context: JobContext, timestamp: int) -> int:
    """Give jobs of dead workers to living ones; gives their number."""
    return await sweep(context.app.job_manager, now=_moment(timestamp))


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="access.forget", name="access.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 -- the scheduler's signature
    """Forget expired sessions and old tokens."""
    forget_expired()


def _moment(timestamp: int) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)
