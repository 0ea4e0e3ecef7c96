"""The own vehicles as pages show them: how they are used, which could be fewer, and what may become of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from styr.fleet.assuming import assumptions_on, values
from styr.fleet.core.alternatives import Offered, alternatives, day_ore, due_year
from styr.fleet.core.codes import Alternative
from styr.fleet.core.occupancy import Filled, filled
from styr.fleet.core.sharing import cannot_all_go, takers
from styr.fleet.core.use import HOURS, Peak, Use, Working, heat, peak, possible, spans, used_minutes
from styr.fleet.gathering import Car, Known, cars, duties, known
from styr.kernel.calendar import is_opening_day
from styr.kernel.money import round_half_away
from styr.transport.whereabouts import whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from styr.fleet.core.occupancy import Run
    from styr.transport.core.limits import Limit

WEEKS_BACK: Final = 8
YEAR: Final = 365
HUNDRED: Final = 100


class VehicleNotVisibleError(LookupError):
    """There is no such own vehicle for the caller."""

    def __init__(self) -> None:
        super().__init__("Vognen findes ikke, er ikke kommunens egen, eller du har ikke adgang til den.")


@dataclass(frozen=True)
class CarLine:
    """A vehicle with its use of the period and a year's alternatives.

    `percent` is of the working hours of the period, `minutes` likewise; `takers` are those who could take every use.
    `km_lacks`: on some days it was out and nobody told how far, so the km and what they cost are at least what is told.
    """

    car: Car
    uses: tuple[Use, ...]
    minutes: int
    percent: int
    idle: bool
    hundredths_km_year: int | None
    km_lacks: bool
    runs_year: int
    takers: tuple[str, ...] | None
    offered: tuple[Offered, ...]
    due_year: int | None
    day_ore: int | None

    @property
    def shareable(self) -> bool:
        """Whether others could take every use."""
        return self.takers is not None

    @property
    def kept(self) -> Offered:
        """What it costs to keep it."""
        return self.offered[0]

    @property
    def chosen(self) -> Offered:
        """What somebody chose; until then it is kept."""
        wanted = self.car.choice or Alternative.KEEP
        return next(one for one in self.offered if one.alternative is wanted)

    @property
    def saving_ore(self) -> int | None:
        """What the choice saves a year, øre; None where either cost is unknown."""
        return less(self.kept.cost_ore, self.chosen.cost_ore)

    @property
    def less_co2_g(self) -> int | None:
        """What the choice saves of CO2 a year, grammes."""
        return less(self.kept.co2_g, self.chosen.co2_g)


@dataclass(frozen=True)
class HalfEmpty:
    """A place whose own vehicles are not full on its standing rides, and how few would do.

    `weekday` is the one on which most ride, Monday 0: a new plan is best made for it.
    """

    place_id: UUID
    place: str
    cars: tuple[Car, ...]
    filled: Filled
    day_ore: int | None
    weekday: int


@dataclass(frozen=True)
class FleetSheet:
    """The whole fleet over a period [first, until).

    Not `whole` is what somebody with a role in some units sees: what others' rides use is not told, so nothing is said
    of what could be shared or spared.
    """

    first: date
    until: date
    working: Working
    assumptions: tuple[Limit, ...]
    lines: tuple[CarLine, ...]
    heat: tuple[tuple[int, ...], ...]
    possible: tuple[int, ...]
    peak: Peak
    filled: tuple[HalfEmpty, ...]
    stuck: tuple[str, ...]
    whole: bool = True

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.until - timedelta(days=1)

    @property
    def given(self) -> Mapping[str, int]:
        """The assumptions' numbers by name."""
        return values(self.assumptions)

    @property
    def half_empty(self) -> tuple[HalfEmpty, ...]:
        """The places whose vehicles are half empty, the emptiest first."""
        if not self.whole:
            return ()
        most = self.given.get("half_full_percent", 0)
        return tuple(one for one in self.filled if one.filled.percent <= most and one.filled.spare)

    @property
    def idle(self) -> tuple[CarLine, ...]:
        """The vehicles that are hardly used."""
        return tuple(line for line in self.lines if line.idle)

    @property
    def fewer(self) -> int:
        """How many fewer would do if all units used all of them, with some in reserve."""
        roomy = sum(line.car.seats > 0 for line in self.lines)
        return max(0, roomy - self.peak.vehicles - self.given.get("reserve", 0))

    @property
    def percent(self) -> int:
        """How much of the working day the vehicles are out, on average."""
        return percent_of(sum(line.minutes for line in self.lines), self.working.minutes * len(self.lines))


def fleet_sheet(today: date) -> FleetSheet:
    """The fleet over the last weeks. Four queries, a load of days and the names of places."""
    first = today - timedelta(weeks=WEEKS_BACK)
    held = assumptions_on(today)
    return laid_out(cars(today), known(first, today), held, (first, today))


