"""Prices by the contract's own terms: indexation, the framework, the offer's approval."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from styr.contracts.core import relations as contracts
from unit.controls.town import TODAY, Town, days, sentence

LAST, THIS, NEXT = date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)


@pytest.fixture
def town() -> Town:
    return Town()


def priced(town: Town, before: str, after: str, **terms: object) -> tuple[UUID, UUID]:
    """A contract whose base price changes at New Year, with a grant that buys on it; contract and line."""
    contract = town.contract()
    line = town.line(contract, (LAST, THIS, before), (THIS, None, after))
    if terms:
        town.terms(contract, **terms)
    grant = town.grant(town.citizen(), contract_id=contract)
    town.service(grant, after, contract_line_id=line)
    return contract, line


def index(town: Town, percent: str) -> None:
    town.add(contracts.PRICE_INDEX, {"year": 2026, "percent": Decimal(percent)})


def test_a_price_that_rose_beyond_the_agreed_percentage(town: Town) -> None:
    _, line = priced(town, "1000", "1050", index_kind="percent", index_percent=Decimal(3))
    priced(town, "1000", "1030", index_kind="percent", index_percent=Decimal(3))
    (found,) = town.found("undue_indexation")
    assert found.subject_id == line
    assert found.amount_ore == days(THIS, NEXT) * 2000
    assert "er 1.050,00 kr. fra 1. jan. 2026; før var den 1.000,00 kr." in sentence(found)
    assert "må den være 1.030,00 kr." in sentence(found)


def test_a_fixed_price_may_not_rise_and_silence_says_nothing(town: Town) -> None:
    _, line = priced(town, "1000", "1000.01", index_kind="fixed")
    priced(town, "1000", "2000")
    priced(town, "1000", "2000", days_after_death=3)
    (found,) = town.found("undue_indexation")
    assert found.subject_id == line


def test_pl_is_the_year_s_percentage_under_its_cap(town: Town) -> None:
    index(town, "3.5")
    _, capped = priced(town, "1000", "1035", index_kind="pl", index_percent=Decimal(2))
    _, over = priced(town, "1000", "1035.01", index_kind="pl")
    priced(town, "1000", "1035", index_kind="pl")
    assert {one.subject_id for one in town.found("undue_indexation")} == {capped, over}


def test_a_price_falls_with_the_index(town: Town) -> None:
    """One that stands, or falls too little, is too high; a fixed price stands."""
    index(town, "-2")
    priced(town, "1000", "980", index_kind="pl")
    _, little = priced(town, "1000", "990", index_kind="pl")
    contract = town.contract()
    stood = town.line(contract, (LAST, None, "1000"))
    town.terms(contract, index_kind="pl")
    grant = town.grant(town.citizen(), contract_id=contract)
    town.service(grant, "1000", contract_line_id=stood)
    fixed = town.contract()
    town.line(fixed, (LAST, None, "1000"))
    town.terms(fixed, index_kind="fixed")
    found = {one.subject_id: one for one in town.found("undue_indexation")}
    assert found.keys() == {little, stood}
    assert found[stood].amount_ore == days(THIS, NEXT) * 2000


def test_a_year_that_nobody_has_entered_says_nothing(town: Town) -> None:
    priced(town, "1000", "1500", index_kind="pl")
    assert town.found("undue_indexation") == []


def test_a_price_that_a_supplement_agreed_on_is_not_indexation(town: Town) -> None:
    contract, _ = priced(town, "1000", "1500", index_kind="fixed")
    town.add(contracts.SUPPLEMENT, {"contract_id": contract, "valid_from": THIS})
    assert town.found("undue_indexation") == []


def test_a_call_off_dearer_than_its_framework(town: Town) -> None:
    framework = town.contract(kind="framework", unit_id=None, number="K-2024-9000")
    town.line(framework, (LAST, None, "900"))
    contract, line = priced(town, "1000", "1000")
    cheap, _ = priced(town, "900", "900")
    for one in (contract, cheap):
        town.add(contracts.CALL_OFF, {"contract_id": one, "framework_id": framework})
    (found,) = town.found("dearer_than_framework")
    assert (found.subject_id, found.evidence["framework_number"]) == (line, "K-2024-9000")
    assert found.amount_ore == days(THIS, NEXT) * 10_000


def test_an_approval_that_ends_before_the_contract(town: Town) -> None:
    short = town.offer(approved_to=date(2026, 12, 1))
    late = town.contract(provider_unit_id=short, ends=NEXT)
    town.contract(provider_unit_id=short, ends=date(2026, 12, 1))
    town.contract(provider_unit_id=town.offer(approved_to=TODAY), ends=NEXT)  # ended: another control's
    grant = town.grant(town.citizen(), contract_id=late)
    town.service(grant, "1000")
    (found,) = town.found("approval_ends_first")
    assert (found.subject_id, found.amount_ore) == (late, 31 * 100_000)
    assert "30. nov. 2026" in sentence(found)
