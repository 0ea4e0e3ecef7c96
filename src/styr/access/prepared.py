"""Long statements whose plan the connection keeps: planning some of them takes longer than answering them."""

from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

_OFTEN = 5  # psycopg's own: how often a statement comes before it is kept, where nobody says
_AT_ONCE = "plan_cache_mode = force_generic_plan"  # otherwise the server plans the first five calls by their values


class _Keeping(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor that sends parameters apart from the statement, so that the server can plan it once for all of them."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> "_Keeping":
        """Run the statement by its kept plan, and make that the first time."""
        return super().execute(query, params, prepare=True)


def planned_once() -> CursorWrapper:
    """A cursor, used as `connection.cursor()`, whose statements are planned once a connection and not once a call.

    For statements of a fixed text, in which the type of each parameter follows from its place or is cast. The plan is
    the same for all calls from the first one on, so it must not hang on a value (`%(ids)s IS NULL OR …` is two texts).
    Row-level security is asked at every call as ever. The choice holds for the transaction, where there is one.
    """
    connection.ensure_connection()
    # Django turns keeping off; only these cursors, and the calls behind tokens, are kept by turning it on.
    connection.connection.prepare_threshold = connection.connection.prepare_threshold or _OFTEN
    with connection.wrap_database_errors:
        connection.connection.execute(f"SET {'LOCAL ' if connection.in_atomic_block else ''}{_AT_ONCE}", prepare=False)
    raw: Any = _Keeping(connection.connection)  # Django's stubs ask for the wrapper that is made here
    return connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)
