"""The list of contracts: what each filter keeps, the order, and the price of the day."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from db.registers.registers import Registers
from styr.contracts.listing import ContractFilter, contract_rows
from styr.contracts.queries import next_contract_number

TODAY = date(2026, 7, 1)


def numbers(wanted: ContractFilter, sort: str = "nummer") -> list[str]:
    rows, total = contract_rows(wanted, today=TODAY, sort=sort)
    assert total == len(rows)
    return [row.number for row in rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ContractFilter(), ["K-2026-0001", "K-2026-0002"]),
        (ContractFilter(text="0002"), ["K-2026-0002"]),
        (ContractFilter(text="bostedet ærø"), ["K-2026-0001", "K-2026-0002"]),
        (ContractFilter(text="Ingen sådan"), []),
        (ContractFilter(kind="framework"), ["K-2026-0002"]),
        (ContractFilter(section="SEL-107"), ["K-2026-0001"]),
        (ContractFilter(status="draft"), []),
        (ContractFilter(special_rate=True), ["K-2026-0001"]),
        (ContractFilter(lacks="end"), ["K-2026-0002"]),
        (ContractFilter(lacks="price"), []),
        (ContractFilter(lacks="signature"), []),
        (ContractFilter(ends_before=date(2027, 1, 1)), ["K-2026-0001"]),
        (ContractFilter(ends_before=date(2026, 12, 31)), []),
        (ContractFilter(running_on=date(2027, 1, 1)), ["K-2026-0002"]),
        (ContractFilter(running_on=date(2026, 12, 31)), ["K-2026-0001", "K-2026-0002"]),
    ],
)
def test_a_filter_keeps_the_contracts_it_names(registers: Registers, wanted: ContractFilter, found: list[str]) -> None:
    assert numbers(wanted) == found


def test_a_row_has_the_base_price_of_the_day_and_never_a_supplement_s(registers: Registers) -> None:
    rows, _ = contract_rows(ContractFilter(kind="individual"), today=TODAY)
    assert (rows[0].price, rows[0].price_unit, rows[0].supplier_name) == (Decimal(2400), "day", "Bostedet Ærø ApS")
    before, _ = contract_rows(ContractFilter(kind="individual"), today=date(2025, 12, 31))
    assert before[0].price is None


def test_a_leading_minus_turns_the_order_and_an_unknown_word_sorts_by_number(registers: Registers) -> None:
    assert numbers(ContractFilter(), "-nummer") == ["K-2026-0002", "K-2026-0001"]
    assert numbers(ContractFilter(), "vrøvl") == ["K-2026-0001", "K-2026-0002"]


def test_a_page_beyond_the_last_is_the_last_and_a_page_is_two_queries(
    registers: Registers, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        rows, total = contract_rows(ContractFilter(), today=TODAY, page=9, size=1)
    assert ([row.number for row in rows], total) == (["K-2026-0002"], 2)


def test_the_next_number_is_the_one_after_the_year_s_highest(registers: Registers) -> None:
    assert next_contract_number(2026) == "K-2026-0003"
    assert next_contract_number(2027) == "K-2027-0001"
