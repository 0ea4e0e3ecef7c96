"""The registers of transport as files: parties, places, prices, vehicles, grants of rides and when nobody rides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from exampletown import numbers, words
from exampletown.registers import till
from exampletown.sheets import Cell, write_csv, write_xlsx
from exampletown.transport import WITHOUT_ACCOUNT

if TYPE_CHECKING:
    from pathlib import Path

    from exampletown.model import Town
    from exampletown.outline import Point
    from exampletown.transport_state import Ride, Transport

Rows = Iterator[tuple[Cell, ...]]
FIRST_SUPPLIER = 9001
DAY_NAMES = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
KINDS = {"movia": "Movia", "private": "private vognmænd", "own": "egne vogne", "reimbursement": "refusion/godtgørelse"}
BUSES = (
    ("Bus 1, Dagcenter Rævehuse", 8, 2, "diesel", 214, 2014), ("Bus 2, Dagcenter Rævehuse", 8, 1, "diesel", 219, 2012),
    ("Bus 3, Dagcenter Hedesogn", 8, 2, "diesel", 208, 2016), ("Bus 4, Værkstedet Tangen", 16, 0, "diesel", 246, 2015),
    ("Bus 5, Aktivitetshuset Digen", 8, 1, "diesel", 221, 2011), ("Bus 6, Samværshuset Fyret", 8, 2, "el", 0, 2023),
    ("Bus 7, Klubben Strandskaden", 16, 0, "diesel", 251, 2013),
    ("Bus 8, Klubben Strandskaden", 8, 0, "benzin", 198, 2018),
    ("Bus 9, reserve", 8, 1, "diesel", 233, 2009), ("Liftbus 10", 6, 3, "el", 0, 2024),
    ("Bus 11, Børnehuset Mågen", 0, 0, "diesel", 209, 2017),
)  # fmt: skip
"""The town's own; the last has come without room, as registers do."""


def write_transport_registers(place: Path, town: Town, made: Transport) -> None:
    """Every register of transport; grants, absence and suppliers in the columns that such files always have."""
    suppliers = {one.name: FIRST_SUPPLIER + n for n, one in enumerate(o for o in made.operators if o.cvr)}
    accounts = bank_accounts(made)
    write_csv(
        place / "leverandører befordring.csv",
        ("leverandør_nr", "cvr", "navn", "type", "ean", "konto", "konto_fra"),
        ((suppliers[one.name], one.cvr, one.name, "privat", None, accounts[one.name], date(2020, 1, 1))
         for one in made.operators if one.cvr),
    )  # fmt: skip
    write_csv(
        place / "lukkedage befordring.csv", ("kalender", "dato"),
        ((name, day) for name, closed in made.closed.items() if name not in town.closed for day in sorted(closed)),
    )  # fmt: skip
    write_csv(
        place / "operatører.csv", ("operatør", "art", "leverandør_nr", "bemærkning"),
        ((one.name, KINDS[one.kind], suppliers.get(one.name), None) for one in made.operators),
    )  # fmt: skip
    write_csv(place / "befordringskonti.csv", ("område_nr", "konto_begynder"), area_accounts(made))
    write_xlsx(place / "prisaftaler.xlsx", PRICE_COLUMNS, prices(made))
    write_xlsx(place / "køretøjer.xlsx", VEHICLE_COLUMNS, vehicles(made))
    write_csv(place / "steder.csv", PLACE_COLUMNS, places(made))
    write_csv(place / "bevillinger befordring.csv", GRANT_COLUMNS, grants(Random("transport grants"), made))
    write_csv(place / "befordringsbevillinger.csv", RIDE_COLUMNS, rides(made))
    write_csv(
        place / "fravær befordring.csv", ("bevilling_nr", "fra", "til", "årsag"),
        ((ride.number, start, till(end), reason) for ride in made.rides for start, end, reason in ride.absences),
    )  # fmt: skip


def area_accounts(made: Transport) -> Rows:
    """The accounts of rides alone: a function holds day offers too. Two areas have told nobody theirs."""
    told = {(ride.area, ride.account) for ride in made.rides if ride.area not in WITHOUT_ACCOUNT}
    yield from ((area, account) for area, account in sorted(told))


def bank_accounts(made: Transport) -> dict[str, str]:
    """An account for each operator that sends invoices, the same every time."""
    rng = Random("transport accounts")
    return {one.name: numbers.bank_account(rng) for one in made.operators if one.cvr}


