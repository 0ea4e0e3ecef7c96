"""Makes the town's transport: who drives at what price, where people live and go, and who is granted which rides.

Everything is drawn from a random stream of its own, so that the rest of the town is what it would be without.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from exampletown import numbers, words
from exampletown.days import holidays, month_start
from exampletown.habits import chance, weighted
from exampletown.outline import CENTRES, near, road_km
from exampletown.transport_state import Operator, Place, Price, Ride, Transport

if TYPE_CHECKING:
    from random import Random

    from exampletown.model import Citizen, Town

RIDERS_AT_FULL_SCALE = 700
TRAINING, DAY_CENTRE, AS_NEEDED = 4, 5, 7
"""Areas that differ from the rest: for some weeks; with the citizen's own payment; without fixed days."""
FIRST_SERIAL = 8_000_000
"""The grants' numbers begin here, far from those of the other grants."""
CHILD, YOUNG, PENSION = 16, 25, 67
ALL_WEEK, WEEKEND = 31, 5
LOST = 0.02
"""So many homes nobody has found the coordinates of."""

CRITERIA: dict[int, tuple[str, str, str]] = {
    4: ("K05", "SUL § 172", "46282"),
    5: ("K07", "SEL § 117", "53026"),
    7: ("K10", "SEL § 117", "53841"),
    8: ("K12", "BL § 84", "52825"),
    9: ("K17", "SEL § 117", "53859"),
    10: ("K18", "SEL § 117", "33046"),
    11: ("K19", "FSL § 26", "32206"),
    12: ("K24", "FSL § 26", "32208"),
    13: ("K25", "BL § 84", "52825"),
}
"""Area → criterion, section and the account's first digits."""
WITHOUT_ACCOUNT = frozenset({5, 13})
"""Areas whose criterion says nothing of the account."""
AREAS_BY_AGE: tuple[tuple[int, tuple[tuple[int, int], ...]], ...] = (
    (CHILD, ((11, 36), (12, 40), (13, 9), (8, 15))),
    (YOUNG, ((10, 45), (9, 55))),
    (PENSION, ((9, 74), (7, 12), (4, 14))),
    (200, ((5, 74), (4, 14), (7, 12))),
)
DESTINATIONS: tuple[tuple[int, str, str, str | None, int, int], ...] = (
    (11, "Vesterhavn Skole", "9731", "Skolernes ferieplan", 480, 840),
    (11, "Klitrup Skole", "9733", "Skolernes ferieplan", 485, 845),
    (11, "Åmølle Skole", "9739", "Skolernes ferieplan", 475, 830),
    (12, "Fyrskolen (specialskole)", "9736", "Skolernes ferieplan", 510, 855),
    (12, "Hedeskolen (specialskole)", "9742", "Skolernes ferieplan", 505, 850),
    (13, "Klubben Strandskaden", "9738", "Skolernes ferieplan", 840, 1000),
    (8, "Børnehuset Mågen", "9731", "Jul og grundlovsdag lukket", 490, 870),
    (9, "Værkstedet Tangen", "9738", "Værksted med sommerlukning", 525, 900),
    (9, "Aktivitetshuset Digen", "9744", "Værksted med sommerlukning", 540, 885),
    (9, "Samværshuset Fyret", "9736", "Jul og grundlovsdag lukket", 555, 870),
    (10, "STU Vesterhav", "9731", "Skolernes ferieplan", 525, 870),
    (5, "Dagcenter Rævehuse", "9747", "Jul og grundlovsdag lukket", 570, 900),
    (5, "Dagcenter Hedesogn", "9742", "Jul og grundlovsdag lukket", 570, 900),
    (4, "Genoptræningscenter Vest", "9731", "Jul og grundlovsdag lukket", 600, 690),
)
OTHERS = ("Svømmehallen", "Biblioteket", "Kulturhuset", "Lægehuset", "Frivilligcentret", "Torvet", "Havnen", "Museet")
MOVIA, TAXI, MINIBUS, COACH, OWN, REFUND = "movia", "taxi", "minibus", "turist", "egne", "godtgørelse"
SINGLE = "Flexkommune"
DRIVERS: dict[int, tuple[tuple[tuple[str, str], int], ...]] = {
    4: (((MOVIA, "Flexpatient"), 100),),
    5: (((OWN, "Egen bus"), 70), ((MOVIA, SINGLE), 30)),
    7: (((MOVIA, "Flexhandicap"), 100),),
    8: (((TAXI, "Specialkørsel"), 40), ((MOVIA, SINGLE), 60)),
    9: (((MOVIA, SINGLE), 68), ((MINIBUS, "Specialkørsel"), 6), ((COACH, "Specialkørsel"), 6), ((OWN, "Egen bus"), 20)),
    10: (((MOVIA, SINGLE), 40), ((REFUND, "Egen bil"), 40), ((TAXI, "Specialkørsel"), 20)),
    11: (((MOVIA, SINGLE), 70), ((COACH, "Specialkørsel"), 30)),
    12: (((MOVIA, "Flexrute"), 55), ((TAXI, "Specialkørsel"), 15), ((MINIBUS, "Specialkørsel"), 15),
         ((COACH, "Specialkørsel"), 15)),
    13: (((OWN, "Egen bus"), 100),),
}  # fmt: skip


