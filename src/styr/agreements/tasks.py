"""Jobs: scanned pages to be read."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.agreements import scanning


@app.task(name=scanning.SCAN_TASK, queue="documents", retry=RetryStrategy(max_attempts=3, wait=10))
def read_scans(municipality_id: str, document_id: str) -> None:
    """Read a document's scanned pages; taken up again after a kill it goes on with the page it had come to."""
    scanning.read_scans(municipality_id=UUID(municipality_id), document_id=UUID(document_id))