PRICE_COLUMNS = (
    *("operatør", "produkt", "gyldig_fra", "gyldig_til", "startgebyr", "pr_km", "pr_minut", "ventetid_pr_minut"),
    *("lift", "bro", "udebleven", "pr_dag", "administration_pct"),
)


def kroner(ore: int) -> Decimal:
    """Øre as kroner."""
    return Decimal(ore).scaleb(-2)


def prices(made: Transport) -> Rows:
    """Prisaftaler."""
    for one in made.operators:
        for price in one.prices:
            amounts = (price.start, price.km, price.minute, price.waiting, price.lift, price.bridge, price.no_show)
            yield (
                *(one.name, price.product, price.start_day, till(price.end_day)),
                *(kroner(amount) for amount in (*amounts, price.day)),
                Decimal(price.fee).scaleb(-2),
            )


VEHICLE_COLUMNS = (
    *("operatør", "vogn", "nummerplade", "siddepladser", "kørestolspladser", "lift", "drivmiddel", "co2_g_km"),
    *("første_registrering", "brug"),
)


def vehicles(made: Transport) -> Rows:
    """Køretøjer: the town's own, and three of each haulier."""
    own = next(one.name for one in made.operators if one.kind == "own")
    for serial, (name, seats, wheelchairs, fuel, co2, year) in enumerate(BUSES, 1):
        yield (
            *(own, name, f"XX {10_100 + serial * 7}", seats, wheelchairs, "ja" if wheelchairs else "nej", fuel, co2),
            *(date(year, 1 + serial % 12, 3), "kørsel til og fra tilbud"),
        )
    for one in made.operators:
        for serial in range(1, 4) if one.kind == "private" else ():
            yield (
                *(one.name, f"Vogn {serial}", f"XX {20_000 + len(one.name) * 10 + serial}", 8, serial % 2),
                *("ja" if serial % 2 else "nej", "diesel", 195, date(2019, serial, 1), "særkørsel"),
            )


PLACE_COLUMNS = (
    *("sted_nr", "art", "navn", "adresse", "postnr", "by", "bredde", "længde", "borger_nr", "kalender", "møder_ind"),
    "får_fri",
)


def degrees(point: Point | None) -> tuple[Decimal | None, Decimal | None]:
    """Six decimals each."""
    return (None, None) if point is None else (Decimal(f"{point[0]:.6f}"), Decimal(f"{point[1]:.6f}"))


def clock(minutes: int | None) -> str | None:
    """Minutes after midnight as on a clock."""
    return None if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


def places(made: Transport) -> Rows:
    """Steder."""
    for one in made.places:
        yield (
            *(one.number, one.kind, one.name or None, one.street or None, one.postcode, one.town, *degrees(one.point)),
            *(one.citizen.number if one.citizen else None, one.calendar, clock(one.bell_in), clock(one.bell_out)),
        )


GRANT_COLUMNS = (
    *("bevilling_nr", "sagsnr", "borger_nr", "paragraf", "status", "start", "slut", "enhed_nr", "sagsbehandler"),
    *("kontostreng", "opfølgning"),
)


def grants(rng: Random, made: Transport) -> Rows:
    """Bevillinger, as every other grant."""
    for ride in made.rides:
        case = f"B{ride.start.year}-{rng.randrange(10**5):05d}"
        follow_up = None if ride.end else ride.start + timedelta(days=3650)
        yield (
            *(ride.number, case, ride.citizen.number, ride.section, "bevilget", ride.start, till(ride.end)),
            *(ride.unit.number, rng.choice(words.CASEWORKERS), ride.account, follow_up),
        )


RIDE_COLUMNS = (
    *("bevilling_nr", "kriterium", "operatør", "fra_sted", "til_sted", "ugedage", "fremme_senest", "hjem_tidligst"),
    *("hjælpemidler", "ledsager", "solokørsel", "længste_køretid", "egenbetaling", "vej_km"),
)


def week(ride: Ride) -> str | None:
    """The weekdays by name."""
    return " ".join(name for n, name in enumerate(DAY_NAMES) if ride.weekdays >> n & 1) or None


def rides(made: Transport) -> Rows:
    """Befordringsbevillinger."""
    for ride in made.rides:
        goal = ride.destination
        yield (
            *(ride.number, ride.criterion, ride.operator.name, ride.home.number, goal.number if goal else None),
            *(week(ride), clock(goal.bell_in) if goal else None, clock(goal.bell_out) if goal else None),
            *(ride.aids or None, "ja" if ride.companion else "nej", "ja" if ride.solo else "nej", 60),
            kroner(ride.user_payment) if ride.user_payment else None,
            None if ride.road is None else Decimal(ride.road).scaleb(-2),
        )
