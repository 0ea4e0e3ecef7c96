"""What the database itself holds scenarios and budgets to, whoever writes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from db.planning.conftest import NOW, TODAY, Town
from styr.access.scope import acting_as
from styr.planning.budgeting import Plan, make_version
from styr.planning.core.changes import Change, ChangeKind
from styr.planning.core.sharing import Sharing
from styr.planning.keeping import Facts, add_change, create_scenario
from styr.planning.models import BudgetVersion, LineNote, Scenario, ScenarioChange, VersionLine

pytestmark = pytest.mark.django_db


def test_a_private_scenario_and_its_changes_are_seen_by_nobody_else_in_the_database(town: Town) -> None:
    to = {"municipality_id": town.municipality_id, "owner_id": town.lone.user.id, "now": NOW}
    cut = Change(ChangeKind.RATE, date(2027, 1, 1), percent=Decimal(-3))
    with acting_as(town.lone.token):
        made = create_scenario(facts=Facts("Mit"), **to)  # type: ignore[arg-type]  # the keywords fit
        add_change(scenario_id=made, owner_id=town.lone.user.id, change=cut, now=NOW)
    with acting_as(town.voksen.token):
        assert not Scenario.objects.exists()
        assert not ScenarioChange.objects.exists()
    with acting_as(town.lone.token):
        Scenario.objects.update(shared=Sharing.MUNICIPALITY.value)
    with acting_as(town.voksen.token):
        assert Scenario.objects.get().name == "Mit"
        assert ScenarioChange.objects.count() == 1
        assert Scenario.objects.update(name="Dit") == 0
        assert ScenarioChange.objects.update(percent=1) == 0


def test_a_version_is_the_expected_cost_of_the_year_and_adds_up(town: Town) -> None:
    with acting_as(town.lone.token):
        version = make_version(
            municipality_id=town.municipality_id,
            maker_id=town.lone.user.id,
            plan=Plan("Budget", 2027, goes_on=False, transitions=False),
            today=TODAY,
            now=NOW,
        )
        lines = list(VersionLine.objects.filter(version_id=version))
        assert all(sum(line.months_ore) == line.total_ore for line in lines)
        with pytest.raises(IntegrityError), transaction.atomic():
            VersionLine.objects.filter(id=lines[0].id).update(total_ore=1)


def test_nobody_approves_their_own_even_by_hand(town: Town) -> None:
    with acting_as(town.lone.token):
        version = make_version(
            municipality_id=town.municipality_id,
            maker_id=town.lone.user.id,
            plan=Plan("Budget", 2027),
            today=TODAY,
            now=NOW,
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetVersion.objects.filter(id=version).update(state="approved", decided_by=town.lone.user.id)


def test_notes_are_added_and_never_changed(town: Town) -> None:
    with acting_as(town.lone.token), pytest.raises(ProgrammingError), transaction.atomic():
        LineNote.objects.update(text="Noget andet")
    assert connection.vendor == "postgresql"
