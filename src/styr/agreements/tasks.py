"""Jobs: scanned pages to be read, letters of the collection drive to be mailed, reminders in the morning."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils.timezone import localdate
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.agreements import mailing, scanning
from styr.kernel.jobs import AWAITED


@app.task(name=scanning.SCAN_TASK, queue="documents", priority=AWAITED, retry=RetryStrategy(max_attempts=3, wait=10))
def read_scans(municipality_id: str, document_id: str) -> None:
    """Read a document's scanned pages; taken up again after a kill it goes on with the page it had come to."""
    scanning.read_scans(municipality_id=UUID(municipality_id), document_id=UUID(document_id))


@app.task(name=mailing.SEND_TASK, queue="mail")
def send_letter(municipality_id: str, step_id: str) -> None:
    """Mail one letter; a second run finds that it was tried."""
    mailing.deliver(municipality_id=UUID(municipality_id), step_id=UUID(step_id))


@app.periodic(cron="40 5 * * 1-5")
@app.task(queueing_lock="agreements.remind", name="agreements.remind")
def remind(timestamp: int) -> int:
    """Remind suppliers that have not answered; the moment is the job's, so a late run is still for that day."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    return mailing.remind(today=localdate(moment), now=moment)
