"""A change of payer with a date: months before stay, months moved are given back to the one and raised of the other."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from db.refunds.conftest import NOW, TODAY, Booker, asked
from db.refunds.test_between_municipalities import JANUARY, PER
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.kernel import clock
from styr.people.bulk import upsert_citizens
from styr.refunds.computing import compute_owed, compute_year
from styr.refunds.law_numbers import CLAIM_DEADLINE, UnableToSetNumberError, set_number
from styr.refunds.municipal import UnableToRaiseError, raise_claim
from styr.refunds.payers import (
    PayerNotThereError,
    UnableToMoveError,
    move_back,
    move_months,
    payers_of,
    proposed_change,
)

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (2, 3, 4))


@pytest.fixture
def lone(municipality: Municipality, scope: str) -> UUID:
    return persona("lone", municipality, Role.ECONOMIST).user.id


@pytest.fixture
def per(municipality: Municipality, book: Booker) -> UUID:
    """Per, whom 998 pays for, with 10,000, 20,000 and 30,000 kr. in the year's first three months."""
    upsert_citizens([PER], municipality_id=municipality.id)
    for month, kroner in ((JANUARY, 10_000), (FEBRUARY, 20_000), (MARCH, 30_000)):
        book("1003", month, kroner)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    ((found,),) = asked("SELECT citizen_id FROM key_citizen WHERE source_id = '1003'")
    return found


def owed() -> list[tuple[object, ...]]:
    return asked("SELECT payer, open_ore / 100 FROM rel_intermunicipal_deadline ORDER BY payer")


def claims() -> list[tuple[object, ...]]:
    return asked("SELECT payer, amount_ore / 100 FROM refunds_municipalclaim ORDER BY number")


def test_months_from_the_change_are_raised_of_the_new_payer(per: UUID, municipality: Municipality, lone: UUID) -> None:
    to = {"municipality_id": municipality.id, "actor_id": lone, "today": TODAY, "now": NOW}
    move_months(citizen_id=per, payer="997", first=date(2026, 2, 17), end=None, reason="Flyttet", **to)
    assert owed() == [("997", 50_000), ("998", 10_000)]
    compute_owed(municipality_id=municipality.id, today=TODAY)
    assert owed() == [("997", 50_000), ("998", 10_000)]
    with pytest.raises(UnableToMoveError, match="allerede lagt hos kommune 997"):
        move_months(citizen_id=per, payer="996", first=MARCH, end=None, reason="Igen", **to)


def test_the_day_on_which_the_register_changed_is_proposed_until_somebody_has_told_of_it(
    per: UUID, municipality: Municipality, lone: UUID
) -> None:
    upsert_citizens([replace(PER, paying_municipality="997")], municipality_id=municipality.id)
    upsert_citizens([replace(PER, paying_municipality="997", first_name="Peer")], municipality_id=municipality.id)
    change = proposed_change(per, payers_of(per))
    assert change is not None
    assert [(change.before, change.payer, change.on)] == [("998", "997", clock.today())]
    to = {"municipality_id": municipality.id, "actor_id": lone, "today": change.on, "now": NOW}
    move_months(citizen_id=per, payer="996", first=JANUARY, end=FEBRUARY, reason="Kort", **to)
    assert proposed_change(per, payers_of(per)) == change, "what was told is of earlier months"
    move_months(citizen_id=per, payer="997", first=change.on, end=None, reason="Afgørelse", **to)
    assert proposed_change(per, payers_of(per)) is None


def test_a_month_that_was_claimed_is_given_back_and_raised_of_the_right_one(
    per: UUID, municipality: Municipality, lone: UUID
) -> None:
    to = {"municipality_id": municipality.id, "actor_id": lone, "today": TODAY, "now": NOW}
    raised = {"municipality_id": municipality.id, "citizen_id": per, "today": TODAY}
    raise_claim(**raised)
    period = move_months(citizen_id=per, payer="997", first=FEBRUARY, end=MARCH, reason="Afgørelse 3. maj", **to)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    assert owed() == [("997", 20_000), ("998", -20_000)]
    raise_claim(**raised)
    raise_claim(**raised)
    assert claims() == [("998", 60_000), ("998", -20_000), ("997", 20_000)]
    assert owed() == []
    assert move_back(period_id=period, **to) == per
    compute_owed(municipality_id=municipality.id, today=TODAY)
    assert owed() == [("997", -20_000), ("998", 20_000)]
    with pytest.raises(PayerNotThereError):
        move_back(period_id=period, **to)


def test_months_that_are_ours_again_count_in_our_own_refund_and_the_others_do_not(
    per: UUID, municipality: Municipality, lone: UUID, limits: None, book: Booker
) -> None:
    to = {"municipality_id": municipality.id, "actor_id": lone, "today": TODAY, "now": NOW}
    book("1003", MARCH, 500_000)
    book("1003", APRIL, 500_000)
    move_months(citizen_id=per, payer="", first=MARCH, end=APRIL, reason="Hjemtaget", **to)
    compute_year(municipality_id=municipality.id, year=2026, today=TODAY, now=NOW)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    assert owed() == [("998", 530_000)]
    assert asked("SELECT month FROM refunds_refundmonth WHERE case_id = %s AND refund_ore > 0", per) == [(MARCH,)]


def test_moving_takes_a_reason_and_a_role_where_the_citizen_is(
    per: UUID, municipality: Municipality, lone: UUID, other_unit: Unit
) -> None:
    told = {"citizen_id": per, "payer": "997", "first": FEBRUARY, "municipality_id": municipality.id}
    when = {"today": TODAY, "now": NOW}
    with pytest.raises(UnableToMoveError, match="hvorfor"):
        move_months(**told, end=None, reason=" ", actor_id=lone, **when)
    with pytest.raises(UnableToMoveError, match="før den første"):
        move_months(**told, end=JANUARY, reason="x", actor_id=lone, **when)
    elsewhere = persona("lokal", municipality, Role.ECONOMIST, unit=other_unit).user.id
    with pytest.raises(UnableToMoveError, match="ingen rolle"):
        move_months(**told, end=None, reason="x", actor_id=elsewhere, **when)


@pytest.mark.parametrize(
    ("today", "in_time"),
    [(date(2028, 12, 31), True), (date(2029, 1, 1), True), (date(2029, 1, 2), False)],
)
def test_the_last_day_is_in_time_and_the_day_after_takes_a_reason(
    per: UUID, municipality: Municipality, *, today: date, in_time: bool
) -> None:
    who = {"municipality_id": municipality.id, "citizen_id": per, "today": today}
    if not in_time:
        with pytest.raises(UnableToRaiseError, match="Fristen er gået"):
            raise_claim(**who)
    raise_claim(**who, note="" if in_time else "Modpartens fejl")
    assert claims() == [("998", 60_000)]


def test_the_deadline_is_the_one_that_held_when_help_was_given(
    per: UUID, municipality: Municipality, lone: UUID
) -> None:
    to = {"municipality_id": municipality.id, "actor_id": lone, "now": NOW}
    set_number(rule=CLAIM_DEADLINE, value=12, starts=date(2026, 2, 1), source="Lov", **to)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    assert asked("SELECT month, due_on FROM refunds_municipalcost ORDER BY month") == [
        (JANUARY, date(2029, 1, 1)),
        (FEBRUARY, date(2027, 2, 1)),
        (MARCH, date(2027, 3, 1)),
    ]
    with pytest.raises(UnableToSetNumberError, match="slået op"):
        set_number(rule=CLAIM_DEADLINE, value=12, starts=TODAY, source="", **to)
