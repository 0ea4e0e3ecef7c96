"""Who can be asked to do something: people whose role allows it and whose units reach the thing's."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from styr.access.core.permissions import Permission, roles_with

_ABLE: Final = """
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
    """A person who can be asked."""

    id: UUID
    name: str


def colleagues_who(permission: Permission, *, unit_id: UUID | None, on: date) -> tuple[Colleague, ...]:
    """Return who may do it in the unit (None: in the whole municipality) on a day, by name. One query."""
    roles = [role.value for role in roles_with(permission)]
    with connection.cursor() as cursor:
        cursor.execute(_ABLE, {"unit": unit_id, "roles": roles, "on": on})
        return tuple(Colleague(*row) for row in cursor.fetchall())
