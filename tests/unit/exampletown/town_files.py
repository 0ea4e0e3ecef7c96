"""Reads a generated town's register files back as text rows, the way anybody else would."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import holidays
import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]


def day(text: str) -> date | None:
    return datetime.strptime(text, "%d-%m-%Y").date() if text else None  # noqa: DTZ007 - a date has no time zone


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def as_text(value: object) -> str:
    if value is None:
        return ""
    return value.strftime("%d-%m-%Y") if isinstance(value, datetime) else str(value)


def padded(row: tuple[object, ...], width: int) -> tuple[object, ...]:
    """Cells that are empty to the end of the row are not in the file."""
    return (*row, *(None for _ in range(width - len(row))))


def rounded(exact: Fraction) -> Decimal:
    """Øre, half away from zero, told in kroner."""
    ore = exact * 100
    return Decimal((2 * ore.numerator + ore.denominator) // (2 * ore.denominator)) / 100


class TownFiles:
    """Rows by register, and what a grant costs by the registers alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.public = holidays.Denmark(years=range(2023, 2029))

    def rows(self, name: str) -> list[Row]:
        path = self.folder / name
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as source:
                return list(csv.DictReader(source, delimiter=";"))
        book = openpyxl.load_workbook(path, read_only=True)
        head, *rest = book.active.iter_rows(values_only=True)
        book.close()
        return [dict(zip(map(as_text, head), map(as_text, padded(row, len(head))), strict=True)) for row in rest]

    def grouped(self, name: str, *columns: str) -> dict[tuple[str, ...], list[Row]]:
        found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.rows(name):
            found[tuple(row[column] for column in columns)].append(row)
        return found

    @cached_property
    def grants(self) -> dict[str, Row]:
        return {row["bevilling_nr"]: row for row in self.rows("bevillinger.xlsx")}

    @cached_property
    def contracts(self) -> dict[str, Row]:
        return {row["kontrakt_nr"]: row for row in self.rows("kontrakter.xlsx")}

    @cached_property
    def services(self) -> dict[tuple[str, ...], list[Row]]:
        return self.grouped("bevillingsydelser.csv", "bevilling_nr")

    @cached_property
    def rates(self) -> dict[tuple[str, ...], list[Row]]:
        return self.grouped("kontrakttakster.csv", "kontrakt_nr", "linje_nr")

    @cached_property
    def absences(self) -> dict[tuple[str, ...], list[Row]]:
        return self.grouped("fravær.csv", "bevilling_nr")

    @cached_property
    def closed(self) -> dict[str, set[date | None]]:
        return {
            key[0]: {day(r["dato"]) for r in rows} for key, rows in self.grouped("lukkedage.csv", "kalender").items()
        }

    def owed(self, grant: str, start: date, end: date) -> Decimal:
        """All services of the grant in [start, end), each rounded once a month."""
        total = Decimal(0)
        for service in self.services[(grant,)]:
            months: dict[tuple[int, int], Fraction] = defaultdict(Fraction)
            current = start
            while current < end:
                months[current.year, current.month] += self.owed_on(self.grants[grant], service, current)
                current += timedelta(days=1)
            total += sum(map(rounded, months.values()), Decimal(0))
        return total

    def owed_on(self, grant: Row, service: Row, today: date) -> Fraction:
        for row in (grant, service):
            first, last = day(row["start"]), day(row["slut"])
            if (first and today < first) or (last and today > last):
                return Fraction(0)
        contract = self.contracts.get(grant["kontrakt_nr"])
        if service["enhed"] == "åbningsdag" and not self.opens(contract, today):
            return Fraction(0)
        quantity = number(service["antal"])
        if service["pr"] == "uge":
            quantity /= 7
        elif service["pr"] == "måned":
            quantity /= (date(today.year + today.month // 12, today.month % 12 + 1, 1) - today.replace(day=1)).days
        price = self.price(grant, service, today)
        return quantity * price * self.billable(contract, grant["bevilling_nr"], today) * number(service["faktor"])

    def opens(self, contract: Row | None, today: date) -> bool:
        if contract and contract["kalender"]:
            return today not in self.closed[contract["kalender"]]
        return today.weekday() < 5 and today not in self.public

    def price(self, grant: Row, service: Row, today: date) -> Fraction:
        if not service["kontraktlinje_nr"]:
            return number(service["pris"])
        for rate in self.rates[grant["kontrakt_nr"], service["kontraktlinje_nr"]]:
            first, last = day(rate["gyldig_fra"]), day(rate["gyldig_til"])
            if first and first <= today and (last is None or today <= last):
                return number(rate["pris"])
        return Fraction(0)

    def billable(self, contract: Row | None, grant: str, today: date) -> Fraction:
        if contract is None or not contract["fravær_dage"]:
            return Fraction(1)
        for absence in self.absences[(grant,)]:
            first, last = day(absence["fra"]), day(absence["til"])
            if first and last and first + timedelta(days=int(contract["fravær_dage"])) <= today <= last:
                return Fraction(int(contract["fravær_betaling_pct"]), 100)
        return Fraction(1)
