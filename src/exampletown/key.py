"""The answer key's files. Nothing but tests may read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from exampletown.sheets import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from pathlib import Path

    from exampletown.bills import Bill

INVOICE_COLUMNS = (
    *("document", "invoice_number", "kind", "supplier_cvr", "issued", "grant_number", "codes", "one_of", "may"),
    *("expected", "invoiced", "touchless", "hard_stop", "hard_stop_may", "reference", "planted", "story"),
)


@dataclass(frozen=True, slots=True)
class Mailed:
    """A document as sent: its path below the folder, its bytes and the bill behind it."""

    path: str
    content: bytes
    format: str
    bill: Bill


def words(codes: Iterable[str]) -> str:
    """Codes in one field."""
    return "|".join(sorted(codes))


def invoiced(bill: Bill) -> Decimal:
    """The net sum as it counts: a credit note is negative."""
    return -bill.net if bill.kind == "credit_note" else bill.net


class KeyWriter:
    """Writes ``invoices.csv`` row by row."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        self.out = self.path.open("w", encoding="utf-8", newline="")
        self.out.write(";".join(INVOICE_COLUMNS) + "\r\n")
        return self

    def __exit__(self, *_error: object) -> None:
        self.out.close()

    def write(self, mailed: Mailed) -> list[str]:
        """One row; returns the codes that it requires (``clean`` where none is)."""
        bill, truth = mailed.bill, mailed.bill.truth
        required = truth.must | truth.one_of | truth.hard
        numbers = sorted({entry.grant.number for entry in bill.entries}) or ([bill.grant.number] if bill.grant else [])
        row = (
            *(mailed.path, bill.number, bill.kind, bill.supplier.cvr, bill.issued, words(numbers)),
            *(words(truth.must) or ("" if required else "clean"), words(truth.one_of), words(truth.may)),
            *(truth.expected, invoiced(bill), truth.touchless, words(truth.hard), words(truth.hard_may)),
            *(bill.reference, bill.planted, truth.story),
        )
        self.out.write(";".join(csv_text(cell) for cell in row) + "\r\n")
        return sorted(required) or ["clean"]


def write_rows(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A whole key file of text rows."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(";".join(columns) + "\r\n")
        for row in rows:
            out.write(";".join(csv_text(cell) for cell in row) + "\r\n")
