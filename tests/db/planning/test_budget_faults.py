"""What a budget version must hold to where somebody is careless or clever: nothing lost, nobody around the rules."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from db.planning.conftest import NOW, TODAY, Town
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import CaseBlock, Municipality, Unit
from styr.access.scope import acting_as, service_scope
from styr.people.models import Citizen
from styr.planning.budgeting import Plan, UnableToMakeBudgetError, make_version
from styr.planning.deciding import Actor, AddedLine, add_line, approve, change_line, comment, copy_version, send
from styr.planning.exporting import UnableToExportBudgetError, budget_file
from styr.planning.models import BudgetVersion, VersionLine

pytestmark = pytest.mark.django_db
PLAN = Plan("Budget", 2027, goes_on=True)


def made(town: Town, by: Persona, plan: Plan = PLAN) -> UUID:
    with acting_as(by.token):
        return make_version(municipality_id=town.municipality_id, maker_id=by.user.id, plan=plan, today=TODAY, now=NOW)


def actor(one: Persona) -> Actor:
    return Actor(one.user.id, TODAY, NOW)


def of(town: Town, version_id: UUID) -> dict[UUID | None, int]:
    with service_scope(town.municipality_id, "test"):
        return dict(VersionLine.objects.filter(version_id=version_id).values_list("grant_id", "total_ore"))


@pytest.fixture
def kept_away(town: Town, municipality: Municipality) -> Persona:
    """An economist of everything who is kept from Ida's case."""
    with service_scope(municipality.id, "test"):
        gert = persona("gert", municipality, Role.ECONOMIST)
        CaseBlock.objects.create(
            municipality_id=municipality.id, user=gert.user, citizen_id=Citizen.objects.get(source_id="1001").id,
            starts=date(2020, 1, 1), reason="Familie",
        )  # fmt: skip
    return gert


def test_a_version_holds_every_citizen_also_whom_its_maker_is_kept_from(town: Town, kept_away: Persona) -> None:
    assert of(town, made(town, kept_away)) == of(town, made(town, town.lone))


def test_a_copy_holds_every_line_also_what_the_copier_may_not_see(town: Town, kept_away: Persona) -> None:
    version = made(town, town.lone)
    with acting_as(kept_away.token):
        copy = copy_version(version_id=version, name="Kopi", actor=actor(kept_away))
    assert of(town, copy) == of(town, version)


def test_the_file_is_refused_to_whoever_would_write_only_a_part_of_it(town: Town, kept_away: Persona) -> None:
    version = made(town, town.lone)
    with service_scope(town.municipality_id, "test"):
        VersionLine.objects.update(account="5385214000100140")
    with acting_as(kept_away.token), pytest.raises(UnableToExportBudgetError, match="du ikke kan se"):
        budget_file(version, page="/")


def test_nobody_approves_their_own_changes_through_anothers_copy(town: Town, municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        maker, other = persona("maker", municipality, Role.MANAGER), persona("other", municipality, Role.MANAGER)
    version = made(town, maker)
    with acting_as(maker.token):
        line = VersionLine.objects.filter(version_id=version).first()
        assert line is not None
        change_line(line_id=line.id, total_ore=1, account="", reason="Mit eget skøn", actor=actor(maker))
    with acting_as(other.token):
        copy = copy_version(version_id=version, name="Kopi", actor=actor(other))
        send(version_id=copy, actor=actor(other))
    with acting_as(maker.token), pytest.raises(UnableToMakeBudgetError, match="en anden end dem"):
        approve(version_id=copy, actor=actor(maker))


def test_a_line_by_hand_stays_within_the_versions_unit_and_has_a_believable_amount(
    town: Town, unit: Unit, other_unit: Unit
) -> None:
    version = made(town, town.lone, replace(PLAN, unit_id=unit.id))
    added = AddedLine("Tilgang", other_unit.id, "SEL-107", "", 100)
    with acting_as(town.lone.token):
        with pytest.raises(UnableToMakeBudgetError, match="hører ikke til"):
            add_line(version_id=version, added=added, reason="Prøve", actor=actor(town.lone))
        for wrong in (10**15, -(10**15)):
            huge = replace(added, unit_id=unit.id, total_ore=wrong)
            with pytest.raises(UnableToMakeBudgetError, match="for stort"):
                add_line(version_id=version, added=huge, reason="Prøve", actor=actor(town.lone))


def test_a_comment_takes_a_role_that_follows_the_economy_of_that_unit(
    town: Town, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    version = made(town, town.lone)
    with service_scope(municipality.id, "test"):
        reader = persona("rev", municipality, Role.AUDITOR)
        line = VersionLine.objects.filter(version_id=version, unit_id=unit.id).first()
    assert line is not None
    with acting_as(reader.token), pytest.raises(UnableToMakeBudgetError, match="Dine roller"):
        comment(line_id=line.id, text="Jeg er her også", actor=actor(reader))


def test_one_budget_stands_for_the_same_units_and_what_gives_way_is_named(
    town: Town, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    with service_scope(municipality.id, "test"):
        boss = persona("boss", municipality, Role.MANAGER)

    def sent(plan: Plan) -> UUID:
        version = made(town, town.lone, plan)
        with acting_as(town.lone.token):
            send(version_id=version, actor=actor(town.lone))
        return version

    def approved(version: UUID, *replaces: UUID) -> None:
        with acting_as(boss.token):
            approve(version_id=version, actor=actor(boss), replaces=frozenset(replaces))

    of_unit, again, whole, part = (sent(replace(PLAN, unit_id=one)) for one in (unit.id, unit.id, None, unit.id))
    approved(of_unit)
    with pytest.raises(UnableToMakeBudgetError, match="Godkendelsen erstatter"):
        approved(again)
    approved(again, of_unit)
    with pytest.raises(UnableToMakeBudgetError, match="Godkendelsen erstatter"):
        approved(whole, of_unit)
    approved(whole, again)
    with pytest.raises(UnableToMakeBudgetError, match="rummer enheden"):
        approved(part, whole)
    with acting_as(boss.token):
        states = dict(BudgetVersion.objects.values_list("id", "state"))
        assert [states[one] for one in (of_unit, again, whole, part)] == [
            "replaced", "replaced", "approved", "awaiting",
        ]  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetVersion.objects.filter(id=again).update(state="approved")
    above, below = (sent(replace(PLAN, year=2028, unit_id=one.id)) for one in (unit, other_unit))
    approved(above)
    approved(below)
    with service_scope(municipality.id, "setup"), pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(id=other_unit.id).update(parent=unit)
    with service_scope(municipality.id, "setup"):  # years later, when that year is over
        BudgetVersion.objects.filter(id__in=[above, below]).update(year=2024)
        Unit.objects.filter(id=other_unit.id).update(parent=unit)
    with acting_as(boss.token), pytest.raises(UnableToExportBudgetError, match="også godkendt"):
        budget_file(above, page="/")
