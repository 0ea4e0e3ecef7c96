"""A contract's new price is held to what its grants are approved for, and nobody gets round it."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

import styr
from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import CaseBlock, Limit, Municipality, Unit
from styr.access.scope import acting_as
from styr.contracts.models import Contract
from styr.contracts.services import UnableToChangeContractError, change_contract_rate
from styr.grants.acting import Actor
from styr.grants.core.codes import PriceAnswer
from styr.grants.models import Grant, GrantStep, PriceRequest, ServiceLine
from styr.grants.payments import PaidMonth, record_paid_months
from styr.grants.price_limits import PriceBeyondLimitError, change_price, held_to_limits
from styr.grants.price_requests import approve_price, change_or_ask, refuse_price, waiting_prices, withdraw_price
from styr.grants.windows import dearest_of, years_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SOON = date(2026, 12, 1)


@pytest.fixture
def nora(municipality: Municipality, home: UUID) -> Actor:
    """Negotiates contracts, and may approve no grant."""
    return Actor(persona("nora", municipality, Role.NEGOTIATOR).user.id, TODAY, NOW)


@pytest.fixture
def max_(municipality: Municipality, home: UUID) -> Actor:
    """Leads the whole municipality, without a limit."""
    return Actor(persona("max", municipality, Role.MANAGER).user.id, TODAY, NOW)


@pytest.fixture
def line(home: UUID) -> ServiceLine:
    """What Ida's stay buys on the contract's base price of 2.400 kr. a day."""
    found = ServiceLine.objects.filter(grant_id=home, contract_line__isnull=False).order_by("line_no").first()
    assert found is not None
    return found


def limit(municipality: Municipality, ore: int, role: Role = Role.CASEWORKER) -> None:
    Limit.objects.create(
        municipality=municipality, role=role, act="approve_grant", amount_ore=ore, valid_from=date(2020, 1, 1)
    )


def price(line: ServiceLine, amount: str, actor: Actor, day: date = SOON) -> None:
    change_price(contract_line_id=of_contract(line), valid_from=day, amount=Decimal(amount), actor=actor)


def of_contract(line: ServiceLine) -> UUID:
    assert line.contract_line_id is not None
    return line.contract_line_id


def prices(line: ServiceLine) -> list[Decimal]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT amount FROM rel_contract_rate WHERE contract_line_id = %s ORDER BY valid_from", [of_contract(line)]
        )
        return [row[0] for row in cursor.fetchall()]


def now_costs(home: UUID) -> int:
    return dearest_of(years_of(grant_id=home, also=(TODAY, SOON)))


def test_a_price_within_what_the_grant_is_approved_for_is_changed_at_once(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor
) -> None:
    limit(municipality, now_costs(home) + 365 * 10_000)
    price(line, "2450", nora)
    assert Decimal(2450) in prices(line)


def test_a_price_beyond_it_is_refused_whole_and_says_which_grant_and_how_much(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor
) -> None:
    limit(municipality, now_costs(home))
    before = prices(line)
    with pytest.raises(PriceBeyondLimitError, match=Grant.objects.get(id=home).number):
        price(line, "2401", nora)
    assert prices(line) == before


def test_without_limits_nothing_is_held_and_a_lower_price_never_is(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor
) -> None:
    price(line, "2900", nora)
    limit(municipality, 1)
    limit(municipality, now_costs(home), Role.MANAGER)
    price(line, "2000", nora, SOON + timedelta(days=30))
    assert prices(line)[-2:] == [Decimal(2900), Decimal(2000)]


@pytest.mark.parametrize("day", [date(2026, 1, 1), TODAY, SOON, date(2029, 1, 1)])
def test_neither_an_early_nor_a_late_day_gets_round_it(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor, day: date
) -> None:
    Grant.objects.filter(id=home).update(ends=None)
    limit(municipality, now_costs(home))
    with pytest.raises(PriceBeyondLimitError):
        price(line, "9000", nora, day)


def test_many_small_steps_do_not_get_round_it(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor
) -> None:
    top = now_costs(home) + 365 * 5_000
    limit(municipality, top)
    refused = 0
    for kroner in range(2420, 4000, 40):
        try:
            price(line, str(kroner), nora)
        except PriceBeyondLimitError:
            refused += 1
    assert refused
    assert now_costs(home) <= top


def test_what_a_price_adds_to_paid_months_counts(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor
) -> None:
    paid = [
        PaidMonth(
            service_line_id=line.id, month=date(2026, month, 1), quantity=Decimal(30), amount_ore=1, paid_on=TODAY
        )
        for month in (2, 3)
    ]  # fmt: skip
    record_paid_months(months=paid)
    limit(municipality, now_costs(home) + 365 * 100)
    with pytest.raises(PriceBeyondLimitError):
        price(line, "2400.5", nora, date(2026, 2, 1))


def test_the_limit_it_was_approved_within_counts_not_that_of_whoever_else(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor, max_: Actor
) -> None:
    limit(municipality, now_costs(home))
    grant = Grant.objects.get(id=home)
    GrantStep.objects.create(
        municipality=municipality, unit_id=grant.unit_id, grant=grant, kind="approved", taken_by_id=max_.id,
        taken_at=NOW, year_cost_ore=now_costs(home), limit_ore=now_costs(home) + 365 * 20_000,
    )  # fmt: skip
    price(line, "2450", nora)
    with pytest.raises(PriceBeyondLimitError):
        price(line, "3450", nora)


def test_whoever_has_the_limit_in_the_grant_s_unit_changes_it_at_once(
    municipality: Municipality, home: UUID, line: ServiceLine
) -> None:
    both = persona("bo", municipality, Role.NEGOTIATOR)
    actor = Actor(both.user.id, TODAY, NOW)
    limit(municipality, now_costs(home))
    elsewhere = Unit.objects.create(municipality=municipality, number="99", name="Et andet sted")
    both.user.memberships.create(municipality=municipality, unit=elsewhere, role=Role.MANAGER, starts=date(2020, 1, 1))
    with pytest.raises(PriceBeyondLimitError):  # a manager, but not there
        price(line, "2500", actor)
    both.user.memberships.create(municipality=municipality, unit=None, role=Role.MANAGER, starts=date(2020, 1, 1))
    price(line, "2500", actor)


def test_a_role_where_the_contract_is_not_changes_no_price(
    municipality: Municipality, home: UUID, line: ServiceLine
) -> None:
    elsewhere = Unit.objects.create(municipality=municipality, number="99", name="Et andet sted")
    local = Actor(persona("per", municipality, Role.NEGOTIATOR, elsewhere).user.id, TODAY, NOW)
    with pytest.raises(UnableToChangeContractError):
        price(line, "2300", local)


def test_a_grant_that_the_actor_is_kept_from_is_held_all_the_same_and_not_named(
    municipality: Municipality, registers: Registers, home: UUID, line: ServiceLine
) -> None:
    kin = persona("karl", municipality, Role.NEGOTIATOR)
    grant = Grant.objects.get(id=home)
    CaseBlock.objects.create(
        municipality=municipality, user=kin.user, citizen_id=grant.citizen_id, reason="Familie", starts=date(2020, 1, 1)
    )
    limit(municipality, now_costs(home))
    place = of_contract(line)
    with acting_as(kin.token):
        assert not Grant.objects.filter(id=home).exists()
        with pytest.raises((PriceBeyondLimitError, UnableToChangeContractError, LookupError)) as refused:
            change_price(
                contract_line_id=place, valid_from=SOON, amount=Decimal(9000), actor=Actor(kin.user.id, TODAY, NOW)
            )
    assert grant.number not in str(refused.value)


def test_it_is_asked_for_and_approved_by_another_with_the_limit(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor, max_: Actor
) -> None:
    limit(municipality, now_costs(home))
    told = change_or_ask(contract_line_id=of_contract(line), valid_from=SOON, amount=Decimal(2500), actor=nora)
    (waiting,) = waiting_prices([of_contract(line)], today=TODAY)
    assert (told.asked, waiting.asked_by, [number for _, number in waiting.grants]) == (
        waiting.id, nora.id, [Grant.objects.get(id=home).number],
    )  # fmt: skip
    assert Decimal(2500) not in prices(line)
    with pytest.raises(UnableToChangeContractError, match="venter allerede"):
        change_or_ask(contract_line_id=of_contract(line), valid_from=SOON, amount=Decimal(2600), actor=nora)
    with pytest.raises(UnableToChangeContractError):
        approve_price(request_id=waiting.id, actor=nora)
    case = Actor(persona("mia", municipality, Role.CASEWORKER).user.id, TODAY, NOW)
    with pytest.raises(UnableToChangeContractError, match="godkendt inden for"):  # hers is the limit it is beyond
        approve_price(request_id=waiting.id, actor=case)
    approve_price(request_id=waiting.id, actor=max_)
    assert Decimal(2500) in prices(line)
    with pytest.raises(UnableToChangeContractError, match="allerede godkendt"):
        approve_price(request_id=waiting.id, actor=max_)


def test_a_refusal_has_a_reason_and_what_waits_can_be_taken_back(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor, max_: Actor
) -> None:
    limit(municipality, now_costs(home))
    for answer in (PriceAnswer.REFUSED, PriceAnswer.WITHDRAWN):
        asked = change_or_ask(contract_line_id=of_contract(line), valid_from=SOON, amount=Decimal(2500), actor=nora)
        assert asked.asked is not None
        if answer == PriceAnswer.REFUSED:
            with pytest.raises(UnableToChangeContractError, match="begrundelse"):
                refuse_price(request_id=asked.asked, reason=" ", actor=max_)
            refuse_price(request_id=asked.asked, reason="Forhandl igen", actor=max_)
        else:
            withdraw_price(request_id=asked.asked, actor=nora)
        assert PriceRequest.objects.get(id=asked.asked).answer == answer
    assert Decimal(2500) not in prices(line)


def test_a_price_is_answered_at_its_own_contract_alone(
    municipality: Municipality, home: UUID, line: ServiceLine
) -> None:
    asks, answers = persona("ulla", municipality, Role.NEGOTIATOR), persona("poul", municipality, Role.MANAGER)
    limit(municipality, now_costs(home))
    limit(municipality, 10 * now_costs(home), Role.MANAGER)
    actor = Actor(asks.user.id, TODAY, NOW)
    asked = change_or_ask(contract_line_id=of_contract(line), valid_from=SOON, amount=Decimal(2500), actor=actor).asked
    own = Grant.objects.get(id=home).contract_id
    another = Contract.objects.exclude(id=own).values_list("id", flat=True)[0]
    assert logged_in_client(asks).get(f"/kontrakter/{another}/").status_code == 200
    for who, act in ((answers, "svar"), (asks, "fortryd")):
        assert send(logged_in_client(who), f"/kontrakter/{another}/pris/{asked}/{act}/").status_code == 404
    assert PriceRequest.objects.get(id=asked).answer == PriceAnswer.WAITING
    assert send(logged_in_client(answers), f"/kontrakter/{own}/pris/{asked}/svar/").status_code == 302
    assert PriceRequest.objects.get(id=asked).answer == PriceAnswer.APPROVED


def test_the_database_refuses_one_who_answers_themselves(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor
) -> None:
    limit(municipality, now_costs(home))
    asked = change_or_ask(contract_line_id=of_contract(line), valid_from=SOON, amount=Decimal(2500), actor=nora).asked
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceRequest.objects.filter(id=asked).update(answer="approved", answered_by=nora.id, answered_at=NOW)


def test_whatever_is_done_to_a_contract_s_lines_can_be_held_as_a_price_is(
    municipality: Municipality, home: UUID, line: ServiceLine, nora: Actor
) -> None:
    limit(municipality, now_costs(home))
    before = prices(line)
    with pytest.raises(PriceBeyondLimitError), held_to_limits([of_contract(line)], SOON, actor=nora):
        change_contract_rate(contract_line_id=of_contract(line), valid_from=SOON, amount=Decimal(9000))
    assert prices(line) == before


def test_nothing_changes_a_contract_s_price_but_by_the_limits() -> None:
    """Who writes prices of contracts: the register's services, supplements held to the limits, and `price_limits`."""
    source = Path(styr.__file__).parent
    named = {
        str(file.relative_to(source))
        for file in source.rglob("*.py")
        if re.search(r"change_contract_(price|rate)\(", file.read_text(encoding="utf-8"))
    }
    assert named == {"contracts/services.py", "drafting/amending.py", "grants/changes.py", "grants/price_limits.py"}
