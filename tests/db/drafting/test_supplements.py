"""A signed supplement changes what is agreed from its day on, and nothing before it; what it costs is told first."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from db.drafting.journey import NOW, Office, at
from styr.access.core.acts import Act as LimitAct
from styr.access.core.roles import Role
from styr.access.limits import set_limit
from styr.access.models import Municipality
from styr.contracts import amending as register
from styr.contracts.agreed import agreed_card
from styr.contracts.agreeing import Act, NewSupplement, agree_terms, give_notice, seen_state
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import IndexKind, LineKind, NoticeFrom
from styr.contracts.models import Contract
from styr.contracts.queries import contract_card
from styr.contracts.services import UnableToChangeContractError
from styr.drafting.amending import amend, effect_kept, effect_of
from styr.drafting.changing import refuse_unfit_changes
from styr.drafting.core.changes import Changes, NewPrice, NewSpecialRate, NewTerms
from styr.drafting.steps import UnableToMoveDraftError
from styr.grants.costing import expected_by_month
from styr.grants.models import Absence, Grant, ServiceLine

pytestmark = pytest.mark.django_db
JULY = date(2026, 7, 1)
SPECIAL = NewSpecialRate(
    purpose="Ro ved måltider", hours=Decimal(10), hourly_rate=Decimal(400), evaluation_on=date(2026, 9, 1),
    last_day=date(2026, 10, 31),
)  # fmt: skip


@pytest.fixture
def signed(desk: Office) -> Office:
    """The contract is signed, and its grant granted; absence is paid in full for 14 days and then with 75 %."""
    Contract.objects.filter(id=desk.contract_id).update(
        status="signed", signed_on="2025-12-15", absence_free_days=14, absence_billable="0.75"
    )
    Grant.objects.filter(id=desk.grant_id).update(status="granted", contract=desk.contract_id)
    return desk


def changes_of(desk: Office) -> Changes:
    """A price, a special rate, a last day, notice, absence, death, indexation and a deadline."""
    line = contract_card(desk.contract_id).lines[0]
    return Changes(
        starts=JULY,
        prices=(NewPrice(str(line.id), Decimal(2200)),),
        special=SPECIAL,
        last_day=date(2027, 6, 30),
        terms=NewTerms(
            notice_days=60, notice_from=NoticeFrom.MONTH_END, free_days=3, billable=Decimal("0.5"),
            vacancy_billable=Decimal("0.25"), days_after_death=10, days_after_move=0, index_kind=IndexKind.PERCENT,
            index_percent=Decimal("2.5"), invoice_days=90,
        ),
    )  # fmt: skip


def months(desk: Office) -> dict[date, int]:
    """What the grant costs, month by month of 2026."""
    found = expected_by_month(from_month=date(2026, 1, 1), to_month=date(2026, 12, 1), grant_ids=[desk.grant_id])
    return {one.month: one.amount_ore for one in found}


def asked(sql: str, *given: UUID) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def test_what_is_told_before_signing_is_what_comes_of_it(signed: Office) -> None:
    """The effect changes nothing; the signature does, from the supplement's day on."""
    changes, before = changes_of(signed), months(signed)
    held = seen_state(signed.contract_id)
    told = effect_of(contract_id=signed.contract_id, changes=changes, actor=at(signed.mads))
    assert seen_state(signed.contract_id) == held
    assert effect_kept(told.kept()) == told
    assert (told.grants, told.year_before, len(told.rows)) == (1, sum(before.values()), 10)
    came = amend(contract_id=signed.contract_id, changes=changes, signed_on=NOW.date(), actor=at(signed.mads))
    after = months(signed)
    assert told.year_after == sum(after.values())
    assert told.year_more == told.year_after - told.year_before
    assert {month: ore for month, ore in after.items() if month < JULY} == {
        month: ore for month, ore in before.items() if month < JULY
    }
    # 200 kr. less a day and 10 hours a week to 400 kr. for as long as the special rate runs
    november = date(2026, 11, 1)
    assert after[november] == before[november] - 30 * 200 * 100
    assert after[date(2026, 8, 1)] - before[date(2026, 8, 1)] == round(-31 * 200 * 100 + 31 / 7 * 10 * 400 * 100)
    assert came.endswith("køber særtaksten.")


