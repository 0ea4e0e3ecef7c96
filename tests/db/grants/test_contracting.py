"""A grant that buys on a contract from its first day: the days before keep their price, what has no line keeps its."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from db.registers.registers import Registers
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality, Unit
from styr.contracts.core.codes import LineKind
from styr.contracts.queries import ContractCard, contract_card
from styr.contracts.services import NewContractLine, register_contract
from styr.grants.acting import Actor
from styr.grants.approving import UnableToApproveError
from styr.grants.changes import change_grant_from
from styr.grants.contracting import UnableToBuyOnContractError, buy_on_contract
from styr.grants.core.codes import GrantStatus
from styr.grants.models import Grant, OwnRate, ServiceLine
from styr.grants.price_limits import PriceBeyondLimitError
from styr.grants.windows import dearest_of, years_of
from styr.kernel.period import Period
from styr.kernel.units import Unit as Measure

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
STARTS = date(2026, 6, 1)


@pytest.fixture
def mads(municipality: Municipality, scope: str) -> Actor:
    """Negotiates contracts everywhere, and may approve no grant."""
    return Actor(persona("mads", municipality, Role.NEGOTIATOR).user.id, NOW.date(), NOW)


@pytest.fixture
def card(municipality: Municipality, scope: str) -> ContractCard:
    """A contract from June for support by the hour, at 395 kr., with the grant's citizen."""
    Registers(municipality.id).load()
    return contract(municipality, "395")


def contract(
    municipality: Municipality, *prices: str, number: str = "K-2026-0100", service: str = "stoette"
) -> ContractCard:
    """A contract from June for the grant's citizen, with a line by the hour for each price."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT supplier_id FROM key_supplier")
        (supplier_id,) = cursor.fetchone()
    made = register_contract(
        municipality_id=municipality.id, number=number, supplier_id=supplier_id, section="SEL-85",
        period=Period(STARTS, None), citizen_id=granted().citizen_id,
        lines=[
            NewContractLine(kind=LineKind.BASE, service=service, unit=Measure.HOUR, price=Decimal(one))
            for one in prices
        ],
    )  # fmt: skip
    return contract_card(made)


def granted() -> Grant:
    """Five hours of support a week from March, at 420,50 kr."""
    return Grant.objects.get(source_id="SAG-77")


def doubled(grant: Grant) -> None:
    """Make the grant's support a special rate, and give it another, dearer one."""
    ServiceLine.objects.filter(grant=grant).update(service="saertakst")
    first = grant.lines.get()
    parts = {"municipality_id": grant.municipality_id, "unit_id": grant.unit_id}
    second = ServiceLine.objects.create(
        **parts, grant=grant, line_no=2, service=first.service, measure=first.measure, per=first.per, quantity=2
    )
    OwnRate.objects.create(**parts, service_line=second, valid_from=grant.starts, amount=500)


