"""What the registers say is owed, reckoned from the files alone, is what the suppliers of untroubled grants billed."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from unit.exampletown.answer_key import InvoiceAnswer, read_invoices
from unit.exampletown.town_files import TownFiles

WINDOW = (date(2025, 11, 1), date(2026, 11, 1))


def untroubled(town: Path) -> dict[str, list[InvoiceAnswer]]:
    """Grants whose every document is clean, alone on its bill and no part of a chain."""
    found: dict[str, list[InvoiceAnswer]] = defaultdict(list)
    for answer in read_invoices(town):
        for number in answer.grant_numbers:
            found[number].append(answer)
    return {
        number: rows
        for number, rows in found.items()
        if all(
            r.touchless == "yes" and r.kind == "invoice" and not r.planted and len(r.grant_numbers) == 1 for r in rows
        )
    }


def test_untroubled_grants_are_billed_for_exactly_what_the_registers_say(town: Path) -> None:
    files = TownFiles(town)
    compared = 0
    for number, rows in list(untroubled(town).items())[::4]:
        if any("hele uger" in row.story for row in rows):
            continue  # whole weeks leave days over at both ends of the window
        compared += 1
        assert sum((row.invoiced for row in rows), Decimal(0)) == files.owed(number, *WINDOW), number
    assert compared > 150
