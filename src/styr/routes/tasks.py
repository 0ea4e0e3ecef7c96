"""Jobs: route plans that were asked for."""

from typing import Final
from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from styr.kernel import clock
from styr.kernel.jobs import AWAITED
from styr.routes import services, solving

RETRY: Final = RetryStrategy(max_attempts=3, wait=10)


@app.task(name=services.PLAN_TASK, queue="documents", priority=AWAITED, retry=RETRY, pass_context=True)
def work_out(context: JobContext, municipality_id: str, plan_id: str) -> None:
    """Work out a route plan; taken up again after a kill it begins anew.

    A plan whose job went wrong for the last time is told to have failed: nobody waits for what will not come.
    """
    whose, plan = UUID(municipality_id), UUID(plan_id)
    try:
        solving.work_out(municipality_id=whose, plan_id=plan, now=clock.now)
    except Exception as wrong:
        if RETRY.get_retry_decision(exception=wrong, job=context.job) is None:
            solving.give_up(municipality_id=whose, plan_id=plan)
        raise
