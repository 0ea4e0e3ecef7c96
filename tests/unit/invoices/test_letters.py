from datetime import date
from decimal import Decimal

import pytest

from styr.invoices.controls import CONTROLS
from styr.invoices.core.queries_to_supplier import drafted

EVIDENCE = {
    "invoice_number": "F-1001",
    "issued": date(2026, 2, 3),
    "grant_number": "B1234567-8",
    "period_start": date(2026, 1, 1),
    "period_end": date(2026, 2, 1),
    "quantity": Decimal(32),
    "expected_quantity": Decimal(31),
    "price": Decimal("1050.5"),
    "low_price": Decimal(950),
    "expected_price": Decimal(1000),
    "claimed_ore": 3_200_000,
    "expected_ore": 3_100_000,
    "amount_ore": 100_000,
    "grant_starts": date(2025, 1, 1),
    "grant_ends": date(2026, 1, 16),
    "gone_last": date(2026, 1, 11),
    "why": "kontrakten har ingen pris for ydelsen",
    "contract_number": "K-2026-0001",
    "supplier_cvr": "12345674",
    "other_number": "F-1000",
    "other_issued": date(2026, 2, 1),
    "buyer_ean": "5798000000000",
    "message": "Summen af linjerne er en anden end totalen",
    "rule": "BR-CO-10",
    "deadline": date(2026, 1, 1),
    "given_on": date(2025, 11, 1),
    "notice_last": date(2025, 12, 31),
    "invoice_days": 30,
}
# What is wrong on our own side, or only takes a person to look: the supplier has nothing to answer.
NOT_ASKED = {"invoice_new_bank_account", "invoice_held_by_registers", "invoice_long_chain"}


@pytest.mark.parametrize("code", [control.code for control in CONTROLS if control.code not in NOT_ASKED])
def test_every_finding_has_a_letter_with_all_its_facts(code: str) -> None:
    letter = drafted(code, EVIDENCE)
    assert letter is not None
    assert "F-1001" in letter.subject
    assert "ukendt" not in letter.body
    assert "{" not in letter.body
    assert letter.body.startswith("Til økonomiafdelingen")


def test_a_rate_letter_names_both_prices_and_the_difference() -> None:
    letter = drafted("invoice_rate_high", EVIDENCE)
    assert letter is not None
    for fact in (
        "1.050,50 kr.",
        "1.000,00 kr.",
        "32.000,00 kr.",
        "31.000,00 kr.",
        "B1234567-8",
        "1. jan. 2026 – 31. jan. 2026",
    ):
        assert fact in letter.body


def test_nobody_asks_the_supplier_about_a_new_bank_account_by_letter() -> None:
    assert drafted("invoice_new_bank_account", EVIDENCE) is None
