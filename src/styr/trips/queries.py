"""What the coordinator needs to see this week, and where a fixed route would pay: each a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.controls.core.focus import WHOLE
from styr.controls.core.registry import REGISTRY
from styr.controls.core.relations import TODAY
from styr.kernel.engine import PostgresEngine
from styr.transport.ride_queries import ENDS_WITHIN_DAYS
from styr.transport.trip_totals import TripTotals
from styr.trips.core.change_sheet import month_after, next_sheet
from styr.trips.core.flexroutes import compared, proposals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpenKind:
    """Open findings of one control."""

    code: str
    title: str
    count: int
    amount_ore: int


@dataclass(frozen=True, slots=True)
class Week:
    """What waits for the coordinator: counts, and the days that matter."""

    kinds: tuple[OpenKind, ...]
    settlements: int
    settlements_ore: int
    places_missing: int
    grants_ending: int
    complaints: int
    changes_waiting: int
    sheet_month: date
    sheet_day: date
    sheet_sent: bool
    next_month: date
    months_unordered: int

    @property
    def found(self) -> int:
        """All open findings."""
        return sum(kind.count for kind in self.kinds)

    @property
    def nothing(self) -> bool:
        """Whether nobody needs to do anything."""
        return not (self.found or self.settlements or self.places_missing or self.complaints or self.changes_waiting)


@dataclass(frozen=True, slots=True)
class RouteCard:
    """A place's single trips held against a fixed route, over the last half year; øre."""

    place_id: UUID
    place: str
    riders: int
    usual: int
    days: int
    trips: int
    vehicles: int
    single_ore: int
    route_ore: int
    trip_ore: int
    break_even: int
    absence_percent: int | None
    year_ore: int | None

    @property
    def saved_ore(self) -> int:
        """What the route would have saved; negative where the single trips were cheaper."""
        return self.single_ore - self.route_ore

    @property
    def proposed(self) -> bool:
        """Whether the control proposes it."""
        return self.year_ore is not None


_COUNTS: Final = """
    SELECT (SELECT count(*) FROM trips_settlement WHERE status <> 'accepted'),
           (SELECT coalesce(sum(cost_ore + fee_ore - user_payment_ore), 0)::bigint FROM trips_settlement
            WHERE status <> 'accepted'),
           (SELECT count(*) FROM transport_place p WHERE p.latitude IS NULL AND EXISTS (
                SELECT FROM transport_ridegrant r WHERE r.home_id = p.id OR r.destination_id = p.id)),
           (SELECT count(*) FROM rel_ride_grant WHERE ends >= %(today)s AND ends < %(soon)s),
           (SELECT count(*) FROM trips_complaint WHERE status <> 'closed'),
           (SELECT count(*) FROM trips_ridechange WHERE order_id IS NULL AND ends > %(today)s),
           EXISTS (SELECT FROM trips_rideorder WHERE kind = 'standing' AND month = %(sheet)s),
           (SELECT count(DISTINCT r.operator_id) FROM rel_ride_grant r
            WHERE r.weekdays <> 0 AND r.operator_kind IN ('movia', 'private', 'own') AND r.starts < %(after)s
              AND (r.ends IS NULL OR r.ends > %(next)s)
              AND NOT EXISTS (SELECT FROM trips_rideorder o WHERE o.operator_id = r.operator_id
                              AND o.kind = 'standing' AND o.month = %(next)s))
"""
_OPEN: Final = """
    SELECT control_code, count(*), coalesce(sum(greatest(amount_ore, 0)), 0)::bigint
    FROM rel_finding WHERE status = 'open' AND control_code = ANY (%s) GROUP BY 1 ORDER BY 3 DESC, 1
"""