def make_transport(rng: Random, town: Town, scale: float) -> Transport:
    """Operators, places and rides; trips are driven by `transport_trips`."""
    operators = make_operators(rng, town)
    made = Transport(operators=list(operators.values()), places=[])
    made.closed = {**town.closed, "Skolernes ferieplan": school_holidays(town)}
    goals = make_destinations(rng, made)
    offered = Offered(town, made, operators, goals)
    wanted = max(12, round(RIDERS_AT_FULL_SCALE * scale))
    able = [one for one in town.citizens if one.died is None and one.moved_out is None]
    rng.shuffle(able)
    able.sort(key=lambda one: (town.today - one.birth).days // 366 >= YOUNG)  # the young ride most
    for serial, citizen in enumerate(sorted(able[:wanted], key=lambda one: one.number)):
        made.rides.append(make_ride(rng, offered, serial, citizen))
    give_routes(made)
    return made


def make_operators(rng: Random, town: Town) -> dict[str, Operator]:
    """Movia, three hauliers, the town's own buses and the citizens' own cars; the hauliers' prices rise at New Year."""
    first, turn = date(town.window_start.year - 1, 1, 1), date(town.window_start.year + 1, 1, 1)
    operators = {
        MOVIA: Operator(MOVIA, "Movia", "movia", numbers.cvr(rng)),
        TAXI: Operator(TAXI, "Vesterhav Taxi A/S", "private", numbers.cvr(rng)),
        MINIBUS: Operator(MINIBUS, "Klit Minibus ApS", "private", numbers.cvr(rng)),
        COACH: Operator(COACH, "Hede & Søn Turisttrafik I/S", "private", numbers.cvr(rng)),
        OWN: Operator(OWN, "Egne minibusser", "own", ""),
        REFUND: Operator(REFUND, "Godtgørelse til borgere", "reimbursement", ""),
    }
    shared = {"fee": 500, "no_show": 15_000, "waiting": 400}
    operators[MOVIA].prices += [
        Price(SINGLE, first, None, start=4_500, km=950, minute=320, **shared),
        Price("Flexhandicap", first, None, start=4_000, km=910, minute=300, **shared),
        Price("Flexpatient", first, None, start=4_200, km=930, minute=310, **shared),
        Price("Flexrute", first, None),
        Price("Flexrute vogn", first, None, day=189_500, fee=500),
    ]
    for code, start, per_km in ((TAXI, 5_500, 1_285), (MINIBUS, 6_200, 1_140), (COACH, 4_900, 1_210)):
        old = Price("Specialkørsel", first, turn, start, per_km, 0, 520, 12_500, 4_500, 11_000)
        new = Price("Specialkørsel", turn, None, start + 250, per_km + 35, 0, 540, 12_900, 4_700, 11_500)
        operators[code].prices += [old, new]
    operators[OWN].prices.append(Price("Egen bus", first, None, km=480))
    operators[REFUND].prices.append(Price("Egen bil", first, None, km=223))
    return operators


def school_holidays(town: Town) -> frozenset[date]:
    """Weekends, public holidays, weeks 7 and 42, and from late June to early August."""
    first, last = date(town.window_start.year, 1, 1), date(town.today.year + 1, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return frozenset(
        day for day in days
        if day.weekday() >= WEEKEND or day in holidays(day.year) or day.isocalendar().week in (7, 42)
        or (6, 27) <= (day.month, day.day) <= (8, 9) or (day.month, day.day) >= (12, 22)
        or (day.month, day.day) == (1, 2)
    )  # fmt: skip


def make_destinations(rng: Random, made: Transport) -> dict[int, list[Place]]:
    """Schools, workshops, centres and the places that people visit; the last of these nobody has found yet."""
    towns = dict(words.PLACES)
    goals: dict[int, list[Place]] = {}
    for serial, (area, name, postcode, calendar, bell_in, bell_out) in enumerate(DESTINATIONS, 1):
        point = near(rng, CENTRES[postcode], 0.004)
        street = f"{rng.choice(words.STREETS)} {rng.randrange(1, 90)}"
        place = Place(f"M{serial:03d}", "mål", name, street, postcode, towns[postcode], point)
        place.calendar, place.bell_in, place.bell_out = calendar, bell_in, bell_out
        goals.setdefault(area, []).append(place)
        made.places.append(place)
    for serial, name in enumerate(OTHERS, 1):
        postcode = rng.choice(sorted(CENTRES))
        found = near(rng, CENTRES[postcode], 0.006) if serial < len(OTHERS) else None
        place = Place(f"A{serial:03d}", "andet sted", name, "", postcode, towns[postcode], found)
        goals.setdefault(7, []).append(place)
        made.places.append(place)
    return goals


def area_of(rng: Random, town: Town, citizen: Citizen) -> int:
    """What the citizen is driven for, by age."""
    age = (town.today - citizen.birth).days // 366
    return weighted(rng, next(areas for below, areas in AREAS_BY_AGE if age < below))


@dataclass(frozen=True, slots=True)
class Offered:
    """What rides are made of."""

    town: Town
    made: Transport
    operators: dict[str, Operator]
    goals: dict[int, list[Place]]


def make_ride(rng: Random, offered: Offered, serial: int, citizen: Citizen) -> Ride:
    """A home and a transport grant for one citizen."""
    town, made, operators, goals = offered.town, offered.made, offered.operators, offered.goals
    area = area_of(rng, town, citizen)
    code, section, function = CRITERIA[area]
    driver, product = weighted(rng, DRIVERS[area])
    true_home = near(rng, CENTRES[citizen.postcode], 0.018)
    known = not chance(rng, LOST)
    home = Place(
        *(f"H{citizen.number:05d}", "hjem", "", citizen.street, citizen.postcode, citizen.town),
        true_home if known else None, citizen,
    )  # fmt: skip
    goal = None if area == AS_NEEDED else rng.choice(goals[area])
    true_road = 0 if goal is None or goal.point is None else max(60, round(road_km(true_home, goal.point) * 100))
    start, end = span(rng, town, area)
    ride = Ride(
        number=numbers.grant_number(FIRST_SERIAL + serial * 7 + rng.randrange(7)),
        citizen=citizen, area=area, criterion=code, section=section,
        account=f"{function}11{3000 + area * 10:04d}{area:03d}40", unit=citizen.unit, operator=operators[driver],
        product=product, home=home, destination=goal, weekdays=weekdays(rng, area), start=start, end=end,
        aids=weighted(rng, (("", 82), ("kørestol", 12), ("rollator", 6))), companion=chance(rng, 0.05),
        solo=chance(rng, 0.03), user_payment=3_000 if area == DAY_CENTRE else 0,
        road=true_road if known and true_road else None, true_road=true_road,
    )  # fmt: skip
    made.places.append(home)
    add_absences(rng, town, ride)
    return ride


def span(rng: Random, town: Town, area: int) -> tuple[date, date | None]:
    """Most rides run all year; some begin or end within it, and training lasts ten weeks."""
    months = town.months
    early = month_start(months[0], -rng.randrange(1, 24))
    inside = months[rng.randrange(1, len(months) - 2)] + timedelta(days=rng.randrange(28))
    if area == TRAINING:
        return inside, inside + timedelta(weeks=rng.choice((8, 10, 12)))
    kind = weighted(rng, (("all", 80), ("began", 10), ("ended", 10)))
    return (inside, None) if kind == "began" else (early, inside if kind == "ended" else None)


def weekdays(rng: Random, area: int) -> int:
    """The days of the week as a mask, Monday 1; nought is as needed."""
    if area == AS_NEEDED:
        return 0
    if area in {10, 11, 12}:
        return ALL_WEEK
    often = {4: 2, 5: rng.choice((2, 3)), 13: rng.choice((3, 5))}.get(area, rng.choice((4, 5, 5, 5)))
    return sum(1 << day for day in rng.sample(range(5), often))


def add_absences(rng: Random, town: Town, ride: Ride) -> None:
    """A few days away now and then, for every third."""
    if not chance(rng, 0.35) or not ride.weekdays:
        return
    cursor = max(ride.start, town.window_start) + timedelta(days=rng.randrange(5, 90))
    last = min(ride.end or town.today, month_start(town.today))
    for _ in range(rng.choice((1, 1, 2, 3))):
        end = cursor + timedelta(days=rng.choice((1, 2, 3, 5, 7, 10)))
        if end >= last:
            return
        ride.absences.append((cursor, end, rng.choice(words.ABSENCE_REASONS)))
        cursor = end + timedelta(days=rng.randrange(20, 90))


def give_routes(made: Transport) -> None:
    """Those who ride with a fixed route share vehicles of eight by where they go."""
    seen: dict[str, int] = {}
    for ride in made.rides:
        if ride.product == "Flexrute" and ride.destination is not None:
            number = ride.destination.number
            seen[number] = seen.get(number, -1) + 1
            ride.route = f"R{number}-{seen[number] // 8 + 1}"
