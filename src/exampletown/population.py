"""Citizens with fictive CPR numbers, their homes, moves and deaths."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from exampletown import numbers, words
from exampletown.habits import chance
from exampletown.model import Citizen, Unit

if TYPE_CHECKING:
    from random import Random

    from exampletown.model import Town

ADULT = 18
PROTECTED_SHARE = 0.03
OTHER_ACTING_SHARE = 0.03
MOVED_IN_SHARE = 0.12


def make_units() -> list[Unit]:
    """The town's organisational units."""
    return [Unit(number, name, numbers.town_gln(100 + number)) for number, name in enumerate(words.UNIT_NAMES, 1)]


def unit_for(rng: Random, town: Town, age: int) -> Unit:
    """Children belong to the families' unit, young adults to the youth unit, others to one of the adult units."""
    if age < ADULT:
        return town.units[2]
    return town.units[5] if age < ADULT + 5 and chance(rng, 0.5) else town.units[rng.choice((0, 0, 1, 3, 4, 7))]


def birth_date(rng: Random, today: date, ages: tuple[int, int]) -> date:
    """A birthday such that the person has an age within ``ages`` all through the last year and a half."""
    youngest, oldest = ages
    newest = today - timedelta(days=round((youngest + 1.6) * 365.25))
    oldest_day = today - timedelta(days=round((oldest + 0.9) * 365.25))
    return oldest_day + timedelta(days=rng.randrange(max(1, (newest - oldest_day).days)))


def stranger(rng: Random, town: Town) -> Citizen:
    """Someone whom no register knows."""
    while True:
        birth = birth_date(rng, town.today, (4, 80))
        cpr = numbers.fictive_cpr(rng, birth)
        if cpr not in town.cprs:
            first, last = rng.choice(words.FIRST_NAMES), " ".join(rng.sample(words.LAST_NAMES, 2))
            unit = town.units[0]
            return Citizen(0, cpr, first, last, birth, "", "", "", unit, words.TOWN_CODE, words.TOWN_CODE)


def add_citizen(rng: Random, town: Town, ages: tuple[int, int], taken: set[str]) -> Citizen:
    """A new citizen in ``town.citizens`` with an unused CPR number."""
    birth = birth_date(rng, town.today, ages)
    cpr = numbers.fictive_cpr(rng, birth)
    while cpr in taken:
        cpr = numbers.fictive_cpr(rng, birth)
    taken.add(cpr)
    postcode, place = rng.choice(words.PLACES)
    citizen = Citizen(
        number=len(town.citizens) + 1,
        cpr=cpr,
        first=rng.choice(words.FIRST_NAMES),
        last=" ".join(rng.sample(words.LAST_NAMES, rng.choice((1, 1, 2)))),
        birth=birth,
        street=f"{rng.choice(words.STREETS)} {rng.randrange(1, 200)}",
        postcode=postcode,
        town=place,
        unit=unit_for(rng, town, (town.today - birth).days // 366),
        acting=words.TOWN_CODE,
        paying=words.TOWN_CODE,
    )
    if chance(rng, PROTECTED_SHARE):
        start = town.window_start - timedelta(days=rng.randrange(400))
        citizen.protected = (start, start + timedelta(days=730))
    if chance(rng, OTHER_ACTING_SHARE):
        citizen.acting = rng.choice(words.NEIGHBOUR_CODES)
    if chance(rng, MOVED_IN_SHARE):
        citizen.moved_in = date(rng.randrange(2010, 2023), rng.randrange(1, 13), rng.randrange(1, 28))
    town.citizens.append(citizen)
    return citizen
