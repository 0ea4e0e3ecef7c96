"""The units that somebody serves, by name: what a list can be narrowed by."""

from typing import Final
from uuid import UUID

from django.db import connection

_UNITS: Final = """
    SELECT id, name FROM access_unit WHERE styr_all_units() OR id = ANY (styr_units()) ORDER BY name, id
"""


def units_in_reach() -> tuple[tuple[UUID, str], ...]:
    """Return (id, name) of the units that the caller serves. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS)
        return tuple(cursor.fetchall())
