"""Pages read the registers through one door: scoped, logged where citizens are shown, in few queries."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from db.registers.registers import IDA, Registers
from styr.access.models import Municipality, Unit
from styr.audit.models import ReadLog
from styr.contracts import queries as contracts
from styr.contracts import services as contract_services
from styr.contracts.core.codes import LineKind
from styr.contracts.listing import ContractFilter, contract_rows
from styr.grants import queries as grants
from styr.grants.listing import GrantFilter, grant_rows
from styr.kernel.cpr import Cpr
from styr.kernel.cvr import Cvr
from styr.kernel.period import Period
from styr.kernel.units import Unit as Measure
from styr.people import queries as people
from styr.people import services as people_services
from styr.people.core.names import sort_key
from styr.people.listing import listed_citizens
from styr.suppliers import queries as suppliers
from styr.suppliers import services as supplier_services
from styr.suppliers.core.codes import SupplierKind

pytestmark = pytest.mark.django_db
Query = Callable[..., list[tuple[Any, ...]]]
TODAY = date(2026, 11, 21)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
SEEN = {"page": "/borgere", "purpose": "opslag", "today": TODAY}
NOBODY = UUID(int=7)


@pytest.fixture
def ida(registers: Registers, query: Query) -> UUID:
    [(citizen_id,)] = query("SELECT citizen_id FROM key_citizen WHERE source_id = '1001'")
    return UUID(str(citizen_id))


def test_a_citizen_is_shown_masked_and_the_read_is_logged(ida: UUID) -> None:
    card = people.visible_citizen(citizen_id=ida, **SEEN)
    assert (card.name, card.cpr, card.city) == ("Ida Østergård", "610180-••••", "Eksempel")
    log = ReadLog.objects.get()
    assert (log.page, log.purpose) == ("/borgere", "opslag")


def test_the_number_in_clear_is_logged_too(ida: UUID) -> None:
    assert people.reveal_cpr(citizen_id=ida, page="/borgere", purpose="vis CPR").digits == IDA.cpr
    assert ReadLog.objects.count() == 1


def test_who_is_not_there_or_not_allowed_looks_the_same(registers: Registers) -> None:
    for ask in (
        lambda: people.visible_citizen(citizen_id=NOBODY, **SEEN),
        lambda: people.reveal_cpr(citizen_id=NOBODY, page="/", purpose="opslag"),
        lambda: people.unit_of(NOBODY),
    ):
        with pytest.raises(people.CitizenNotVisibleError, match="eller du har ikke adgang"):
            ask()
    assert not ReadLog.objects.exists()


def test_a_page_of_citizens_is_in_danish_order_and_one_row_in_the_log(
    registers: Registers, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        page = listed_citizens(today=TODAY, shown_on="/borgere", purpose="opslag")
    assert [line.name for line in page.rows] == ["Ida Østergård", "Bo Aagaard"]
    assert page.total == 2
    assert ReadLog.objects.count() == 1


def test_the_sort_key_of_the_database_is_that_of_the_core(registers: Registers, query: Query) -> None:
    rows = query("SELECT last_name, first_name, sort_key FROM people_citizen")
    assert all(key == sort_key(last, first) for last, first, key in rows)
    assert len(rows) == 2


def test_a_citizen_is_found_by_number_without_being_shown(ida: UUID) -> None:
    assert people.citizen_with_cpr(Cpr.parse(IDA.cpr)) == ida
    assert people.citizen_with_cpr(Cpr.parse("6201901999")) is None
    assert people.citizen_lines(citizen_ids=[ida, NOBODY], **SEEN).keys() == {ida}


def test_guardians_and_consents_are_told_and_a_withdrawn_consent_holds_no_more(ida: UUID) -> None:
    assert [guardian.name for guardian in people.guardians_of(ida)] == ["Per Østergård"]
    [consent] = people.consents_of(ida)
    assert people.has_consent(citizen_id=ida, purpose="flytning", on=TODAY)
    people_services.withdraw_consent(consent_id=consent.id, withdrawn_on=date(2026, 10, 1))
    assert not people.has_consent(citizen_id=ida, purpose="flytning", on=TODAY)
    assert people.has_consent(citizen_id=ida, purpose="flytning", on=date(2026, 9, 30))
    with pytest.raises(people_services.UnableToWithdrawConsentError):
        people_services.withdraw_consent(consent_id=consent.id, withdrawn_on=TODAY)


def test_protection_has_an_end(ida: UUID) -> None:
    people_services.protect_name_and_address(citizen_id=ida, period=Period(date(2026, 1, 1), date(2026, 11, 21)))
    assert not people.visible_citizen(citizen_id=ida, **SEEN).protected
    day_before = SEEN | {"today": date(2026, 11, 20)}
    assert people.visible_citizen(citizen_id=ida, **day_before).protected
    people_services.protect_name_and_address(citizen_id=ida, period=None)
    assert not people.visible_citizen(citizen_id=ida, **day_before).protected


def test_a_citizen_is_registered_once_and_lives_a_life(municipality: Municipality, unit: Unit, scope: str) -> None:
    facts = {"municipality_id": municipality.id, "unit_id": unit.id, "cpr": Cpr.parse("6207901438")}
    citizen_id = people_services.register_citizen(**facts, first_name="Liv", last_name="Holm")
    with pytest.raises(people_services.UnableToRegisterCitizenError, match="allerede registreret"):
        people_services.register_citizen(**facts, first_name="Liv", last_name="Holm")
    people_services.appoint_guardian(citizen_id=citizen_id, name="Per", kind="værge", period=YEAR)
    people_services.give_consent(citizen_id=citizen_id, purpose="flytning", given_by="Per", given_on=TODAY)
    people_services.record_move_out(citizen_id=citizen_id, last_day=date(2026, 12, 31))
    people_services.record_death(citizen_id=citizen_id, died_on=TODAY)
    with pytest.raises(people_services.UnableToChangeCitizenError):
        people_services.record_death(citizen_id=citizen_id, died_on=date(1900, 1, 1))
    card = people.visible_citizen(citizen_id=citizen_id, **SEEN)
    assert (card.died_on, card.moved_out) == (TODAY, date(2027, 1, 1))


def test_a_citizen_is_served_by_another_unit(ida: UUID, other_unit: Unit) -> None:
    people_services.move_to_unit(citizen_id=ida, unit_id=other_unit.id)
    assert people.unit_of(ida) == other_unit.id


def test_contracts_are_listed_and_shown_in_few_queries(ida: UUID, query: Query, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        rows, _ = contract_rows(ContractFilter(), today=TODAY)
    assert [line.number for line in rows] == ["K-2026-0001", "K-2026-0002"]
    [own], _ = contract_rows(ContractFilter(citizen_id=ida), today=TODAY)
    with django_assert_num_queries(3):
        card = contracts.contract_card(own.id)
    assert [(line.kind, line.rates[0].amount) for line in card.lines] == [("base", 2400), ("special", 820)]
    assert (card.calendar, card.absence_free_days) == ("standard", 5)
    with pytest.raises(contracts.ContractNotVisibleError):
        contracts.contract_card(NOBODY)


def test_the_law_is_read_as_it_holds_on_a_day(db: None) -> None:
    assert contracts.sections_on(date(2025, 8, 31))["SEL-100"].name == "Merudgifter til voksne"
    assert contracts.sections_on(date(2025, 9, 1))["SEL-100"].name == "Kompensationsydelse"
    assert "BL-46" not in contracts.sections_on(date(2023, 12, 31))
    assert "SEL-52" not in contracts.sections_on(date(2024, 1, 1))
    assert contracts.service_names()["stoette"] == "Støtte"


def test_a_contract_is_made_signed_and_terminated(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    [(supplier_id,)] = query("SELECT supplier_id FROM key_supplier")
    line = contract_services.NewContractLine(
        kind=LineKind.BASE, service="ophold", unit=Measure.DAY, price=Decimal(1500)
    )
    facts = {"municipality_id": municipality.id, "supplier_id": supplier_id, "section": "SEL-107", "period": YEAR}
    made = contract_services.register_contract(number="K-2026-0100", lines=[line], **facts)
    with pytest.raises(contract_services.UnableToRegisterContractError, match="allerede i brug"):
        contract_services.register_contract(number="K-2026-0100", lines=[line], **facts)
    bare = contract_services.register_contract(number="K-2026-0101", lines=[], **facts)
    with pytest.raises(contract_services.UnableToChangeContractError, match="ingen priser"):
        contract_services.sign_contract(contract_id=bare, signed_on=TODAY)
    contract_services.sign_contract(contract_id=made, signed_on=TODAY)
    with pytest.raises(contract_services.UnableToChangeContractError, match="allerede underskrevet"):
        contract_services.sign_contract(contract_id=made, signed_on=TODAY)
    with pytest.raises(contract_services.UnableToChangeContractError, match="begynder først"):
        contract_services.terminate_contract(contract_id=made, last_day=date(2025, 1, 1))
    contract_services.terminate_contract(contract_id=made, last_day=date(2026, 11, 30))
    card = contracts.contract_card(made)
    assert (card.status, card.ends, card.kind) == ("terminated", date(2026, 12, 1), "framework")


def test_suppliers_are_listed_and_shown_in_few_queries(registers: Registers, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        [line] = suppliers.suppliers_page(number=1).object_list
    with django_assert_num_queries(4):
        card = suppliers.supplier_card(line.id)
    assert card.accounts[0].account == "12345678901234"
    assert card.provider_units[0].portal_rates[0].amount == 2400
    assert suppliers.supplier_names([line.id]) == {line.id: "Bostedet Ærø ApS"}
    assert card.provider_units[0].name == "Ærøhus"
    with pytest.raises(suppliers.SupplierNotVisibleError):
        suppliers.supplier_card(NOBODY)


def test_a_supplier_is_registered_once_with_account_and_place(municipality: Municipality, scope: str) -> None:
    facts = {"municipality_id": municipality.id, "cvr": Cvr("12345674"), "kind": SupplierKind.PRIVATE}
    made = supplier_services.register_supplier(name="Bostedet", **facts)
    with pytest.raises(supplier_services.UnableToRegisterSupplierError):
        supplier_services.register_supplier(name="Bostedet", **facts)
    supplier_services.add_account(supplier_id=made, account="1", valid_from=TODAY)
    with pytest.raises(supplier_services.UnableToRegisterSupplierError, match="Kontoen"):
        supplier_services.add_account(supplier_id=made, account="1", valid_from=TODAY)
    place = {"supplier_id": made, "name": "Huset", "section": "SEL-107", "approval": YEAR}
    supplier_services.register_provider_unit(p_number="1012345678", **place)
    with pytest.raises(supplier_services.UnableToRegisterSupplierError, match="Tilbuddet"):
        supplier_services.register_provider_unit(p_number="12", **place)


def test_grants_are_listed_and_shown_in_few_queries(ida: UUID, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        _, total = grant_rows(GrantFilter(running_on=date(2026, 6, 1)))
    assert total == 2
    assert grant_rows(GrantFilter(section="SEL-85"))[1] == 1
    [own] = grants.grants_of_citizen(ida)
    with django_assert_num_queries(5):
        card = grants.grant_card(own.id)
    assert (card.number, len(card.lines), len(card.absences)) == ("B0000017-9", 2, 1)
    with pytest.raises(grants.GrantNotVisibleError):
        grants.grant_card(NOBODY)
