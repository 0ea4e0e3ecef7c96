"""What pages ask about the cost of grants is what the one relation says, in one query."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from db.registers.registers import Registers
from styr.grants.core.codes import GrantStatus
from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.expected_cost import expected_cost
from styr.grants.costing import expected_by_month, expected_by_service, full_year, year_after
from styr.grants.models import Grant, ServiceLine
from styr.kernel.engine import PostgresEngine
from styr.kernel.period import Period

pytestmark = pytest.mark.django_db
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 31)


def test_the_months_of_grants_are_those_of_the_relation(home: UUID) -> None:
    with connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        engine.load(MONTH, month_rows(Period(JANUARY, date(2027, 1, 1))))
        rows = engine.rows(expected_cost)
    wanted: dict[tuple[UUID, date], int] = {}
    for row in rows:
        key = (row["grant_id"], row["month"])
        wanted[key] = wanted.get(key, 0) + row["amount_ore"]
    asked = expected_by_month(
        from_month=JANUARY, to_month=DECEMBER, grant_ids=list(Grant.objects.values_list("id", flat=True))
    )
    assert {(each.grant_id, each.month): each.amount_ore for each in asked} == wanted
    assert sum(
        each.amount_ore for each in expected_by_service(grant_id=home, from_month=JANUARY, to_month=DECEMBER)
    ) == sum(ore for (grant_id, _), ore in wanted.items() if grant_id == home)


def test_grants_are_found_by_citizen_and_by_the_suppliers_contract(home: UUID) -> None:
    grant = Grant.objects.get(id=home)
    by_citizen = expected_by_month(from_month=JANUARY, to_month=DECEMBER, citizen_id=grant.citizen_id)
    Grant.objects.filter(id=home).update(supplier=None)
    assert grant.supplier_id is not None
    by_supplier = expected_by_month(from_month=JANUARY, to_month=DECEMBER, supplier_id=grant.supplier_id)
    assert by_citizen == by_supplier
    assert len(by_citizen) == 12


def test_only_what_was_promised_is_counted(home: UUID) -> None:
    Grant.objects.filter(id=home).update(status=GrantStatus.AWAITING)
    asked = {"from_month": JANUARY, "to_month": DECEMBER, "grant_ids": [home]}
    assert expected_by_month(**asked) == ()  # type: ignore[arg-type]  # the keywords are of different types
    assert len(expected_by_month(**asked, statuses=[GrantStatus.AWAITING])) == 12  # type: ignore[arg-type]  # the same


def test_a_whole_year_goes_on_after_the_end_and_forgets_absence(home: UUID) -> None:
    Grant.objects.filter(id=home).update(ends=date(2026, 3, 1))
    # The special rate ended with the grant by then, so it goes on as well: 365 days of 2,400 and of 820 kr.
    assert full_year(grant_id=home, from_day=JANUARY).amount_ore == 365 * (240_000 + 82_000)
    Grant.objects.filter(id=home).update(ends=None)
    # Now it ends on its own, on 30 June: 181 days.
    assert full_year(grant_id=home, from_day=JANUARY).amount_ore == 365 * 240_000 + 181 * 82_000


def test_a_total_counts_once_in_a_whole_year(home: UUID) -> None:
    ServiceLine.objects.filter(grant_id=home, line_no=2).update(per="total", quantity=Decimal(10))
    assert full_year(grant_id=home, from_day=JANUARY).amount_ore == 365 * 240_000 + 10 * 82_000


def test_a_year_later_is_the_same_date() -> None:
    assert year_after(date(2026, 5, 31)) == date(2027, 5, 31)
    assert year_after(date(2028, 2, 29)) == date(2029, 3, 1)


def test_each_question_is_one_query(home: UUID, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        expected_by_month(from_month=JANUARY, to_month=DECEMBER, grant_ids=[home])
        expected_by_service(grant_id=home, from_month=JANUARY, to_month=DECEMBER)
        full_year(grant_id=home, from_day=JANUARY)


def test_grants_are_named_in_exactly_one_way(registers: Registers) -> None:
    with pytest.raises(TypeError):
        expected_by_month(from_month=JANUARY, to_month=DECEMBER)
