"""The town's own buses as files: where they drive by duty, their logbooks and what they cost.

Three minibuses of eight drive to a place that few ride to: they are half empty on purpose. One bus's costs nobody has
handed in, and one bus stands still.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from exampletown.sheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exampletown.model import Town
    from exampletown.sheets import Cell
    from exampletown.transport_state import Transport

HALF_EMPTY = ("Bus 1, Dagcenter Rævehuse", "Bus 2, Dagcenter Rævehuse", "Bus 3, Dagcenter Hedesogn")
FULL = ("Bus 4, Værkstedet Tangen", "Bus 7, Klubben Strandskaden", "Bus 5, Aktivitetshuset Digen")
"""Those that drive where most ride, in this order; the rest have no fixed duty."""
OUTINGS = (
    "Bus 4, Værkstedet Tangen", "Bus 6, Samværshuset Fyret", "Bus 7, Klubben Strandskaden",
    "Bus 8, Klubben Strandskaden", "Liftbus 10",
)  # fmt: skip
COSTS: tuple[tuple[str, int, int, int, int], ...] = (
    ("Bus 1, Dagcenter Rævehuse", 410_000, 1_180_000, 1_450_000, 1_240),
    ("Bus 2, Dagcenter Rævehuse", 390_000, 1_180_000, 1_720_000, 1_290),
    ("Bus 3, Dagcenter Hedesogn", 430_000, 1_180_000, 1_310_000, 1_210),
    ("Bus 4, Værkstedet Tangen", 620_000, 1_540_000, 1_980_000, 1_480),
    ("Bus 5, Aktivitetshuset Digen", 380_000, 1_180_000, 1_890_000, 1_310),
    ("Bus 6, Samværshuset Fyret", 940_000, 1_390_000, 720_000, 3_250),
    ("Bus 7, Klubben Strandskaden", 600_000, 1_540_000, 2_240_000, 1_520),
    ("Bus 9, reserve", 210_000, 980_000, 1_640_000, 1_380),
    ("Liftbus 10", 1_020_000, 1_420_000, 680_000, 3_410),
)
"""Leasing a month, insurance and service a year in øre, litres or kWh for 100 km in hundredths."""
PURPOSES = ("Udflugt", "Svømning", "Indkøb med borgere", "Besøg på museet", "Kørsel til læge", "Fagligt besøg")
STANDING = ((450, 535), (880, 960))
"""When the three are written to be out: minutes after midnight."""
WEEKS = 9
WEEKEND = 5
CHANCE = 0.45
SEATS = 8


def write_own_buses(place: Path, town: Town, made: Transport) -> None:
    """Three files beside the other registers of transport."""
    write_csv(place / "faste vogne.csv", ("vogn", "sted_nr", "gyldig_fra"), duties(town, made))
    write_csv(
        place / "vognudgifter.csv",
        ("vogn", "gyldig_fra", "leasing_pr_måned", "forsikring_pr_år", "service_pr_år", "forbrug_pr_100_km", "kilde"),
        costs(town),
    )
    write_csv(
        place / "kørebog.csv", ("vogn", "dato", "kl_fra", "kl_til", "km", "formål", "enhed_nr", "passagerer"), log(town)
    )


def duties(town: Town, made: Transport) -> Iterator[tuple[Cell, ...]]:
    """The place with fewest riders of ours gets the three; where most ride, larger ones go."""
    riders = Counter(
        ride.destination.number
        for ride in made.rides
        if ride.operator.kind == "own" and ride.destination is not None and ride.weekdays and ride.runs(town.today)
    )
    places = [number for number, _ in sorted(riders.items(), key=lambda pair: (pair[1], pair[0]))]
    if not places:
        return
    few, *many = places
    since = date(town.window_start.year, 1, 1)
    for name in HALF_EMPTY:
        yield (name, few, since)
    for name, number in zip(FULL, reversed(many), strict=False):
        yield (name, number, since)


def costs(town: Town) -> Iterator[tuple[Cell, ...]]:
    """Amounts in kroner."""
    for name, leasing, insurance, service, use in COSTS:
        amounts = (Decimal(amount).scaleb(-2) for amount in (leasing, insurance, service, use))
        yield (name, date(town.window_start.year, 1, 1), *amounts, "Leasingaftale og seneste års regninger")


def log(town: Town) -> Iterator[tuple[Cell, ...]]:
    """Outings between the morning's rides and the afternoon's, now and then in the evening; with units by turns."""
    rng = Random("own buses")
    units = [unit.number for unit in town.units]
    for name in HALF_EMPTY:
        for ago in range(1, WEEKS * 7):
            day = town.today - timedelta(days=ago)
            for begins, ends in STANDING if day.weekday() < WEEKEND else ():
                km = Decimal(rng.randrange(1_400, 1_900)).scaleb(-2)
                yield (name, day, clock(begins), clock(ends), km, "Kørsel til og fra tilbud", None, None)
    for name in OUTINGS:
        day = town.today - timedelta(weeks=WEEKS)
        while day < town.today:
            if day.weekday() < WEEKEND and rng.random() < CHANCE:
                begins = rng.choice((570, 600, 615, 660, 1050))
                ends = begins + rng.randrange(45, 150, 5)
                km = Decimal(rng.randrange(600, 6_000)).scaleb(-2)
                times = (clock(begins), clock(ends))
                yield (name, day, *times, km, rng.choice(PURPOSES), rng.choice(units), rng.randrange(2, SEATS + 1))
            day += timedelta(days=1)


def clock(minute: int) -> str:
    """Minutes after midnight as on a clock."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
