"""Drives the rides for the twelve months: rightly, as the grants and prices say. What goes wrong is planted after."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.days import month_start
from exampletown.outline import road_km
from exampletown.transport_state import Settlement, Trip, priced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from random import Random

    from exampletown.model import Town
    from exampletown.transport_state import Operator, Place, Ride, Transport

NO_SHOWS, CANCELLED, AS_NEEDED = 0.005, 0.004, 0.22
WAITING, NAMES_GRANT, AFTER_MIDNIGHT = 0.03, 0.6, 0.03
LIFTS = "kørestol"
ABSENT_AT_SCHOOL = 0.05
REIMBURSED = "reimbursement"


def drive(rng: Random, town: Town, made: Transport) -> None:
    """Fill the settlements, one for each operator and month, and the attendance of those who drive themselves."""
    for month in town.months:
        trips: defaultdict[str, list[Trip]] = defaultdict(list)
        days = [month + timedelta(days=n) for n in range((month_start(month, 1) - month).days)]
        for ride in made.rides:
            for day in days:
                if ride.runs(day):
                    trips[ride.operator.code] += ridden(rng, made, ride, day)
        trips["movia"] += routes(made, days)
        for operator in made.operators:
            if trips[operator.code]:
                made.settlements.append(settled(operator, month, trips[operator.code]))


def settled(operator: Operator, month: date, trips: list[Trip]) -> Settlement:
    """A month's settlement, its trips numbered in order of driving."""
    number = f"{operator.code[:3].upper()}-{month:%Y%m}"
    trips.sort(key=lambda trip: (trip.day, trip.start, trip.citizen))
    for serial, trip in enumerate(trips, 1):
        trip.number = f"{month:%y%m}{serial:05d}"
        priced(trip, operator.price(trip.product, trip.day))
    invoice = f"{month:%Y%m}01" if operator.cvr else ""
    return Settlement(operator, number, month, invoice, trips)


def ridden(rng: Random, made: Transport, ride: Ride, day: date) -> Iterator[Trip]:
    """The trips of one citizen on one day."""
    if not ride.weekdays:
        if rng.random() < AS_NEEDED:
            yield from as_needed(rng, made, ride, day)
        return
    goal = ride.destination
    if (
        goal is None
        or not ride.weekdays >> day.weekday() & 1
        or day in made.closed[goal.calendar or ""]
        or ride.away(day)
    ):
        return
    if ride.operator.kind == REIMBURSED:
        present = rng.random() >= ABSENT_AT_SCHOOL
        made.attendance.append((ride.number, day, present))
        if not present:
            return
    for out in (True, False):
        yield one_way(rng, ride, day, goal, out=out)


def one_way(rng: Random, ride: Ride, day: date, goal: Place, *, out: bool) -> Trip:
    """To the destination before the bell, or home after it."""
    km = max(10, round(ride.true_road * rng.uniform(0.97, 1.03)))
    minutes = max(4, round(km * 0.016) + rng.randrange(0, 7))
    start = (
        (goal.bell_in or 480) - minutes - rng.randrange(3, 15) if out else (goal.bell_out or 900) + rng.randrange(15)
    )
    trip = bare(ride, day, start, minutes, km)
    trip.from_no, trip.to_no = (ride.home.number, goal.number) if out else (goal.number, ride.home.number)
    happen(rng, trip, ride)
    return trip


def bare(ride: Ride, day: date, start: int, minutes: int, km: int) -> Trip:
    """A trip with what the grant says of it."""
    return Trip(
        *(ride, "", ride.product, str(ride.citizen.number), ride.number, day, start, minutes, "", "", km, ride.account),
        aids=ride.aids, companions=int(ride.companion), solo=ride.solo, user_payment=ride.user_payment,
    )  # fmt: skip


def happen(rng: Random, trip: Trip, ride: Ride) -> None:
    """Lift, waiting, and now and then a citizen who was not there or a trip that was called off in time."""
    chance = rng.random()
    if chance < NO_SHOWS and ride.operator.kind != REIMBURSED:
        trip.no_show, trip.user_payment = True, 0
    elif chance < NO_SHOWS + CANCELLED and ride.operator.kind != REIMBURSED:
        trip.cancelled, trip.user_payment = True, 0
    elif ride.operator.kind == "private":
        trip.lift = ride.aids == LIFTS
        trip.waiting = rng.choice((0, 0, 0, 0, 5))
    elif chance > 1 - WAITING and ride.product == "Flexkommune":
        trip.waiting = 5
    trip.grant = ride.number if rng.random() < NAMES_GRANT else ""


def as_needed(rng: Random, made: Transport, ride: Ride, day: date) -> Iterator[Trip]:
    """Out to a place of the citizen's choice and home again, now and then after midnight."""
    others = [place for place in made.places if place.kind == "andet sted"]
    place = rng.choice(others)
    way = round(road_km(ride.home.point, place.point) * 100) if ride.home.point and place.point else 900
    km = max(60, round(way * rng.uniform(0.97, 1.03)))
    minutes = max(4, round(km * 0.016) + rng.randrange(0, 7))
    late = rng.random() < AFTER_MIDNIGHT
    start = rng.randrange(570, 1020)
    home = 1440 - minutes // 2 if late else start + rng.randrange(90, 240)
    for out, begins in ((True, start), (False, home)):
        trip = bare(ride, day, begins, minutes, km)
        ends = (ride.home.number, place.number) if out else (place.number, ride.home.number)
        trip.from_no, trip.to_no = ends
        happen(rng, trip, ride)
        yield trip


def routes(made: Transport, days: list[date]) -> Iterator[Trip]:
    """A row a day for each vehicle of a fixed route, whoever rides with it."""
    riders: defaultdict[str, list[Ride]] = defaultdict(list)
    for ride in made.rides:
        if ride.route:
            riders[ride.route].append(ride)
    for _, ridden_by in sorted(riders.items()):
        one = ridden_by[0]
        goal = one.destination
        if goal is None:
            continue
        for day in days:
            if any(ride.runs(day) for ride in ridden_by) and day not in made.closed[goal.calendar or ""]:
                yield Trip(None, "", "Flexrute vogn", "", "", day, 420, 60, "", goal.number, 0, one.account)
