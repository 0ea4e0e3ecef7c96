"""What the finance system paid for rides by grant and month, and the operators' e-invoices for late settlements."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from exampletown.days import month_start
from exampletown.documents import Document, Line
from exampletown.habits import make_habits
from exampletown.ledger import bank_day
from exampletown.ledger_files import POSTING_COLUMNS
from exampletown.model import Supplier
from exampletown.sheets import write_csv
from exampletown.ubl import render
from exampletown.words import TOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from exampletown.model import Town
    from exampletown.sheets import Cell
    from exampletown.transport_state import Operator, Settlement, Transport

FIRST_VOUCHER = 7_100_000
BILLED_MONTHS = 3
OVERCHARGE = 4_200_00
SPACE = UUID(int=11)
LONG_AGO = date(2020, 1, 1)
DEPARTMENT = 6
"""The town's unit for transport: its place in the list."""


def kroner(ore: int) -> Decimal:
    """Øre as kroner with two decimals."""
    return Decimal(ore).scaleb(-2)


def write_payments(place: Path, town: Town, made: Transport) -> None:
    """A posting for each transport grant and month, on the grant's account, without flaws of their own."""
    rows = list(postings(town, made))
    for year in sorted({str(row[3])[-4:] for row in rows}):
        write_csv(
            place / f"posteringer befordring-{year}.csv", POSTING_COLUMNS,
            (row for row in rows if str(row[3]).endswith(year)),
        )  # fmt: skip


def postings(town: Town, made: Transport) -> Iterator[tuple[Cell, ...]]:
    """The rows, numbered in order of month and grant."""
    serial = FIRST_VOUCHER
    for settlement in made.settlements:
        sums: defaultdict[str, int] = defaultdict(int)
        rides = {}
        for trip in settlement.trips:
            if trip.ride is not None:
                sums[trip.ride.number] += trip.cost + trip.fee - trip.user_payment
                rides[trip.ride.number] = trip.ride
        posted_on = min(bank_day(month_start(settlement.month, 1) + timedelta(days=24)), town.today)
        for number, ore in sorted(sums.items()):
            serial += 1
            ride = rides[number]
            yield (
                *(str(serial), 1, posted_on, f"{settlement.month:%m-%Y}", ride.account, kroner(ore)),
                *(f"Befordring {settlement.number}", ride.citizen.number, None, settlement.operator.cvr or None, None),
                *(number, "betaling"),
            )


def owed(settlement: Settlement) -> int:
    """What a settlement comes to, øre."""
    return sum(trip.cost + trip.fee - trip.user_payment for trip in settlement.trips)


def write_invoices(
    place: Path, rng: Random, town: Town, made: Transport, accounts: dict[str, str]
) -> list[tuple[str, ...]]:
    """E-invoices for the last months' settlements; one of them asks for too much. Returns the key's rows."""
    place.mkdir(exist_ok=True)
    since = town.months[-BILLED_MONTHS]
    billed = [one for one in made.settlements if one.operator.cvr and one.month >= since]
    dear = rng.choice(billed)
    for settlement in billed:
        issued = month_start(settlement.month, 1) + timedelta(days=4)
        ore = owed(settlement) + (OVERCHARGE if settlement is dear else 0)
        text = render(document(rng, town, settlement, (issued, ore), accounts[settlement.operator.name]))
        name = f"{issued:%Y%m%d}-{settlement.operator.cvr}-{settlement.invoice}.xml"
        (place / name).write_text(text, encoding="utf-8")
    return [("settlement", f"{dear.operator.name}/{dear.number}", "invoice_differs", "", str(OVERCHARGE))]


def document(rng: Random, town: Town, settlement: Settlement, told: tuple[date, int], account: str) -> Document:
    """One line: the month's rides by settlement."""
    issued, ore = told
    net = kroner(ore)
    period = (settlement.month, month_start(settlement.month, 1))
    line = Line(f"Kørsel ifølge afregning {settlement.number}", Decimal(1), "EA", net, net, period, tells_period=True)
    return Document(
        format="oioubl2", kind="invoice", number=settlement.invoice, issued=issued, due=issued + timedelta(days=30),
        supplier=sender(rng, settlement.operator, account), buyer_name=TOWN, buyer_ean=town.units[DEPARTMENT].ean,
        lines=[line], payment="bank", account=account, period=period,
        uuid=str(uuid5(SPACE, f"{settlement.number}")), note=f"Afregning {settlement.number}",
    )  # fmt: skip


def sender(rng: Random, operator: Operator, account: str) -> Supplier:
    """The operator as a document names it."""
    return Supplier(
        number=0, cvr=operator.cvr, name=operator.name, kind="privat", ean=None,
        accounts=[(account, LONG_AGO)], street="Havnevej 1", postcode="9731", town="Vesterhavn",
        contact="Kontoret", phone="99999999", habits=make_habits(rng),
    )  # fmt: skip
