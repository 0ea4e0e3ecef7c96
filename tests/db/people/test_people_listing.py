from datetime import date
from uuid import UUID

import pytest
from django.apps import apps

from db.registers.registers import Registers
from personas import persona
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.people import changing, queries
from styr.people.changing import CitizenChangedMeanwhileError, CitizenFacts
from styr.people.core.age import age_on
from styr.people.listing import CitizenFilter, citizen_ids, listed_citizens
from styr.people.services import UnableToChangeCitizenError

pytestmark = pytest.mark.django_db
ReadLog = apps.get_model("audit", "ReadLog")
TODAY = date(2026, 11, 21)


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    return Registers(municipality.id).load()


@pytest.fixture
def ida(registers: Registers) -> UUID:
    found: UUID = apps.get_model("people", "Citizen").objects.get(source_id="1001").id
    return found


def names(wanted: CitizenFilter) -> list[str]:
    return [row.name for row in listed_citizens(wanted, today=TODAY, shown_on="/borgere/", purpose="liste").rows]


def facts_of(ida: UUID) -> tuple[CitizenFacts, str]:
    card = queries.visible_citizen(citizen_id=ida, page="/x/", purpose="prøve", today=TODAY)
    return CitizenFacts(unit_id=card.unit_id, moved_in=card.moved_in), card.version


def test_the_order_is_danish_and_one_row_logs_the_page(registers: Registers) -> None:
    assert names(CitizenFilter()) == ["Ida Østergård", "Bo Aagaard"]  # å comes after ø
    (row,) = ReadLog.objects.all()
    assert len(row.citizens) == 2
    assert (row.page, row.purpose) == ("/borgere/", "liste")


@pytest.mark.parametrize(
    ("name", "found"),
    [("øst", ["Ida Østergård"]), ("ida", ["Ida Østergård"]), ("bo aa", ["Bo Aagaard"]), ("Ågård", ["Bo Aagaard"]),
     ("tergård", []), ("%", [])],
)  # fmt: skip
def test_each_word_is_the_beginning_of_a_name(registers: Registers, name: str, found: list[str]) -> None:
    assert names(CitizenFilter(name=name)) == found


def test_who_is_gone_can_be_asked_for_and_left_out(ida: UUID, registers: Registers) -> None:
    apps.get_model("people", "Citizen").objects.filter(id=ida).update(died_on=date(2026, 5, 1))
    assert names(CitizenFilter(gone=True)) == ["Ida Østergård"]
    assert names(CitizenFilter(gone=False)) == ["Bo Aagaard"]


def test_ids_name_nobody_and_are_not_logged(ida: UUID) -> None:
    assert citizen_ids(CitizenFilter(name="ida"), today=TODAY) == [ida]
    assert not ReadLog.objects.exists()


def test_age_stops_at_death_and_a_leap_day_is_kept_on_the_first_of_march() -> None:
    assert age_on(date(1980, 11, 22), TODAY) == 45
    assert age_on(date(1980, 11, 21), TODAY) == 46
    assert age_on(date(2004, 2, 29), date(2026, 2, 28)) == 21
    assert age_on(date(2004, 2, 29), date(2026, 3, 1)) == 22


def test_under_protection_the_address_is_kept_back_until_it_is_asked_for_and_logged(ida: UUID) -> None:
    facts, version = facts_of(ida)
    protected = CitizenFacts(**{**vars(facts), "protected_from": date(2026, 1, 1)})
    changing.change_citizen(citizen_id=ida, facts=protected, seen_version=version, today=TODAY)
    card = queries.visible_citizen(citizen_id=ida, page="/x/", purpose="prøve", today=TODAY)
    assert (card.protected, card.address, card.postal_code, card.city) == (True, "", "", "")
    before = ReadLog.objects.count()
    assert queries.reveal_address(citizen_id=ida, page="/x/", purpose="brev") == "Ellevej 1, 9999 Eksempel"
    assert ReadLog.objects.count() == before + 1


def test_a_protection_that_has_ended_hides_nothing(ida: UUID) -> None:
    facts, version = facts_of(ida)
    ended = CitizenFacts(**{**vars(facts), "protected_from": date(2025, 1, 1), "protected_to": TODAY})
    changing.change_citizen(citizen_id=ida, facts=ended, seen_version=version, today=TODAY)
    card = queries.visible_citizen(citizen_id=ida, page="/x/", purpose="prøve", today=TODAY)
    assert (card.protected, card.city) == (False, "Eksempel")


def test_what_somebody_else_changed_is_not_overwritten(ida: UUID) -> None:
    facts, version = facts_of(ida)
    dead = CitizenFacts(**{**vars(facts), "died_on": date(2026, 11, 2)})
    changing.change_citizen(citizen_id=ida, facts=dead, seen_version=version, today=TODAY)
    with pytest.raises(CitizenChangedMeanwhileError):
        changing.change_citizen(citizen_id=ida, facts=facts, seen_version=version, today=TODAY)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"died_on": date(2027, 1, 1)}, "Dødsdatoen ligger i fremtiden."),
        ({"died_on": date(1900, 1, 1)}, "Dødsdatoen ligger før fødslen."),
        ({"moved_in": date(2026, 3, 1), "moved_out": date(2026, 2, 1)}, "Fraflytningen ligger før tilflytningen."),
        ({"protected_to": date(2026, 2, 1)}, "En beskyttelse med slutdato skal også have en startdato."),
    ],
)
def test_facts_that_contradict_each_other_are_refused(ida: UUID, wrong: dict[str, date], told: str) -> None:
    facts, version = facts_of(ida)
    changed = CitizenFacts(**{**vars(facts), **wrong})
    with pytest.raises(UnableToChangeCitizenError) as refused:
        changing.change_citizen(citizen_id=ida, facts=changed, seen_version=version, today=TODAY)
    assert str(refused.value) == told


def test_a_citizen_moves_only_to_a_unit_that_the_mover_serves(
    ida: UUID, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    worker = persona("lise", municipality, Role.CASEWORKER, unit)
    before = tokens.present(worker.token)
    facts, version = facts_of(ida)
    moved = CitizenFacts(**{**vars(facts), "unit_id": other_unit.id})
    with pytest.raises(UnableToChangeCitizenError, match="selv betjener"):
        changing.change_citizen(citizen_id=ida, facts=moved, seen_version=version, today=TODAY)
    tokens.present(before)
    changing.change_citizen(citizen_id=ida, facts=moved, seen_version=version, today=TODAY)
    assert queries.unit_of(ida) == other_unit.id
