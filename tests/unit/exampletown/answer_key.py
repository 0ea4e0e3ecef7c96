"""Reads the example town's answer key. Only tests may do so."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class InvoiceAnswer:
    """One document: what must, may and must not be said of it (see the README of ``exampletown``)."""

    document: str
    invoice_number: str
    kind: str
    supplier_cvr: str
    grant_numbers: frozenset[str]
    must: frozenset[str]
    one_of: frozenset[str]
    may: frozenset[str]
    expected: Decimal | None
    invoiced: Decimal
    touchless: str
    hard_stop: frozenset[str]
    hard_stop_may: frozenset[str]
    reference: str
    planted: str
    story: str

    @property
    def clean(self) -> bool:
        return not (self.must or self.one_of or self.hard_stop)

    def missed(self, reported: frozenset[str]) -> frozenset[str]:
        """Codes that had to be reported and were not (``one_of`` counts as one, named by its first)."""
        missing = self.must - reported
        if self.one_of and not self.one_of & reported:
            missing |= {min(self.one_of)}
        return missing

    def false_alarms(self, reported: frozenset[str]) -> frozenset[str]:
        return reported - self.must - self.one_of - self.may

    def hard_stop_breached(self, raised: frozenset[str]) -> bool:
        return bool(self.hard_stop) and not self.hard_stop & raised


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    subject_kind: str
    subject: str
    defect: str
    other: str
    note: str


def key_folder(town: Path) -> Path:
    return town.with_name(f"{town.name}-facit")


def amount(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None


def codes(text: str) -> frozenset[str]:
    return frozenset(code for code in text.split("|") if code and code != "clean")


def read_invoices(town: Path) -> list[InvoiceAnswer]:
    with (key_folder(town) / "invoices.csv").open(encoding="utf-8", newline="") as source:
        return [
            InvoiceAnswer(
                document=row["document"],
                invoice_number=row["invoice_number"],
                kind=row["kind"],
                supplier_cvr=row["supplier_cvr"],
                grant_numbers=codes(row["grant_number"]),
                must=codes(row["codes"]),
                one_of=codes(row["one_of"]),
                may=codes(row["may"]),
                expected=amount(row["expected"]),
                invoiced=amount(row["invoiced"]) or Decimal(0),
                touchless=row["touchless"],
                hard_stop=codes(row["hard_stop"]),
                hard_stop_may=codes(row["hard_stop_may"]),
                reference=row["reference"],
                planted=row["planted"],
                story=row["story"],
            )
            for row in csv.DictReader(source, delimiter=";")
        ]


def read_registers(town: Path) -> list[RegisterAnswer]:
    with (key_folder(town) / "registers.csv").open(encoding="utf-8", newline="") as source:
        return [RegisterAnswer(**row) for row in csv.DictReader(source, delimiter=";")]
