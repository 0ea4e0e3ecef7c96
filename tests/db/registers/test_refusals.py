"""What is asked in vain gets a named refusal with a sentence that a user can act on."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from db.registers.registers import Registers
from styr.access.models import Municipality
from styr.contracts import services as contracts
from styr.contracts.listing import ContractFilter, contract_rows
from styr.grants.changes import (
    UnableToChangeGrantError,
    change_contract_price,
    change_grant_from,
    change_rate,
    record_absence,
)
from styr.grants.core.codes import GrantStatus
from styr.grants.ending import UnableToStopGrantError, extend_grant, stop_grant
from styr.grants.locked import UnknownGrantError
from styr.grants.models import Grant, ServiceLine
from styr.grants.payments import PaidMonth, record_paid_months
from styr.kernel.period import Period
from styr.people import queries as people_queries
from styr.people import services as people
from styr.people.listing import CitizenFilter, listed_citizens
from styr.suppliers import queries as supplier_queries
from styr.suppliers import services as suppliers

pytestmark = pytest.mark.django_db
Query = Callable[..., list[tuple[Any, ...]]]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()
NOBODY = UUID(int=7)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def line_of(source_id: str, line_no: int = 1) -> ServiceLine:
    return ServiceLine.objects.get(grant__source_id=source_id, line_no=line_no)


def test_a_contract_s_price_is_not_the_grant_s_to_change(registers: Registers) -> None:
    line = line_of("B0000017-9")
    with pytest.raises(UnableToChangeGrantError, match="prissættes af kontrakten"):
        change_rate(service_line_id=line.id, valid_from=TODAY, amount=Decimal(1), now=NOW)


def test_prices_below_zero_are_refused(registers: Registers) -> None:
    with pytest.raises(UnableToChangeGrantError, match="under 0 kr"):
        change_rate(service_line_id=line_of("SAG-77").id, valid_from=TODAY, amount=Decimal(-1), now=NOW)
    on_contract = line_of("B0000017-9").contract_line_id
    assert on_contract is not None
    with pytest.raises(contracts.UnableToChangeContractError, match="under 0 kr"):
        contracts.change_contract_rate(contract_line_id=on_contract, valid_from=TODAY, amount=Decimal(-1))


def test_a_price_from_the_same_day_is_replaced(registers: Registers, query: Query) -> None:
    line = line_of("SAG-77")
    for amount in (430, 440):
        change_rate(service_line_id=line.id, valid_from=date(2026, 6, 1), amount=Decimal(amount), now=NOW)
    assert query("SELECT amount FROM grants_ownrate ORDER BY valid_from") == [(Decimal("420.5"),), (Decimal(440),)]
    on_contract = line_of("B0000017-9").contract_line_id
    for amount in (2500, 2600):
        change_contract_price(
            contract_line_id=on_contract, valid_from=date(2026, 6, 1), amount=Decimal(amount), now=NOW
        )
    rates = "SELECT amount, valid_to FROM rel_contract_rate WHERE contract_line_id = %s ORDER BY valid_from"
    assert query(rates, on_contract) == [(Decimal(2400), date(2026, 6, 1)), (Decimal(2600), None)]


def test_a_line_that_has_ended_is_not_changed_later(registers: Registers) -> None:
    special = line_of("B0000017-9", 2)
    with pytest.raises(UnableToChangeGrantError, match=r"30\. jun\. 2026"):
        change_grant_from(service_line_id=special.id, day=date(2026, 7, 1), quantity=Decimal(2), now=NOW)


def test_a_grant_is_neither_stopped_nor_extended_outside_its_life(registers: Registers) -> None:
    grant = Grant.objects.get(source_id="SAG-77")
    with pytest.raises(UnableToStopGrantError, match=r"begynder først 1\. mar\. 2026"):
        stop_grant(grant_id=grant.id, last_day=date(2026, 2, 1), now=NOW)
    with pytest.raises(UnableToChangeGrantError, match="begynder først"):
        extend_grant(grant_id=grant.id, last_day=date(2026, 2, 1), now=NOW)
    extend_grant(grant_id=grant.id, last_day=date(2026, 12, 31), now=NOW)
    with pytest.raises(UnableToStopGrantError, match=r"slutter allerede 31\. dec\. 2026"):
        stop_grant(grant_id=grant.id, last_day=date(2027, 1, 31), now=NOW)
    stop_grant(grant_id=grant.id, last_day=TODAY, now=NOW)
    with pytest.raises(UnableToChangeGrantError, match="stoppet"):
        extend_grant(grant_id=grant.id, last_day=None, now=NOW)


@pytest.mark.parametrize("status", [GrantStatus.DRAFT, GrantStatus.EXPECTED])
def test_what_was_never_granted_cannot_be_stopped(registers: Registers, status: GrantStatus) -> None:
    grant = Grant.objects.get(source_id="SAG-77")
    grant.status = status
    grant.save(update_fields=["status"])
    with pytest.raises(UnableToStopGrantError, match="aldrig bevilget"):
        stop_grant(grant_id=grant.id, last_day=TODAY, now=NOW)
    grant.refresh_from_db()
    assert (grant.status, grant.ends) == (status, None)


def test_a_terminated_contract_is_not_signed_or_terminated_again(registers: Registers, query: Query) -> None:
    [(contract_id,)] = query("SELECT contract_id FROM key_contract WHERE number = 'K-2026-0001'")
    with pytest.raises(contracts.UnableToChangeContractError, match=r"slutter allerede 31\. dec\. 2026"):
        contracts.terminate_contract(contract_id=contract_id, last_day=date(2027, 1, 1))
    contracts.terminate_contract(contract_id=contract_id, last_day=TODAY)
    with pytest.raises(contracts.UnableToChangeContractError, match="allerede opsagt"):
        contracts.terminate_contract(contract_id=contract_id, last_day=TODAY)
    with pytest.raises(contracts.UnableToChangeContractError, match="opsagt"):
        contracts.sign_contract(contract_id=contract_id, signed_on=TODAY)


def test_pages_may_ask_for_a_part(registers: Registers, query: Query) -> None:
    [(supplier_id,)] = query("SELECT supplier_id FROM key_supplier")
    assert contract_rows(ContractFilter(supplier_id=supplier_id), today=TODAY)[1] == 2
    [(unit_id,)] = query("SELECT id FROM access_unit WHERE number = '12'")
    seen = listed_citizens(CitizenFilter(unit_id=unit_id), today=TODAY, shown_on="/borgere", purpose="opslag")
    assert [line.name for line in seen.rows] == ["Bo Aagaard"]


def test_a_citizen_does_not_leave_before_coming(municipality: Municipality, registers: Registers, query: Query) -> None:
    [(citizen_id,)] = query("SELECT citizen_id FROM key_citizen WHERE source_id = '1002'")
    people.record_move_out(citizen_id=citizen_id, last_day=date(2026, 1, 1))
    [(consent_id, citizen_id)] = query("SELECT id, citizen_id FROM people_consent")
    with pytest.raises(people.UnableToWithdrawConsentError, match="først givet senere"):
        people.withdraw_consent(consent_id=consent_id, withdrawn_on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("ask", "refusal"),
    [
        (lambda: contracts.sign_contract(contract_id=NOBODY, signed_on=TODAY), contracts.UnknownContractError),
        (
            lambda: contracts.change_contract_rate(contract_line_id=NOBODY, valid_from=TODAY, amount=Decimal(1)),
            contracts.UnknownContractError,
        ),
        (
            lambda: suppliers.add_account(supplier_id=NOBODY, account="1", valid_from=TODAY),
            supplier_queries.SupplierNotVisibleError,
        ),
        (lambda: people.record_death(citizen_id=NOBODY, died_on=TODAY), people_queries.CitizenNotVisibleError),
        (
            lambda: record_paid_months(
                months=[
                    PaidMonth(service_line_id=NOBODY, month=TODAY, quantity=Decimal(1), amount_ore=1, paid_on=TODAY)
                ]
            ),
            UnknownGrantError,
        ),
        (
            lambda: record_absence(grant_id=NOBODY, period=YEAR, reason="", now=NOW),
            UnknownGrantError,
        ),
    ],
)
def test_what_is_not_there_for_the_caller_is_unknown(scope: str, ask: Callable[[], object], refusal: Any) -> None:
    with pytest.raises(refusal, match="findes ikke"):
        ask()
