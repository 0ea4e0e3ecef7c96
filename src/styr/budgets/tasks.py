"""Jobs: a forecast that was asked for, and every night one for each municipality."""

from datetime import UTC, datetime
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.budgets import making, services
from styr.kernel import clock


@app.task(name=services.FORECAST_TASK, queue="controls", retry=RetryStrategy(max_attempts=3, wait=10))
def forecast(municipality_id: str, run_id: str) -> None:
    """Make a forecast that was asked for, step by step; taken up again after a kill it begins anew."""
    making.make_in_steps(municipality_id=UUID(municipality_id), run_id=UUID(run_id), now=clock.now)


@app.periodic(cron="40 3 * * *")
@app.task(name="budgets.nightly", queue="controls", queueing_lock="budgets.nightly")
def nightly(timestamp: int) -> None:
    """Ask for every municipality's forecast, though nothing changed: dates pass, and months are closed."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    today = clock.danish_day(moment)
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, making.PURPOSE):
            services.request_nightly(municipality_id=municipality_id, today=today, now=moment)
