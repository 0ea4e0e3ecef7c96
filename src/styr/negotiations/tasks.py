"""Jobs: every night the agreed savings are held against what is invoiced."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.kernel import clock
from styr.negotiations.saving import verify_savings

PURPOSE = "savings"


@app.periodic(cron="20 4 * * *")
@app.task(name="negotiations.verify", queue="controls", queueing_lock="negotiations.verify")
def verify(timestamp: int) -> None:
    """Let invoices say what is realised, municipality by municipality."""
    today = datetime.fromtimestamp(timestamp, UTC).astimezone(clock.DENMARK).date()
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, PURPOSE):
            verify_savings(today=today)
