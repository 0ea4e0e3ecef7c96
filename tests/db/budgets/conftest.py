"""The tiny municipality of the registers' tests, with bookings and a budget."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from db.registers.registers import Registers
from styr.access.models import Municipality
from styr.grants.models import Grant
from styr.ledger.models import BudgetLine, Posting

HOME_ACCOUNT, OTHER_ACCOUNT = "5385214000100140", "5384014000100190"


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`, written by the bulk services."""
    return Registers(municipality.id).load()


@pytest.fixture
def home(registers: Registers) -> Grant:
    """The granted stay of Ida: a day rate and a special rate on her contract, and two weeks away."""
    return Grant.objects.get(source_id="B0000017-9")


@pytest.fixture
def help_at_home(registers: Registers) -> Grant:
    """The granted help of Bo: five hours a week from March."""
    return Grant.objects.get(source_id="SAG-77")


@pytest.fixture
def book(municipality: Municipality) -> Callable[..., Posting]:
    """Book an amount (kr.) in a month; of a grant or of nobody."""
    vouchers = iter(range(1, 1000))

    def booked(month: date, kroner: int, grant: Grant | None = None, **facts: Any) -> Posting:
        given = {
            "account_string": HOME_ACCOUNT,
            "kind": "payment",
            "posted_on": month.replace(day=28),
            "unit_id": None if grant is None else grant.unit_id,
            "grant_id": None if grant is None else grant.id,
            "citizen_id": None if grant is None else grant.citizen_id,
        }
        return Posting.objects.create(
            municipality_id=municipality.id,
            year=month.year,
            voucher=str(next(vouchers)),
            line_no=1,
            month=month,
            amount_ore=kroner * 100,
            **{**given, **facts},
        )

    return booked


@pytest.fixture
def budget(municipality: Municipality) -> Callable[..., BudgetLine]:
    """Budget an amount (kr.) for a year; of a grant or of nobody."""

    def budgeted(year: int, kroner: int, grant: Grant | None = None, *, unit_id: UUID | None = None) -> BudgetLine:
        return BudgetLine.objects.create(
            municipality_id=municipality.id,
            year=year,
            kind="original",
            account_string=HOME_ACCOUNT,
            amount_ore=kroner * 100,
            grant_number="" if grant is None else grant.number,
            unit_id=unit_id if grant is None else grant.unit_id,
            grant_id=None if grant is None else grant.id,
            citizen_id=None if grant is None else grant.citizen_id,
        )

    return budgeted
