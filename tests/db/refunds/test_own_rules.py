"""The municipality's own ages, and its own word on how accounts count, hold in place of the program's."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from db.refunds.conftest import TODAY, Booker, asked
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.ledger.dated_rules import take_back
from styr.refunds.account_rules import UnableToSetAccountError, accounts, set_account
from styr.refunds.claiming import UnableToClaimError, make_claim
from styr.refunds.computing import compute_year
from styr.refunds.core.ages import ages_of
from styr.refunds.law_numbers import UnableToSetNumberError, age_limit, law_numbers, set_number
from styr.refunds.models import OwnNumber, OwnTreatment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]
NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
LATER = datetime(2026, 7, 15, 13, tzinfo=UTC)
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def to(municipality: Municipality, scope: str) -> dict[str, UUID | datetime]:
    return {
        "municipality_id": municipality.id,
        "actor_id": persona("lone", municipality, Role.ECONOMIST).user.id,
        "now": NOW,
    }


def refunded(municipality: Municipality) -> dict[date, int]:
    compute_year(municipality_id=municipality.id, year=2026, today=TODAY, now=NOW)
    return dict(asked("SELECT month, sum(refund_ore)::bigint FROM refunds_refundmonth WHERE booked GROUP BY month"))


def test_an_age_holds_whole_years_from_the_one_it_is_told_for(to: dict[str, UUID | datetime]) -> None:
    older = {"rule": "age_limit", "value": 68, "source": "Lov af 2028"}
    set_number(starts=date(2030, 1, 1), **older, **to)  # type: ignore[arg-type] # the keywords fit
    change = set_number(rule="pooled_children_below", value=19, starts=date(2027, 1, 1), source="Ankestyrelsen", **to)  # type: ignore[arg-type] # as above
    assert [age_limit(year) for year in (2026, 2029, 2030)] == [67, 67, 68]
    assert [ages_of(year, law_numbers()).child for year in (2026, 2027)] == [18, 19]
    actor = to["actor_id"]
    assert isinstance(actor, UUID)
    take_back(change_id=change, actor_id=actor, now=NOW)
    assert ages_of(2027, law_numbers()).child == 18
    for wrong, says in (
        ({"starts": date(2030, 7, 1)}, "hele regnskabsår"),
        ({"value": 0}, "fra 1 til 99"),
        ({"rule": "months_of_one_off"}, "eller 1 for"),
        ({"rule": "covered_after_age_limit", "value": 2}, "0 for nej"),
        ({"rule": "other_authority_months", "value": 121}, "120 måneder"),
        ({"rule": "guess"}, "en af reglerne"),
        ({"source": " "}, "slået op"),
    ):
        with pytest.raises(UnableToSetNumberError, match=says):
            set_number(**{"starts": date(2030, 1, 1), **older, **wrong}, **to)  # type: ignore[arg-type] # as above


def test_one_offs_and_who_was_covered_before_go_by_the_own_rule_of_the_year(
    municipality: Municipality, to: dict[str, UUID | datetime]
) -> None:
    for rule, value in (("months_of_one_off", 1), ("covered_after_age_limit", 0)):
        set_number(rule=rule, value=value, starts=JANUARY, source="Ankestyrelsen", **to)  # type: ignore[arg-type] # as above
    before, after = (ages_of(year, law_numbers()) for year in (2025, 2026))
    assert (before.spread, before.covered_from) == (True, date(2021, 1, 1))
    assert (after.spread, after.covered_from) == (False, None)
    compute_year(municipality_id=municipality.id, year=2026, today=TODAY, now=NOW)
    assert asked("SELECT DISTINCT spread, covered_from FROM rel_refund_frame") == [(False, None)]
    for row in ({"rule": "months_of_one_off", "value": 6}, {"rule": "covered_after_age_limit", "value": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnNumber.objects.filter(rule=row["rule"]).update(value=row["value"])


def test_how_long_others_may_wait_reaches_the_invoice_control(to: dict[str, UUID | datetime]) -> None:
    assert asked("SELECT * FROM rel_bill_deadline") == []
    told = {"rule": "other_authority_months", "source": "Aftale i KKR", **to}
    set_number(value=18, starts=JANUARY, **told)  # type: ignore[arg-type] # as above
    set_number(value=6, starts=date(2027, 1, 1), **told)  # type: ignore[arg-type] # as above
    found = asked("SELECT months, valid_from, valid_to FROM rel_bill_deadline ORDER BY 2")
    assert found == [(18, JANUARY, date(2027, 1, 1)), (6, date(2027, 1, 1), None)]


def test_an_account_counts_as_the_municipality_says_from_its_day_on(
    municipality: Municipality, book: Booker, to: dict[str, UUID | datetime]
) -> None:
    book("1001", JANUARY, 200_000)
    book("1001", FEBRUARY, 200_000)
    before = refunded(municipality)
    assert before == {JANUARY: 52_916_67, FEBRUARY: 52_916_66}, "a month of 200,000 kr. at the limits of 2022"
    told = {"account": "5.38.52", "treatment": "objective", "law": "", "source": "Revisionen"}
    set_account(starts=FEBRUARY, **told, **{**to, "now": LATER})  # type: ignore[arg-type] # the keywords fit
    claim = {"municipality_id": municipality.id, "year": 2026, "through": FEBRUARY, "actor_id": to["actor_id"]}
    with pytest.raises(UnableToClaimError, match="Beregn den igen"):
        make_claim(now=LATER, **claim)  # type: ignore[arg-type] # as above
    assert {row.key: row.own for row in accounts()}["53852"] is True
    assert refunded(municipality) == {**before, FEBRUARY: 0}, "objectively financed from February on"
    set_account(starts=date(2020, 1, 1), **{**told, "account": "52824", "treatment": "counts"}, **to)  # type: ignore[arg-type] # as above
    assert ("52824", "objective", None) not in asked("SELECT prefix, treatment, valid_to FROM rel_refund_treatment")
    for wrong, says in (
        ({"account": "5.3"}, "fem cifre"),
        ({"account": "538"}, "Vælg loven"),
        ({"law": "SEL"}, "hovedfunktionen"),
        ({"source": ""}, "slået op"),
    ):
        with pytest.raises(UnableToSetAccountError, match=says):
            set_account(starts=FEBRUARY, **{**told, **wrong}, **to)  # type: ignore[arg-type] # as above
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnTreatment.objects.update(prefix="538")
