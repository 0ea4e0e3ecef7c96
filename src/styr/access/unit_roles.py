"""What somebody may do where a row is: only roles that cover its unit count, not those held elsewhere.

`web.rules.may` asks in whichever unit, so that a page opens; the service that writes asks here.
"""

from datetime import date
from uuid import UUID

from django.db import connection

from styr.access.core.permissions import Permission, permissions_of
from styr.access.core.roles import Role

# As `styr_units` reaches downwards, a unit looks upwards. An auditor writes nothing, wherever they audit.
_COVERING = """
WITH RECURSIVE above AS (
    SELECT id, parent_id FROM access_unit WHERE id = %(unit)s::uuid
    UNION SELECT u.id, u.parent_id FROM access_unit u JOIN above ON u.id = above.parent_id
)
SELECT DISTINCT role FROM access_membership
WHERE user_id = %(user)s AND starts <= %(day)s AND (ends IS NULL OR ends > %(day)s)
  AND (unit_id IS NULL OR role = 'auditor' OR (role <> 'administrator' AND unit_id IN (SELECT id FROM above)))
"""


def roles_in(*, user_id: UUID, unit_id: UUID | None, on: date) -> frozenset[Role]:
    """The roles that cover a unit on a day: held in it, in one above it, or everywhere. One query.

    What belongs to no unit (None) is covered by roles held everywhere alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COVERING, {"unit": unit_id, "user": user_id, "day": on})
        return frozenset(Role(row[0]) for row in cursor.fetchall())


def may_in(*, user_id: UUID, permission: Permission, unit_id: UUID | None, on: date) -> bool:
    """Whether one of somebody's roles that cover the unit gives the permission. One query."""
    return permission in permissions_of(roles_in(user_id=user_id, unit_id=unit_id, on=on))
