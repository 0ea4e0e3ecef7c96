"""What is kept of a document: here, which account it asks to be paid to."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from styr.invoices.core.einvoice.accounts import AccountKind, PaymentAccount, bank_account, fik_account
from styr.invoices.core.stored_rows import payee_account

KNOWN = bank_account("1234", "1234567")
OTHER = bank_account("9999", "7654321")
NEMKONTO = PaymentAccount(AccountKind.NEMKONTO, "")


def asked(*accounts: PaymentAccount | None) -> str:
    invoice: Any = SimpleNamespace(payment_means=[SimpleNamespace(account=account) for account in accounts])
    return payee_account(invoice)


def test_one_account_however_often_it_is_named_is_kept_as_it_is() -> None:
    assert asked(None, KNOWN, replace(KNOWN)) == "bank:1234-0001234567"
    assert asked() == ""
    assert asked(NEMKONTO) == "nemkonto:"


@pytest.mark.parametrize("others", [(OTHER,), (NEMKONTO, OTHER), (fik_account("87654321"), OTHER)])
def test_a_known_account_does_not_vouch_for_another(others: tuple[PaymentAccount, ...]) -> None:
    told = asked(KNOWN, *others)
    digits = "".join(letter for letter in told if letter.isdigit())
    # As the control reads it: four digits of the branch, then ten.
    assert not digits.startswith("12340001234567")
    assert digits.startswith("0000")
    assert len(told) <= 60


def test_an_account_beside_nemkonto_is_the_one_to_look_at() -> None:
    assert asked(NEMKONTO, OTHER) == OTHER.key
