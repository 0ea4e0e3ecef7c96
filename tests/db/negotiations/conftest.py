"""The tiny municipality, a negotiator and a manager, and invoices of the home's stay."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from db.registers.registers import Registers
from loggedin import logged_in_client
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.contracts.models import ContractLine
from styr.grants.acting import Actor
from styr.grants.models import Grant, ServiceLine
from styr.invoices.models import Claim, Document, Invoice, InvoiceLine
from styr.kernel.ids import uuid7
from styr.kernel.period import next_month
from styr.negotiations.core.codes import Measure, SavingKind
from styr.negotiations.core.rules import WantedSaving

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
As = Callable[..., Client]


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`."""
    return Registers(municipality.id).load()


@dataclass(frozen=True)
class Home:
    """Ida's stay: the grant, its base line at 2,400 kr. and its special rate at 820 kr. a day until July."""

    grant: Grant
    stay: ServiceLine
    special: ServiceLine

    def wanted(self, **given: object) -> WantedSaving:
        known: dict[str, object] = {
            "kind": SavingKind.RATE_REDUCTION, "measure": Measure.PRICE, "grant_id": self.grant.id,
            "service_line_id": self.stay.id, "baseline": Decimal(2400), "agreed": Decimal(2200),
            "starts": date(2026, 9, 1), "until": None, "evidence": "Aftalebrev af 20. august 2026",
        }  # fmt: skip
        return WantedSaving(**known | given)  # type: ignore[arg-type]  # the known ones are typed


@pytest.fixture
def home(registers: Registers) -> Home:
    return home_of()


def home_of() -> Home:
    """The stay as it was loaded."""
    grant = Grant.objects.get(source_id="B0000017-9")
    lines = list(ServiceLine.objects.filter(grant=grant).order_by("line_no"))
    return Home(grant, lines[0], lines[1])


@pytest.fixture
def special(home: Home) -> Home:
    """The special rate runs on past its evaluation, and nobody wrote the hours."""
    ContractLine.objects.filter(kind="special").update(hours=None, evaluation_on=date(2026, 6, 30))
    ServiceLine.objects.filter(id=home.special.id).update(ends=None)
    return home


def actor_in(municipality: Municipality, role: Role, unit: Unit | None = None, name: str = "") -> Actor:
    return Actor(persona(name or f"{role.value}-aktør", municipality, role, unit).user.id, TODAY, NOW)


@pytest.fixture
def negotiator(municipality: Municipality, registers: Registers) -> Actor:
    return actor_in(municipality, Role.NEGOTIATOR)


@pytest.fixture
def logged_in(municipality: Municipality, registers: Registers) -> As:
    def log_in(role: Role, unit: Unit | None = None) -> Client:
        return logged_in_client(persona(f"{role.value}-{unit.number if unit else 'alle'}", municipality, role, unit))

    return log_in


def bill(
    home: Home, month: date, days: int, price: int, *, status: str = "approved", line: ServiceLine | None = None
) -> None:
    """An invoice of a line (the stay) for a month at a price a day, compared as the pipeline would have done it."""
    place = {"municipality_id": home.grant.municipality_id, "unit_id": home.grant.unit_id}
    until, ore, name = next_month(month), days * price * 100, str(uuid7())
    document = Document.objects.create(**place, sha256=name, filename="f.xml", content=b"", size=0, received_at=NOW)
    invoice = Invoice.objects.create(
        **place, document=document, format="oioubl2", kind="invoice", supplier_cvr="12345674", number=name[-8:],
        issue_date=until, currency="DKK", net_ore=ore, tax_ore=0, payable_ore=ore, status=status, received_at=NOW,
    )  # fmt: skip
    billed = InvoiceLine.objects.create(
        **place, invoice=invoice, line_no=1, quantity=days, measure="day", unit_price=price, net_ore=ore,
        period_start=month, period_end=until, service="ophold",
    )  # fmt: skip
    Claim.objects.create(
        **place, line=billed, invoice=invoice, grant_id=home.grant.id, service_id=(line or home.stay).id,
        period_start=month, period_end=until, lines=1, quantity=days, lowest_price=price, highest_price=price,
        claimed_ore=ore, verdict="rate_high", expected_quantity=days, expected_ore=ore, already_paid=False,
    )  # fmt: skip
