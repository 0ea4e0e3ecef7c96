"""What the database knows of the own vehicles and of when they were out. Set-based; each a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.fleet.core.alternatives import Kept
from styr.fleet.core.codes import Alternative, Source
from styr.fleet.core.occupancy import Run
from styr.fleet.core.sharing import Room
from styr.fleet.core.standing import standing_runs
from styr.fleet.core.use import Use
from styr.kernel.engine import PostgresEngine
from styr.transport.core.codes import Fuel, OperatorKind
from styr.trips.core.relations import RIDE_DAY
from styr.trips.core.standing import days_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

HUNDREDTHS: Final = 100
_CARS: Final = """
SELECT v.id, v.name, o.name, v.registration, v.seats, v.wheelchairs, v.lift, v.fuel, v.co2_g_km,
       v.first_registered, coalesce(u.name, ''), v.use, c.leasing_month_ore, c.insurance_year_ore, c.service_year_ore,
       c.per_100km, h.alternative, coalesce(h.reason, ''),
       coalesce((SELECT array_agg(d.place_id ORDER BY d.place_id) FROM fleet_duty d WHERE d.vehicle_id = v.id
                 AND d.valid_from <= %(day)s AND (d.valid_to IS NULL OR d.valid_to > %(day)s)), '{}')
FROM transport_vehicle v JOIN transport_operator o ON o.id = v.operator_id AND o.kind = 'own'
LEFT JOIN access_unit u ON u.id = v.home_unit_id
LEFT JOIN fleet_vehiclecost c ON c.vehicle_id = v.id AND c.valid_from <= %(day)s
      AND (c.valid_to IS NULL OR c.valid_to > %(day)s)
LEFT JOIN fleet_choice h ON h.vehicle_id = v.id
ORDER BY v.name, v.id
"""
# A plan in operation drives on its weekday; on which of those days anybody rides, the standing rides tell.
_USES: Final = """
SELECT 'log', e.vehicle_id, e.day, e.starts, e.ends, coalesce(u.name, ''), e.passengers, 0,
       round(e.km * 100)::bigint, NULL::uuid[]
FROM fleet_logentry e LEFT JOIN access_unit u ON u.id = e.unit_id
WHERE e.day >= %(first)s AND e.day < %(until)s
UNION ALL
SELECT 'plan', c.vehicle_id, d::date, r.starts, r.ends, '', r.most_aboard, 0, round(r.metres / 10.0)::bigint,
       p.destination_ids
FROM routes_routeplan p JOIN routes_planroute r ON r.plan_id = p.id JOIN routes_planvehicle c ON c.id = r.vehicle_id
JOIN generate_series(%(first)s::date, %(until)s::date - 1, interval '1 day') d
     ON extract(isodow FROM d) = extract(isodow FROM p.day) AND d >= p.valid_from
     AND (p.valid_to IS NULL OR d < p.valid_to)
WHERE p.state IN ('published', 'ended')
"""


@dataclass(frozen=True, slots=True)
class Car:
    """One own vehicle: the register, what it costs now, what was chosen for it, and where it drives by duty."""

    vehicle_id: UUID
    name: str
    operator: str
    registration: str
    seats: int
    wheelchairs: int
    lift: bool
    fuel: str
    co2_g_km: int | None
    first_registered: date | None
    unit: str
    purpose: str
    leasing_month_ore: int | None
    insurance_year_ore: int | None
    service_year_ore: int | None
    per_100km: Decimal | None
    choice: Alternative | None
    reason: str
    places: tuple[UUID, ...]

    @property
    def key(self) -> str:
        """The vehicle in cores."""
        return str(self.vehicle_id)

    @property
    def room(self) -> Room:
        """What it has room for."""
        return Room(self.seats, self.wheelchairs)

    @property
    def fuel_word(self) -> str:
        """What it drives on."""
        return Fuel(self.fuel).danish

    def kept(self, *, hundredths_km_year: int | None, runs_year: int | None) -> Kept:
        """The vehicle for the alternatives."""
        return Kept(
            fuel=self.fuel,
            first_year=self.first_registered.year if self.first_registered else None,
            leasing_month_ore=self.leasing_month_ore,
            insurance_year_ore=self.insurance_year_ore,
            service_year_ore=self.service_year_ore,
            hundredths_100km=None if self.per_100km is None else int(self.per_100km * HUNDREDTHS),
            co2_g_km=self.co2_g_km,
            hundredths_km_year=hundredths_km_year,
            runs_year=runs_year,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """All that tells of a period: uses by log and plan, and the runs of standing rides by place.

    `whole`: whether the caller sees all units; else a vehicle may be out for others without its being told.
    """

    uses: tuple[Use, ...]
    runs: tuple[Run, ...]
    whole: bool = True


def cars(day: date) -> tuple[Car, ...]:
    """The own vehicles by name. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CARS, {"day": day})
        return tuple(_car(row) for row in cursor.fetchall())


def _car(row: tuple[Any, ...]) -> Car:
    *told, choice, reason, places = row
    return Car(*(*told, Alternative(choice) if choice else None, reason, tuple(places)))


def known(first: date, until: date) -> Known:
    """What happened in [first, until). One load of days and three queries."""
    with transaction.atomic(), connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        engine.load(RIDE_DAY, days_of(first, until))
        rows = engine.rows(standing_runs, key="fleet.runs")
        cursor.execute(_USES, {"first": first, "until": until})
        told = cursor.fetchall()
        cursor.execute("SELECT styr_all_units()")
        ((whole,),) = cursor.fetchall()
    ridden = {(str(row["place_id"]), row["day"]) for row in rows}
    planned: set[tuple[str, date]] = set()
    uses = []
    for source, vehicle, day, starts, ends, unit, riders, wheelchairs, km, places in told:
        goals = {str(place) for place in places or ()}
        if source == Source.PLAN and not any((goal, day) in ridden for goal in goals):
            continue
        planned.update((goal, day) for goal in goals)
        uses.append(Use(str(vehicle), day, starts, ends, Source(source), unit, riders, wheelchairs, km))
    return Known(tuple(uses), tuple(_runs(rows, planned)), bool(whole))


def duties(fleet: Sequence[Car], runs: Iterable[Run], run_minutes: int) -> list[Use]:
    """The vehicles of a place are all out while its standing rides are driven, since no ride says with which."""
    at_place: defaultdict[str, list[Car]] = defaultdict(list)
    for car in fleet:
        for place in car.places:
            at_place[str(place)].append(car)
    found = []
    for run in runs:
        there = at_place.get(run.place, [])
        before, after = (run_minutes, 0) if run.way == "out" else (0, run_minutes)
        for car in there:
            riders = -(-run.riders // len(there))
            wheelchairs = min(run.wheelchairs, car.wheelchairs)
            times = (max(run.first - before, 0), run.last + after)
            found.append(Use(car.key, run.day, *times, Source.STANDING, car.unit, riders, wheelchairs))
    return found


def _runs(rows: Iterable[dict[str, Any]], planned: set[tuple[str, date]]) -> Iterable[Run]:
    for row in rows:
        place = str(row["place_id"])
        if row["kind"] == OperatorKind.OWN and row["first"] and (place, row["day"]) not in planned:
            first, last = _minute(row["first"]), _minute(row["last"])
            yield Run(place, row["day"], row["way"], first, last, row["riders"], row["wheelchairs"])


def _minute(told: str) -> int:
    hours, minutes = told.split(":")[:2]
    return int(hours) * 60 + int(minutes)
