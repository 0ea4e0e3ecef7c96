"""Jobs: letters are handed to the mail server outside the request that asked for it."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from styr.access.scope import service_scope
from styr.invoices import letters


@app.task(name=letters.SEND_TASK, queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=6))
def send_letter(municipality_id: str, letter_id: str) -> None:
    """Send one letter; a second run finds it sent."""
    with service_scope(UUID(municipality_id), "job"):
        letters.deliver_letter(letter_id=UUID(letter_id))
