"""The central refund from the registers and the books: computed, claimed, corrected and sealed."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from db.refunds.conftest import NOW, STEPS, TODAY, Booker, asked
from keyed import program_of
from personas import persona
from styr.access.api import kr
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.refunds.claiming import UnableToClaimError, make_claim, seal_holds
from styr.refunds.computing import compute_year
from styr.refunds.core.ages import ages_of
from styr.refunds.core.limits import Limits, Scheme, Step
from styr.refunds.core.refund import Entry, Person, year_refund
from styr.refunds.limiting import (
    UnableToSetError,
    enter_limits,
    join_household,
    known_limits,
    leave_household,
    set_covered,
)
from styr.refunds.reference.load import shipped_rules

pytestmark = pytest.mark.django_db

Compute = Callable[[], None]
JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


@pytest.fixture
def compute(municipality: Municipality, limits: None) -> Compute:
    """Compute 2026 as it stands now."""
    return lambda: compute_year(municipality_id=municipality.id, year=2026, today=TODAY, now=NOW) and None


@pytest.fixture
def actor(municipality: Municipality) -> UUID:
    """Somebody who makes claims."""
    return persona("lone", municipality, Role.ECONOMIST).user.id


def months(case: UUID) -> dict[date, tuple[int, int, bool]]:
    rows = asked("SELECT month, refund_ore, step, booked FROM refunds_refundmonth WHERE case_id = %s", case)
    return {month: (refund, step, booked) for month, refund, step, booked in rows}


def by_hand(kroner: dict[int, int]) -> dict[date, int]:
    entries = tuple(Entry(date(2026, month, 1), Fraction(amount * 100)) for month, amount in kroner.items())
    (case,) = year_refund(
        [Person("x", entries, date(1980, 1, 1))], Limits("SEL-176", 2026, STEPS), ages=ages_of(2026, shipped_rules())
    )
    return {row.month: row.refund for row in case.months}


def test_booked_months_rest_on_the_postings_and_open_months_on_the_expected_cost(
    book: Booker, compute: Compute, ids: dict[str, UUID]
) -> None:
    book("1001", JANUARY, 200_000)
    book("1001", FEBRUARY, 90_000)
    compute()
    found = months(ids["1001"])
    assert {month for month, (_, _, booked) in found.items() if booked} == {JANUARY, FEBRUARY}
    assert found[JANUARY] == (by_hand({1: 200_000})[JANUARY], 3, True)
    # March costs 31 days of 2,400 and 820 kr., which is above the first limit's twelfth and below the second's.
    assert found[MARCH][0] in {round((31 * 3220_00 - 860_000_00 / 12) * 0.25) + rest for rest in (-1, 0, 1)}
    assert asked("SELECT citizen_id FROM refunds_refundmember WHERE case_id = %s", ids["1001"]) == [(ids["1001"],)]
    assert months(ids["1002"]) == {}, "far below every limit"


def test_other_programs_are_told_the_year_and_its_cases(
    book: Booker, compute: Compute, ids: dict[str, UUID], actor: UUID, municipality: Municipality
) -> None:
    book("1001", JANUARY, 200_000)
    compute()
    make_claim(municipality_id=municipality.id, year=2026, through=JANUARY, actor_id=actor, now=NOW)
    refund = kr(by_hand({1: 200_000})[JANUARY])
    program = program_of(actor, Permission.SEE_ECONOMY)
    year = program.get("/api/v1/refunds?year=2026").json()
    (row,) = year["rows"]
    assert (year["booked"], year["claimed"], year["claimable"], year["total"]) == (refund, refund, "0.00", 1)
    assert (row["case"], row["standing"], row["booked"], row["claimed"]) == (str(ids["1001"]), "passed", refund, refund)
    told = program.get(f"/api/v1/refunds/cases/{row['case']}?year=2026").json()
    assert told["citizens"] == [str(ids["1001"])]
    assert [(one["month"], one["refund"], one["claimed"]) for one in told["months"] if one["booked"]] == [
        ("2026-01-01", refund, refund)
    ]
    assert [one["total"] for one in program.get("/api/v1/refunds/claims?year=2026").json()] == [refund]
    beyond = program.get("/api/v1/refunds?year=2026&page=9").json()
    assert (beyond["rows"], beyond["total"]) == ([], 1)
    assert program.get(f"/api/v1/refunds/cases/{ids['1002']}?year=2026").status_code == 404
    assert program.get("/api/v1/savings").status_code == 403


def test_a_year_without_limits_is_told_and_not_guessed(municipality: Municipality, book: Booker) -> None:
    book("1001", JANUARY, 200_000)
    run = compute_year(municipality_id=municipality.id, year=2026, today=TODAY, now=NOW)
    assert run.missing == "SEL-176,BL-198"
    assert asked("SELECT count(*) FROM refunds_refundmonth") == [(0,)]


def test_a_claim_is_sealed_and_the_next_asks_for_the_difference(
    municipality: Municipality, book: Booker, compute: Compute, ids: dict[str, UUID], actor: UUID
) -> None:
    who = {"municipality_id": municipality.id, "year": 2026, "actor_id": actor, "now": NOW}
    book("1001", JANUARY, 200_000)
    book("1001", FEBRUARY, 200_000)
    compute()
    first = make_claim(through=FEBRUARY, **who)
    assert first.total_ore == sum(by_hand({1: 200_000, 2: 200_000}).values())
    assert seal_holds(first.claim_id)
    with pytest.raises(UnableToClaimError, match="ikke noget nyt"):
        make_claim(through=FEBRUARY, **who)
    book("1001", JANUARY, -150_000)  # a credit note
    compute()
    second = make_claim(through=FEBRUARY, **who)
    lines = asked(
        "SELECT month, earlier_ore, amount_ore FROM refunds_refundclaimline WHERE claim_id = %s ORDER BY month",
        second.claim_id,
    )
    assert lines[0][0] == JANUARY
    assert lines[0][2] < 0
    assert first.total_ore + second.total_ore == sum(
        refund for refund, *_ in months(ids["1001"]).values() if refund > 0
    ) - sum(refund for month, (refund, *_) in months(ids["1001"]).items() if month > FEBRUARY)
    assert seal_holds(second.claim_id)


def test_nothing_is_given_back_because_a_month_now_rests_on_what_is_expected(
    municipality: Municipality, book: Booker, compute: Compute, actor: UUID
) -> None:
    who = {"municipality_id": municipality.id, "year": 2026, "actor_id": actor, "now": NOW}
    book("1001", JANUARY, 200_000)
    compute()
    make_claim(through=JANUARY, **who)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE refunds_refundmonth SET booked = false, refund_ore = 0 WHERE month = %s", [JANUARY])
    with pytest.raises(UnableToClaimError, match="ikke noget nyt"):
        make_claim(through=JANUARY, **who)


def test_a_case_that_was_claimed_is_kept_when_it_comes_far_below_the_limit(
    municipality: Municipality, book: Booker, compute: Compute, ids: dict[str, UUID], actor: UUID
) -> None:
    book("1002", JANUARY, 200_000)
    compute()
    make_claim(municipality_id=municipality.id, year=2026, through=JANUARY, actor_id=actor, now=NOW)
    book("1002", JANUARY, -190_000)
    compute()
    assert months(ids["1002"])[JANUARY][0] == 0


def test_what_was_claimed_can_neither_be_changed_nor_taken_away(
    municipality: Municipality, book: Booker, compute: Compute, actor: UUID
) -> None:
    book("1001", JANUARY, 200_000)
    compute()
    make_claim(municipality_id=municipality.id, year=2026, through=JANUARY, actor_id=actor, now=NOW)
    for text in ("UPDATE refunds_refundclaimline SET amount_ore = 0", "DELETE FROM refunds_refundclaim"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(text)


def test_a_claim_of_a_year_that_is_not_computed_or_lacks_limits_is_refused(
    municipality: Municipality, book: Booker, actor: UUID
) -> None:
    who = {"municipality_id": municipality.id, "year": 2026, "through": JANUARY, "actor_id": actor, "now": NOW}
    with pytest.raises(UnableToClaimError, match="ikke beregnet"):
        make_claim(**who)
    book("1001", JANUARY, 200_000)
    compute_year(municipality_id=municipality.id, year=2026, today=TODAY, now=NOW)
    with pytest.raises(UnableToClaimError, match="mangler"):
        make_claim(**who)


def test_own_limits_stand_in_place_of_the_programs_and_must_rise(municipality: Municipality, scope: str) -> None:
    shipped = {(known.scheme, known.year): known for known in known_limits()}
    assert shipped[Scheme.ADULTS, 2022].steps[0] == Step(860_000_00, 25)
    assert not shipped[Scheme.ADULTS, 2022].own
    enter_limits(municipality_id=municipality.id, scheme=Scheme.ADULTS, year=2022, steps=STEPS[:1], source="Rettet")
    own = {(known.scheme, known.year): known for known in known_limits()}[Scheme.ADULTS, 2022]
    assert (own.own, own.steps) == (True, STEPS[:1])
    assert asked("SELECT step, added FROM rel_refund_limit WHERE year = 2022 AND scheme = 'SEL-176'") == [(1, 25)]
    with pytest.raises(UnableToSetError, match="stige"):
        enter_limits(municipality_id=municipality.id, scheme=Scheme.ADULTS, year=2027, steps=STEPS[::-1], source="x")
    with pytest.raises(UnableToSetError, match="slået op"):
        enter_limits(municipality_id=municipality.id, scheme=Scheme.ADULTS, year=2027, steps=STEPS, source=" ")


def test_nobody_is_in_two_households_at_a_time(municipality: Municipality, ids: dict[str, UUID]) -> None:
    child = {"municipality_id": municipality.id, "citizen_id": ids["1002"]}
    join_household(household="Ellevej 1", valid_from=JANUARY, valid_to=None, **child)
    with pytest.raises(UnableToSetError, match="allerede"):
        join_household(household="Ellevej 2", valid_from=MARCH, valid_to=None, **child)
    ((member,),) = asked("SELECT id FROM refunds_householdmember")
    leave_household(member_id=member, valid_to=MARCH)
    join_household(household="Ellevej 2", valid_from=MARCH, valid_to=None, **child)
    assert asked("SELECT count(*) FROM rel_household") == [(2,)]


def test_whether_somebody_was_covered_before_67_is_told_once_and_can_be_corrected(
    municipality: Municipality, ids: dict[str, UUID]
) -> None:
    for covered in (True, False):
        set_covered(municipality_id=municipality.id, citizen_id=ids["1001"], covered=covered)
    assert asked("SELECT covered FROM rel_covered_before_age") == [(False,)]
