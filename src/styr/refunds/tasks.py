"""Jobs: a year's refund that was asked for, and every night the current one of every municipality."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.kernel import clock
from styr.refunds import requesting


@app.task(name=requesting.COMPUTE_TASK, queue="controls", retry=RetryStrategy(max_attempts=3, wait=10))
def compute(municipality_id: str, year: int) -> None:
    """Compute a year anew; running it twice gives the same."""
    municipality = UUID(municipality_id)
    with service_scope(municipality, "control"):
        requesting.compute_all(municipality_id=municipality, year=year, today=clock.today(), now=clock.now())


@app.periodic(cron="50 3 * * *")
@app.task(name="refunds.nightly", queue="controls", queueing_lock="refunds.nightly")
def nightly(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's signature
    """Compute for every municipality, each in a scope and a transaction of its own."""
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "control"):
            requesting.compute_all(municipality_id=municipality_id, year=None, today=clock.today(), now=clock.now())
