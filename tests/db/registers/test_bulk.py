"""Whole files land once, say what is wrong by row, and change nothing the second time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from db.registers.registers import (
    AWAY,
    BASE,
    BO,
    CLOSED,
    CONTRACT,
    FRAMEWORK,
    HELP,
    HOME,
    IDA,
    LINES,
    PLACE,
    PORTAL,
    RATES,
    SUPPLIER,
    Registers,
)
from styr.access.models import Municipality
from styr.contracts import bulk as contracts
from styr.grants import bulk as grants
from styr.people import bulk as people
from styr.people.core.rows import CitizenRow
from styr.people.models import Citizen
from styr.suppliers import bulk as suppliers

pytestmark = pytest.mark.django_db
Query = Callable[..., list[tuple[Any, ...]]]

EVENTS = """
SELECT sum(n) FROM (SELECT count(*) AS n FROM people_citizenevent UNION ALL SELECT count(*) FROM grants_grantevent
                    UNION ALL SELECT count(*) FROM contracts_contractevent) AS events
"""


def said(errors: Any) -> list[tuple[int, str]]:
    return [(error.row, error.column) for error in errors]


def test_a_second_run_of_every_file_changes_nothing(registers: Registers, query: Query) -> None:
    first = registers.results
    assert all(not result.errors and result.inserted for result in first.values())
    events = query(EVENTS)
    again = registers.load().results
    assert all((r.inserted, r.changed, r.errors) == (0, 0, ()) for r in again.values()), again
    assert {name: r.unchanged for name, r in again.items()} == {name: r.inserted for name, r in first.items()}
    assert query(EVENTS) == events


def test_a_changed_row_is_changed_in_place(registers: Registers, municipality: Municipality, query: Query) -> None:
    before = query("SELECT id FROM people_citizen WHERE source_id = '1001'")
    moved = replace(IDA, last_name="Østergaard", moved_out=date(2026, 10, 1))
    assert people.upsert_citizens([moved, BO], municipality_id=municipality.id) == people.UpsertResult(0, 1, 1)
    found = query("SELECT id, last_name, moved_out FROM people_citizen WHERE source_id = '1001'")
    assert found == [(*before[0], "Østergaard", date(2026, 10, 1))]


def test_a_cpr_number_is_sealed_and_an_unchanged_one_is_not_sealed_anew(
    registers: Registers, municipality: Municipality
) -> None:
    stored = Citizen.objects.get(source_id="1001")
    assert stored.cpr.digits == IDA.cpr
    assert stored.birth_date == date(1980, 1, 1)
    corrected = replace(IDA, cpr="6101801330")
    assert people.upsert_citizens([corrected], municipality_id=municipality.id).changed == 1
    assert Citizen.objects.get(source_id="1001").cpr.digits == "6101801330"


def test_a_citizen_s_errors_name_row_column_and_never_the_number(
    registers: Registers, municipality: Municipality
) -> None:
    rows = [
        replace(IDA, source_id="1", cpr="9999999999"),
        replace(IDA, source_id="2"),
        replace(BO, source_id="3", cpr="6203901430", unit_source_id="77"),
        replace(BO, source_id="4", cpr="6204901438", protected_from=date(2026, 2, 1), protected_to=date(2026, 1, 1)),
        replace(BO, source_id="5", cpr="6205901435"),
        replace(BO, source_id="5", cpr="6205901435", city="Andetsteds"),
        replace(BO, source_id="6", cpr="6205901435"),
        replace(BO, source_id="7", cpr="6206901432", died_on=date(1950, 1, 1), first_name="B" * 201),
    ]
    result = people.upsert_citizens(rows, municipality_id=municipality.id)
    assert said(result.errors) == [
        (0, "cpr"), (1, "cpr"), (2, "enhed_nr"), (3, "beskyttet_til"), (5, "borger_nr"), (6, "cpr"),
        (7, "død"), (7, "fornavn"),
    ]  # fmt: skip
    assert (result.inserted, result.changed, result.unchanged) == (1, 0, 0)
    text = " ".join(f"{error.value} {error.message}" for error in result.errors)
    assert not any(row.cpr in text or row.cpr[6:] in text for row in rows)


def test_a_row_s_own_text_hides_who_it_is_about() -> None:
    assert "Ida" not in repr(IDA)
    assert IDA.cpr not in repr(IDA)
    assert isinstance(IDA, CitizenRow)


def test_unresolved_references_are_row_errors(registers: Registers, municipality: Municipality) -> None:
    to = {"municipality_id": municipality.id}
    missing_place = suppliers.upsert_provider_units([replace(PLACE, source_id="T2", supplier_source_id="L9")], **to)
    assert said(missing_place.errors) == [(0, "leverandør_nr")]
    odd = replace(
        CONTRACT, number="K-1", supplier_source_id="?", provider_unit_source_id="?", citizen_source_id="?", calendar="?"
    )
    assert said(contracts.upsert_contracts([odd], **to).errors) == [
        (0, "borger_nr"), (0, "kalender"), (0, "leverandør_nr"), (0, "tilbud_nr"),
    ]  # fmt: skip
    assert said(contracts.upsert_contract_lines([replace(BASE, contract_number="K-1")], **to).errors) == [
        (0, "kontrakt_nr")
    ]
    assert said(contracts.upsert_contract_rates([replace(RATES[0], line_no=9)], **to).errors) == [(0, "linje_nr")]
    lost = replace(HOME, source_id="X", contract_number="K-1", citizen_source_id="9", unit_source_id="99")
    assert said(grants.upsert_grants([lost], **to).errors) == [(0, "borger_nr"), (0, "enhed_nr"), (0, "kontrakt_nr")]
    assert said(grants.upsert_service_lines([replace(LINES[0], line_no=7, contract_line_no=9)], **to).errors) == [
        (0, "kontraktlinje_nr")
    ]
    assert said(grants.upsert_absences([replace(AWAY, grant_source_id="X")], **to).errors) == [(0, "bevilling_nr")]


def test_impossible_values_are_row_errors(registers: Registers, municipality: Municipality) -> None:
    to = {"municipality_id": municipality.id}
    bad_supplier = replace(SUPPLIER, source_id="L2", cvr="123", kind="club", ean="1", account="9", account_from=None)
    assert said(suppliers.upsert_suppliers([bad_supplier], **to).errors) == [
        (0, "cvr"), (0, "ean"), (0, "konto_fra"), (0, "type"),
    ]  # fmt: skip
    assert said(suppliers.upsert_portal_rates([replace(PORTAL, unit="year", amount=Decimal(-1))], **to).errors) == [
        (0, "enhed"), (0, "takst"),
    ]  # fmt: skip
    individual = replace(
        CONTRACT, number="K-2", citizen_source_id=None, ends=date(2025, 1, 1), absence_billable=Decimal(5)
    )
    named = replace(FRAMEWORK, citizen_source_id="1001")
    assert said(contracts.upsert_contracts([individual, named], **to).errors) == [
        (0, "borger_nr"), (0, "fravær_betaling_pct"), (0, "slut"), (1, "borger_nr"),
    ]  # fmt: skip
    too_fine = replace(RATES[0], valid_from=date(2030, 1, 1), amount=Decimal("1.23456"))
    assert said(contracts.upsert_contract_rates([too_fine], **to).errors) == [(0, "pris")]
    bad_grant = replace(HELP, source_id="Y", status="maybe", section="§ 85", account_string="12", ends=date(2026, 2, 1))
    assert said(grants.upsert_grants([bad_grant], **to).errors) == [
        (0, "kontostreng"), (0, "paragraf"), (0, "slut"), (0, "status"),
    ]  # fmt: skip


def test_overlapping_periods_are_row_errors_and_the_rest_lands(
    registers: Registers, municipality: Municipality
) -> None:
    to = {"municipality_id": municipality.id}
    january = replace(RATES[0], valid_to=date(2026, 6, 1))
    rows = [
        january,
        replace(RATES[0], valid_from=date(2026, 6, 1), amount=Decimal(2500)),
        replace(RATES[0], valid_from=date(2026, 7, 1), amount=Decimal(2600)),
    ]
    result = contracts.upsert_contract_rates(rows, **to)
    assert said(result.errors) == [(2, "gyldig_fra")]
    assert (result.inserted, result.changed) == (1, 1)
    assert contracts.upsert_contract_rates(rows, **to).unchanged == 2
    assert said(suppliers.upsert_portal_rates([replace(PORTAL, valid_from=date(2026, 5, 1))], **to).errors) == [
        (0, "gyldig_fra")
    ]
    assert said(grants.upsert_absences([replace(AWAY, starts=date(2026, 2, 10))], **to).errors) == [(0, "fra")]
    assert said(grants.upsert_service_lines([replace(LINES[0], line_no=3)], **to).errors) == [(0, "ydelse")]
    supplements = [replace(LINES[2], line_no=n, service="tillaeg", price=Decimal(n)) for n in (5, 6)]
    assert grants.upsert_service_lines(supplements, **to).inserted == 2


def test_a_grant_keeps_the_source_s_valid_number_and_others_get_a_new_one(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    found = dict(query("SELECT source_id, number FROM grants_grant"))
    assert found["B0000017-9"] == "B0000017-9"
    assert found["SAG-77"] != "SAG-77"
    serial = int(found["SAG-77"][1:8])
    assert serial > 17
    more = grants.upsert_grants([replace(HELP, source_id="b 0000017 9")], municipality_id=municipality.id)
    assert said(more.errors) == [(0, "bevilling_nr")]


def test_a_new_account_stands_beside_the_old_one(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    moved = replace(SUPPLIER, account="99990000011111", account_from=date(2026, 11, 1))
    result = suppliers.upsert_suppliers([moved], municipality_id=municipality.id)
    assert (result.inserted, result.changed, result.unchanged) == (0, 1, 0)
    assert query("SELECT account, valid_from FROM rel_supplier_account ORDER BY 2") == [
        ("12345678901234", date(2020, 1, 1)),
        ("99990000011111", date(2026, 11, 1)),
    ]


def test_a_new_price_from_the_source_replaces_the_line_s_only_one(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    dearer = replace(LINES[2], price=Decimal(430))
    assert grants.upsert_service_lines([dearer], municipality_id=municipality.id).changed == 1
    assert query("SELECT amount FROM grants_ownrate") == [(Decimal(430),)]


def test_closing_days_lower_the_opening_days_after_them(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    to = {"municipality_id": municipality.id}
    assert contracts.upsert_closing_days([CLOSED], **to).inserted == 1
    assert contracts.upsert_contracts([replace(FRAMEWORK, calendar="Værkstedet")], **to).changed == 1
    more = [CLOSED, replace(CLOSED, day=date(2026, 7, 7)), replace(CLOSED, day=date(2026, 7, 5))]  # the 5th is a Sunday
    assert contracts.upsert_closing_days(more, **to).inserted == 2
    assert contracts.upsert_closing_days(more, **to).unchanged == 3
    found = query(
        "SELECT d.day, s.open_before - d.open_before FROM rel_calendar d JOIN rel_calendar s ON s.day = d.day AND "
        "s.calendar_id <> d.calendar_id JOIN rel_contract c ON c.calendar_id = d.calendar_id "
        "WHERE c.number = 'K-2026-0002' AND d.day IN "
        "('2026-07-06', '2026-07-07', '2026-07-08', '2041-01-01') ORDER BY 1"
    )
    assert found == [
        (date(2026, 7, 6), 0), (date(2026, 7, 7), 1), (date(2026, 7, 8), 2), (date(2041, 1, 1), 2),
    ]  # fmt: skip


def test_no_rows_are_no_work(scope: str, municipality: Municipality) -> None:
    assert people.upsert_citizens([], municipality_id=municipality.id) == people.UpsertResult(0, 0, 0)


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(
    registers: Registers, municipality: Municipality, django_assert_max_num_queries: Any
) -> None:
    many = [replace(HELP, source_id=f"SAG-{n}") for n in range(300)]
    with django_assert_max_num_queries(20):
        assert grants.upsert_grants(many, municipality_id=municipality.id).inserted == 299
    assert connection.in_atomic_block


def test_many_rows_are_known_to_the_planner_at_once(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    many = [replace(HELP, source_id=f"SAG-{n}") for n in range(300)]
    grants.upsert_grants(many, municipality_id=municipality.id)
    assert query("SELECT reltuples FROM pg_class WHERE relname = 'grants_grant'") == [(301,)]


@pytest.mark.parametrize(
    "domain", ["contracts", "deliveries", "grants", "ledger", "people", "reconciliation", "suppliers"]
)
def test_each_domain_of_files_brings_statistics_of_its_own_tables_only_up_to_date(scope: str, domain: str) -> None:
    with (
        pytest.raises(DatabaseError, match=f"is no table of {domain}"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT {domain}_analyze('access_token')")


def test_a_row_that_stands_twice_is_taken_once(registers: Registers, municipality: Municipality) -> None:
    result = grants.upsert_absences([AWAY, AWAY], municipality_id=municipality.id)
    assert (result.unchanged, result.errors) == (1, ())


def test_a_supplier_has_a_row_for_each_account(registers: Registers, municipality: Municipality, query: Query) -> None:
    second = replace(SUPPLIER, account="2", account_from=date(2026, 1, 1))
    result = suppliers.upsert_suppliers([SUPPLIER, second], municipality_id=municipality.id)
    assert (result.inserted, result.changed, result.errors) == (0, 1, ())
    assert query("SELECT count(*) FROM rel_supplier_account") == [(2,)]
    other = replace(SUPPLIER, name="Et andet navn")
    result = suppliers.upsert_suppliers([SUPPLIER, other], municipality_id=municipality.id)
    assert said(result.errors) == [(1, "leverandør_nr")]
