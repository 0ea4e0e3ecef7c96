"""The books and budgets as the files that the finance system gives, and their answer key."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from exampletown.finance_extracts import write_finance_extracts
from exampletown.key import write_rows
from exampletown.ledger import Books
from exampletown.ledger_budget import budget_rows
from exampletown.ledger_flaws import LEDGER_COLUMNS, ledger_defects, number_vouchers, spoil
from exampletown.sheets import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exampletown.ledger import Line
    from exampletown.model import Town
    from exampletown.sheets import Cell

POSTING_COLUMNS = (
    "bilag_nr linje_nr bogført periode konto beløb tekst borger_nr cpr cvr faktura_nr bevilling_nr art".split()  # noqa: SIM905 - reads better
)
BUDGET_COLUMNS = "år måned art konto beløb borger_nr bevilling_nr enhed_nr tekst".split()  # noqa: SIM905 - the same
COST_CENTRE_COLUMNS = ("omkostningssted", "enhed_nr", "fra", "til")
COST_CENTRE = slice(7, 11)


def open_books(seed: int, town: Town) -> Books:
    """Books with a random stream of their own."""
    return Books(Random(f"{seed}/ledger"), town)


def write_ledger(folder: Path, key_folder: Path, books: Books, *, seed: int, scale: float) -> list[tuple[str, ...]]:
    """Book what has no bill, spoil some of it, and write files and key; returns the key's rows."""
    books.book_what_has_no_bill()
    spoil(books, scale)
    number_vouchers(books)
    lines = [line for voucher in books.vouchers for line in voucher.lines]
    for year in sorted({line.month.year for line in lines}):
        rows = (posting_row(line) for line in lines if line.month.year == year)
        write_csv(folder / f"posteringer-{year}.csv", POSTING_COLUMNS, rows)
    budget = list(budget_rows(Random(f"{seed}/budget"), books))
    write_xlsx(folder / "budgetter.xlsx", BUDGET_COLUMNS, budget)
    write_csv(folder / "omkostningssteder.csv", COST_CENTRE_COLUMNS, cost_centres(books.town))
    defects = list(ledger_defects(books))
    write_rows(key_folder / "ledger.csv", LEDGER_COLUMNS, defects)
    write_finance_extracts(key_folder, lines, budget)
    return list(defects)


def posting_row(line: Line) -> tuple[Cell, ...]:
    """A line as the finance system tells it."""
    citizen = line.citizen.number if line.citizen and line.says_citizen else None
    grant = line.grant.number if line.grant and line.says_grant else None
    return (
        *(line.voucher, line.number, line.posted_on, f"{line.month:%m-%Y}", line.account, line.amount, line.text),
        *(citizen, None, line.cvr or None, line.invoice or None, grant, line.kind),
    )


def cost_centres(town: Town) -> Iterator[tuple[Cell, ...]]:
    """Every cost centre of a grant's account with the unit that used it first."""
    found: dict[str, int] = {}
    for grant in town.grants:
        if grant.account:
            found.setdefault(grant.account[COST_CENTRE], grant.unit.number)
    for code, unit in sorted(found.items()):
        yield code, unit, date(town.today.year - 2, 1, 1), None
