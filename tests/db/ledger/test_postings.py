from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.ledger.conftest import Booker, posting
from db.registers.registers import HELP, Registers
from styr.grants.bulk import upsert_grants
from styr.ledger.bulk import upsert_cost_centres
from styr.ledger.core.rows import CostCentreRow
from styr.ledger.placing import place_figures

pytestmark = pytest.mark.django_db

Ask = Callable[..., list[tuple[Any, ...]]]


def test_the_same_file_twice_changes_nothing(book: Booker) -> None:
    rows = [posting("1"), posting("1", line_no=2, amount=Decimal("-3.50")), posting("2", text="Ophold")]
    assert book(*rows).inserted == 3
    again = book(*rows)
    assert (again.inserted, again.changed, again.unchanged) == (0, 0, 3)


def test_a_posting_finds_citizen_grant_supplier_and_unit_by_any_of_its_numbers(book: Booker, query: Ask) -> None:
    book(
        posting("1", grant_number="b0000017 9"),
        posting("2", grant_number="SAG-77"),
        posting("3", citizen_source_id="1002"),
        posting("4", cpr="6101801321", supplier_cvr="12345674"),
        posting("5"),
    )
    found = query(
        "SELECT p.voucher, c.source_id, g.source_id, p.supplier_id IS NOT NULL, u.number FROM rel_posting p "
        "LEFT JOIN key_citizen c USING (citizen_id) LEFT JOIN key_grant g ON g.grant_id = p.grant_id "
        "LEFT JOIN access_unit u ON u.id = p.unit_id ORDER BY 1"
    )
    assert found == [
        ("1", "1001", "B0000017-9", False, "11"),
        ("2", "1002", "SAG-77", False, "12"),
        ("3", "1002", None, False, "12"),
        ("4", "1001", None, True, "11"),
        ("5", None, None, False, None),
    ]


def test_a_posting_before_its_grant_is_placed_when_the_grant_has_come(
    book: Booker, registers: Registers, query: Ask
) -> None:
    book(posting("1", grant_number="SAG-99"), posting("2"))
    assert place_figures() == 0
    late = {**vars(HELP), "source_id": "SAG-99"}
    upsert_grants([type(HELP)(**late)], municipality_id=registers.municipality_id)
    assert place_figures() == 1
    assert query("SELECT g.source_id FROM rel_posting p JOIN key_grant g USING (grant_id)") == [("SAG-99",)]


def test_the_unit_of_what_names_nobody_is_that_of_its_cost_centre_then(
    book: Booker, registers: Registers, query: Ask
) -> None:
    centres = [
        CostCentreRow(code="10", unit_source_id="11", valid_from=date(2025, 1, 1), valid_to=date(2026, 2, 1)),
        CostCentreRow(code="0010", unit_source_id="12", valid_from=date(2026, 2, 1)),
    ]
    assert upsert_cost_centres(centres, municipality_id=registers.municipality_id).errors == ()
    there = "5385214001000140"
    book(posting("1", account_string=there, month=date(2026, 1, 1)), posting("2", account_string=there))
    asked = "SELECT p.voucher, u.number FROM rel_posting p JOIN access_unit u ON u.id = p.unit_id ORDER BY 1"
    assert query(asked) == [("1", "11"), ("2", "12")]


def test_each_wrong_row_is_told_with_its_column(book: Booker) -> None:
    told = book(
        posting("1"),
        posting("1"),
        posting("2", account_string="9999914000100140"),
        posting("3", posted_on=date(2026, 7, 16)),
        posting("4", posted_on=date(2019, 7, 16)),
        posting("5", month=date(2024, 1, 1)),
        posting("6", amount=Decimal("1.005")),
        posting("7", line_no=-1),
    )
    assert [(error.row, error.column) for error in told.errors] == [
        (1, "bilag_nr"),
        (2, "konto"),
        (3, "bogført"),
        (4, "bogført"),
        (5, "periode"),
        (6, "beløb"),
        (7, "linje_nr"),
    ]


def test_a_posting_without_a_kind_is_a_payment_but_on_the_states_account(book: Booker, query: Ask) -> None:
    book(posting("1"), posting("2", account_string="5220720000100140"), posting("3", kind="user_payment"))
    assert query("SELECT kind FROM rel_posting ORDER BY voucher") == [("payment",), ("refund",), ("user_payment",)]


def test_a_cpr_number_in_the_text_is_kept_by_its_date_only(book: Booker, query: Ask) -> None:
    book(posting("1", text="Ophold 610180-1321 marts"))
    assert query("SELECT text FROM ledger_posting") == [("Ophold 610180-•••• marts",)]


def test_a_voucher_number_is_used_again_in_the_next_accounting_year(book: Booker) -> None:
    assert book(posting("1"), posting("1", month=date(2025, 12, 1))).inserted == 2


def test_a_posting_goes_on_without_the_grant_that_was_removed(book: Booker, query: Ask) -> None:
    book(posting("1", grant_number=HELP.source_id))
    lines = "(SELECT id FROM grants_serviceline WHERE grant_id = (SELECT grant_id FROM key_grant WHERE source_id = %s))"
    query(f"DELETE FROM grants_ownrate WHERE service_line_id IN {lines} RETURNING id", "SAG-77")  # noqa: S608 - the test's own
    query(f"DELETE FROM grants_serviceline WHERE id IN {lines} RETURNING id", "SAG-77")  # noqa: S608 - the same
    query("DELETE FROM grants_grant WHERE source_id = 'SAG-77' RETURNING id")
    assert query("SELECT grant_id, citizen_id IS NOT NULL FROM ledger_posting") == [(None, True)]
