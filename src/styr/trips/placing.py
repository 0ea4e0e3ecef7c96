"""Which transport grant a trip is of: the one that the file names, else the citizen's that fits best.

Told once in SQL: trips are placed as they land, and again when a register brings what they spoke of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

BEST_GRANT: Final = """
    LEFT JOIN LATERAL (
        SELECT r.grant_id FROM rel_ride_grant r WHERE r.citizen_id = {citizen}
        ORDER BY (r.grant_id = {named}) IS TRUE DESC,
                 {day} >= r.starts AND (r.ends IS NULL OR {day} < r.ends) DESC,
                 (({origin}, {goal}) = (r.home_place_id, r.destination_place_id)
                  OR ({goal}, {origin}) = (r.home_place_id, r.destination_place_id)) IS TRUE DESC,
                 r.weekdays = 0 OR r.weekdays & (1 << (extract(isodow FROM {day})::int - 1)) <> 0 DESC,
                 r.grant_id
        LIMIT 1
    ) best ON true
"""
"""A join that gives `best.grant_id`: the grant that the file names if it is the citizen's own, then one that runs on
the day, between the trip's places, on that weekday. A citizen without a transport grant has none."""

# A session's triggers keep the plan of their first statement, which was for a few rows: a change of many would compare
# every row with every other.
_MANY: Final = "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_nestloop = off"
_FEW: Final = "SET LOCAL plan_cache_mode = auto; SET LOCAL enable_nestloop = on"
_BEST: Final = BEST_GRANT.format(
    citizen="k.citizen_id", named="k.told_grant_id", day="k.service_day", origin="k.from_place_id", goal="k.to_place_id"
)
_KNOWN: Final = f"""
    CREATE TEMPORARY TABLE placed_trips ON COMMIT DROP AS
    WITH known AS (
        SELECT t.id, t.service_day, t.grant_id, coalesce(t.citizen_id, c.id) AS citizen_id,
               coalesce(t.unit_id, c.unit_id) AS unit_id, coalesce(t.told_grant_id, g.id) AS told_grant_id,
               coalesce(t.from_place_id, a.id) AS from_place_id, coalesce(t.to_place_id, b.id) AS to_place_id
        FROM trips_trip t
        LEFT JOIN people_citizen c ON c.municipality_id = t.municipality_id AND c.source_id = t.citizen_number
        LEFT JOIN grants_grant g ON g.municipality_id = t.municipality_id AND g.source_id = t.grant_number
        LEFT JOIN transport_place a ON a.municipality_id = t.municipality_id AND a.number = t.from_told
        LEFT JOIN transport_place b ON b.municipality_id = t.municipality_id AND b.number = t.to_told
        WHERE %(all)s OR t.citizen_id = ANY (%(citizens)s)
    )
    SELECT k.id, k.citizen_id, k.unit_id, k.told_grant_id, k.from_place_id, k.to_place_id, best.grant_id
    FROM known k {_BEST}
"""  # noqa: S608 - names from our own code
_SET: Final = """
    UPDATE trips_trip t SET citizen_id = p.citizen_id, unit_id = p.unit_id, told_grant_id = p.told_grant_id,
           from_place_id = p.from_place_id, to_place_id = p.to_place_id, grant_id = p.grant_id
    FROM pg_temp.placed_trips p
    WHERE t.id = p.id AND (t.citizen_id, t.told_grant_id, t.from_place_id, t.to_place_id, t.grant_id)
          IS DISTINCT FROM (p.citizen_id, p.told_grant_id, p.from_place_id, p.to_place_id, p.grant_id)
"""


_CITIZENS: Final = """
    SELECT citizen_id FROM rel_grant WHERE grant_id = ANY (%(ids)s)
    UNION SELECT citizen_id FROM rel_citizen WHERE citizen_id = ANY (%(ids)s)
"""


def place_touched(changed: Collection[UUID]) -> int:
    """Find the grant again for the trips of those whose grants (or who themselves) changed; return how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(_CITIZENS, {"ids": list(changed)})
        citizens = [row[0] for row in cursor.fetchall()]
    return place_again(citizens) if citizens else 0


@transaction.atomic
def place_again(citizens: Collection[UUID] | None = None) -> int:
    """Find what trips spoke of before it was here (citizens, places), and each one's grant; return how many changed.

    `citizens` are those whose trips are looked at, None for all.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM trips_trip)")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("DROP TABLE IF EXISTS pg_temp.placed_trips")
        cursor.execute(_KNOWN, {"all": citizens is None, "citizens": list(citizens or ())})
        cursor.execute("ANALYZE pg_temp.placed_trips")
        cursor.execute(_MANY)
        cursor.execute(_SET)
        changed = int(cursor.rowcount)
        cursor.execute(_FEW)
        return changed