def from_june(grant: Grant) -> list[Decimal]:
    """The price of each line that holds from June, the most hours first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.amount FROM rel_service s JOIN rel_rate r ON r.service_id = s.service_id "
            "WHERE s.grant_id = %s AND (s.ends IS NULL OR s.ends > %s) ORDER BY s.quantity DESC",
            [grant.id, STARTS],
        )
        return [row[0] for row in cursor.fetchall()]


def limited(municipality: Municipality, ore: int) -> None:
    """A caseworker approves grants up to an amount; a manager without limit."""
    Limit.objects.create(
        municipality=municipality, role=Role.CASEWORKER, act="approve_grant", amount_ore=ore,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip


def test_the_price_is_the_contracts_from_its_first_day(card: ContractCard, mads: Actor) -> None:
    grant = Grant.objects.get(source_id="SAG-77")
    came = buy_on_contract(grant_id=grant.id, contract=card, actor=mads)
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


def test_what_the_contract_has_no_line_for_keeps_its_own_price(card: ContractCard, mads: Actor) -> None:
    """So does a total for the whole period, which no day divides."""
    grant = Grant.objects.get(source_id="SAG-77")
    ServiceLine.objects.filter(grant=grant).update(measure="km")
    assert buy_on_contract(grant_id=grant.id, contract=card, actor=mads).left == ("stoette",)
    ServiceLine.objects.filter(grant=grant).update(measure="hour", per="total", ends=date(2026, 12, 1))
    assert buy_on_contract(grant_id=grant.id, contract=card, actor=mads).left == ("stoette",)
    assert not ServiceLine.objects.filter(grant=grant, contract_line__isnull=False).exists()


@pytest.mark.parametrize(
    ("prices", "left", "holds"),
    [
        (("410", "490"), (), [Decimal(410), Decimal(490)]),
        (("410",), ("saertakst", "saertakst"), [Decimal("420.5"), Decimal(500)]),
        (("410", "480", "490"), ("saertakst", "saertakst"), [Decimal("420.5"), Decimal(500)]),
    ],
)
def test_special_rates_are_paired_in_order_only_where_there_are_as_many(
    municipality: Municipality, mads: Actor, prices: Sequence[str], left: Sequence[str], holds: list[Decimal]
) -> None:
    Registers(municipality.id).load()
    grant = granted()
    doubled(grant)
    offered = contract(municipality, *prices, service="saertakst")
    assert buy_on_contract(grant_id=grant.id, contract=offered, actor=mads).left == left
    assert from_june(grant) == holds


def test_a_service_whose_quantity_changed_is_bought_on_one_line(card: ContractCard, mads: Actor) -> None:
    grant = granted()
    line = ServiceLine.objects.get(grant=grant)
    change_grant_from(service_line_id=line.id, day=date(2026, 8, 1), quantity=Decimal(3), now=NOW)
    assert buy_on_contract(grant_id=grant.id, contract=card, actor=mads).left == ()
    assert set(from_june(grant)) == {Decimal(395)}


def test_a_dearer_contract_is_held_to_what_the_grant_is_approved_for(
    card: ContractCard, mads: Actor, municipality: Municipality
) -> None:
    """One that is not granted yet is measured when it is approved; a cheaper contract needs nobody."""
    grant = granted()
    limited(municipality, dearest_of(years_of(grant_id=grant.id)))
    dearer = contract(municipality, "900", number="K-2026-0103")
    with pytest.raises(PriceBeyondLimitError, match=f"Kontrakten gør .*{grant.number} koster op til"):
        buy_on_contract(grant_id=grant.id, contract=dearer, actor=mads)
    grant.refresh_from_db()
    assert (grant.contract_id, from_june(grant)) == (None, [Decimal("420.5")])
    buy_on_contract(grant_id=grant.id, contract=card, actor=mads)
    Grant.objects.filter(id=grant.id).update(status=GrantStatus.DRAFT)
    buy_on_contract(grant_id=grant.id, contract=dearer, actor=mads)
    assert from_june(grant) == [Decimal(900)]


def test_a_grant_that_is_stopped_is_held_too(card: ContractCard, mads: Actor, municipality: Municipality) -> None:
    """Its last days are promised still, and a stop can be taken back."""
    grant = granted()
    Grant.objects.filter(id=grant.id).update(status=GrantStatus.STOPPED, ends=date(2026, 8, 1))
    limited(municipality, dearest_of(years_of(grant_id=grant.id)))
    dearer = contract(municipality, "9000", number="K-2026-0103")
    with pytest.raises(PriceBeyondLimitError):
        buy_on_contract(grant_id=grant.id, contract=dearer, actor=mads)


def test_a_grant_that_ends_before_the_contract_buys_nothing_on_it(card: ContractCard, mads: Actor) -> None:
    grant = granted()
    Grant.objects.filter(id=grant.id).update(status=GrantStatus.STOPPED, ends=STARTS)
    with pytest.raises(UnableToBuyOnContractError, match="før kontrakten begynder"):
        buy_on_contract(grant_id=grant.id, contract=card, actor=mads)
    Grant.objects.filter(id=grant.id).update(status=GrantStatus.WITHDRAWN, ends=None)
    with pytest.raises(UnableToBuyOnContractError, match="trukket tilbage"):
        buy_on_contract(grant_id=grant.id, contract=card, actor=mads)


def test_a_role_elsewhere_lets_no_grant_buy(card: ContractCard, municipality: Municipality, unit: Unit) -> None:
    stranger = Actor(persona("nabo", municipality, Role.NEGOTIATOR, unit).user.id, NOW.date(), NOW)
    with pytest.raises(UnableToApproveError, match="i den enhed, bevillingen hører til"):
        buy_on_contract(grant_id=granted().id, contract=card, actor=stranger)
