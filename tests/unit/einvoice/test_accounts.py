"""Accounts as people and formats write them, in one normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.invoices.core.einvoice.accounts import AccountKind, bank_account, parse_account


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1234-0001234567", "bank:1234-0001234567"),
        ("1234 1234567", "bank:1234-0001234567"),
        ("1234 0001 234567", "bank:1234-0001234567"),
        ("12341234567", "bank:1234-0001234567"),
        ("DK08 1234 0001 2345 67", "bank:1234-0001234567"),
        ("dk0812340001234567", "bank:1234-0001234567"),
        ("NO9386011117947", "iban:NO9386011117947"),
        ("+71<123456789012345+87654321<", "fik:87654321"),
        ("+01<+1234567<", "giro:1234567"),
    ],
)
def test_every_way_of_writing_gives_one_key(text: str, key: str) -> None:
    account = parse_account(text)
    assert account is not None
    assert account.key == key


@pytest.mark.parametrize("text", ["", "Nordea", "123", "bank 1234"])
def test_what_is_no_account_is_none(text: str) -> None:
    assert parse_account(text) is None


def test_a_foreign_branch_is_not_taken_for_a_danish_account() -> None:
    assert bank_account("324098", "32423940").kind is AccountKind.OTHER
    assert bank_account(None, "45678").kind is AccountKind.OTHER


@given(st.integers(0, 9999), st.integers(1, 9_999_999_999))
def test_spaces_dashes_and_leading_zeros_never_make_another_account(branch: int, number: int) -> None:
    spaced = parse_account(f"{branch:04d} {number:04d}")
    dashed = parse_account(f"{branch:04d}-{number:010d}")
    assert spaced == dashed == bank_account(str(branch), str(number))


def test_registration_and_account_may_be_written_in_one() -> None:
    assert bank_account(None, "12340001234567").key == "bank:1234-0001234567"
