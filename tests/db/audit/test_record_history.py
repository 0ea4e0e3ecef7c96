from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from db.registers.registers import Registers
from personas import persona
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.audit.queries import ReadFilter, reads_of, record_history
from styr.audit.services import log_read
from styr.people import services as people

pytestmark = pytest.mark.django_db
Citizen, Grant = apps.get_model("people", "Citizen"), apps.get_model("grants", "Grant")


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    return Registers(municipality.id).load()


@pytest.fixture
def ida(registers: Registers) -> Any:
    return Citizen.objects.get(source_id="1001")


def told(change: Any) -> dict[str, tuple[str, str]]:
    return {field.label: (field.before, field.after) for field in change.fields}


def test_it_tells_who_changed_which_field_from_what_to_what(ida: Any, municipality: Municipality) -> None:
    worker = persona("lise", municipality, Role.CASEWORKER)
    before = tokens.present(worker.token)
    people.record_death(citizen_id=ida.id, died_on=date(2026, 11, 3))
    tokens.present(before)
    latest, first = record_history("people.Citizen", ida.id)
    assert (latest.kind, latest.done, latest.who, latest.what) == ("update", "ændret", "Lise", "borger")
    assert latest.user_id == worker.user.id
    assert told(latest) == {"død": ("", "3. nov. 2026")}
    assert first.kind == "insert"
    assert first.who == "Programmet"
    assert told(first)["fornavn"] == ("", "Ida")


def test_an_end_is_told_as_the_last_day_and_a_unit_by_its_name(ida: Any, other_unit: Unit) -> None:
    people.record_move_out(citizen_id=ida.id, last_day=date(2026, 8, 31))
    people.move_to_unit(citizen_id=ida.id, unit_id=other_unit.id)
    moved, left, _ = record_history("people.Citizen", ida.id)
    assert told(left) == {"fraflyttet": ("", "1. sep. 2026")}
    assert told(moved) == {"enhed": ("Voksen", "Børn og Unge")}


def test_no_number_in_clear_no_hash_and_no_ciphertext_is_told(ida: Any) -> None:
    written = repr(record_history("people.Citizen", ida.id))
    assert ida.cpr.digits not in written
    assert ida.cpr_index not in written
    assert "\\x" not in written
    assert "CPR" not in written


def test_parts_belong_to_the_record_and_codes_have_danish_names(registers: Registers) -> None:
    grant = Grant.objects.get(source_id="B0000017-9")
    Grant.objects.filter(pk=grant.pk).update(status="stopped")
    grant.lines.filter(line_no=2).delete()
    history = record_history("grants.Grant", grant.id, parts=("grants.ServiceLine", "grants.OwnRate", "grants.Absence"))
    assert [(one.kind, one.what) for one in history[:2]] == [("delete", "bevillingsydelse"), ("update", "bevilling")]
    assert told(history[1])["status"] == ("bevilget", "stoppet")
    assert told(history[0])["slut"] == ("30. jun. 2026", "")
    assert {one.what for one in history} == {"bevilling", "bevillingsydelse", "fravær"}


def test_the_price_of_a_line_is_found_through_the_line(registers: Registers) -> None:
    grant = Grant.objects.get(source_id="SAG-77")
    history = record_history("grants.Grant", grant.id, parts=("grants.ServiceLine", "grants.OwnRate"))
    (rate,) = [one for one in history if one.what == "egen takst"]
    assert told(rate)["pris"] == ("", "420,5")


def test_hidden_fields_are_told_without_their_values(ida: Any) -> None:
    Citizen.objects.filter(pk=ida.pk).update(address="Hemmelig vej 7", city="Ribe")
    latest = record_history("people.Citizen", ida.id, hidden=("address", "postal_code", "city"))[0]
    assert told(latest) == {"adresse": ("skjult", "skjult"), "by": ("skjult", "skjult")}
    assert "Hemmelig" not in repr(record_history("people.Citizen", ida.id, hidden=("address",)))


def test_it_asks_twice_however_many_parts(
    registers: Registers, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    grant = Grant.objects.get(source_id="B0000017-9")
    with django_assert_max_num_queries(2, connection=connection):
        record_history("grants.Grant", grant.id, parts=("grants.ServiceLine", "grants.OwnRate", "grants.Absence"))


def test_another_unit_sees_nothing(ida: Any, municipality: Municipality, other_unit: Unit) -> None:
    neighbour = persona("nabo", municipality, Role.CASEWORKER, other_unit)
    before = tokens.present(neighbour.token)
    assert record_history("people.Citizen", ida.id) == ()
    tokens.present(before)


def test_who_looked_is_told_with_name_place_and_purpose(ida: Any, municipality: Municipality) -> None:
    worker = persona("lise", municipality, Role.CASEWORKER)
    before = tokens.present(worker.token)
    log_read(citizens=[ida.id], page="/borgere/1/", purpose="opslag")
    tokens.present(before)
    (row,), total = reads_of(ida.id, ReadFilter())
    assert (row.who, row.page, row.purpose, row.others, total) == ("Lise", "/borgere/1/", "opslag", 0, 1)
    day = localdate(row.at)
    for asked, there in (
        (ReadFilter(who="lis"), 1), (ReadFilter(who="job"), 0), (ReadFilter(since=day, until=day), 1),
        (ReadFilter(since=day + timedelta(days=1)), 0), (ReadFilter(until=day - timedelta(days=1)), 0),
    ):  # fmt: skip
        assert reads_of(ida.id, asked, oldest=True)[1] == there, asked
