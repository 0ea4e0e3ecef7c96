"""The tiny municipality with postings, and the limits of its year."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from db.registers.registers import Registers
from styr.access.models import Municipality
from styr.kernel.ids import uuid7
from styr.ledger.bulk import upsert_postings
from styr.ledger.core.rows import PostingRow
from styr.refunds.core.limits import Scheme, Step
from styr.refunds.limiting import enter_limits

NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
TODAY = date(2026, 7, 15)
ACCOUNT = "5385214000100140"
STEPS = (Step(860_000_00, 25), Step(1_680_000_00, 50), Step(2_120_000_00, 75))

Booker = Callable[..., None]


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`, written by the bulk services."""
    return Registers(municipality.id).load()


@pytest.fixture
def limits(municipality: Municipality, scope: str) -> None:
    """The limits of 2026, as the municipality has entered them."""
    for scheme in (Scheme.ADULTS, Scheme.CHILDREN):
        enter_limits(municipality_id=municipality.id, scheme=scheme, year=2026, steps=STEPS, source="Opdigtet")


@pytest.fixture
def book(registers: Registers) -> Booker:
    """Post kroner on a citizen's month."""

    def write(source_id: str, month: date, kroner: int, **told: Any) -> None:
        row = PostingRow(
            **{
                "voucher": str(uuid7()),
                "line_no": 1,
                "posted_on": month,
                "account_string": ACCOUNT,
                "amount": Decimal(kroner),
                "citizen_source_id": source_id,
                "month": month,
                **told,
            }
        )
        upsert_postings([row], municipality_id=registers.municipality_id, now=NOW)

    return write


@pytest.fixture
def ids(registers: Registers) -> dict[str, UUID]:
    """Our ids of the citizens and grants by the source's number."""
    found: dict[str, UUID] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT source_id, citizen_id FROM key_citizen UNION ALL SELECT source_id, grant_id FROM key_grant"
        )
        found.update(cursor.fetchall())
    return found


def asked(text: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the database in the test's own scope."""
    with connection.cursor() as cursor:
        cursor.execute(text, list(values))
        return cursor.fetchall()
