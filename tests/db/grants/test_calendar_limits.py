"""A day that opens again, or a contract's calendar with more open days, is held to what its grants are approved for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from db.registers.registers import CONTRACT, Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality
from styr.access.scope import service_scope
from styr.contracts.core.rows import ContractRow
from styr.contracts.models import ClosingDay, Contract
from styr.contracts.reference import editing
from styr.grants.acting import Actor
from styr.grants.calendar_limits import close_days, land_contracts, open_day
from styr.grants.core.codes import AdjustmentReason
from styr.grants.models import Grant, ServiceLine
from styr.grants.payments import PaidMonth, record_paid_months
from styr.grants.price_limits import PriceBeyondLimitError
from styr.grants.settle import settle_paid_months
from styr.grants.windows import dearest_of, years_of
from styr.kernel.upsert import UpsertResult
from styr.suppliers.bringing import brought_by

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SHUT = [date(year, 7, 1) + timedelta(days=at) for year in range(2026, 2030) for at in range(21)]
DAY = date(2027, 7, 5)
AROUND = (TODAY, DAY, DAY - timedelta(days=364))


@pytest.fixture
def calendar(municipality: Municipality, home: UUID) -> UUID:
    """Ida's stay is bought per opening day where three weeks are closed each July, and is approved as it is."""
    Grant.objects.filter(id=home).update(ends=None)
    ServiceLine.objects.filter(grant_id=home, line_no=2).delete()
    ServiceLine.objects.filter(grant_id=home).update(measure="opening_day")
    made = editing.create_calendar(municipality_id=municipality.id, code="Værkstedet Nord")
    editing.close_days(calendar_id=made, days=SHUT)
    Contract.objects.filter(number=CONTRACT.number).update(calendar_id=made)
    return made


@pytest.fixture
def limited(municipality: Municipality, home: UUID, calendar: UUID) -> int:
    """Caseworkers may approve what the stay costs as it is, and not a day more; returns that (øre)."""
    cost = dearest_of(years_of(grant_id=home, also=AROUND))
    Limit.objects.create(
        municipality=municipality, role=Role.CASEWORKER, act="approve_grant", amount_ore=cost,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    return cost


@pytest.fixture
def opens(municipality: Municipality, calendar: UUID) -> Callable[[UUID], bool]:
    def as_(who: UUID) -> bool:
        actor = Actor(who, TODAY, NOW)
        return bool(open_day(calendar_id=calendar, day=DAY, municipality_id=municipality.id, actor=actor).days)

    return as_


def test_a_day_that_makes_a_grant_dearer_is_opened_by_somebody_with_the_limit_alone(
    municipality: Municipality, home: UUID, calendar: UUID, limited: int, opens: Callable[[UUID], bool]
) -> None:
    with pytest.raises(PriceBeyondLimitError, match="Åbningsdagene gør bevillinger dyrere"):
        opens(persona("erik", municipality, Role.ECONOMIST).user.id)
    assert ClosingDay.objects.filter(calendar_id=calendar, day=DAY).exists()
    assert opens(persona("max", municipality, Role.MANAGER).user.id)
    assert not ClosingDay.objects.filter(calendar_id=calendar, day=DAY).exists()
    assert dearest_of(years_of(grant_id=home, also=AROUND)) > limited


def test_closing_days_makes_nothing_dearer_and_opening_what_nobody_buys_by_the_day_neither(
    home: UUID, calendar: UUID, limited: int, municipality: Municipality, opens: Callable[[UUID], bool]
) -> None:
    before = years_of(grant_id=home, also=AROUND)
    assert editing.close_days(calendar_id=calendar, days=[date(2027, 8, 2), date(2026, 11, 23)]) == 2
    after = {year.day: year.amount_ore for year in years_of(grant_id=home, also=AROUND)}
    assert all(after[year.day] <= year.amount_ore for year in before)
    assert min(after.values()) < min(year.amount_ore for year in before)
    ServiceLine.objects.filter(grant_id=home).update(measure="day")
    assert opens(persona("erik", municipality, Role.ECONOMIST).user.id)


def test_a_day_that_is_closed_or_opened_again_settles_the_months_that_were_paid(
    municipality: Municipality, home: UUID, calendar: UUID
) -> None:
    line, month, day = ServiceLine.objects.get(grant_id=home).id, date(2026, 8, 1), date(2026, 8, 5)
    paid = PaidMonth(service_line_id=line, month=month, quantity=Decimal(21), amount_ore=0, paid_on=date(2026, 9, 1))
    record_paid_months(months=[paid])
    (whole,) = settle_paid_months(grant_ids=[home], reason=AdjustmentReason.REGISTER, now=NOW)
    closed = close_days(calendar_id=calendar, days=[day], municipality_id=municipality.id, now=NOW)
    (less,) = closed.adjusted
    assert (closed.days, less.service_line_id, less.month) == (1, line, month)
    assert -less.amount_ore * 21 == whole.amount_ore > 0  # one of August's 21 opening days
    again = close_days(calendar_id=calendar, days=[day], municipality_id=municipality.id, now=NOW)
    assert (again.days, again.adjusted) == (0, ())
    client = logged_in_client(persona("erik", municipality, Role.ECONOMIST))
    address = f"/opsaetning/kalendere/{calendar}/aabn/"
    told = send(client, address, {"dag": day.isoformat()}, follow=True).content.decode()
    assert "er åben igen. 1 betalt måned er efterreguleret." in told
    assert settle_paid_months(grant_ids=[home], reason=AdjustmentReason.REGISTER, now=NOW) == ()


def test_a_refused_day_is_told_on_the_page(
    municipality: Municipality, calendar: UUID, limited: int, home: UUID
) -> None:
    client = logged_in_client(persona("erik", municipality, Role.ECONOMIST))
    answer = send(client, f"/opsaetning/kalendere/{calendar}/aabn/", {"dag": DAY.isoformat()}, follow=True)
    assert "Åbningsdagene gør bevillinger dyrere, end de er godkendt til" in answer.content.decode()
    assert ClosingDay.objects.filter(calendar_id=calendar, day=DAY).exists()


def test_a_file_of_contracts_is_held_to_the_limits_of_who_handed_it_in(
    municipality: Municipality, registers: Registers, calendar: UUID, limited: int
) -> None:
    """The file names no calendar: the contract would follow the standard one, which is open in July."""

    def landed(by: UUID, row: ContractRow) -> UpsertResult:
        with service_scope(municipality.id, "import"), brought_by(by):
            return land_contracts([row], municipality_id=municipality.id, now=NOW)

    erik = persona("erik", municipality, Role.ECONOMIST).user.id
    (error,) = landed(erik, CONTRACT).errors
    assert (error.row, error.column, error.value) == (0, "kalender", "standard")
    assert "gør 1 bevilling dyrere end godkendt" in error.message
    kept = replace(CONTRACT, calendar="Værkstedet Nord", notice_days=60)
    assert landed(erik, kept).changed == 1  # everything but the calendar: nobody is asked
    assert landed(persona("max", municipality, Role.MANAGER).user.id, CONTRACT).errors == ()
    assert Contract.objects.get(number=CONTRACT.number).calendar_id is None
