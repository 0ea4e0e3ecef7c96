"""On whose behalf a job brings supplier accounts and prices: the person who handed the files in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection

_BRINGER: ContextVar[UUID | None] = ContextVar("bringer", default=None)


@contextmanager
def brought_by(user_id: UUID) -> Iterator[None]:
    """Say in the block who handed in what a job lands; a person's own requests need not."""
    before = _BRINGER.set(user_id)
    try:
        yield
    finally:
        _BRINGER.reset(before)


def bringer() -> UUID | None:
    """Who handed in what a job lands; None where no person did."""
    return _BRINGER.get()


def tell_bringer() -> None:
    """Let the database know, for the rest of the transaction, on whose behalf accounts are written."""
    who = bringer()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('styr.brought_by', %s, true)", ["" if who is None else str(who)])
