"""Whether the scope spans the whole municipality, as claims and the rules of a year must."""

from __future__ import annotations

from django.db import connection


def sees_whole_municipality() -> bool:
    """Tell whether the scope spans every unit and case. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT styr_all_units() AND cardinality(styr_hidden('citizen')::uuid[]) = 0")
        (whole,) = cursor.fetchone()
    return bool(whole)
