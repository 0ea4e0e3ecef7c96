"""The job that keeps the search up to date: every few minutes, what was read since."""

from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.texts.services import index_documents


@app.periodic(cron="*/3 * * * *")
@app.task(name="texts.index", queue="controls", queueing_lock="texts.index")
def index(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's signature
    """Index what is new or changed, a few hundred documents a transaction, until nothing is left."""
    for municipality_id in municipality_ids():
        made = 1
        while made:
            with service_scope(municipality_id, "control"):
                made = index_documents(municipality_id=municipality_id)
