"""What may never be is refused by PostgreSQL itself, whoever writes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.errors import ExclusionViolation

from db.registers.registers import Registers

pytestmark = pytest.mark.django_db
Query = Callable[..., list[tuple[Any, ...]]]


def refused(text: str, constraint: str, values: tuple[object, ...] = ()) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{text}; SET CONSTRAINTS ALL IMMEDIATE", values)


TO_THE_ROOT = "UPDATE grants_serviceline SET unit_id = (SELECT id FROM access_unit WHERE number = '1')"
OVERLAPPING = {
    "portal_rate_no_overlap": """
        INSERT INTO suppliers_portalrate (id, municipality_id, provider_unit_id, service, measure, valid_from, amount)
        SELECT gen_random_uuid(), municipality_id, provider_unit_id, service, measure, valid_from + 30, 1
        FROM suppliers_portalrate
    """,
    "contract_rate_no_overlap": """
        INSERT INTO contracts_contractrate (id, municipality_id, unit_id, contract_line_id, valid_from, amount)
        SELECT gen_random_uuid(), municipality_id, unit_id, contract_line_id, valid_from + 30, 1
        FROM contracts_contractrate
    """,
    "own_rate_no_overlap": """
        INSERT INTO grants_ownrate (id, municipality_id, unit_id, service_line_id, valid_from, amount)
        SELECT gen_random_uuid(), municipality_id, unit_id, service_line_id, valid_from + 30, 1 FROM grants_ownrate
    """,
    "absence_no_overlap": """
        INSERT INTO grants_absence (id, municipality_id, unit_id, grant_id, starts, ends, reason)
        SELECT gen_random_uuid(), municipality_id, unit_id, grant_id, ends - 1, NULL, '' FROM grants_absence
    """,
    "service_line_no_duplicate": """
        INSERT INTO grants_serviceline (id, municipality_id, unit_id, grant_id, line_no, service, measure, per,
                                        quantity, factor, contract_line_id)
        SELECT gen_random_uuid(), municipality_id, unit_id, grant_id, 99, service, measure, per, 2, 1, contract_line_id
        FROM grants_serviceline WHERE line_no = 1
    """,
}
IMPOSSIBLE = {
    "citizen_protection_is_positive": "UPDATE people_citizen SET (protected_from, protected_to) = (now(), now())",
    "citizen_dies_after_birth": "UPDATE people_citizen SET died_on = '1800-01-01'",
    "contract_period_is_positive": "UPDATE contracts_contract SET ends = starts",
    "contract_individual_names_citizen": "UPDATE contracts_contract SET kind = 'individual'",
    "contract_absence_sensible": "UPDATE contracts_contract SET absence_billable = 1.5",
    "contract_section_code": "UPDATE contracts_contract SET section = '§ 107'",
    "contract_rate_not_negative": "UPDATE contracts_contractrate SET amount = -1",
    "contract_line_kind_known": "UPDATE contracts_contractline SET kind = 'other'",
    "grant_period_is_positive": "UPDATE grants_grant SET ends = starts",
    "grant_number_form": "UPDATE grants_grant SET number = 'B12345678'",
    "grant_account_is_digits": "UPDATE grants_grant SET account_string = '538'",
    "grant_status_known": "UPDATE grants_grant SET status = 'maybe'",
    "service_line_not_negative": "UPDATE grants_serviceline SET quantity = -1",
    "absence_period_is_positive": "UPDATE grants_absence SET ends = starts",
    "supplier_cvr_is_digits": "UPDATE suppliers_supplier SET cvr = '1234567x'",
    "provider_unit_p_is_digits": "UPDATE suppliers_providerunit SET p_number = '1'",
    "grant_number_unique": "UPDATE grants_grant SET number = 'B0000017-9'",
    "citizen_cpr_unique": "UPDATE people_citizen SET cpr_index = 'x'",
    "contracts_contractline_same_unit": "UPDATE contracts_contractline SET unit_id = NULL",
    "contracts_contractrate_same_unit": "UPDATE contracts_contractrate SET unit_id = NULL",
    "grants_serviceline_tied_by_grant_id": TO_THE_ROOT,
}
SECOND_MEANING = """
    INSERT INTO contracts_section (code, law, paragraph, name, kle, replaces, valid_from, source)
    VALUES ('SEL-107', 'x', 'x', 'x', '', '', '2026-01-01', 'x')
"""


def test_periods_that_overlap_are_refused(registers: Registers) -> None:
    for constraint, text in OVERLAPPING.items():
        refused(text, constraint)


def test_a_section_means_one_thing_at_a_time(administrator: Any) -> None:
    with pytest.raises(ExclusionViolation, match="section_no_overlap"):
        administrator.execute(SECOND_MEANING)


def test_impossible_rows_are_refused(registers: Registers) -> None:
    for constraint, text in IMPOSSIBLE.items():
        refused(text, constraint)


def test_a_grant_stopped_before_it_began_may_have_no_days(registers: Registers, query: Query) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE grants_grant SET status = 'stopped', ends = starts WHERE source_id = 'SAG-77'")
    assert query(
        "SELECT count(*) FROM rel_service s JOIN key_grant g USING (grant_id) WHERE g.source_id = 'SAG-77'"
    ) == [(0,)]


def test_a_citizen_who_changes_unit_takes_everything_along(registers: Registers, query: Query) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_citizen SET unit_id = (SELECT id FROM access_unit WHERE number = '12') "
            "WHERE source_id = '1001'; SET CONSTRAINTS ALL IMMEDIATE"
        )
    tables = (
        "people_guardian",
        "people_consent",
        "contracts_contract",
        "contracts_contractline",
        "contracts_contractrate",
    )
    for table in tables:
        found = query(f"SELECT DISTINCT u.number FROM {table} t JOIN access_unit u ON u.id = t.unit_id")  # noqa: S608 - names from this test
        assert found == [("12",)], table


def test_a_reference_never_reaches_into_another_municipality(
    registers: Registers, other_municipality: Any, administrator: Any, query: Query
) -> None:
    """The composite keys hold also against somebody who has found out another municipality's ids."""
    [(citizen_id,)] = query("SELECT citizen_id FROM key_citizen WHERE source_id = '1002'")
    names = [
        row[0]
        for row in administrator.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conname LIKE 'grants_grant_tied_by%%' OR "
            "conname LIKE 'contracts_contract_tied_by%%'"
        ).fetchall()
    ]
    assert len(names) == 9
    refused(
        "INSERT INTO suppliers_supplieraccount (id, municipality_id, supplier_id, account, valid_from) "
        "SELECT gen_random_uuid(), municipality_id, %s, '1', '2026-01-01' FROM suppliers_supplier",
        "tied_by_supplier_id|supplier_id",
        (citizen_id,),
    )
