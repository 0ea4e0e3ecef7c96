"""One import at a time in a municipality; the lock goes with the connection, so a kill lets go of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import Error, connection


@contextmanager
def import_lock(municipality_id: UUID, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the municipality's import lock; where another import has it, call `waiting` once and wait for it."""
    name = [f"import:{municipality_id}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", name)
        (held,) = cursor.fetchone()
        if not held:
            waiting()
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", name)
    try:
        yield
    finally:
        _let_go(name)


def _let_go(name: list[str]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", name)
    except Error:
        connection.close()  # a lost or aborted connection takes its locks along
