"""The tiny municipality of the registers' tests with a budget, bookings and a forecast, and people who look at it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from db.registers.registers import Registers
from loggedin import logged_in_client
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.budgets.core.frame import Frame
from styr.budgets.services import make_forecast
from styr.grants.models import Grant
from styr.kernel import clock

TODAY = date(2026, 10, 19)
NOW = datetime(2026, 10, 19, 8, tzinfo=UTC)
HOME_ACCOUNT, HELP_ACCOUNT = "5385214000100140", "5384014000100190"
MOST = 12


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    return Registers(municipality.id).load()


@pytest.fixture
def home(registers: Registers) -> Grant:
    """Ida's stay, in the unit Voksen."""
    return Grant.objects.get(source_id="B0000017-9")


@pytest.fixture
def help_at_home(registers: Registers) -> Grant:
    """Bo's help, in the other unit."""
    return Grant.objects.get(source_id="SAG-77")


@pytest.fixture
def budget(municipality: Municipality) -> Callable[..., Any]:
    """Budget an amount (kr.) for 2026; of a grant, or of a unit alone."""

    def budgeted(
        kroner: int, grant: Grant | None = None, *, unit: Unit | None = None, account: str = HOME_ACCOUNT
    ) -> Any:
        return apps.get_model("ledger", "BudgetLine").objects.create(
            municipality_id=municipality.id, year=2026, kind="original", account_string=account,
            amount_ore=kroner * 100, grant_number=grant.number if grant else "",
            unit_id=grant.unit_id if grant else unit.id if unit else None, grant_id=grant.id if grant else None,
            citizen_id=grant.citizen_id if grant else None, text=f"{kroner}",
        )  # fmt: skip

    return budgeted


@pytest.fixture
def book(municipality: Municipality) -> Callable[..., Any]:
    """Book an amount (kr.) on a grant in a month of 2026."""
    vouchers = iter(range(1, 1000))

    def booked(month: int, kroner: int, grant: Grant, account: str = HOME_ACCOUNT) -> Any:
        day = date(2026, month, 1)
        return apps.get_model("ledger", "Posting").objects.create(
            municipality_id=municipality.id, year=2026, voucher=str(next(vouchers)), line_no=1, month=day,
            posted_on=day.replace(day=28), account_string=account, amount_ore=kroner * 100, kind="payment",
            unit_id=grant.unit_id, grant_id=grant.id, citizen_id=grant.citizen_id,
        )  # fmt: skip

    return booked


@pytest.fixture
def forecast(
    municipality: Municipality, home: Grant, help_at_home: Grant, budget: Callable[..., Any], book: Callable[..., Any]
) -> UUID:
    """A forecast of 2026 as of October: Ida is over her budget, Bo under his; the unit has one of its own."""
    budget(1_000_000, home)
    budget(300_000, help_at_home, account=HELP_ACCOUNT)
    budget(50_000, unit=Unit(id=home.unit_id))
    for month in range(1, 9):
        book(month, 101_000, home)
    frame = Frame.of(first_year=2026, years=2, as_of=TODAY)
    return make_forecast(municipality_id=municipality.id, frame=frame, now=NOW)


@pytest.fixture
def economist(municipality: Municipality, registers: Registers) -> Persona:
    return persona("økonom", municipality, Role.ECONOMIST)


@pytest.fixture
def page(economist: Persona) -> Client:
    return logged_in_client(economist)


@pytest.fixture
def asked(page: Client) -> Callable[[str], tuple[Any, int]]:
    """The answer, and how often the database was asked, less the savepoints of the test's own transaction."""

    def ask(address: str, client: Client | None = None) -> tuple[Any, int]:
        with CaptureQueriesContext(connection) as caught:
            answer = (client or page).get(address)
        own = ("SAVEPOINT", "RELEASE")
        return answer, sum(not (query["sql"] or "").startswith(own) for query in caught.captured_queries)

    return ask
