"""What goes wrong with trips, and the key to it, told by the trips that it was planted on.

A trip carries at most one flaw, so that each control can be held to its own; what is clean is right in every way.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.transport import WITHOUT_ACCOUNT
from exampletown.transport_state import Settlement, Trip, priced, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from exampletown.model import Town
    from exampletown.transport_state import Ride, Transport

TRANSPORT_COLUMNS = ("subject_kind", "subject", "defect", "other", "note")
Row = tuple[str, str, str, str, str]
Change = tuple[Settlement, Trip]

WRONG_FUNCTIONS = ("45551", "64551", "30002")
MOST_TRIES = 40
CHEAP = 900


class Flaws:
    """Spoils trips of a year; ``at(n)`` is how many of ``n`` at full scale there are at this one."""

    def __init__(self, rng: Random, town: Town, made: Transport, scale: float) -> None:
        self.rng, self.town, self.made, self.scale = rng, town, made, scale
        self.rows = [
            (settlement, trip)
            for settlement in made.settlements
            for trip in settlement.trips
            if trip.ride is not None and not trip.no_show and not trip.cancelled and trip.ride.weekdays
        ]
        rng.shuffle(self.rows)

    def at(self, number: int) -> int:
        """How many at this scale, one at least."""
        return max(1, round(number * self.scale))

    def plant(self) -> None:
        """Plant every kind."""
        self.change(120, self.km_too_long, lambda _trip, ride: ride.road is not None and ride.operator.kind != "own")
        self.change(90, self.wrong_account, lambda _trip, ride: ride.area not in WITHOUT_ACCOUNT)
        self.change(70, self.solo, lambda _trip, ride: not ride.solo)
        self.change(110, self.wrong_price, lambda trip, _ride: trip.cost > 0)
        self.change(60, self.user_payment_missing, lambda _trip, ride: ride.user_payment > 0)
        self.change(60, self.unknown_citizen, lambda trip, _ride: trip.product != "Flexrute")
        self.change(40, self.negative_km, lambda _trip, ride: ride.operator.kind != "own")
        self.change(40, self.ends_first)
        self.change(80, self.billed_no_show, self.dear_no_show)
        self.add(90, self.on_absence_day)
        self.add(90, self.on_closing_day)
        self.add(80, self.outside_grant)
        self.add(60, self.after_end)
        self.copy(100)
        self.swap(25)
        self.no_attendance(30)
        for settlement in self.made.settlements:
            settlement.trips.sort(key=lambda trip: trip.number)

    def change(
        self, number: int, spoil: Callable[[Trip, Ride], None], fits: Callable[[Trip, Ride], bool] | None = None
    ) -> None:
        """Spoil trips that are there."""
        left = self.at(number)
        kept: list[Change] = []
        while left and self.rows:
            settlement, trip = self.rows.pop()
            ride = trip.ride
            if ride is None or (fits is not None and not fits(trip, ride)):
                kept.append((settlement, trip))
                continue
            spoil(trip, ride)
            left -= 1
        self.rows[:0] = kept

    def price(self, trip: Trip, ride: Ride) -> None:
        """Let the trip cost what it says that it was."""
        priced(trip, ride.operator.price(trip.product, trip.day))

    def km_too_long(self, trip: Trip, ride: Ride) -> None:
        """Half as long again as the road, and some."""
        trip.km = round(trip.km * self.rng.uniform(1.35, 1.9)) + 250
        self.price(trip, ride)
        trip.flaws.append("km_above_road")

    def wrong_account(self, trip: Trip, _ride: Ride) -> None:
        """Booked on another function."""
        trip.account = self.rng.choice(WRONG_FUNCTIONS) + trip.account[5:]
        trip.flaws.append("wrong_account")

    def solo(self, trip: Trip, _ride: Ride) -> None:
        """Driven alone without the right to it."""
        trip.solo = True
        trip.flaws.append("solo_without_right")

    def wrong_price(self, trip: Trip, ride: Ride) -> None:
        """Dearer, or cheaper, than the price agreed; the fee follows the price."""
        trip.cost += self.rng.choice((1, -1, 137, 2_500, 4_050, -900)) if trip.cost > CHEAP else 1
        fee = ride.operator.price(trip.product, trip.day).fee
        trip.fee = rounded(trip.cost * fee, 10_000)
        trip.flaws.append("price_differs")

    def user_payment_missing(self, trip: Trip, _ride: Ride) -> None:
        """The citizen's own payment was not deducted."""
        trip.user_payment = 0
        trip.flaws.append("user_payment_missing")

    def unknown_citizen(self, trip: Trip, _ride: Ride) -> None:
        """A number that no register holds."""
        trip.citizen, trip.grant = f"9{self.rng.randrange(10**6):06d}", ""
        trip.flaws.append("no_grant")

    def negative_km(self, trip: Trip, ride: Ride) -> None:
        """A minus where none belongs."""
        trip.km = -trip.km
        self.price(trip, ride)
        trip.flaws.append("implausible")

    def ends_first(self, trip: Trip, _ride: Ride) -> None:
        """Told to have lasted hours longer than the minutes that it was paid for."""
        trip.end_shift = 300
        trip.flaws.append("implausible")

    @staticmethod
    def dear_no_show(trip: Trip, ride: Ride) -> bool:
        """A trip that costs more than the price of not being there."""
        return ride.operator.cvr != "" and trip.cost > ride.operator.price(trip.product, trip.day).no_show

    def billed_no_show(self, trip: Trip, _ride: Ride) -> None:
        """Nobody was there, and the whole trip is billed."""
        trip.no_show, trip.user_payment = True, 0
        trip.flaws.append("no_show_billed")

    def add(self, number: int, make: Callable[[Settlement, Trip], Iterator[Trip]]) -> None:
        """Add trips made from ones that are there."""
        left = self.at(number)
        for _ in range(left * MOST_TRIES):
            if not left:
                return
            settlement, trip = self.rng.choice(self.rows)
            for extra in make(settlement, trip):
                extra.number = f"{trip.number}{self.rng.randrange(10, 99)}X{len(settlement.trips)}"
                settlement.trips.append(extra)
                left -= 1

    def moved(self, settlement: Settlement, trip: Trip, days: int, flaw: str) -> Trip | None:
        """The same trip on another day of the month, if there is one."""
        day = trip.day + timedelta(days=days)
        if (day.year, day.month) != (settlement.month.year, settlement.month.month):
            return None
        extra = dataclasses.replace(trip, day=day, flaws=[flaw])
        if trip.ride is not None:
            self.price(extra, trip.ride)
        return extra

    def on_absence_day(self, settlement: Settlement, trip: Trip) -> Iterator[Trip]:
        """A standing ride on a day that was told off."""
        ride = trip.ride
        if ride is None or ride.destination is None or ride.operator.kind == "reimbursement":
            return
        closed = self.made.closed[ride.destination.calendar or ""]
        for start, end, _ in ride.absences:
            for days in range((end - start).days):
                day = start + timedelta(days=days)
                right = ride.runs(day) and ride.weekdays >> day.weekday() & 1 and day not in closed
                found = self.moved(settlement, trip, (day - trip.day).days, "absence_day") if right else None
                if found is not None:
                    ride.absences = [*ride.absences]
                    yield found
                    return

    def on_closing_day(self, settlement: Settlement, trip: Trip) -> Iterator[Trip]:
        """A ride to a place that was closed, on one of the grant's weekdays."""
        ride = trip.ride
        if ride is None or ride.destination is None or ride.operator.kind == "reimbursement":
            return
        closed = self.made.closed[ride.destination.calendar or ""]
        for days in self.rng.sample(range(-27, 28), 55):
            day = trip.day + timedelta(days=days)
            right = ride.runs(day) and ride.weekdays >> day.weekday() & 1 and day in closed and not ride.away(day)
            found = self.moved(settlement, trip, days, "closing_day") if right else None
            if found is not None:
                yield found
                return

    def outside_grant(self, settlement: Settlement, trip: Trip) -> Iterator[Trip]:
        """On a weekday that the grant does not have, while the place is open."""
        ride = trip.ride
        if ride is None or ride.destination is None or ride.operator.kind == "reimbursement":
            return
        closed = self.made.closed[ride.destination.calendar or ""]
        for days in self.rng.sample(range(-6, 7), 13):
            day = trip.day + timedelta(days=days)
            wrong = ride.runs(day) and not ride.weekdays >> day.weekday() & 1 and day not in closed
            found = self.moved(settlement, trip, days, "outside_grant") if wrong and not ride.away(day) else None
            if found is not None:
                yield found
                return

    def after_end(self, settlement: Settlement, trip: Trip) -> Iterator[Trip]:
        """On a right weekday after the grant's last day."""
        ride = trip.ride
        if ride is None or ride.destination is None or ride.end is None or ride.operator.kind == "reimbursement":
            return
        closed = self.made.closed[ride.destination.calendar or ""]
        for days in range(1, 28):
            day = trip.day + timedelta(days=days)
            late = day >= ride.end and ride.weekdays >> day.weekday() & 1 and day not in closed
            found = self.moved(settlement, trip, days, "outside_grant") if late and not ride.away(day) else None
            if found is not None:
                yield found
                return

    def copy(self, number: int) -> None:
        """The same trip again under another number."""
        for _ in range(self.at(number)):
            settlement, trip = self.rows.pop()
            if trip.ride is None or trip.product == "Flexrute":
                continue
            extra = dataclasses.replace(trip, number=f"{trip.number}D", flaws=["duplicate"])
            settlement.trips.append(extra)

    def swap(self, number: int) -> None:
        """Two citizens' trips of a day changed about, each with the other's grant."""
        for _ in range(self.at(number)):
            settlement, trip = self.rows.pop()
            other = next(
                (
                    two for two in settlement.trips
                    if two.day == trip.day and two.ride is not trip.ride and two.ride is not None and not two.flaws
                    and two.ride.weekdays and trip.ride is not None
                    and two.ride.destination is not trip.ride.destination
                    and two.product != "Flexrute" and not two.no_show and not two.cancelled
                ),
                None,
            )  # fmt: skip
            if other is None or trip.ride is None or other.ride is None or trip.product == "Flexrute":
                continue
            trip.grant, other.grant = trip.ride.number, other.ride.number
            trip.citizen, other.citizen = other.citizen, trip.citizen
            for one in (trip, other):
                one.flaws.append("swapped")
            self.rows = [row for row in self.rows if row[1] is not other]

    def no_attendance(self, number: int) -> None:
        """Own car paid for days on which nobody came."""
        paid = [row for row in self.rows if row[1].ride is not None and row[1].ride.operator.kind == "reimbursement"]
        said = {(grant, day): n for n, (grant, day, _) in enumerate(self.made.attendance)}
        for settlement, trip in paid[: self.at(number)]:
            grant = "" if trip.ride is None else trip.ride.number
            place = said.get((grant, trip.day))
            if place is None:
                continue
            self.made.attendance[place] = (grant, trip.day, False)
            for one in settlement.trips:
                if one.ride is trip.ride and one.day == trip.day and not one.flaws:
                    one.flaws.append("not_attended")


def transport_defects(made: Transport) -> Iterator[Row]:
    """``(subject kind, operator/settlement/trip, defect, the citizen's number, day)``."""
    for settlement in made.settlements:
        for trip in settlement.trips:
            for flaw in trip.flaws:
                place = f"{settlement.operator.name}/{settlement.number}/{trip.number}"
                yield "trip", place, flaw, trip.citizen, trip.day.isoformat()
