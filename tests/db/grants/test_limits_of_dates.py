"""A limit bounds the dearest twelve months of all that is known of a grant, wherever they lie."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from db.registers.registers import Registers
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality
from styr.grants.acting import Act, Actor, BeAway, ChangePrice, ChangeQuantity, Extend, Stop, carry_out, effect_of
from styr.grants.approving import BeyondLimitError, UnableToApproveError, approve_or_submit
from styr.grants.core.codes import GrantStatus
from styr.grants.costing import expected_by_service, full_year
from styr.grants.models import Grant, OwnRate, ServiceLine
from styr.grants.payments import PaidMonth, record_paid_months
from styr.grants.windows import dearest_of, years_of
from styr.kernel.period import Period

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FAR = TODAY + timedelta(days=366)


@pytest.fixture
def mia(municipality: Municipality, home: UUID) -> Actor:
    return Actor(persona("mia", municipality, Role.CASEWORKER).user.id, TODAY, NOW)


@pytest.fixture
def help_at_home(home: UUID) -> Grant:
    """Five hours a week at the grant's own price of 420,50 kr., since March."""
    return Grant.objects.get(source_id="SAG-77")


def limit(municipality: Municipality, ore: int) -> None:
    Limit.objects.all().delete()
    Limit.objects.create(
        municipality=municipality, role=Role.CASEWORKER, act="approve_grant", amount_ore=ore,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip


def do(grant_id: UUID, act: Act, actor: Actor) -> None:
    carry_out(grant_id=grant_id, act=act, seen_version=None, actor=actor)


def pay(grant_id: UUID, until: date) -> None:
    months = expected_by_service(grant_id=grant_id, from_month=date(2026, 1, 1), to_month=until)
    record_paid_months(
        months=[
            PaidMonth(
                service_line_id=each.service_id, month=each.month, quantity=each.quantity, amount_ore=each.amount_ore,
                paid_on=TODAY,
            )
            for each in months
        ]
    )  # fmt: skip


def test_a_draft_whose_lines_begin_later_is_measured_where_they_run(
    municipality: Municipality, home: UUID, mia: Actor
) -> None:
    limit(municipality, 1)
    grant = Grant.objects.get(id=home)
    Grant.objects.filter(id=home).update(
        status=GrantStatus.DRAFT, professional_reason="Faglig.", economic_reason="Økonomisk.", ends=None
    )
    ServiceLine.objects.filter(grant_id=home).update(starts=grant.starts + timedelta(days=366), ends=None)
    told = approve_or_submit(grant_id=home, actor_id=mia.id, seen_version=None, today=TODAY, now=NOW)
    assert not told.granted
    assert told.year_cost_ore >= 365 * (240_000 + 82_000)


def test_a_line_without_a_price_later_on_is_not_approved(help_at_home: Grant, mia: Actor) -> None:
    Grant.objects.filter(id=help_at_home.id).update(
        status=GrantStatus.DRAFT, professional_reason="Faglig.", economic_reason="Økonomisk."
    )
    ServiceLine.objects.create(
        municipality_id=help_at_home.municipality_id, unit_id=help_at_home.unit_id, grant=help_at_home, line_no=2,
        service="ledsagelse", measure="hour", per="month", quantity=15, factor=1, starts=date(2028, 1, 1),
    )  # fmt: skip
    with pytest.raises(UnableToApproveError, match="mangler pris"):
        approve_or_submit(grant_id=help_at_home.id, actor_id=mia.id, seen_version=None, today=TODAY, now=NOW)


def test_a_change_far_ahead_is_measured_where_it_holds(municipality: Municipality, home: UUID, mia: Actor) -> None:
    line = ServiceLine.objects.get(grant_id=home, line_no=1)
    Grant.objects.filter(id=home).update(ends=None)
    limit(municipality, 110_000_000)
    with pytest.raises(BeyondLimitError, match=r"op til 439\.200\.000 kr\. på tolv måneder"):
        do(home, ChangeQuantity(line.id, FAR, Decimal(500)), mia)
    do(home, ChangeQuantity(line.id, FAR, Decimal("1.2")), mia)


def test_an_old_peak_does_not_hide_a_later_rise(municipality: Municipality, help_at_home: Grant, mia: Actor) -> None:
    line = help_at_home.lines.get()
    do(help_at_home.id, ChangePrice(line.id, date(2026, 3, 1), Decimal(5000)), mia)
    do(help_at_home.id, ChangePrice(line.id, date(2027, 3, 1), Decimal(100)), mia)
    limit(municipality, 20_000_000)
    with pytest.raises(BeyondLimitError):
        do(help_at_home.id, ChangePrice(line.id, date(2028, 6, 1), Decimal(1000)), mia)
    do(help_at_home.id, ChangePrice(line.id, date(2028, 6, 1), Decimal(500)), mia)


def test_a_later_end_promises_the_grant_anew(municipality: Municipality, home: UUID, mia: Actor) -> None:
    Grant.objects.filter(id=home).update(ends=date(2027, 1, 1))
    for ore in (0, 90_000_000):
        limit(municipality, ore)
        with pytest.raises(BeyondLimitError):
            do(home, Extend(None), mia)
    do(home, Extend(date(2026, 12, 15)), mia)


def test_whoever_may_approve_nothing_changes_nothing_but_may_stop_and_note_absence(
    municipality: Municipality, help_at_home: Grant, mia: Actor
) -> None:
    line = help_at_home.lines.get()
    limit(municipality, 0)
    for act in (
        ChangeQuantity(line.id, TODAY, Decimal(1)),
        ChangePrice(line.id, TODAY, Decimal(1)),
        Extend(date(2026, 12, 31)),
    ):
        with pytest.raises(BeyondLimitError, match="må ikke godkende bevillinger"):
            do(help_at_home.id, act, mia)
    do(help_at_home.id, BeAway(Period(date(2026, 12, 1), date(2026, 12, 8)), ""), mia)
    do(help_at_home.id, Stop(date(2026, 12, 31)), mia)


def test_a_price_of_past_days_counts_what_is_to_be_paid_for_them(
    municipality: Municipality, help_at_home: Grant, mia: Actor
) -> None:
    line = help_at_home.lines.get()
    pay(help_at_home.id, date(2026, 10, 1))
    year = full_year(grant_id=help_at_home.id, from_day=TODAY).amount_ore
    # Twice the price of 214 paid days, so as much again is to be paid, and the year from today costs twice as much.
    limit(municipality, 2 * year + 100)
    with pytest.raises(BeyondLimitError):
        do(help_at_home.id, ChangePrice(line.id, date(2026, 3, 1), Decimal(841)), mia)
    limit(municipality, 3 * year)
    do(help_at_home.id, ChangePrice(line.id, date(2026, 3, 1), Decimal(841)), mia)


def test_a_price_of_past_days_alone_needs_a_limit(municipality: Municipality, help_at_home: Grant, mia: Actor) -> None:
    line = help_at_home.lines.get()
    do(help_at_home.id, ChangePrice(line.id, date(2026, 6, 1), Decimal(10)), mia)
    pay(help_at_home.id, date(2026, 10, 1))
    limit(municipality, 3_000_000)
    with pytest.raises(BeyondLimitError):
        do(help_at_home.id, ChangePrice(line.id, date(2026, 3, 1), Decimal(600)), mia)


def test_the_effect_says_what_the_act_will_refuse(municipality: Municipality, home: UUID, mia: Actor) -> None:
    line = ServiceLine.objects.get(grant_id=home, line_no=1)
    limit(municipality, 90_000_000)
    dearer = effect_of(grant_id=home, act=ChangeQuantity(line.id, TODAY, Decimal(2)), actor=mia)
    cheaper = effect_of(grant_id=home, act=ChangeQuantity(line.id, TODAY, Decimal("0.5")), actor=mia)
    assert "Din grænse er 900.000 kr." in dearer.beyond
    assert dearer.this_year_ore > 0
    assert cheaper.beyond == ""


@pytest.mark.parametrize("seed", range(8))
def test_the_dearest_year_is_the_dearest_of_all_days(help_at_home: Grant, seed: int) -> None:
    """Against every first day of the run, its days added up one by one; no leap year, which is a day dearer."""
    random = Random(seed)  # noqa: S311 - repeatable on purpose
    first = date(2025, 1, 1)
    help_at_home.lines.all().delete()
    Grant.objects.filter(id=help_at_home.id).update(starts=first, ends=None)
    cost: dict[date, Fraction] = {}
    for number, (measure, per) in enumerate((("hour", "day"), ("hour", "total"), ("once", "total"), ("hour", "week"))):
        starts = first + timedelta(days=random.randrange(300))
        ends = starts + timedelta(days=random.randrange(1, 400))
        turn = starts + timedelta(days=random.randrange(1, 60))
        prices = (random.randrange(1, 500), random.randrange(1, 500))
        quantity = random.randrange(1, 40)
        line = ServiceLine.objects.create(
            municipality_id=help_at_home.municipality_id, unit_id=help_at_home.unit_id, grant=help_at_home,
            line_no=number + 1, service=("stoette", "aktivitet", "ledsagelse", "behandling")[number], measure=measure,
            per=per, quantity=quantity, factor=1, starts=starts, ends=ends,
        )  # fmt: skip
        for valid_from, valid_to, amount in ((first, turn, prices[0]), (turn, None, prices[1])):
            OwnRate.objects.create(
                municipality_id=line.municipality_id, unit_id=line.unit_id, service_line=line, valid_from=valid_from,
                valid_to=valid_to, amount=amount,
            )  # fmt: skip
        length = {"day": 1, "week": 7, "total": (ends - starts).days}[per]
        for ahead in range(1 if measure == "once" else (ends - starts).days):
            day = starts + timedelta(days=ahead)
            a_day = Fraction(quantity) if measure == "once" else Fraction(quantity, length)
            cost[day] = cost.get(day, Fraction(0)) + a_day * prices[day >= turn] * 100
    days = [first + timedelta(days=ahead) for ahead in range(700)]
    none = Fraction(0)
    slow = max(sum((cost.get(day + timedelta(days=ahead), none) for ahead in range(365)), none) for day in days)
    assert abs(dearest_of(years_of(grant_id=help_at_home.id)) - slow) <= 52  # four lines, rounded month by month


def test_all_years_are_one_query(home: UUID, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        years = years_of(grant_id=home, also=[TODAY])
    assert {year.day: year.amount_ore for year in years} == {
        year.day: full_year(grant_id=home, from_day=year.day).amount_ore for year in years
    }


def test_a_grant_without_lines_has_no_years(registers: Registers) -> None:
    ServiceLine.objects.all().delete()
    assert years_of(grant_id=Grant.objects.get(source_id="SAG-77").id) == ()
