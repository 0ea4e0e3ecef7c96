"""What people do to a grant: measured first, done within one's limit, and taken back without losing history."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality
from styr.grants import acting, approving, queries
from styr.grants.acting import Actor, BeAway, ChangePrice, ChangeQuantity, Extend, Stop, carry_out, effect_of
from styr.grants.changes import UnableToChangeGrantError, take_back_absence
from styr.grants.core.codes import GrantStatus, StepKind
from styr.grants.costing import cost_of, expected_by_month
from styr.grants.locked import GrantChangedMeanwhileError
from styr.grants.models import Absence, Grant, GrantStep, ServiceLine
from styr.kernel.period import Period

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def mia(municipality: Municipality, home: UUID) -> Actor:
    return Actor(persona("mia", municipality, Role.CASEWORKER).user.id, TODAY, NOW)


def limit(municipality: Municipality, role: Role, ore: int) -> None:
    Limit.objects.create(
        municipality=municipality, role=role, act="approve_grant", amount_ore=ore, valid_from=date(2020, 1, 1)
    )


def as_draft(grant_id: UUID, **more: object) -> None:
    facts = {"professional_reason": "Faglig.", "economic_reason": "Økonomisk.", "status": GrantStatus.DRAFT, **more}
    Grant.objects.filter(id=grant_id).update(**facts)


def approve(grant_id: UUID, actor: Actor) -> approving.Approval:
    return approving.approve_or_submit(
        grant_id=grant_id, actor_id=actor.id, seen_version=None, today=actor.today, now=actor.now
    )


def forecast(grant_id: UUID) -> int:
    months = expected_by_month(from_month=date(2026, 1, 1), to_month=date(2026, 12, 1), grant_ids=[grant_id])
    return sum(each.amount_ore for each in months)


def test_approving_moves_the_forecast_by_what_was_shown(home: UUID, mia: Actor) -> None:
    as_draft(home)
    assert forecast(home) == 0
    effect = effect_of(grant_id=home, act=acting.Approve(), actor=mia)
    assert forecast(home) == 0
    assert approve(home, mia).granted
    assert forecast(home) == effect.this_year_ore > 0


@pytest.mark.parametrize("missing", ["professional_reason", "economic_reason"])
def test_both_reasons_of_the_law_are_required(home: UUID, mia: Actor, missing: str) -> None:
    as_draft(home, **{missing: "  "})
    with pytest.raises(approving.UnableToApproveError, match="serviceloven"):
        approve(home, mia)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (GrantStatus.STOPPED, "er stoppet"),
        (GrantStatus.GRANTED, "allerede bevilget"),
        (GrantStatus.WITHDRAWN, "trukket tilbage"),
    ],
)
def test_only_what_waits_to_be_granted_is_approved(home: UUID, mia: Actor, status: GrantStatus, said: str) -> None:
    as_draft(home, status=status)
    with pytest.raises(approving.UnableToApproveError, match=said):
        approve(home, mia)


def test_a_grant_that_buys_nothing_is_not_approved(home: UUID, mia: Actor) -> None:
    as_draft(home)
    ServiceLine.objects.filter(grant_id=home).delete()
    with pytest.raises(approving.UnableToApproveError, match="ingen ydelser"):
        approve(home, mia)


def test_a_grant_without_a_price_is_not_approved(home: UUID, mia: Actor) -> None:
    as_draft(home)
    ServiceLine.objects.filter(grant_id=home, line_no=1).update(contract_line=None)
    with pytest.raises(approving.UnableToApproveError, match="mangler pris"):
        approve(home, mia)


def test_above_the_limit_a_manager_approves(municipality: Municipality, home: UUID, mia: Actor) -> None:
    as_draft(home)
    limit(municipality, Role.CASEWORKER, 50_000_000)
    limit(municipality, Role.MANAGER, 200_000_000)
    boss = Actor(persona("bo", municipality, Role.MANAGER).user.id, TODAY, NOW)
    sent = approve(home, mia)
    assert not sent.granted
    assert forecast(home) == 0
    (waiting,) = queries.waiting_for_approval()
    assert (waiting.id, waiting.year_cost_ore, waiting.sent_by) == (home, sent.year_cost_ore, "Mia")
    with pytest.raises(approving.UnableToApproveError, match="En leder skal godkende"):
        approve(home, mia)
    assert approve(home, boss).granted
    assert queries.waiting_for_approval() == ()
    assert [step.kind for step in GrantStep.objects.order_by("id")] == [StepKind.SUBMITTED, StepKind.APPROVED]


def test_a_limit_of_nothing_approves_nothing(municipality: Municipality, home: UUID, mia: Actor) -> None:
    as_draft(home)
    limit(municipality, Role.CASEWORKER, 0)
    assert not approve(home, mia).granted


def test_what_is_sent_back_or_withdrawn_says_why(home: UUID, mia: Actor) -> None:
    as_draft(home, status=GrantStatus.AWAITING)
    with pytest.raises(approving.UnableToApproveError, match="begrundelse"):
        approving.send_back(grant_id=home, reason=" ", actor_id=mia.id, seen_version=None, now=NOW)
    approving.send_back(grant_id=home, reason="Uddyb målet.", actor_id=mia.id, seen_version=None, now=NOW)
    assert Grant.objects.get(id=home).status == GrantStatus.DRAFT
    approving.withdraw(grant_id=home, reason="Flyttet.", actor_id=mia.id, seen_version=None, now=NOW)
    approving.reopen(grant_id=home, actor_id=mia.id, now=NOW)
    assert Grant.objects.get(id=home).status == GrantStatus.DRAFT
    kinds = GrantStep.objects.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [StepKind.SENT_BACK, StepKind.WITHDRAWN, StepKind.REOPENED]


def test_a_change_is_refused_when_the_grant_has_moved_on(home: UUID, mia: Actor) -> None:
    seen = Grant.objects.get(id=home).version
    carry_out(grant_id=home, act=Extend(date(2027, 3, 31)), seen_version=seen, actor=mia)
    with pytest.raises(GrantChangedMeanwhileError):
        carry_out(grant_id=home, act=Stop(date(2026, 12, 31)), seen_version=seen, actor=mia)


def test_changes_of_lines_and_absence_give_the_grant_a_new_version(home: UUID, mia: Actor) -> None:
    line = ServiceLine.objects.get(grant_id=home, line_no=1)
    versions = [Grant.objects.get(id=home).version]
    for act in (
        ChangeQuantity(line.id, date(2026, 6, 1), Decimal(2)),
        BeAway(Period(date(2026, 4, 1), date(2026, 5, 1)), "ferie"),
    ):
        carry_out(grant_id=home, act=act, seen_version=versions[-1], actor=mia)
        versions.append(Grant.objects.get(id=home).version)
    assert versions == sorted(set(versions))


def test_every_effect_is_what_the_act_then_does(home: UUID, mia: Actor) -> None:
    line = ServiceLine.objects.get(grant_id=home, line_no=1)
    acts: list[acting.Act] = [
        ChangeQuantity(line.id, date(2026, 6, 1), Decimal(2)),
        BeAway(Period(date(2026, 4, 1), date(2026, 5, 1)), "ferie"),
        Extend(date(2027, 2, 28)),
        Stop(date(2026, 12, 10)),
    ]
    for act in acts:
        before = cost_of(grant_id=home, today=TODAY)
        effect = effect_of(grant_id=home, act=act, actor=mia)
        assert cost_of(grant_id=home, today=TODAY) == before == effect.before
        carry_out(grant_id=home, act=act, seen_version=None, actor=mia)
        assert cost_of(grant_id=home, today=TODAY) == effect.after
    assert effect.full_year_ore < 0


def test_a_stop_can_be_taken_back_with_its_totals(home: UUID, mia: Actor) -> None:
    ServiceLine.objects.filter(grant_id=home, line_no=2).update(per="total", quantity=Decimal(100))
    before = cost_of(grant_id=home, today=TODAY)
    carry_out(grant_id=home, act=Stop(date(2026, 3, 31)), seen_version=None, actor=mia)
    assert cost_of(grant_id=home, today=TODAY) != before
    acting.resume(grant_id=home, seen_version=Grant.objects.get(id=home).version, actor=mia)
    assert cost_of(grant_id=home, today=TODAY) == before
    assert list(GrantStep.objects.order_by("id").values_list("kind", flat=True)) == ["stopped", "resumed"]
    with pytest.raises(UnableToChangeGrantError):
        acting.resume(grant_id=home, seen_version=None, actor=mia)


def test_absence_can_be_taken_back(home: UUID, mia: Actor) -> None:
    before = cost_of(grant_id=home, today=TODAY)
    carry_out(grant_id=home, act=BeAway(Period(date(2026, 4, 1), date(2026, 5, 1)), ""), seen_version=None, actor=mia)
    assert cost_of(grant_id=home, today=TODAY).this_year_ore < before.this_year_ore
    take_back_absence(absence_id=Absence.objects.get(grant_id=home, starts=date(2026, 4, 1)).id, now=NOW)
    assert cost_of(grant_id=home, today=TODAY) == before


def test_a_dearer_change_needs_the_same_limit_as_the_grant(municipality: Municipality, home: UUID, mia: Actor) -> None:
    line = ServiceLine.objects.get(grant_id=home, line_no=1)
    limit(municipality, Role.CASEWORKER, 90_000_000)
    with pytest.raises(approving.UnableToApproveError, match="En leder skal godkende"):
        carry_out(
            grant_id=home, act=ChangeQuantity(line.id, date(2026, 12, 1), Decimal(2)), seen_version=None, actor=mia
        )
    assert ServiceLine.objects.filter(grant_id=home).count() == 2
    half = ChangeQuantity(line.id, date(2026, 12, 1), Decimal("0.5"))
    carry_out(grant_id=home, act=half, seen_version=None, actor=mia)


def test_a_price_of_the_contract_is_not_changed_on_the_grant(home: UUID, mia: Actor) -> None:
    line = ServiceLine.objects.get(grant_id=home, line_no=1)
    with pytest.raises(UnableToChangeGrantError, match="kontrakten"):
        effect_of(grant_id=home, act=ChangePrice(line.id, date(2026, 6, 1), Decimal(1)), actor=mia)


def test_follow_ups_are_due_in_order_while_the_grant_runs(home: UUID, mia: Actor) -> None:
    assert [due.id for due in queries.follow_ups_due(until=date(2026, 12, 1), today=TODAY)] == [home]
    assert queries.follow_ups_due(until=date(2026, 11, 30), today=TODAY) == ()
    assert queries.follow_ups_due(until=date(2026, 12, 1), today=TODAY, caseworker="Per") == ()
    assert acting.set_follow_up(grant_id=home, on=None, seen_version=None) == date(2026, 12, 1)
    assert queries.follow_ups_due(until=date(2026, 12, 1), today=TODAY) == ()


def test_steps_are_never_rewritten(home: UUID, mia: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('styr_app', 'grants_grantstep', 'UPDATE, DELETE')")
        assert cursor.fetchall() == [(False,)]