def laid_out(fleet: Sequence[Car], told: Known, held: tuple[Limit, ...], period: tuple[date, date]) -> FleetSheet:
    """Put together what is known of the vehicles in a period; asks for the names of the places alone."""
    given, (first, until) = values(held), period
    days = tuple(day for ahead in range((until - first).days) if is_opening_day(day := first + timedelta(days=ahead)))
    working = Working(days, given.get("work_from", 0), given.get("work_to", 0))
    mine = {car.key for car in fleet}
    uses = [
        *(use for use in told.uses if use.vehicle in mine),
        *duties(fleet, told.runs, given.get("run_minutes", 0)),
    ]
    lines = tuple(_lines(fleet, replace(told, uses=tuple(uses)), working, given, (until - first).days))
    going = [line.car.key for line in lines if line.car.choice is Alternative.SHARE]
    gone = {line.car.key for line in lines if line.car.choice is Alternative.DROP}
    rooms = {car.key: car.room for car in fleet if car.key not in gone}
    return FleetSheet(
        first=first,
        until=until,
        working=working,
        assumptions=held,
        lines=lines,
        heat=heat(uses),
        possible=possible(working, len(fleet)),
        peak=peak(uses),
        filled=_filled(fleet, told, lines),
        whole=told.whole,
        stuck=cannot_all_go(going, [use for use in uses if use.vehicle not in gone], rooms) if going else (),
    )


def car_line(sheet: FleetSheet, vehicle_id: UUID) -> CarLine:
    """One vehicle of the fleet; raises `VehicleNotVisibleError`."""
    found = next((line for line in sheet.lines if line.car.vehicle_id == vehicle_id), None)
    if found is None:
        raise VehicleNotVisibleError
    return found


def less(before: int | None, after: int | None) -> int | None:
    """The difference; not known where a side is not."""
    return None if before is None or after is None else before - after


def percent_of(part: int, whole: int) -> int:
    """A share in whole per cent, 0 of nothing."""
    return round_half_away(part * HUNDRED, whole) if whole > 0 else 0


def hours() -> tuple[int, ...]:
    """The hours of the heat table."""
    return tuple(HOURS)


def _lines(
    fleet: Sequence[Car], told: Known, working: Working, given: Mapping[str, int], days: int
) -> Iterable[CarLine]:
    uses = told.uses
    mine: defaultdict[str, list[Use]] = defaultdict(list)
    for use in uses:
        mine[use.vehicle].append(use)
    busy, minutes = spans(uses), used_minutes(uses, working)
    rooms = {car.key: car.room for car in fleet if car.seats > 0}
    names = {car.key: car.name for car in fleet}
    for car in fleet:
        own = mine[car.key]
        found = takers(car.key, own, busy, rooms | {car.key: car.room}) if told.whole and len(rooms) > 1 else None
        out = sum(len(spans_of) for (key, _), spans_of in busy.items() if key == car.key)
        kept = car.kept(hundredths_km_year=_km_year(own, days), runs_year=_year(out, days))
        percent = percent_of(minutes.get(car.key, 0), working.minutes)
        yield CarLine(
            car=car,
            uses=tuple(own),
            minutes=minutes.get(car.key, 0),
            percent=percent,
            idle=percent <= given.get("idle_percent", 0),
            hundredths_km_year=kept.hundredths_km_year,
            km_lacks=_lacks(own),
            runs_year=kept.runs_year or 0,
            takers=None if found is None else tuple(names[key] for key in sorted(found, key=lambda key: -found[key])),
            offered=alternatives(kept, given, shareable=found is not None),
            due_year=due_year(kept, given),
            day_ore=day_ore(kept, given),
        )


def _lacks(uses: Sequence[Use]) -> bool:
    """Whether there is a day with uses of which none tells how far, among others that do."""
    told = {use.day for use in uses if use.hundredths_km is not None}
    return bool(told) and any(use.day not in told for use in uses)


def _km_year(uses: Sequence[Use], days: int) -> int | None:
    """Km a year in hundredths, from the uses that tell; None where none does. One that is out and never told counts 0.

    A vehicle that was never out has driven nothing.
    """
    told = [use.hundredths_km for use in uses if use.hundredths_km is not None]
    if uses and not told:
        return None
    return _year(sum(told), days)


def _year(counted: int, days: int) -> int:
    return round_half_away(counted * YEAR, days) if days > 0 else 0


def _filled(fleet: Sequence[Car], told: Known, lines: Sequence[CarLine]) -> tuple[HalfEmpty, ...]:
    at_place: defaultdict[UUID, list[Car]] = defaultdict(list)
    for car in fleet:
        for place in car.places:
            at_place[place].append(car)
    names = whereabouts(at_place.keys()) if at_place else {}
    by_day = {line.car.key: line.day_ore for line in lines}
    found = []
    for place, there in at_place.items():
        runs = [run for run in told.runs if run.place == str(place)]
        full = filled(runs, [car.room for car in there])
        if full is None:
            continue
        known_days = [ore for car in there if (ore := by_day[car.key]) is not None]
        mean = round_half_away(sum(known_days), len(known_days)) if len(known_days) == len(there) else None
        written = names[place].written if place in names else "Ukendt sted"
        found.append(HalfEmpty(place, written, tuple(there), full, mean, _busiest(runs)))
    return tuple(sorted(found, key=lambda one: (one.filled.percent, one.place)))


def _busiest(runs: Sequence[Run]) -> int:
    most = max(runs, key=lambda run: (run.riders, run.day))
    return most.day.weekday()
