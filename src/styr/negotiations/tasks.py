"""Jobs: the potential when something has changed, and every night the agreed savings against what is invoiced."""

from datetime import UTC, date, datetime
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.kernel import clock
from styr.negotiations import preparing
from styr.negotiations.saving import verify_savings


@app.periodic(cron="20 4 * * *")
@app.task(name="negotiations.verify", queue="controls", queueing_lock="negotiations.verify")
def verify(timestamp: int) -> None:
    """Let invoices say what is realised, municipality by municipality."""
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, preparing.PURPOSE):
            verify_savings(today=_day(timestamp))


@app.task(name=preparing.PREPARE_TASK, queue="controls", retry=RetryStrategy(max_attempts=3, wait=10))
def potential(municipality_id: str) -> None:
    """Work a municipality's potential out; doing it twice gives the same."""
    preparing.prepare_now(municipality_id=UUID(municipality_id), today=clock.today(), now=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="negotiations.look", queue="controls", queueing_lock="negotiations.look")
def look(timestamp: int) -> None:
    """Where a register has changed since the potential was worked out, work it out anew."""
    for municipality_id in municipality_ids():
        preparing.prepare_if_old(
            municipality_id=municipality_id, today=_day(timestamp), now=datetime.fromtimestamp(timestamp, UTC)
        )


def _day(timestamp: int) -> date:
    return clock.danish_day(datetime.fromtimestamp(timestamp, UTC))
