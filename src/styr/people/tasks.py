"""Jobs: files of access requests are deleted when their time is over."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.people.requests import delete_expired_files


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="people.forget_requests", name="people.forget_requests")
def forget_requests(timestamp: int) -> int:
    """Delete what has been there for its time, in every municipality; gives the number of files."""
    gone = 0
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "job"):
            gone += delete_expired_files(now=datetime.fromtimestamp(timestamp, UTC))
    return gone
