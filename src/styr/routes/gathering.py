"""What is known of a day before it is planned: who rides where and when, and how it is done today. Set-based."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

WEEKS_BACK: Final = 8
"""Today's prices and times are the average of so many weeks before the day."""

_RIDES: Final = """
WITH wanted AS (
    SELECT r.*, split_part(r.out_arrive, ':', 1)::int * 60 + split_part(r.out_arrive, ':', 2)::int AS bell_in,
           split_part(r.back_leave, ':', 1)::int * 60 + split_part(r.back_leave, ':', 2)::int AS bell_out
    FROM rel_ride_grant r
    WHERE r.destination_place_id = ANY (%(goals)s) AND r.starts <= %(day)s AND (r.ends IS NULL OR r.ends > %(day)s)
      AND r.weekdays & %(bit)s <> 0
), driven AS (
    SELECT t.grant_id, t.from_place_id = w.home_place_id AS out,
           (percentile_disc(0.5) WITHIN GROUP (ORDER BY t.start_minute))::int AS pickup,
           (percentile_disc(0.5) WITHIN GROUP (ORDER BY t.minutes))::int AS minutes
    FROM rel_trip t JOIN wanted w ON w.grant_id = t.grant_id
    WHERE t.service_day >= %(day)s - %(back)s AND t.service_day < %(day)s AND NOT t.no_show AND NOT t.cancelled
    GROUP BY 1, 2
)
SELECT w.grant_id, w.unit_id, way.way, w.home_place_id, w.destination_place_id,
       CASE way.way WHEN 'out' THEN w.bell_in ELSE w.bell_out END AS at,
       w.aids ILIKE '%%kørestol%%' AS wheelchair, w.companion, w.solo, w.max_ride_minutes, d.pickup, d.minutes,
       home.latitude IS NOT NULL AND goal.latitude IS NOT NULL AS on_the_map
FROM wanted w CROSS JOIN (VALUES ('out'), ('back')) AS way (way)
LEFT JOIN driven d ON d.grant_id = w.grant_id AND d.out = (way.way = 'out')
LEFT JOIN rel_place home ON home.place_id = w.home_place_id
LEFT JOIN rel_place goal ON goal.place_id = w.destination_place_id
ORDER BY w.grant_id, way.way
"""
# A vehicle's own row has its km; else every citizen's km are taken to be driven for that citizen alone. The grammes are
# the average of the operator's vehicles, and unknown where an operator has none that tells.
_TODAY: Final = """
WITH mine AS (
SELECT t.* FROM rel_trip t
WHERE t.service_day >= %(day)s - %(back)s AND t.service_day < %(day)s
  AND extract(isodow FROM t.service_day) = extract(isodow FROM %(day)s::date)
  AND (t.grant_id = ANY (%(grants)s)
       OR t.citizen_id IS NULL AND (t.from_place_id = ANY (%(goals)s) OR t.to_place_id = ANY (%(goals)s))
          AND EXISTS (SELECT FROM rel_price_scheme p
                      WHERE p.operator_id = t.operator_id AND p.product = t.product AND p.day_ore > 0))
), far AS (
SELECT operator_id, sum(greatest(km, 0)) FILTER (WHERE citizen_id IS NULL) AS shared, sum(greatest(km, 0)) AS every
FROM mine WHERE NOT cancelled GROUP BY 1
)
SELECT sum(m.cost_ore + m.fee_ore)::bigint, count(*) FILTER (WHERE m.grant_id IS NOT NULL)::int,
       count(DISTINCT m.service_day)::int,
       (SELECT CASE WHEN bool_and(v.co2 IS NOT NULL)
                    THEN round(sum(coalesce(nullif(f.shared, 0), f.every) * v.co2)) END::bigint
        FROM far f LEFT JOIN LATERAL (SELECT avg(co2_g_km) AS co2 FROM transport_vehicle v
                                      WHERE v.operator_id = f.operator_id) v ON TRUE)
FROM mine m
"""
_DAYS: Final = """
SELECT count(DISTINCT service_day)::int FROM rel_trip
WHERE grant_id = ANY (%(grants)s) AND service_day >= %(day)s - 365 AND service_day < %(day)s
  AND extract(isodow FROM service_day) = extract(isodow FROM %(day)s::date)
"""
_SPOTS: Final = """
SELECT place_id, longitude, latitude FROM rel_place WHERE place_id = ANY (%(places)s) AND latitude IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One ride that a grant promises on the day; times in minutes after midnight."""

    grant_id: UUID
    unit_id: UUID
    way: str
    home_id: UUID | None
    goal_id: UUID
    at: int | None
    wheelchair: bool
    companion: bool
    solo: bool
    longest: int | None
    today_pickup: int | None
    today_minutes: int | None
    on_the_map: bool


@dataclass(frozen=True, slots=True)
class Today:
    """An average day as it is driven now; None where no trips are known."""

    cost_ore: int | None
    rides: int | None
    days: int | None
    co2_g: int | None = None


def rides_wanted(*, goals: Sequence[UUID], day: date) -> list[Wanted]:
    """The rides that the caller sees, to these destinations on a day like this. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_RIDES, _asked(goals, day))
        return [Wanted(*row) for row in cursor.fetchall()]


def driven_today(*, grants: Sequence[UUID], goals: Sequence[UUID], day: date) -> Today:
    """What these citizens' rides cost on an average such weekday lately, and how many such days of a year they ride.

    A fixed route's vehicle is nobody's trip, so those to and from the destinations count too. Two queries.
    """
    asked = _asked(goals, day) | {"grants": list(grants)}
    with connection.cursor() as cursor:
        cursor.execute(_TODAY, asked)
        cost_ore, rides, days, co2_g = cursor.fetchone() or (None, 0, 0, None)
        if not days or cost_ore is None:
            return Today(None, None, None)
        cursor.execute(_DAYS, asked)
        (year,) = cursor.fetchone() or (None,)
    grammes = None if co2_g is None else round_half_away(co2_g, days)
    return Today(round_half_away(cost_ore, days), round_half_away(rides, days), year or None, grammes)


def positions(places: Sequence[UUID]) -> dict[UUID, tuple[float, float]]:
    """Longitude and latitude of the places that are on the map. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SPOTS, {"places": list(places)})
        return {place: (float(east), float(north)) for place, east, north in cursor.fetchall()}


def _asked(goals: Sequence[UUID], day: date) -> dict[str, Any]:
    return {"goals": list(goals), "day": day, "bit": 1 << day.weekday(), "back": WEEKS_BACK * 7}