def test_every_term_is_in_the_register_from_the_day(signed: Office) -> None:
    """Dated, with the supplement, under our own words; later terms that say nothing of notice keep what it brought."""
    amend(contract_id=signed.contract_id, changes=changes_of(signed), signed_on=NOW.date(), actor=at(signed.mads))
    card, agreed = contract_card(signed.contract_id), agreed_card(signed.contract_id)
    assert card.ends == date(2027, 7, 1)
    (supplement,) = agreed.supplements
    assert supplement.title.startswith("Ny pris, ny særtakst, ny sidste dag, opsigelsesvarsel, fravær")
    assert (agreed.amended(date(2026, 6, 30)).notice_days, agreed.amended(JULY).notice_days) == (None, 60)
    line = card.lines[-1]
    assert (line.kind, line.purpose, line.hours, line.evaluation_on) == (
        LineKind.SPECIAL, "Ro ved måltider", Decimal(10), date(2026, 9, 1),
    )  # fmt: skip
    assert [(one.valid_from, one.valid_to, one.amount) for one in line.rates] == [
        (JULY, date(2026, 11, 1), Decimal(400))
    ]
    bought = ServiceLine.objects.get(contract_line_id=line.id)
    assert (bought.grant_id, bought.starts, bought.ends) == (signed.grant_id, JULY, date(2026, 11, 1))
    act = Act(actor_id=signed.mads.user.id, today=NOW.date(), seen=seen_state(card.id))
    later = NewSupplement(title="Ny frist", signed_on=NOW.date())
    terms = Agreement(invoice_days=30, notice_from=NoticeFrom.MONTH_END)
    agree_terms(contract_id=card.id, terms=terms, valid_from=date(2026, 9, 1), act=act, supplement=later)
    held = agreed_card(card.id).amended(date(2026, 9, 1))
    assert (held.notice_days, held.free_days, held.billable, held.invoice_days) == (60, 3, Decimal("0.5"), 30)
    assert asked("SELECT due_on FROM rel_milestone WHERE contract_id = %s AND kind = 'notice'", card.id) == [
        (date(2027, 4, 30),)
    ]


def test_absence_is_paid_by_the_terms_of_its_own_days(signed: Office) -> None:
    """From 10 June: 14 days in full and then 75 %; from July half, since the free days were used long before."""
    grant = Grant.objects.get(id=signed.grant_id)
    Absence.objects.create(
        municipality_id=grant.municipality_id, unit_id=grant.unit_id, grant=grant, starts=date(2026, 6, 10),
        ends=date(2026, 7, 11),
    )  # fmt: skip
    rows = "SELECT starts, ends, billable FROM rel_service_absence WHERE service_id = %s ORDER BY starts"
    line = ServiceLine.objects.filter(grant=grant).order_by("line_no")[0]
    june = (date(2026, 6, 24), date(2026, 7, 11), Decimal("0.75"))
    assert asked(rows, line.id) == [june]
    terms = NewTerms(free_days=3, billable=Decimal("0.5"))
    amend(
        contract_id=signed.contract_id, changes=Changes(starts=JULY, terms=terms), signed_on=NOW.date(),
        actor=at(signed.mads),
    )  # fmt: skip
    assert asked(rows, line.id) == [
        (date(2026, 6, 24), JULY, Decimal("0.75")), (JULY, date(2026, 7, 11), Decimal("0.5")),
    ]  # fmt: skip


