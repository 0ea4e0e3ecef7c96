"""Jobs: the figures that were asked for, and every few minutes those that something has changed under."""

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


@app.periodic(cron="*/5 * * * *")
@app.task(name="reports.look", queue="controls", queueing_lock="reports.look")
def look(timestamp: int) -> None:
    """Where anything has changed since the figures were worked out, or a day has passed, work them out anew."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    today = clock.danish_day(moment)
    for municipality_id in municipality_ids():
        services.prepare_if_old(municipality_id=municipality_id, today=today, now=moment)
