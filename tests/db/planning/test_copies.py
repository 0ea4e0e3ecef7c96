"""The copy holds what its reader may see, and is let go when the data or the reader's rights change."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from db.planning.conftest import NOW, TODAY, Town
from styr.access.models import CaseBlock, Membership
from styr.access.scope import acting_as, service_scope
from styr.grants.costing import expected_by_month
from styr.grants.models import Grant, OwnRate
from styr.planning.copying import copied
from styr.planning.core.changes import Change, ChangeKind
from styr.planning.core.workbench import COPIED
from styr.planning.scenarios import WorkedOut

pytestmark = pytest.mark.django_db


def test_without_a_change_it_is_the_expected_cost_to_the_ore(town: Town, worked: Callable[..., WorkedOut]) -> None:
    with acting_as(town.lone.token):
        outcome = worked().outcome
        grants = list(Grant.objects.values_list("id", flat=True))
        rows = expected_by_month(from_month=date(2026, 1, 1), to_month=date(2030, 12, 1), grant_ids=grants)
    expected = {month: 0 for month, _ in outcome.by_month}
    for row in rows:
        expected[row.month] += row.amount_ore
    assert {month: pair.before_ore for month, pair in outcome.by_month} == expected
    assert all(pair.before_ore == pair.after_ore for _, pair in outcome.by_month)
    assert outcome.total.before_ore > 0


def test_each_reader_has_their_own_units_alone(town: Town, worked: Callable[..., WorkedOut]) -> None:
    cut = Change(ChangeKind.RATE, date(2026, 7, 1), percent=Decimal(-10))
    totals = []
    for who in (town.lone, town.voksen, town.boern):
        with acting_as(who.token):
            totals.append(worked(cut).outcome.total)
    everything, voksen, boern = totals
    assert everything == voksen + boern
    assert voksen.before_ore > 0 < boern.before_ore


def test_the_copy_is_kept_while_nothing_changes_and_made_anew_when_something_does(town: Town) -> None:
    with acting_as(town.lone.token):
        first = copied(today=TODAY, now=NOW, goes_on=False)
        assert copied(today=TODAY, now=NOW, goes_on=False) is first
    with service_scope(town.municipality_id, "test"):
        OwnRate.objects.update(amount=Decimal(500))
    with acting_as(town.lone.token):
        second = copied(today=TODAY, now=NOW, goes_on=False)
    assert second is not first


def test_nobody_is_given_a_copy_of_another_scope(town: Town) -> None:
    with acting_as(town.lone.token):
        mine = copied(today=TODAY, now=NOW, goes_on=False)
    with acting_as(town.boern.token):
        theirs = copied(today=TODAY, now=NOW, goes_on=False)
    assert theirs is not mine
    assert theirs.bench.lines < mine.bench.lines


def test_who_loses_a_permission_loses_the_copy_with_it(town: Town) -> None:
    with acting_as(town.lone.token):
        mine = copied(today=TODAY, now=NOW, goes_on=False)
    with service_scope(town.municipality_id, "test"):
        Membership.objects.filter(user=town.lone.user).update(ends=date(2020, 6, 1))
    with acting_as(town.lone.token):
        left = copied(today=TODAY, now=NOW, goes_on=False)
    assert left is not mine
    assert left.bench.lines == 0


def test_a_case_that_is_hidden_from_somebody_is_not_in_their_copy(town: Town) -> None:
    with acting_as(town.lone.token):
        before = copied(today=TODAY, now=NOW, goes_on=False).bench.lines
    with service_scope(town.municipality_id, "test"):
        ida = Grant.objects.get(source_id="B0000017-9").citizen_id
        CaseBlock.objects.create(
            municipality_id=town.municipality_id,
            user=town.lone.user,
            citizen_id=ida,
            reason="Familie",
            starts=date(2020, 1, 1),
        )
    with acting_as(town.lone.token):
        after = copied(today=TODAY, now=NOW, goes_on=False).bench.lines
    assert after == before - 2


def test_a_copy_holds_no_number_name_or_day_of_birth(town: Town) -> None:
    personal = {"cpr", "name", "first_name", "last_name", "birth_date", "address"}
    assert not personal & {column for relation in COPIED for column in relation.columns}
