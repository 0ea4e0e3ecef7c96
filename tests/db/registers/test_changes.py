"""Changes keep history, and what was paid is adjusted, never priced anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from db.registers.registers import LINES, Registers
from styr.access.models import Municipality
from styr.grants import bulk
from styr.grants.changes import (
    UnableToChangeGrantError,
    change_contract_price,
    change_grant_from,
    change_rate,
    record_absence,
)
from styr.grants.core.codes import AdjustmentReason
from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.expected_cost import expected_cost
from styr.grants.ending import UnableToStopGrantError, extend_grant, stop_grant
from styr.grants.locked import UnknownGrantError
from styr.grants.models import Grant, OwnRate, ServiceLine
from styr.grants.numbers import issue_grant_number
from styr.grants.payments import AlreadyPaidError, PaidMonth, record_paid_months
from styr.grants.settle import settle_paid_months
from styr.kernel.engine import PostgresEngine
from styr.kernel.period import Period
from styr.kernel.units import Per, Unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
Query = Callable[..., list[tuple[Any, ...]]]


def expected(grant_id: UUID) -> dict[tuple[UUID, date], int]:
    with connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        engine.load(MONTH, month_rows(YEAR))
        rows = engine.rows(expected_cost, key="test.expected_cost")
    return {
        (r["service_id"], r["month"]): r["amount_ore"] for r in rows if r["grant_id"] == grant_id and r["amount_ore"]
    }


def pay(grant_id: UUID, until: date) -> None:
    months = [
        PaidMonth(service_line_id=service, month=month, quantity=Decimal(1), amount_ore=ore, paid_on=date(2026, 11, 1))
        for (service, month), ore in expected(grant_id).items()
        if month < until
    ]
    record_paid_months(months=months)


def settled(query: Query, grant_id: UUID, until: date) -> dict[tuple[UUID, date], int]:
    rows = query(
        "SELECT service_line_id, month, sum(amount_ore)::bigint FROM (SELECT service_line_id, month, amount_ore FROM "
        "grants_paidperiod UNION ALL SELECT service_line_id, month, amount_ore FROM grants_adjustment) t "
        "JOIN grants_serviceline l ON l.id = service_line_id WHERE l.grant_id = %s AND month < %s GROUP BY 1, 2",
        grant_id,
        until,
    )
    return {(service, month): ore for service, month, ore in rows if ore}


def grant_of(source_id: str) -> Grant:
    return Grant.objects.get(source_id=source_id)


def holds(query: Query, grant_id: UUID, until: date) -> None:
    now = {key: ore for key, ore in expected(grant_id).items() if key[1] < until}
    assert settled(query, grant_id, until) == now


def test_what_was_paid_can_be_neither_changed_nor_removed(registers: Registers) -> None:
    pay(grant_of("B0000017-9").id, date(2026, 3, 1))
    for text in (
        "UPDATE grants_paidperiod SET amount_ore = 1",
        "DELETE FROM grants_paidperiod",
        "DELETE FROM grants_adjustment",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(text)


def test_a_month_is_paid_once(registers: Registers) -> None:
    grant = grant_of("SAG-77")
    pay(grant.id, date(2026, 5, 1))
    with pytest.raises(AlreadyPaidError):
        pay(grant.id, date(2026, 4, 1))


def test_settling_what_is_as_paid_adds_nothing(registers: Registers) -> None:
    grant = grant_of("B0000017-9")
    assert settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.RATE, now=NOW) == ()
    pay(grant.id, date(2026, 7, 1))
    assert settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.RATE, now=NOW) == ()


def test_a_rate_changed_in_a_paid_month_becomes_an_adjustment(registers: Registers, query: Query) -> None:
    grant = grant_of("SAG-77")
    pay(grant.id, date(2026, 6, 1))
    paid = query("SELECT * FROM grants_paidperiod ORDER BY id")
    line = grant.lines.get()
    lines = change_rate(service_line_id=line.id, valid_from=date(2026, 5, 15), amount=Decimal(441), now=NOW)
    # 17 days of May at 5/7 of 20.50 kr.: 248.93
    assert [(found.month, found.amount_ore) for found in lines] == [(date(2026, 5, 1), 24893)]
    assert query("SELECT * FROM grants_paidperiod ORDER BY id") == paid
    assert query("SELECT valid_from, valid_to, amount FROM grants_ownrate ORDER BY 1") == [
        (date(1900, 1, 1), date(2026, 5, 15), Decimal("420.5")),
        (date(2026, 5, 15), None, Decimal(441)),
    ]
    holds(query, grant.id, date(2026, 6, 1))


def test_a_contract_s_new_price_settles_every_grant_on_it(registers: Registers, query: Query) -> None:
    grant = grant_of("B0000017-9")
    pay(grant.id, date(2026, 4, 1))
    base = grant.lines.get(line_no=1)
    lines = change_contract_price(
        contract_line_id=base.contract_line_id, valid_from=date(2026, 3, 1), amount=Decimal(2300), now=NOW
    )
    assert [found.amount_ore for found in lines] == [-31 * 100 * 100]
    holds(query, grant.id, date(2026, 4, 1))


def test_a_stopped_grant_is_paid_back(registers: Registers, query: Query) -> None:
    grant = grant_of("B0000017-9")
    pay(grant.id, date(2026, 4, 1))
    lines = stop_grant(grant_id=grant.id, last_day=date(2026, 3, 10), now=NOW)
    assert sorted(found.amount_ore for found in lines) == [-21 * 2400 * 100, -21 * 820 * 100]
    holds(query, grant.id, date(2026, 4, 1))
    with pytest.raises(UnableToStopGrantError, match="allerede stoppet"):
        stop_grant(grant_id=grant.id, last_day=date(2026, 3, 9), now=NOW)


def test_a_grant_stopped_before_it_began_costs_nothing(registers: Registers, query: Query) -> None:
    grant = grant_of("SAG-77")
    pay(grant.id, date(2026, 5, 1))
    stop_grant(grant_id=grant.id, last_day=date(2026, 2, 28), now=NOW)
    assert settled(query, grant.id, date(2026, 5, 1)) == expected(grant.id) == {}


def test_a_quantity_changed_from_a_day_splits_the_line(registers: Registers, query: Query) -> None:
    grant = grant_of("SAG-77")
    pay(grant.id, date(2026, 6, 1))
    line = grant.lines.get()
    new, lines = change_grant_from(service_line_id=line.id, day=date(2026, 5, 1), quantity=Decimal(7), now=NOW)
    assert new != line.id
    assert {(found.service_line_id, found.month) for found in lines} == {
        (line.id, date(2026, 5, 1)),
        (new, date(2026, 5, 1)),
    }
    assert sum(found.amount_ore for found in lines) == round(31 * 2 / 7 * 420.50 * 100)
    holds(query, grant.id, date(2026, 6, 1))
    same, _ = change_grant_from(service_line_id=new, day=date(2026, 4, 1), quantity=Decimal(6), now=NOW)
    assert same == new
    holds(query, grant.id, date(2026, 6, 1))


def one_total(measure: Unit) -> Grant:
    """The second grant as 120 hours, or one thing, over a year at 300 kr., paid until July."""
    grant = grant_of("SAG-77")
    grant.starts, grant.ends = YEAR.start, YEAR.end
    grant.save()
    grant.lines.update(per=Per.TOTAL, measure=measure, quantity=120)
    OwnRate.objects.update(amount=300)
    pay(grant.id, date(2026, 7, 1))
    return grant


@pytest.mark.parametrize("measure", [Unit.HOUR, Unit.ONCE])
def test_one_total_is_not_changed_from_a_day_within_it(registers: Registers, measure: Unit) -> None:
    grant = one_total(measure)
    line = grant.lines.get()
    with pytest.raises(UnableToChangeGrantError, match=r"samlet antal.*fra 1\. jan\. 2026"):
        change_grant_from(service_line_id=line.id, day=date(2026, 7, 1), quantity=Decimal(90), now=NOW)
    assert grant.lines.get().ends is None
    same, _ = change_grant_from(service_line_id=line.id, day=YEAR.start, quantity=Decimal(90), now=NOW)
    assert same == line.id


def test_a_stopped_total_costs_what_it_did_until_then(registers: Registers, query: Query) -> None:
    grant = one_total(Unit.HOUR)
    before = expected(grant.id)
    adjusted = stop_grant(grant_id=grant.id, last_day=date(2026, 6, 30), now=NOW)
    after = expected(grant.id)
    assert grant.lines.get().quantity == Decimal("59.5068")
    assert all(abs(after[key] - before[key]) <= 1 for key in after)
    assert sum(abs(line.amount_ore) for line in adjusted) <= len(after)
    holds(query, grant.id, date(2026, 7, 1))


def test_what_is_bought_once_stays_whole_when_the_grant_stops(registers: Registers) -> None:
    grant = one_total(Unit.ONCE)
    before = expected(grant.id)
    assert stop_grant(grant_id=grant.id, last_day=date(2026, 6, 30), now=NOW) == ()
    assert expected(grant.id) == before


def test_absence_in_a_paid_month_is_settled_by_the_contract_s_terms(registers: Registers, query: Query) -> None:
    grant = grant_of("B0000017-9")
    pay(grant.id, date(2026, 6, 1))
    away = Period(date(2026, 5, 1), date(2026, 5, 11))
    lines = record_absence(grant_id=grant.id, period=away, reason="ferie", now=NOW)
    assert sorted(found.amount_ore for found in lines) == [-5 * 1200 * 100, -5 * 410 * 100]
    holds(query, grant.id, date(2026, 6, 1))
    with pytest.raises(UnableToChangeGrantError, match="allerede registreret fravær"):
        record_absence(grant_id=grant.id, period=away, reason="ferie", now=NOW)


def test_after_any_changes_paid_plus_adjustments_is_what_is_expected(registers: Registers, query: Query) -> None:
    random = Random(20261121)  # noqa: S311 - repeatable on purpose
    grant = grant_of("SAG-77")
    pay(grant.id, date(2026, 11, 1))
    paid = query("SELECT * FROM grants_paidperiod ORDER BY id")
    for _ in range(12):
        day = date(2026, random.randint(3, 11), random.randint(1, 28))
        line = random.choice(list(ServiceLine.objects.filter(grant=grant)))
        change = random.choice(("rate", "quantity", "end"))
        if change == "rate":
            change_rate(service_line_id=line.id, valid_from=day, amount=Decimal(random.randint(300, 600)), now=NOW)
        elif change == "end":
            extend_grant(grant_id=grant.id, last_day=max(day, date(2026, 9, 1)), now=NOW)
        elif line.ends is None or day < line.ends:
            extend_grant(grant_id=grant.id, last_day=None, now=NOW)
            change_grant_from(service_line_id=line.id, day=day, quantity=Decimal(random.randint(1, 9)), now=NOW)
        holds(query, grant.id, date(2026, 11, 1))
    assert query("SELECT * FROM grants_paidperiod ORDER BY id") == paid


def test_numbers_are_never_issued_twice(scope: str) -> None:
    issued = [issue_grant_number() for _ in range(20)]
    assert len(set(issued)) == 20


def test_a_rate_change_of_a_thousand_grants_takes_few_queries(
    registers: Registers, django_assert_max_num_queries: Any
) -> None:
    grant = grant_of("B0000017-9")
    pay(grant.id, date(2026, 7, 1))
    with django_assert_max_num_queries(20):
        change_contract_price(
            contract_line_id=grant.lines.get(line_no=1).contract_line_id,
            valid_from=date(2026, 2, 1),
            amount=Decimal(2500),
            now=NOW,
        )


def test_a_stranger_s_grant_is_unknown(registers: Registers) -> None:
    with pytest.raises(UnknownGrantError):
        stop_grant(grant_id=UUID(int=7), last_day=NOW.date(), now=NOW)
    with pytest.raises(UnknownGrantError):
        change_rate(service_line_id=UUID(int=7), valid_from=date(2026, 1, 1), amount=Decimal(1), now=NOW)


def test_an_import_s_changes_are_settled_for_every_grant(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    grant = grant_of("SAG-77")
    pay(grant.id, date(2026, 6, 1))
    bulk.upsert_service_lines([replace(LINES[2], price=Decimal(400))], municipality_id=municipality.id)
    lines = settle_paid_months(reason=AdjustmentReason.REGISTER, now=NOW)
    assert len(lines) == 3
    holds(query, grant.id, date(2026, 6, 1))
