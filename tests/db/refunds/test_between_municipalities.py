"""Claims between municipalities and user payment: what is owed, by when, and what is found when it does not come."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from db.refunds.conftest import NOW, TODAY, Booker, asked
from styr.access.models import Municipality
from styr.controls.services import run_controls
from styr.people.bulk import upsert_citizens
from styr.people.core.rows import CitizenRow
from styr.refunds.computing import compute_owed, compute_year, oldest_claimable
from styr.refunds.core.codes import PaymentKind
from styr.refunds.municipal import UnableToRaiseError, drop_claim, raise_claim, settle_claim
from styr.refunds.municipal_queries import debt_of
from styr.refunds.user_payments import adopt_posted, charge
from styr.workspace.calendar_feed import as_ics
from styr.workspace.core.deadlines import Kind
from styr.workspace.deadlines import due

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
PER = CitizenRow(
    source_id="1003", cpr="6303851232", first_name="Per", last_name="Nabo", unit_source_id="11",
    acting_municipality="999", paying_municipality="998",
)  # fmt: skip


@pytest.fixture
def per(municipality: Municipality, book: Booker) -> UUID:
    """A citizen whom another municipality pays for, with one month booked three years ago and one this year."""
    upsert_citizens([PER], municipality_id=municipality.id)
    book("1003", date(2023, 8, 1), 50_000)
    book("1003", JANUARY, 60_000)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    ((found,),) = asked("SELECT citizen_id FROM key_citizen WHERE source_id = '1003'")
    return found


def test_the_deadline_of_the_first_month_is_a_milestone_in_the_calendar(per: UUID) -> None:
    (found,) = due(today=TODAY, kind=Kind.MUNICIPAL)
    assert (found.due_on, found.number, found.id) == (date(2026, 8, 1), "Kommune 998", per)
    text = as_ics([found], now=NOW, site="https://styr.example").decode()
    assert "DTSTART;VALUE=DATE:20260801" in text
    assert f"oekonomi/mellemkommunal/rejs/{per}" in text.replace("\r\n ", "")
    assert "Nabo" not in text


def test_what_is_raised_is_owed_no_more_and_what_comes_later_is_the_difference(
    per: UUID, municipality: Municipality, book: Booker
) -> None:
    who = {"municipality_id": municipality.id, "citizen_id": per, "today": TODAY}
    first = raise_claim(**who)
    assert asked("SELECT number, payer, amount_ore FROM refunds_municipalclaim") == [("M-2026-0001", "998", 11_000_000)]
    assert due(today=TODAY, kind=Kind.MUNICIPAL) == []
    with pytest.raises(UnableToRaiseError, match="ikke noget at kræve"):
        raise_claim(**who)
    book("1003", JANUARY, 5_000)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    raise_claim(**who)
    assert asked("SELECT amount_ore FROM refunds_municipalclaim WHERE number = 'M-2026-0002'") == [(500_000,)]
    settle_claim(claim_id=first, today=TODAY)
    with pytest.raises(UnableToRaiseError, match="allerede betalt"):
        drop_claim(claim_id=first, today=TODAY, note="Alligevel ikke")


def test_a_claim_that_is_given_up_keeps_what_was_noted_before(
    per: UUID, municipality: Municipality, book: Booker
) -> None:
    book("1003", JANUARY, 110_000)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    claim = raise_claim(municipality_id=municipality.id, citizen_id=per, today=TODAY, note="Aftalt med Per")
    with pytest.raises(UnableToRaiseError, match="højst 274 tegn"):
        drop_claim(claim_id=claim, today=TODAY, note="x" * 300)
    drop_claim(claim_id=claim, today=TODAY, note="De betaler selv")
    assert asked("SELECT note FROM refunds_municipalclaim") == [("Aftalt med Per Frafaldet: De betaler selv",)]


def test_help_is_looked_at_as_far_back_as_the_longest_deadline_reaches() -> None:
    today, ever = date(2026, 9, 15), date(2007, 1, 1)
    assert oldest_claimable(today, [(ever, None, 36)]) == date(2022, 1, 1)
    assert oldest_claimable(today, [(ever, None, 96)]) == date(2018, 8, 1)
    until_2020 = [(ever, date(2020, 1, 1), 96), (date(2020, 1, 1), None, 36)]
    assert oldest_claimable(today, until_2020) == date(2018, 8, 1)
    assert oldest_claimable(date(2029, 9, 15), until_2020) == date(2025, 1, 1)


def test_a_citizen_whom_another_municipality_pays_for_is_in_no_central_refund(
    per: UUID, municipality: Municipality, book: Booker, limits: None
) -> None:
    book("1003", FEBRUARY, 500_000)
    compute_year(municipality_id=municipality.id, year=2026, today=TODAY, now=NOW)
    assert asked("SELECT count(*) FROM refunds_refundmonth WHERE case_id = %s", per) == [(0,)]


def test_user_payment_that_has_not_come_is_a_finding_until_it_comes(
    municipality: Municipality, book: Booker, ids: dict[str, UUID]
) -> None:
    grant = {"grant_number": "B0000017-9"}
    charge(
        municipality_id=municipality.id, kind=PaymentKind.LODGING, month_ore=310_000, starts=date(2026, 1, 11),
        ends=None, decided_on=JANUARY, **grant,
    )  # fmt: skip
    book("1001", JANUARY, -1_000, kind="user_payment", **grant)
    book("1001", FEBRUARY, 90_000, **grant)
    asks = "SELECT status, amount_ore FROM rel_finding WHERE control_code = 'user_payment_missing'"
    run_controls(municipality_id=municipality.id, today=TODAY, now=NOW, codes=["user_payment_missing"])
    # 21 of January's 31 days are 2,100 kr., February 3,100 kr.; 1,000 kr. has come.
    assert asked(asks) == [("open", 420_000)]
    book("1001", FEBRUARY, -4_200, kind="user_payment", **grant)
    run_controls(municipality_id=municipality.id, today=TODAY, now=NOW, codes=["user_payment_missing"])
    assert asked(asks)[0][0] == "closed"


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 12, 31), 0),
        (date(2027, 1, 1), 1),
        (date(2027, 12, 31), 1),
        (date(2028, 1, 1), 0),
    ],
)
def test_what_lacks_at_the_end_of_a_year_is_found_in_the_next(
    municipality: Municipality, book: Booker, ids: dict[str, UUID], today: date, found: int
) -> None:
    """November is settled on 1 January, and looked at for twelve months."""
    charge(
        municipality_id=municipality.id, kind=PaymentKind.LODGING, month_ore=310_000, starts=date(2026, 11, 1),
        ends=date(2026, 12, 1), decided_on=JANUARY, grant_number="B0000017-9",
    )  # fmt: skip
    book("1001", date(2026, 11, 1), 90_000, grant_number="B0000017-9", posted_on=date(2026, 3, 1))
    run_controls(municipality_id=municipality.id, today=today, now=NOW, codes=["user_payment_missing"])
    asks = "SELECT count(*) FROM rel_finding WHERE control_code = 'user_payment_missing' AND status = 'open'"
    assert asked(asks) == [(found,)]


def test_what_is_posted_already_can_be_registered_at_once(
    municipality: Municipality, book: Booker, ids: dict[str, UUID]
) -> None:
    for month, kroner in ((1, -3_000), (2, -3_000), (3, -2_500)):
        book("1001", date(2026, month, 1), kroner, kind="user_payment", grant_number="B0000017-9")
    assert adopt_posted(municipality_id=municipality.id, today=TODAY) == 1
    assert asked("SELECT month_ore, starts FROM refunds_userpayment") == [(300_000, JANUARY)]
    assert adopt_posted(municipality_id=municipality.id, today=TODAY) == 0


def test_what_was_claimed_and_then_credited_is_given_back(per: UUID, municipality: Municipality, book: Booker) -> None:
    who = {"municipality_id": municipality.id, "citizen_id": per, "today": TODAY}
    first = raise_claim(**who)
    settle_claim(claim_id=first, today=TODAY)
    book("1003", JANUARY, -20_000)
    book("1003", date(2023, 8, 1), -50_000)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    assert asked("SELECT open_ore FROM rel_intermunicipal_deadline WHERE citizen_id = %s", per) == [(-7_000_000,)]
    raise_claim(**who)
    assert asked("SELECT payer, amount_ore FROM refunds_municipalclaim ORDER BY number") == [
        ("998", 11_000_000),
        ("998", -7_000_000),
    ]
    compute_owed(municipality_id=municipality.id, today=TODAY)
    assert asked("SELECT count(*) FROM rel_intermunicipal_deadline WHERE citizen_id = %s", per) == [(0,)]


def test_months_before_a_change_of_payer_stay_with_the_earlier_one(
    per: UUID, municipality: Municipality, book: Booker
) -> None:
    upsert_citizens([replace(PER, paying_municipality="997")], municipality_id=municipality.id)
    book("1003", FEBRUARY, 7_000)
    compute_owed(municipality_id=municipality.id, today=TODAY)
    debt = debt_of(citizen_id=per, today=TODAY)
    assert debt is not None
    assert (debt.payer, sum(ore for *_, ore in debt.months), debt.later) == ("998", 11_000_000, ("997",))
    for _ in range(2):
        raise_claim(municipality_id=municipality.id, citizen_id=per, today=TODAY)
    assert asked("SELECT payer, amount_ore FROM refunds_municipalclaim ORDER BY number") == [
        ("998", 11_000_000),
        ("997", 700_000),
    ]
