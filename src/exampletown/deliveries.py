"""What the suppliers say they delivered (leverancer): the hours of each month, mostly as promised, and some far fewer.

Only of grants of hours a week at one supplier that ran through the whole time without absence: what was promised is
then told by the calendar alone.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from exampletown.days import days_in_month
from exampletown.sheets import write_csv

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from random import Random

    from exampletown.model import Grant, Town
    from exampletown.sheets import Cell

COLUMNS = "bevilling_nr linje_nr måned leveret bemærkning"
MONTHS, SHORT_MONTHS = 6, 3
SHORT_SHARE = 0.08
"""Of the grants that are told of, how many got far too little in the last months."""

_HUNDREDTH = Decimal("0.01")


def write_deliveries(folder: Path, rng: Random, town: Town) -> list[tuple[str, str, str, str, str]]:
    """Write ``leverancer.csv``; return the answer key's rows of what was paid for and not delivered."""
    rows: list[tuple[Cell, ...]] = []
    key = []
    months = town.months[-MONTHS:]
    for grant in town.grants:
        if not _told_of(grant, months):
            continue
        short = rng.random() < SHORT_SHARE
        share = Decimal(rng.randint(40, 75)) / 100
        for place, month in enumerate(months):
            promised = grant.services[0].quantity * days_in_month(month) / 7
            lacks = short and place >= MONTHS - SHORT_MONTHS
            of_it = share if lacks else Decimal(rng.randint(100, 103)) / 100
            hours = (promised * of_it).quantize(_HUNDREDTH, ROUND_HALF_UP)
            note = "Vikardækning manglede" if lacks else ""
            rows.append((grant.number, grant.services[0].number, month, hours, note))
        if short:
            key.append(("grant", grant.number, "paid_not_delivered", "", f"{share:.0%} i {SHORT_MONTHS} måneder"))
    write_csv(folder / "leverancer.csv", COLUMNS.split(), rows)
    return key


def _told_of(grant: Grant, months: list[date]) -> bool:
    """Hours a week, all through the months, without anything that changes what is promised."""
    first, end = months[0], months[-1] + timedelta(days=days_in_month(months[-1]))
    citizen = grant.citizen
    if len(grant.services) != 1 or grant.status != "bevilget" or grant.supplier is None or grant.absences:
        return False
    service = grant.services[0]
    whole = all(
        (one.start is None or one.start <= first) and (one.end is None or one.end >= end) for one in (grant, service)
    )
    stays = citizen.died is None and citizen.moved_out is None
    return whole and stays and (service.unit, service.per) == ("time", "uge")
