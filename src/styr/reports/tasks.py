"""Jobs: the figures that were asked for, and every morning those of every municipality."""

from datetime import UTC, datetime
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.access.services import municipality_ids
from styr.kernel import clock
from styr.reports import services


@app.task(name=services.PREPARE_TASK, queue="controls", retry=RetryStrategy(max_attempts=3, wait=10))
def prepare(municipality_id: str) -> None:
    """Work a municipality's figures out; doing it twice gives the same."""
    services.prepare_now(municipality_id=UUID(municipality_id), today=clock.today(), now=clock.now())


@app.periodic(cron="20 4 * * *")
@app.task(name="reports.nightly", queue="controls", queueing_lock="reports.nightly")
def nightly(timestamp: int) -> None:
    """After the night's forecasts and controls: dates pass, and what was true yesterday may not be today."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    for municipality_id in municipality_ids():
        services.prepare_now(municipality_id=municipality_id, today=moment.astimezone(clock.DENMARK).date(), now=moment)
