"""The tiny municipality of the registers' tests, and how to ask about its books."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from db.registers.registers import Registers
from styr.access.models import Municipality
from styr.kernel.upsert import UpsertResult
from styr.ledger.bulk import upsert_postings
from styr.ledger.core.rows import PostingRow

NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
ACCOUNT = "5385214000100140"

Booker = Callable[..., UpsertResult]


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`, written by the bulk services."""
    return Registers(municipality.id).load()


@pytest.fixture
def query() -> Callable[..., list[tuple[Any, ...]]]:
    """Ask the database in the test's own scope."""

    def ask(text: str, *values: object) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(text, list(values))
            return cursor.fetchall()

    return ask


def posting(voucher: str = "1", **given: Any) -> PostingRow:
    """A payment of 100 kr. on 3 March 2026, or what is told of it."""
    told = {"line_no": 1, "posted_on": date(2026, 3, 3), "account_string": ACCOUNT, "amount": Decimal(100)}
    return PostingRow(**{"voucher": voucher, **told, **given})


@pytest.fixture
def book(registers: Registers) -> Booker:
    """Write postings into the tiny municipality."""

    def write(*rows: PostingRow, now: datetime = NOW) -> UpsertResult:
        return upsert_postings(rows, municipality_id=registers.municipality_id, now=now)

    return write
