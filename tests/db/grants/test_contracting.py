"""A grant that buys on a contract from its first day: the days before keep their price, what has no line keeps its."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from db.registers.registers import Registers
from styr.access.models import Municipality
from styr.contracts.core.codes import LineKind
from styr.contracts.queries import ContractCard, contract_card
from styr.contracts.services import NewContractLine, register_contract
from styr.grants.contracting import buy_on_contract
from styr.grants.models import Grant, ServiceLine
from styr.kernel.period import Period
from styr.kernel.units import Unit

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
STARTS = date(2026, 6, 1)


@pytest.fixture
def card(municipality: Municipality, scope: str) -> ContractCard:
    """A contract from June for support by the hour, at 395 kr., with the grant's citizen."""
    Registers(municipality.id).load()
    with connection.cursor() as cursor:
        cursor.execute("SELECT supplier_id FROM key_supplier")
        (supplier_id,) = cursor.fetchone()
    made = register_contract(
        municipality_id=municipality.id, number="K-2026-0100", supplier_id=supplier_id, section="SEL-85",
        period=Period(STARTS, None), citizen_id=Grant.objects.get(source_id="SAG-77").citizen_id,
        lines=[NewContractLine(kind=LineKind.BASE, service="stoette", unit=Unit.HOUR, price=Decimal(395))],
    )  # fmt: skip
    return contract_card(made)


def test_the_price_is_the_contracts_from_its_first_day(card: ContractCard) -> None:
    grant = Grant.objects.get(source_id="SAG-77")
    came = buy_on_contract(grant_id=grant.id, contract=card, now=NOW)
    assert (came.priced, came.left) == (1, ())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.starts, s.ends, r.amount FROM rel_service s JOIN rel_rate r ON r.service_id = s.service_id "
            "WHERE s.grant_id = %s ORDER BY s.starts",
            [grant.id],
        )
        assert cursor.fetchall() == [
            (date(2026, 3, 1), STARTS, Decimal("420.5000")), (STARTS, None, Decimal("395.0000")),
        ]  # fmt: skip
    grant.refresh_from_db()
    assert (grant.contract_id, grant.supplier_id) == (card.id, card.supplier_id)


def test_what_the_contract_has_no_line_for_keeps_its_own_price(card: ContractCard) -> None:
    """So does a total for the whole period, which no day divides."""
    grant = Grant.objects.get(source_id="SAG-77")
    ServiceLine.objects.filter(grant=grant).update(measure="km")
    assert buy_on_contract(grant_id=grant.id, contract=card, now=NOW).left == ("stoette",)
    ServiceLine.objects.filter(grant=grant).update(measure="hour", per="total", ends=date(2026, 12, 1))
    assert buy_on_contract(grant_id=grant.id, contract=card, now=NOW).left == ("stoette",)
    assert not ServiceLine.objects.filter(grant=grant, contract_line__isnull=False).exists()