def open_kinds(codes: Sequence[str]) -> tuple[OpenKind, ...]:
    """Return how many findings of each control are open, the dearest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [list(codes)])
        return tuple(
            OpenKind(code, REGISTRY.control(code).title, count, amount) for code, count, amount in cursor.fetchall()
        )


def this_week(*, today: date, codes: Sequence[str]) -> Week:
    """Return what waits. Two queries."""
    sheet_month, sheet_day = next_sheet(today)
    following = month_after(today)
    asked = {
        "today": today, "soon": today + timedelta(days=ENDS_WITHIN_DAYS), "sheet": sheet_month, "next": following,
        "after": month_after(following),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, asked)
        row = cursor.fetchone()
    settled, settled_ore, places, ending, waiting, changed, sent, unordered = row
    return Week(
        kinds=open_kinds(codes), settlements=settled, settlements_ore=settled_ore, places_missing=places,
        grants_ending=ending, complaints=waiting, changes_waiting=changed, sheet_month=sheet_month,
        sheet_day=sheet_day, sheet_sent=sent, next_month=following, months_unordered=unordered,
    )  # fmt: skip


def routes_compared(*, today: date) -> list[RouteCard]:
    """Hold each place's single trips against a fixed route, the largest saving first. Three queries and a load."""
    with connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        engine.load(TODAY, [{"today": today}])
        rows = engine.rows(compared, key="trips.compared")
        proposed = {row["subject_id"]: row for row in engine.rows(lambda: proposals(WHOLE), key="trips.proposals")}
        cursor.execute(
            "SELECT id, coalesce(nullif(name, ''), number) FROM transport_place WHERE id = ANY (%s)",
            [[row["g_goal"] for row in rows]],
        )
        names = dict(cursor.fetchall())
    cards = [_route(row, proposed.get(row["g_goal"]), names) for row in rows]
    return sorted(cards, key=lambda one: (-one.saved_ore, one.place))


def _route(row: dict[str, object], proposal: dict[str, object] | None, names: dict[UUID, str]) -> RouteCard:
    found: dict[str, object] = proposal or {}
    days, rider_days = _int(row["days"]), _int(row["rider_days"])
    place_id: UUID = row["g_goal"]  # type: ignore[assignment]  # the expression gives uuid
    return RouteCard(
        place_id=place_id,
        place=names.get(place_id, ""),
        riders=_int(row["riders"]),
        usual=-(-rider_days // days),
        days=days,
        trips=_int(row["trips"]),
        vehicles=_int(row["vehicles"]),
        single_ore=_int(row["single_ore"]),
        route_ore=_int(row["route_ore"]),
        trip_ore=_int(row["trip_ore"]),
        break_even=_int(row["break_even"]),
        absence_percent=_int(found["absence_percent"]) if found else None,
        year_ore=_int(found["amount_ore"]) if found else None,
    )


def _int(value: object) -> int:
    return int(value)  # type: ignore[call-overload,no-any-return]  # whole numbers of the database


_TOTALS: Final = """
    SELECT r.area_no, o.kind, count(*), sum(greatest(t.km, 0)), count(DISTINCT t.citizen_id),
           sum(t.cost_ore + t.fee_ore - t.user_payment_ore)::bigint, sum(t.fee_ore)::bigint,
           count(*) FILTER (WHERE t.cost_ore <> 0), coalesce(sum(greatest(t.km, 0)) FILTER (WHERE t.cost_ore <> 0), 0)
    FROM trips_trip t JOIN rel_ride_grant r ON r.grant_id = t.grant_id
    JOIN transport_operator o ON o.id = t.operator_id
    WHERE NOT t.withdrawn AND NOT t.cancelled AND t.service_day >= %s AND t.service_day < %s
    GROUP BY GROUPING SETS ((r.area_no), (r.area_no, o.kind))
"""


def totals_by_area(first: date, until: date) -> Mapping[int, TripTotals]:
    """Return the trips of each transport area in [first, until). One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [first, until])
        rows = cursor.fetchall()
    kinds: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    for area, kind, *_, cost_ore, fee_ore, priced, _ in rows:
        if kind is not None and priced:
            kinds[area][kind] = (cost_ore, fee_ore)
    return {
        area: TripTotals(trips, km, citizens, cost_ore, fee_ore, priced, priced_km, kinds[area])
        for area, kind, trips, km, citizens, cost_ore, fee_ore, priced, priced_km in rows if kind is None
    }  # fmt: skip
