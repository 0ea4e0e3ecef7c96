"""Acting for a person who is not at a page: what their calendar program and their daily mail may see, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from styr.access import tokens
from styr.access.scope import acting_as
from styr.kernel import clock

LIFETIME: Final = timedelta(minutes=5)


@contextmanager
def seeing_as(*, user_id: UUID, municipality_id: UUID, purpose: str) -> Iterator[None]:
    """See what the person sees, and write nothing, in one transaction; the token ends with it."""
    with transaction.atomic():
        grantee = tokens.Grantee(municipality_id, user_id, purpose, may_write=False)
        now = clock.now()  # the database holds the token to its own clock, whatever day is asked about
        token = tokens.issue(grantee, now=now, expires=now + LIFETIME)
        with acting_as(token):
            yield
        tokens.revoke(token)
