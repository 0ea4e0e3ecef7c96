"""Jobs: every bank day's payment file, and those of the days that were missed."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from styr.access.services import municipality_ids
from styr.kernel import clock
from styr.ledger.paying import catch_up


@app.periodic(cron="15 5 * * 1-5")
@app.task(name="ledger.payment_files", queue="controls", queueing_lock="ledger.payment_files")
def payment_files(timestamp: int) -> None:
    """Make the payment files of each municipality whose first one was made by a person."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    today = clock.danish_day(moment)
    for municipality_id in municipality_ids():
        catch_up(municipality_id=municipality_id, today=today, now=moment, begin=False)
