"""Use cases of the audit trail (revisionsspor): log a read."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connections


def log_read(*, citizens: Sequence[UUID], page: str, purpose: str, using: str = "default") -> int | None:
    """Log that a page showed these citizens, for a purpose (formål); gives the row's number, None for no citizens.

    Called in the scope of whoever looks: the database takes actor, municipality and time from the token. `page` is an
    address without its query; neither it nor `purpose` may hold names or CPR numbers.
    """
    shown = list(dict.fromkeys(citizens))
    if not shown:
        return None
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT audit_log_read(%s::uuid[], %s, %s)", [shown, page, purpose])
        return int(cursor.fetchone()[0])
