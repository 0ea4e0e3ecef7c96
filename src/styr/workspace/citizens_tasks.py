"""Jobs of the citizens' pages; `tasks` gives them on to the worker."""

from uuid import UUID

from procrastinate.contrib.django import app

from styr.kernel import clock
from styr.kernel.jobs import AWAITED
from styr.people.requests import GATHER_TASK
from styr.workspace.citizens_gathering import gather_request


@app.task(name=GATHER_TASK, queue="requests", priority=AWAITED)
def gather(municipality_id: str, request_id: str) -> bool:
    """Gather everything about a citizen for an access request."""
    return gather_request(municipality_id=UUID(municipality_id), request_id=UUID(request_id), now=clock.now())
