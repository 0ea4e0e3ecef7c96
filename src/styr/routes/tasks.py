"""Jobs: route plans that were asked for."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.kernel import clock
from styr.routes import services, solving


@app.task(name=services.PLAN_TASK, queue="documents", retry=RetryStrategy(max_attempts=3, wait=10))
def work_out(municipality_id: str, plan_id: str) -> None:
    """Work out a route plan; taken up again after a kill it begins anew."""
    solving.work_out(municipality_id=UUID(municipality_id), plan_id=UUID(plan_id), now=clock.now)
