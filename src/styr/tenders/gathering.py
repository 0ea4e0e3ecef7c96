"""The rides that a tender is about: each citizen's year counted from trips, else from grant and calendar."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection

from styr.kernel.calendar import STANDARD_CALENDAR
from styr.tenders.core.rides import Ride, a_year, km_a_year, need_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

EVERY_DAY: Final = 127
_MONTHS: Final = ", ".join(
    f"count(*) FILTER (WHERE NOT t.no_show AND extract(month FROM t.service_day) = {month})" for month in range(1, 13)
)
# Homes give no more than postal code and town, and those of protected citizens not even that.
_RIDES: Final = f"""
WITH chosen AS (
    SELECT r.*, c.protected_from IS NOT NULL
                AND (c.protected_to IS NULL OR c.protected_to > %(today)s) AS protected
    FROM rel_ride_grant r
    JOIN rel_citizen c ON c.citizen_id = r.citizen_id
    JOIN rel_criterion k ON k.criterion_id = r.criterion_id
    WHERE r.starts < %(ends)s AND (r.ends IS NULL OR r.ends > %(today)s)
      AND (cardinality(%(areas)s::int[]) = 0 OR r.area_no = ANY (%(areas)s::int[]))
      AND (cardinality(%(criteria)s::text[]) = 0 OR k.code = ANY (%(criteria)s::text[]))
      AND (cardinality(%(goals)s::uuid[]) = 0 OR r.destination_place_id = ANY (%(goals)s::uuid[]))
      AND (r.weekdays = 0 OR r.weekdays & %(weekdays)s <> 0)
      AND (NOT %(private)s OR r.operator_kind = 'private')
), driven AS (
    SELECT t.grant_id, count(*) FILTER (WHERE NOT t.no_show)::int AS trips, coalesce(sum(t.km), 0) AS km,
           coalesce(sum(t.minutes), 0)::int AS minutes, coalesce(sum(t.waiting_minutes), 0)::int AS waiting,
           count(*) FILTER (WHERE t.lift)::int AS lifts, count(*) FILTER (WHERE t.bridge)::int AS bridges,
           count(*) FILTER (WHERE t.no_show)::int AS no_shows, sum(t.cost_ore + t.fee_ore)::bigint AS cost_ore,
           ARRAY[{_MONTHS}]::int[] AS months
    FROM rel_trip t JOIN chosen r ON r.grant_id = t.grant_id
    WHERE t.service_day >= %(basis_from)s AND t.service_day < %(basis_to)s AND NOT t.cancelled AND t.km >= 0
      AND (%(weekdays)s = {EVERY_DAY} OR (1 << (extract(isodow FROM t.service_day)::int - 1)) & %(weekdays)s <> 0)
    GROUP BY t.grant_id
), days AS (
    SELECT calendar_id, day, lead(open_before) OVER (PARTITION BY calendar_id ORDER BY day) > open_before AS opened
    FROM rel_calendar
    WHERE day >= %(basis_from)s AND day <= %(basis_to)s
      AND calendar_id IN (SELECT coalesce(calendar_id, %(standard)s) FROM chosen)
), opening AS (
    SELECT calendar_id, 1 << (extract(isodow FROM day)::int - 1) AS bit, extract(month FROM day)::int AS month,
           count(*)::int AS days
    FROM days WHERE opened AND day < %(basis_to)s GROUP BY 1, 2, 3
)
SELECT r.grant_id, r.unit_id, r.citizen_id,
       CASE WHEN r.protected THEN '' ELSE trim(concat(h.postal_code, ' ', h.town)) END,
       r.destination_place_id, CASE WHEN p.kind <> 'home' THEN p.name ELSE '' END, r.weekdays,
       coalesce(r.out_arrive, ''), coalesce(r.back_leave, ''), r.solo, coalesce(r.aids, ''), r.road_km, r.ends,
       greatest(r.starts, %(basis_from)s), d.trips, d.km, d.minutes, d.waiting, d.lifts, d.bridges, d.no_shows,
       d.cost_ore, d.months,
       (SELECT array_agg(coalesce(n.days, 0) ORDER BY m.month) FROM generate_series(1, 12) AS m (month)
        LEFT JOIN LATERAL (SELECT sum(o.days)::int AS days FROM opening o
                   WHERE o.month = m.month AND o.calendar_id = coalesce(r.calendar_id, %(standard)s)
                     AND o.bit & r.weekdays & %(weekdays)s <> 0) n ON true)
