"""A citizen's transport: what is granted, what was driven this year and what it cost, and complaints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from styr.transport.core.weekdays import text_of
from styr.transport.ride_queries import ListedRide, rides_of
from styr.trips.complaining import ComplaintCard, complaints_of
from styr.trips.listing import ListedTrip, TripFilter, trip_rows

if TYPE_CHECKING:
    from uuid import UUID

LATEST: Final = 10


@dataclass(frozen=True, slots=True)
class GrantedRide:
    """A grant's rides in words: the days, and what the citizen needs on the way."""

    ride: ListedRide

    @property
    def days(self) -> str:
        """The days of the week."""
        return text_of(self.ride.weekdays)

    @property
    def needs(self) -> str:
        """Aids and company."""
        told = (self.ride.aids, "ledsager" if self.ride.companion else "", "kører alene" if self.ride.solo else "")
        return ", ".join(one for one in told if one)


@dataclass(frozen=True, slots=True)
class CitizenRides:
    """What the tab shows: the latest trips of the year, how many there were in it, and what they cost us, øre."""

    granted: dict[UUID, GrantedRide]
    trips: tuple[ListedTrip, ...]
    count: int
    cost_ore: int
    complaints: tuple[ComplaintCard, ...]
    first: date


def citizen_rides(*, citizen_id: UUID, today: date) -> CitizenRides:
    """Return a citizen's transport; four queries. The caller logs the look."""
    first = date(today.year, 1, 1)
    trips, count, cost_ore = trip_rows(TripFilter(citizen_id=citizen_id, first=first, last=today), size=LATEST)
    return CitizenRides(
        granted={ride.grant_id: GrantedRide(ride) for ride in rides_of(citizen_id, today=today)},
        trips=tuple(trips),
        count=count,
        cost_ore=cost_ore,
        complaints=tuple(complaints_of(citizen_id)),
        first=first,
    )
