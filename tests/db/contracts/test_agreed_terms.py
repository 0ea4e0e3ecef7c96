"""Terms that compute: what the contract says of death, moving, notice and vacancy is what is expected."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from db.registers.registers import Registers
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.contracts import agreeing, duties
from styr.contracts.agreed import agreed_card
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import DutyKind, IndexKind, NoticeFrom
from styr.contracts.models import AgreedTerms, Contract
from styr.contracts.queries import contract_card, milestones_due
from styr.contracts.services import UnableToChangeContractError
from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.expected_cost import CALENDAR, expected_cost
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.engine import DuckEngine, PostgresEngine
from styr.kernel.period import Period
from styr.people.models import Citizen
from unit.grants_core.stops import stops

TODAY = date(2026, 6, 1)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
DAYS = [YEAR.start + timedelta(days=number) for number in range(365)]


@pytest.fixture
def actor(municipality: Municipality, registers: Registers) -> UUID:
    """A negotiator of the whole municipality."""
    return persona("forhandler", municipality, Role.NEGOTIATOR, None).user.id


def act(contract_id: UUID, actor: UUID) -> agreeing.Act:
    return agreeing.Act(actor_id=actor, today=TODAY, seen=agreeing.seen_state(contract_id))


def agree(contract_id: UUID, actor: UUID, terms: Agreement, valid_from: date = YEAR.start, title: str = "") -> None:
    supplement = agreeing.NewSupplement(title=title, signed_on=TODAY) if title else None
    agreeing.agree_terms(
        contract_id=contract_id, terms=terms, valid_from=valid_from, act=act(contract_id, actor), supplement=supplement
    )


def test_terms_hold_until_a_supplement_changes_them(contract_id: UUID, actor: UUID) -> None:
    agree(contract_id, actor, Agreement(days_after_death=30))
    with pytest.raises(UnableToChangeContractError, match="tillæg"):
        agree(contract_id, actor, Agreement(days_after_death=5), date(2026, 7, 1))
    agree(contract_id, actor, Agreement(days_after_death=5), date(2026, 7, 1), "Kortere betaling efter dødsfald")
    card = agreed_card(contract_id)
    found = [(one.valid_from, one.valid_to, one.supplement_no, one.terms.days_after_death) for one in card.periods]
    assert found == [(date(2026, 1, 1), date(2026, 7, 1), None, 30), (date(2026, 7, 1), None, 1, 5)]
    assert [one.title for one in card.supplements] == ["Kortere betaling efter dødsfald"]
    assert card.on(date(2026, 6, 30)) == card.periods[0]


def test_impossible_terms_are_refused_in_words(contract_id: UUID, actor: UUID) -> None:
    for wrong in (Agreement(vacancy_billable=Decimal(2)), Agreement(index_kind=IndexKind.PERCENT)):
        with pytest.raises(UnableToChangeContractError, match="er ugyldige"):
            agree(contract_id, actor, wrong)
    with pytest.raises(UnableToChangeContractError, match="kontraktens periode"):
        agree(contract_id, actor, Agreement(), date(2027, 1, 1), "For sent")


def test_whoever_s_role_does_not_cover_the_unit_changes_nothing(
    contract_id: UUID, municipality: Municipality, other_unit: object
) -> None:
    stranger = persona("fremmed", municipality, Role.NEGOTIATOR, other_unit).user.id  # type: ignore[arg-type]  # a unit
    own = Contract.objects.get(id=contract_id).unit_id
    if own == other_unit.id:  # type: ignore[attr-defined]  # a unit
        pytest.fail("the contract lies in the other unit")
    with pytest.raises(UnableToChangeContractError, match="i denne enhed"):
        agree(contract_id, stranger, Agreement(days_after_death=3))


def test_notice_counted_from_the_month_s_end_sets_the_last_day_and_stops_payment(
    contract_id: UUID, actor: UUID
) -> None:
    agree(contract_id, actor, Agreement(notice_from=NoticeFrom.MONTH_END))
    last = agreeing.give_notice(contract_id=contract_id, given_on=date(2026, 5, 12), act=act(contract_id, actor))
    assert last == date(2026, 6, 30)
    assert contract_card(contract_id).ends == date(2026, 7, 1)
    assert costs()[date(2026, 6, 1)] > 0
    assert costs()[date(2026, 7, 1)] == 0


def test_a_call_off_is_under_a_framework_of_its_own_supplier(contract_id: UUID, actor: UUID) -> None:
    framework = Contract.objects.get(number="K-2026-0002")
    agreeing.place_under(contract_id=contract_id, framework_id=framework.id, act=act(contract_id, actor))
    assert [one.number for one in agreed_card(framework.id).call_offs] == ["K-2026-0001"]
    with pytest.raises(UnableToChangeContractError, match="rammeaftale"):
        agreeing.place_under(contract_id=framework.id, framework_id=contract_id, act=act(framework.id, actor))


def test_a_duty_is_a_milestone_until_it_is_done_and_comes_again(contract_id: UUID, actor: UUID) -> None:
    made = duties.add_duty(
        contract_id=contract_id, kind=DutyKind.INSURANCE, note="", due_on=date(2026, 5, 31), every_months=1,
        act=act(contract_id, actor),
    )  # fmt: skip
    assert "insurance" in {one.kind.value for one in milestones_due(Period(date(2026, 5, 1), date(2026, 6, 1)))}
    assert duties.complete_duty(duty_id=made, actor_id=actor, today=TODAY) == date(2026, 6, 30)
    assert milestones_due(Period(date(2026, 5, 1), date(2026, 6, 1))) == []
    duties.end_duty(duty_id=made, actor_id=actor, today=TODAY)
    assert agreed_card(contract_id).duties == ()


def test_payment_follows_the_terms_day_by_day_in_both_engines(contract_id: UUID, municipality: Municipality) -> None:
    """Thirty random terms, deaths, movings and move-ins against the obvious way to say what a day costs."""
    random = Random(11)  # noqa: S311 - repeatable on purpose
    contract = Contract.objects.get(id=contract_id)
    for _ in range(30):
        facts = _random_facts(random, contract)
        with connection.cursor() as cursor, DuckEngine(threads=1) as duck:
            postgres = PostgresEngine(cursor)
            stop_rows = postgres.rows(_table("rel_stop"))
            grants = postgres.rows(_table("rel_grant"))
            terms = postgres.rows(_table("rel_contract_terms"))
            wanted = list(stops(postgres.rows(_table("rel_citizen")), grants, terms))
            assert sorted(map(str, stop_rows)) == sorted(map(str, wanted))
            postgres.load(MONTH, list(month_rows(YEAR)))
            for relation in (SERVICE, RATE, SERVICE_ABSENCE, CALENDAR, MONTH):
                duck.load(relation, postgres.rows(relation.table()))
            found = postgres.rows(expected_cost, key="test agreed terms")
            assert sorted(map(str, found)) == sorted(map(str, duck.rows(expected_cost, key="test agreed terms")))
            base = next(row["service_id"] for row in postgres.rows(SERVICE.table()) if row["line_no"] == 1
                        and row["grant_id"] == _grant_of(grants, contract_id))  # fmt: skip
        said = {row["month"]: row["amount_ore"] for row in found if row["service_id"] == base}
        assert said == _obvious(facts), facts


def _random_facts(random: Random, contract: Contract) -> dict[str, object]:
    def pick(chance: float) -> date | None:
        return random.choice(DAYS) if random.random() < chance else None

    facts: dict[str, object] = {
        "died_on": pick(0.6), "moved_out": pick(0.4), "moved_in_on": pick(0.4),
        "days_after_death": random.choice((None, 0, 3, 40)), "days_after_move": random.choice((None, 0, 30)),
        "vacancy_billable": random.choice((None, Decimal(0), Decimal("0.5"), Decimal(1))),
    }  # fmt: skip
    AgreedTerms.objects.all().delete()
    Citizen.objects.filter(id=contract.citizen_id).update(died_on=facts["died_on"], moved_out=facts["moved_out"])
    Contract.objects.filter(id=contract.id).update(moved_in_on=facts["moved_in_on"])
    AgreedTerms.objects.create(
        municipality_id=contract.municipality_id, unit_id=contract.unit_id, contract=contract, valid_from=YEAR.start,
        **{name: facts[name] for name in ("days_after_death", "days_after_move", "vacancy_billable")},
    )  # fmt: skip
    return facts


def _obvious(facts: dict[str, object]) -> dict[date, int]:
    """2,400 kr. a day; the absence of 1-14 February is free for 5 days and half after that."""
    months: dict[date, int] = {}
    for day in DAYS:
        share = Decimal("0.5") if date(2026, 2, 6) <= day < date(2026, 2, 15) else Decimal(1)
        moved_in, before = facts["moved_in_on"], facts["vacancy_billable"]
        if moved_in and before is not None and before < 1 and day < moved_in:  # type: ignore[operator]  # as made above
            share = before  # type: ignore[assignment]  # a share
        if _over(facts["died_on"], facts["days_after_death"], day, 1) or _over(
            facts["moved_out"], facts["days_after_move"], day, 0
        ):
            share = Decimal(0)
        first = day.replace(day=1)
        months[first] = months.get(first, 0) + int(240_000 * share)
    return months


def _over(left: object, agreed: object, day: date, more: int) -> bool:
    if left is None or agreed is None:
        return False
    return day >= left + timedelta(days=more + agreed)  # type: ignore[operator]  # a day and a number


def _table(name: str) -> object:
    from styr.contracts.core import relations as contracts
    from styr.grants.core import relations as grants
    from styr.people.core import relations as people

    known = (*contracts.RELATIONS, *grants.RELATIONS, *people.RELATIONS)
    return next(relation for relation in known if relation.name == name).table()


def _grant_of(grants: list[dict[str, object]], contract_id: UUID) -> object:
    return next(row["grant_id"] for row in grants if row["contract_id"] == contract_id)


def costs() -> dict[date, int]:
    with connection.cursor() as cursor:
        postgres = PostgresEngine(cursor)
        postgres.load(MONTH, list(month_rows(YEAR)))
        rows = postgres.rows(expected_cost, key="test agreed terms")
        grant = next(row["grant_id"] for row in postgres.rows(_table("rel_grant")) if row["contract_id"])  # type: ignore[arg-type]  # an Ibis table
    found: dict[date, int] = {}
    for row in rows:
        if row["grant_id"] == grant:
            found[row["month"]] = found.get(row["month"], 0) + row["amount_ore"]
    return found