def test_vacancy_is_paid_by_the_terms_of_its_own_days(signed: Office) -> None:
    """Nothing in June, a quarter from July, and all from the day that the citizen in fact moved in."""
    contract_id = signed.contract_id
    act = Act(actor_id=signed.mads.user.id, today=NOW.date(), seen=seen_state(contract_id))
    starts = contract_card(contract_id).starts
    agree_terms(contract_id=contract_id, terms=Agreement(vacancy_billable=Decimal(0)), valid_from=starts, act=act)
    Contract.objects.filter(id=contract_id).update(moved_in_on=date(2026, 7, 11))
    terms = NewTerms(vacancy_billable=Decimal("0.25"))
    amend(
        contract_id=contract_id, changes=Changes(starts=JULY, terms=terms), signed_on=NOW.date(), actor=at(signed.mads)
    )
    line = ServiceLine.objects.filter(grant_id=signed.grant_id).order_by("line_no")[0]
    rows = "SELECT starts, ends, billable FROM rel_service_absence WHERE service_id = %s ORDER BY starts"
    assert [row[1:] for row in asked(rows, line.id)] == [
        (JULY, Decimal(0)), (date(2026, 7, 11), Decimal("0.25")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given_on", "last"), [(date(2026, 6, 10), date(2026, 7, 10)), (date(2026, 7, 10), date(2026, 9, 29))]
)
def test_notice_is_that_of_the_day_it_is_given(signed: Office, given_on: date, last: date) -> None:
    """30 days before the supplement, 60 days from the end of the month after it; the view says the same."""
    terms = NewTerms(notice_days=60, notice_from=NoticeFrom.MONTH_END)
    amend(
        contract_id=signed.contract_id, changes=Changes(starts=JULY, terms=terms), signed_on=NOW.date(),
        actor=at(signed.mads),
    )  # fmt: skip
    act = Act(actor_id=signed.mads.user.id, today=NOW.date(), seen=seen_state(signed.contract_id))
    assert give_notice(contract_id=signed.contract_id, given_on=given_on, act=act) == last
    assert asked("SELECT last_day FROM rel_notice WHERE contract_id = %s", signed.contract_id) == [(last,)]


def test_a_dearer_supplement_takes_somebody_with_the_limit(signed: Office, municipality: Municipality) -> None:
    """It is told before anybody signs, and refused of whoever signs."""
    set_limit(
        municipality_id=municipality.id, role=Role.CASEWORKER, act=LimitAct.APPROVE_GRANT, amount_ore=200_000_000,
        starts=NOW.date(), today=NOW.date(),
    )  # fmt: skip
    line = contract_card(signed.contract_id).lines[0]
    dear = Changes(starts=JULY, prices=(NewPrice(str(line.id), Decimal(9000)),))
    told = effect_of(contract_id=signed.contract_id, changes=dear, actor=at(signed.mads))
    assert told.beyond.startswith("Prisen gør bevillinger dyrere")
    with pytest.raises(UnableToChangeContractError, match="Prisen gør bevillinger dyrere"):
        amend(contract_id=signed.contract_id, changes=dear, signed_on=NOW.date(), actor=at(signed.mads))
    assert agreed_card(signed.contract_id).supplements == ()


@pytest.mark.parametrize(("changes", "told"), [
    (Changes(starts=date(2025, 12, 31)), "kontraktens periode"),
    (Changes(starts=JULY, prices=(NewPrice("en anden", Decimal(1)),)), "hører ikke til"),
    (Changes(starts=JULY, last_day=date(2026, 6, 30)), "efter tillæggets første dag"),
    (Changes(starts=JULY, last_day=date(2026, 12, 31), open_ended=True), "efter tillæggets første dag"),
    (Changes(starts=JULY, terms=NewTerms(free_days=3)), "både dage"),
    (Changes(starts=JULY, terms=NewTerms(index_kind=IndexKind.PERCENT)), "skal have en procent"),
    (Changes(starts=JULY, terms=NewTerms(index_percent=Decimal(2))), "hører til en regulering"),
])  # fmt: skip
def test_changes_that_do_not_fit_are_refused(signed: Office, changes: Changes, told: str) -> None:
    with pytest.raises(UnableToMoveDraftError, match=told):
        refuse_unfit_changes(contract_card(signed.contract_id), changes)


def test_the_register_is_amended_only_by_a_supplement(signed: Office) -> None:
    with pytest.raises(UnableToChangeContractError, match="underskrevet tillæg"):
        register.move_end(contract_id=signed.contract_id, ends=None, valid_from=JULY)
    act = Act(actor_id=signed.mads.user.id, today=NOW.date(), seen=seen_state(signed.contract_id))
    named = NewSupplement(title="For Nancy, 010190-1234", signed_on=NOW.date())
    with pytest.raises(UnableToChangeContractError, match="CPR-numre"):
        agree_terms(contract_id=signed.contract_id, terms=Agreement(), valid_from=JULY, act=act, supplement=named)
