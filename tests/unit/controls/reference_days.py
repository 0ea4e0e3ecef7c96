"""Days, and what they cost, reckoned one at a time: the ground of the register controls' reference."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from uuid import UUID

from unit.controls.town import Row, Town

Answer = dict[UUID, int | None]
FIRST, END = date(2025, 1, 1), date(2027, 1, 1)
HORIZON = [FIRST + timedelta(days=offset) for offset in range((END - FIRST).days)]
FAR = date(9999, 12, 31)


def days(start: date | None, end: date | None) -> set[date]:
    """The days of a half-open period within last and this calendar year."""
    return {day for day in HORIZON if (start or date.min) <= day < (end or FAR)}


def overlap(one: tuple[date, date | None], two: tuple[date, date | None]) -> bool:
    return one[0] < (two[1] or FAR) and two[0] < (one[1] or FAR)


def granted(town: Town) -> list[Row]:
    return [row for row in town.rows["rel_grant"] if row["status"] == "granted"]


def by_id(town: Town, name: str, key: str) -> dict[UUID, Row]:
    return {row[key]: row for row in town.rows[name]}


def at_stake(town: Town, concerned: set[date], services: Callable[[Row], bool]) -> int | None:
    """What the granted services cost on the days: each service and month rounded by itself."""
    live = {row["grant_id"] for row in granted(town)}
    rates = {row["service_id"]: row for row in town.rows["rel_rate"]}
    total, priced, unpriced = 0, False, 0
    for service in town.rows["rel_service"]:
        if service["grant_id"] not in live or not services(service):
            continue
        run = sorted(day for day in concerned if service["starts"] <= day < (service["ends"] or FAR))
        rate = rates.get(service["service_id"])
        priced = priced or bool(run)
        unpriced += len(run) if rate is None else 0
        for _, month in groupby(run, key=lambda day: (day.year, day.month)):
            if rate is not None:
                total += rounded(len(list(month)) * service["quantity"] * rate["amount"] * 100)
    return total if priced and not (total == 0 and unpriced) else None


def rounded(ore: Decimal | Fraction) -> int:
    exact = Fraction(ore)
    return int(exact + Fraction(1, 2)) if exact >= 0 else -int(-exact + Fraction(1, 2))


def of_grant(town: Town, grant: Row, concerned: set[date]) -> int | None:
    return at_stake(town, concerned, lambda service: service["grant_id"] == grant["grant_id"])


def of_line(town: Town, line: Row, concerned: set[date]) -> int | None:
    return at_stake(town, concerned, lambda service: service["contract_line_id"] == line["contract_line_id"])


def grant_answer(town: Town, concerned: Callable[[Row], set[date] | None]) -> Answer:
    """Findings about grants from the days each concerns; none or no day: no finding."""
    found = ((grant, concerned(grant)) for grant in granted(town))
    return {grant["grant_id"]: of_grant(town, grant, when) for grant, when in found if when}
