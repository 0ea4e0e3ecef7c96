"""What the database itself holds scenarios and budgets to, whoever writes."""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from db.planning.conftest import NOW, TODAY, Town
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as, service_scope
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


@pytest.mark.django_db(transaction=True)
def test_one_budget_a_year_stands_for_the_same_units_whoever_writes_and_however_at_once(
    town: Town, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    """Also beside the service, and where two approve at the same moment, neither seeing what the other has done."""
    with service_scope(municipality.id, "setup"):
        below = Unit.objects.create(municipality=municipality, number="9901", name="Bostøtte", parent=unit)
        boss = persona("boss", municipality, Role.MANAGER).user.id

    def version(of: Unit | None, year: int = 2027) -> BudgetVersion:
        return BudgetVersion(
            municipality=municipality, name="Budget", year=year, unit=of, state="approved",
            made_by_id=town.lone.user.id, made_at=NOW, decided_by_id=boss, decided_at=NOW,
        )  # fmt: skip

    with service_scope(municipality.id, "test"):
        BudgetVersion.objects.bulk_create([version(unit), version(other_unit), version(None, 2028)])
        for beside in (version(below), version(None), version(unit), version(unit, 2028)):
            with pytest.raises(IntegrityError), transaction.atomic():
                beside.save(force_insert=True)
        BudgetVersion.objects.filter(unit=unit).update(state="replaced")
        version(below).save(force_insert=True)
        with pytest.raises(IntegrityError, match="approved for the same units"), transaction.atomic():
            BudgetVersion.objects.filter(unit=unit).update(state="approved")

    go, told = Barrier(2), []

    def approve_at_once(of: Unit) -> None:
        try:
            with service_scope(municipality.id, "test"):
                go.wait(timeout=120)
                version(of, 2029).save(force_insert=True)
            told.append("stands")
        except IntegrityError:
            told.append("refused")
        finally:
            connection.close()

    both = [Thread(target=approve_at_once, args=[of]) for of in (unit, below)]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=300)
    assert sorted(told) == ["refused", "stands"]