FROM chosen r
LEFT JOIN driven d ON d.grant_id = r.grant_id
LEFT JOIN transport_place h ON h.id = r.home_place_id
LEFT JOIN transport_place p ON p.id = r.destination_place_id
ORDER BY r.grant_id
"""  # noqa: S608 - numbers of our own code


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rides are bought: all that fit. An empty list asks for everything; weekdays are a bit mask, Monday 1."""

    areas: tuple[int, ...] = ()
    criteria: tuple[str, ...] = ()
    destinations: tuple[UUID, ...] = ()
    weekdays: int = EVERY_DAY
    private_only: bool = True

    def kept(self) -> dict[str, Any]:
        """As it stands in the table."""
        return asdict(self) | {"destinations": [str(one) for one in self.destinations]}


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are asked about: trips of [basis_from, basis_to), and a contract until `ends`."""

    today: date
    basis_from: date
    basis_to: date
    ends: date


def choice_of(kept: Mapping[str, Any]) -> Choice:
    """The choice from what stands in the table."""
    return Choice(
        areas=tuple(kept.get("areas", ())),
        criteria=tuple(kept.get("criteria", ())),
        destinations=tuple(UUID(one) for one in kept.get("destinations", ())),
        weekdays=kept.get("weekdays", EVERY_DAY),
        private_only=kept.get("private_only", True),
    )


def rides_of(choice: Choice, days: Days) -> list[Ride]:
    """The rides that the caller sees, one for each grant. One query."""
    asked: dict[str, Any] = {
        "areas": list(choice.areas), "criteria": list(choice.criteria), "goals": list(choice.destinations),
        "weekdays": choice.weekdays or EVERY_DAY, "private": choice.private_only, "standard": STANDARD_CALENDAR,
        "today": days.today, "basis_from": days.basis_from, "basis_to": days.basis_to, "ends": days.ends,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_RIDES, asked)
        return [_ride(row, days) for row in cursor.fetchall()]


def _ride(row: tuple[Any, ...], days: Days) -> Ride:
    (
        grant, unit, citizen, area, goal_id, goal, weekdays, out, back, solo, aids, road, ends, since,
        trips, km, minutes, waiting, lifts, bridges, no_shows, cost, months, open_days,
    ) = row  # fmt: skip
    told: dict[str, Any] = {
        "grant_id": grant, "unit_id": unit, "citizen_id": citizen, "area": area, "destination_id": goal_id,
        "destination": goal or "", "need": need_of(solo=solo, aids=aids), "weekdays": weekdays, "out_arrive": out,
        "back_leave": back, "ends": ends,
    }  # fmt: skip
    if trips:
        seen = (days.basis_to - since).days
        return Ride(
            **told, measured=True, trips=a_year(trips, seen), km=km_a_year(km, seen), minutes=a_year(minutes, seen),
            waiting=a_year(waiting, seen), lifts=a_year(lifts, seen), bridges=a_year(bridges, seen),
            no_shows=a_year(no_shows, seen), cost_ore=a_year(cost, seen), months=tuple(months),
        )  # fmt: skip
    ways = bool(out) + bool(back) or 2
    monthly = tuple(number * ways for number in open_days)
    year = a_year(sum(monthly), (days.basis_to - days.basis_from).days)
    return Ride(
        **told, measured=False, trips=year, km=road * year if road is not None else None, minutes=None, waiting=0,
        lifts=0, bridges=0, no_shows=0, cost_ore=None, months=monthly,
    )  # fmt: skip
