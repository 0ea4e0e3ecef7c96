"""The town's transport as files, and its answer key: registers, settlements as they came, attendance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from exampletown.key import write_rows
from exampletown.own_buses import write_own_buses
from exampletown.sheets import write_csv
from exampletown.transport import make_transport
from exampletown.transport_books import write_invoices, write_payments
from exampletown.transport_budget import write_budget
from exampletown.transport_flaws import TRANSPORT_COLUMNS, Flaws, transport_defects
from exampletown.transport_registers import bank_accounts, write_transport_registers
from exampletown.transport_trips import drive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from exampletown.model import Town
    from exampletown.transport_state import Settlement, Transport, Trip

FOLDER = "befordring"
TRIP_COLUMNS = (
    *("afregning_nr", "operatør", "faktura_nr", "tur_nr", "produkt", "borger_nr", "bevilling_nr", "dato", "bestilt"),
    *("start", "slut", "fra_sted", "til_sted", "km", "minutter", "ventetid", "hjælpemidler", "lift", "bro"),
    *("ledsagere", "solo", "udebleven", "afbestilt", "pris", "administration", "egenbetaling", "kontostreng"),
)
ATTENDANCE_COLUMNS = ("bevilling_nr", "dato", "mødt")
CORRECTED = 3


@dataclass(frozen=True, slots=True)
class TransportSummary:
    """What was written."""

    riders: int
    trips: int
    settlements: int
    defects: dict[str, int]


def town_transport(seed: int, scale: float, town: Town) -> Transport:
    """The true state with its planted flaws, without files."""
    made = make_transport(Random(f"{seed}/transport"), town, scale)
    drive(Random(f"{seed}/trips"), town, made)
    rng = Random(f"{seed}/transport flaws")
    Flaws(rng, town, made, scale).plant()
    correct_some(rng, made)
    return made


def write_transport(folder: Path, key_folder: Path, *, town: Town, seed: int, scale: float) -> TransportSummary:
    """Write the folder ``befordring`` into the town's and ``transport.csv`` into the key's."""
    made = town_transport(seed, scale, town)
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    write_transport_registers(place, town, made)
    write_own_buses(place, town, made)
    write_settlements(place, made)
    attended = ((grant, day, "ja" if present else "nej") for grant, day, present in made.attendance)
    write_csv(place / "fremmøde.csv", ATTENDANCE_COLUMNS, attended)
    write_payments(place, town, made)
    write_budget(place, town, made)
    billed = write_invoices(place / "fakturaer", Random(f"{seed}/transport bills"), town, made, bank_accounts(made))
    defects = [*transport_defects(made), *billed]
    write_rows(key_folder / "transport.csv", TRANSPORT_COLUMNS, defects)
    return TransportSummary(
        riders=len(made.rides),
        trips=sum(len(settlement.trips) for settlement in made.settlements),
        settlements=len(made.settlements),
        defects=dict(sorted(Counter(row[2] for row in defects).items())),
    )


def correct_some(rng: Random, made: Transport) -> None:
    """Three settlements came first with other rows, the last of them twice; the corrected ones count."""
    for settlement in rng.sample(made.settlements, min(CORRECTED, len(made.settlements))):
        clean = [trip for trip in settlement.trips if not trip.flaws]
        wrong = {id(trip): replace(trip, cost=trip.cost + 5_000) for trip in clean[:3]}
        extra = [replace(trip, number=f"{trip.number}U") for trip in clean[3:5]]
        settlement.first = [wrong.get(id(trip), trip) for trip in settlement.trips] + extra
    if made.settlements:
        rng.choice(made.settlements).again = True


def write_settlements(place: Path, made: Transport) -> None:
    """A file for each operator and month; corrected ones sort after the first, so that they are read after it."""
    for settlement in made.settlements:
        name = f"{settlement.month:%Y-%m} {settlement.operator.code}"
        if settlement.first is not None:
            write_trips(place / f"ture {name}.csv", settlement, settlement.first)
            write_trips(place / f"ture {name}_rettet.csv", settlement, settlement.trips)
        else:
            write_trips(place / f"ture {name}.csv", settlement, settlement.trips)
        if settlement.again:
            rows = settlement.trips if settlement.first is None else settlement.first
            write_trips(place / f"ture {name}.csv.igen.csv", settlement, rows)


def write_trips(path: Path, settlement: Settlement, trips: Iterable[Trip]) -> None:
    """The rows as text at once: there are many."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(";".join(TRIP_COLUMNS) + "\r\n")
        out.writelines(trip_lines(settlement, trips))


def trip_lines(settlement: Settlement, trips: Iterable[Trip]) -> Iterator[str]:
    """Each row with its line end."""
    head = f"{settlement.number};{settlement.operator.name};{settlement.invoice};"
    days: dict[date, tuple[str, str]] = {}
    for trip in trips:
        if trip.day not in days:
            days[trip.day] = f"{trip.day:%d-%m-%Y}", f"{trip.day - timedelta(days=2):%d-%m-%Y}"
        day, ordered = days[trip.day]
        ends = trip.start + trip.minutes + trip.end_shift
        yield (
            f"{head}{trip.number};{trip.product};{trip.citizen};{trip.grant};{day};{ordered};{clock(trip.start)};"
            f"{clock(ends)};{trip.from_no};{trip.to_no};{hundredths(trip.km)};{trip.minutes};{trip.waiting};{trip.aids};"
            f"{yes(trip.lift)};{yes(trip.bridge)};{trip.companions};{yes(trip.solo)};{yes(trip.no_show)};"
            f"{yes(trip.cancelled)};{hundredths(trip.cost)};{hundredths(trip.fee)};{hundredths(trip.user_payment)};"
            f"{trip.account}\r\n"
        )


def clock(minutes: int) -> str:
    """Minutes after midnight as on a clock; past midnight it begins anew."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def hundredths(number: int) -> str:
    """Øre as kroner, and hundredths of a km as km."""
    sign = "-" if number < 0 else ""
    return f"{sign}{abs(number) // 100},{abs(number) % 100:02d}"


def yes(told: bool) -> str:  # noqa: FBT001 - a word for it
    """Ja or nej."""
    return "ja" if told else "nej"
