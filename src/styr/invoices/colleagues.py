"""The colleagues to whom what an invoice leads to can be handed over."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from styr.access.core.permissions import Permission, roles_with

_COLLEAGUES: Final = """
    WITH RECURSIVE above AS (
        SELECT u.id, u.parent_id FROM access_unit u WHERE u.id = %(unit)s
        UNION ALL
        SELECT u.id, u.parent_id FROM access_unit u JOIN above ON above.parent_id = u.id
    )
    SELECT DISTINCT p.id, p.name
    FROM access_user p JOIN access_membership m ON m.user_id = p.id
    WHERE p.is_active AND m.role = ANY(%(roles)s) AND m.starts <= %(on)s AND (m.ends IS NULL OR m.ends > %(on)s)
      AND (%(unit)s::uuid IS NULL OR m.unit_id IS NULL OR m.unit_id IN (SELECT id FROM above))
    ORDER BY p.name, p.id
"""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may decide invoices."""

    id: UUID
    name: str


def able_to_decide(*, unit_id: UUID | None, on: date) -> tuple[Colleague, ...]:
    """Return who may decide invoices of the unit (None: of the whole municipality) on a day. One query."""
    roles = [role.value for role in roles_with(Permission.DECIDE_INVOICES)]
    with connection.cursor() as cursor:
        cursor.execute(_COLLEAGUES, {"unit": unit_id, "roles": roles, "on": on})
        return tuple(Colleague(*row) for row in cursor.fetchall())
