"""Jobs: matching, controls and what is ready are worked out for what a change touched, and every night for everything.

The nightly run is needed though nothing changed: dates pass.
"""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.controls import rerunning
from styr.kernel import clock


@app.task(name=rerunning.RERUN_TASK, queue="controls", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def rerun_controls(municipality_id: str, ids: list[str]) -> None:
    """Work out anew what `ids` touch: matching, controls, what is ready. Running it twice gives the same."""
    municipality = UUID(municipality_id)
    with service_scope(municipality, "control"):
        rerunning.rerun(
            municipality_id=municipality,
            today=clock.today(),
            now=clock.now(),
            changed=[UUID(changed) for changed in ids],
        )


@app.periodic(cron="10 3 * * *")
@app.task(name="controls.nightly", queue="controls", queueing_lock="controls.nightly")
def run_nightly(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's signature
    """Work everything out anew for every municipality, each in a scope and a transaction of its own."""
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "control"):
            rerunning.rerun(municipality_id=municipality_id, today=clock.today(), now=clock.now())
