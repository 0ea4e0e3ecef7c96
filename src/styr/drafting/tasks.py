"""Jobs: the PDF and the redline of a version."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.drafting import rendering
from styr.drafting.versions import RENDER_TASK
from styr.kernel.jobs import AWAITED


@app.task(name=RENDER_TASK, queue="controls", priority=AWAITED, retry=RetryStrategy(max_attempts=3, wait=10))
def render(municipality_id: str, version_id: str) -> None:
    """Make a version's files; taken up again after a kill it begins anew."""
    rendering.render(municipality_id=UUID(municipality_id), version_id=UUID(version_id))
