"""What the relations say of absence, prices, calendars and milestones, held against the obvious way to say it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection

from db.registers.registers import CONTRACT, LINES, Registers
from styr.access.models import Municipality
from styr.contracts import bulk as contracts
from styr.contracts.core.codes import ContractStatus, MilestoneKind
from styr.contracts.core.milestones import Terms, milestones
from styr.contracts.core.rows import ClosingDayRow
from styr.contracts.queries import milestones_due
from styr.grants import bulk as grants
from styr.grants.core.rows import AbsenceRow
from styr.kernel.calendar import STANDARD_CALENDAR
from styr.kernel.period import Period

pytestmark = pytest.mark.django_db
Query = Callable[..., list[tuple[Any, ...]]]
FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(365)]


def test_the_first_days_of_each_absence_are_free_and_the_rest_is_billed_by_the_terms(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    """Twenty random terms with random absences each, day by day."""
    random = Random(7)  # noqa: S311 - repeatable on purpose
    to = {"municipality_id": municipality.id}
    for _ in range(20):
        free, billable = random.randint(0, 12), Decimal(random.randint(0, 4)) / 4
        contracts.upsert_contracts([replace(CONTRACT, absence_free_days=free, absence_billable=billable)], **to)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM grants_absence")
        absences = random_absences(random)
        assert grants.upsert_absences(absences, **to).inserted == len(absences)
        rows = query(
            "SELECT a.starts, coalesce(a.ends, '2027-01-01'), a.billable FROM rel_service_absence a JOIN rel_service s "
            "USING (service_id) WHERE s.line_no = 1"
        )
        said = {day: share for starts, ends, share in rows for day in DAYS if starts <= day < ends}
        assert said == {day: billable for day in DAYS if billable < 1 and counted(day, absences) >= free}


def test_an_absence_registered_in_pieces_has_its_free_days_once(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    to = {"municipality_id": municipality.id}
    terms = replace(CONTRACT, absence_free_days=3, absence_billable=Decimal(0))
    contracts.upsert_contracts([terms], **to)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM grants_absence")
    pieces = [(1, 4), (4, 7), (8, 10)]
    grants.upsert_absences(
        [
            AbsenceRow(grant_source_id="B0000017-9", starts=date(2026, 6, one), ends=date(2026, 6, end))
            for one, end in pieces
        ],
        **to,
    )
    deducted = (
        "SELECT DISTINCT starts, ends FROM rel_service_absence WHERE starts BETWEEN '2026-06-01' AND '2026-06-30'"
    )
    assert query(deducted) == [(date(2026, 6, 4), date(2026, 6, 7))]


def random_absences(random: Random) -> list[AbsenceRow]:
    start, made = FIRST, []
    for _ in range(random.randint(0, 6)):
        start += timedelta(days=random.choice((0, 0, 3, 20, 40)))
        end = start + timedelta(days=random.randint(1, 30))
        made.append(AbsenceRow(grant_source_id="B0000017-9", starts=start, ends=end))
        start = end
    return [*made, AbsenceRow(grant_source_id="B0000017-9", starts=start + timedelta(days=3))]


def counted(day: date, absences: list[AbsenceRow]) -> int:
    """How many days the citizen has been away without a break before the day; -1 when not away on it."""
    away = {one for one in DAYS for absence in absences if absence.starts <= one < (absence.ends or date.max)}
    before = day
    while before in away:
        before -= timedelta(days=1)
    return (day - before).days - 1


def test_without_a_contract_absence_changes_nothing(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    away = AbsenceRow(grant_source_id="SAG-77", starts=date(2026, 4, 1), ends=date(2026, 6, 1))
    assert grants.upsert_absences([away], municipality_id=municipality.id).inserted == 1
    assert query("SELECT count(*) FROM rel_service_absence a JOIN rel_service s USING (service_id) "
                 "JOIN key_grant g USING (grant_id) WHERE g.source_id = 'SAG-77'") == [(0,)]  # fmt: skip


def test_services_are_clipped_to_their_grant(registers: Registers, query: Query) -> None:
    rows = query(
        "SELECT g.source_id, s.line_no, s.starts, s.ends FROM rel_service s JOIN key_grant g USING (grant_id) "
        "ORDER BY 1, 2"
    )
    assert rows == [
        ("B0000017-9", 1, date(2026, 1, 1), None),
        ("B0000017-9", 2, date(2026, 1, 1), date(2026, 7, 1)),
        ("SAG-77", 1, date(2026, 3, 1), None),
    ]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE grants_grant SET starts = '2026-02-01', ends = '2026-03-01' WHERE section = 'SEL-107'")
        cursor.execute("UPDATE grants_serviceline SET starts = '2026-06-01', ends = NULL WHERE line_no = 2")
    rows = query("SELECT s.line_no, s.starts, s.ends FROM rel_service s JOIN key_grant g USING (grant_id) "
                 "WHERE g.source_id = 'B0000017-9'")  # fmt: skip
    assert rows == [(1, date(2026, 2, 1), date(2026, 3, 1))]


def test_the_contract_s_price_goes_before_the_grant_s_own(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    to = {"municipality_id": municipality.id}
    assert grants.upsert_service_lines([replace(LINES[0], price=Decimal(9))], **to).changed == 1
    prices = (
        "SELECT s.line_no, r.amount FROM rel_rate r JOIN rel_service s USING (service_id) "
        "JOIN key_grant g USING (grant_id) "
    )
    assert query(prices + "WHERE g.source_id = 'B0000017-9' ORDER BY 1") == [(1, Decimal(2400)), (2, Decimal(820))]
    assert query(prices + "WHERE g.source_id = 'SAG-77'") == [(1, Decimal("420.5"))]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM contracts_contractrate WHERE amount = 2400")
    assert query(prices + "WHERE g.source_id = 'B0000017-9' ORDER BY 1") == [(1, Decimal(9)), (2, Decimal(820))]


def test_whoever_has_no_calendar_follows_the_standard_one_and_the_municipality_may_have_its_own(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    assert {row for (row,) in query("SELECT DISTINCT calendar_id FROM rel_service")} == {STANDARD_CALENDAR}
    closed = ClosingDayRow(calendar="standard", day=date(2026, 12, 24))
    contracts.upsert_closing_days([closed], municipality_id=municipality.id)
    [(own,)] = query("SELECT DISTINCT calendar_id FROM rel_service")
    assert own != STANDARD_CALENDAR
    days = query("SELECT count(*) FROM contracts_standardday")
    assert query("SELECT count(*) FROM rel_calendar WHERE calendar_id = %s", own) == days


def test_milestones_in_sql_and_in_python_are_the_same(registers: Registers, query: Query) -> None:
    in_sql = query("SELECT m.kind, m.due_on FROM rel_milestone m JOIN key_contract USING (contract_id) "
                   "WHERE number = 'K-2026-0001' ORDER BY m.due_on")  # fmt: skip
    terms = Terms(
        status=ContractStatus.SIGNED, ends=CONTRACT.ends, notice_days=CONTRACT.notice_days,
        evaluations=(date(2026, 6, 30),),
    )  # fmt: skip
    assert in_sql == [(str(found.kind), found.due_on) for found in milestones(terms)]
    due = milestones_due(Period(date(2026, 12, 1), date(2027, 1, 1)))
    assert [(found.number, found.kind) for found in due] == [
        ("K-2026-0001", MilestoneKind.NOTICE),
        ("K-2026-0001", MilestoneKind.EXPIRY),
    ]


def test_a_municipality_s_own_rule_stands_instead_of_the_one_that_came_along(
    registers: Registers, municipality: Municipality, query: Query
) -> None:
    pair = "SELECT verdict FROM rel_duplicate_rule WHERE section_a = 'SEL-107' AND section_b = 'SEL-85'"
    assert query(pair) == [("warn",)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO grants_duplicaterule (id, municipality_id, section_a, section_b, verdict, valid_from, note) "
            "VALUES (gen_random_uuid(), %s, 'SEL-107', 'SEL-85', 'allow', '2026-01-01', '')",
            [municipality.id],
        )
    assert query(pair) == [("allow",)]
