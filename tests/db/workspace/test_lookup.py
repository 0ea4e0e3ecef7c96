"""Search: what is found, by whom, how it is logged, and that it reads by the indexes."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from db.registers.registers import Registers
from personas import persona
from styr.access import tokens
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.audit.models import ReadLog
from styr.people.core.names import sort_key
from styr.workspace.core.searching import folded
from styr.workspace.lookup import Answer, look_up

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
EVERYTHING = frozenset(Permission)


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    return Registers(municipality.id).load()


def found(text: str, **given: Any) -> dict[str, list[str]]:
    answer = asked(text, **given)
    return {group.kind: [hit.title for hit in group.hits] for group in answer.groups}


def asked(text: str, **given: Any) -> Answer:
    return look_up(text, **{"permissions": EVERYTHING, "today": TODAY, "page": "/soeg/", **given})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("øster", "Ida Østergård"),
        ("ida", "Ida Østergård"),
        ("Ida Øst", "Ida Østergård"),
        ("østergård, ida", "Ida Østergård"),
        ("ØSTERGAARD", "Ida Østergård"),
        ("ågård", "Bo Aagaard"),
        ("Aagaard", "Bo Aagaard"),
    ],
)
def test_citizens_are_found_by_the_beginnings_of_their_names(registers: Registers, text: str, name: str) -> None:
    assert found(text)["citizen"] == [name]


@pytest.mark.parametrize("text", ["", "a", "  ", "'", "&|!", "\0\0", "x" * 5000, "østergård & bo", "' OR 1=1"])
def test_what_means_nothing_finds_nobody(registers: Registers, text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("bostedet", "supplier", "Bostedet Ærø ApS"),
        ("ærø", "supplier", "Bostedet Ærø ApS"),
        ("12345674", "supplier", "Bostedet Ærø ApS"),
        ("K-2026-0001", "contract", "K-2026-0001"),
        ("k2026 1", "contract", None),
        ("2026-0002", "contract", "K-2026-0002"),
        ("B0000017-9", "grant", "B0000017-9"),
        ("b00000179", "grant", "B0000017-9"),
        ("B 0000 017", "grant", "B0000017-9"),
    ],
)
def test_numbers_are_found_as_people_write_them(registers: Registers, text: str, kind: str, title: str | None) -> None:
    assert found(text).get(kind, [None])[0] == title


def test_a_grant_number_with_a_wrong_check_digit_is_told(registers: Registers) -> None:
    answer = asked("B0000017-8")
    assert answer.groups == ()
    assert "Kontrolcifferet" in answer.misread


def test_a_cpr_number_is_looked_up_only_where_it_may_be(registers: Registers) -> None:
    assert found("610180-1321") == {"citizen": ["Ida Østergård"]}
    refused = asked("6101801321", cpr_allowed=False)
    assert refused.groups == ()
    assert refused.refused_cpr


def test_whoever_is_shown_is_logged_once_and_nobody_else(registers: Registers) -> None:
    found("øster")
    found("bostedet")
    (log,) = ReadLog.objects.all()
    assert (log.page, log.purpose, len(log.citizens)) == ("/soeg/", "søgning", 1)


def test_a_grant_tells_its_citizen_only_to_those_who_may_see_citizens(registers: Registers) -> None:
    (group,) = asked("B0000017-9").groups
    assert "Ida Østergård" in group.hits[0].detail
    (group,) = asked("B0000017-9", permissions={Permission.SEE_GRANTS}).groups
    assert "Ida" not in group.hits[0].detail


def test_a_kind_that_one_may_not_see_is_not_there(registers: Registers) -> None:
    assert found("bostedet", permissions=EVERYTHING - {Permission.SEE_SUPPLIERS}) == {}


@pytest.mark.parametrize("text", ["øster", "bostedet", "B0000017-9", "610180-1321", "2026", "Ida"])
def test_a_search_takes_six_queries_at_the_most(
    registers: Registers, text: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        asked(text)


def test_a_caseworker_finds_nobody_of_another_unit(
    registers: Registers, municipality: Municipality, unit: Unit
) -> None:
    before = tokens.present(persona("sara", municipality, Role.CASEWORKER, unit).token)
    assert found("øster") == {"citizen": ["Ida Østergård"]}
    assert found("aagaard") == {}
    assert found("B0000018-7") == {}
    tokens.present(before)


def test_an_administrator_finds_no_citizens(registers: Registers, municipality: Municipality) -> None:
    before = tokens.present(persona("alma", municipality, Role.ADMINISTRATOR).token)
    assert "citizen" not in found("øster", permissions={Permission.SEE_SETTINGS})
    tokens.present(before)


@pytest.mark.parametrize("name", ["Østergård", "Aagaard", "HOLM-SØRENSEN", "Müller", "Ängström", "d'Été", "Čapek"])
def test_the_database_folds_names_as_the_program_does(db: None, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(styr_name_words(%s, ''))", [name])
        words = cursor.fetchone()[0]
    assert set(folded(name).split()) <= set(words) | {folded(name).replace(" ", "-")}
    assert sort_key(name, "")


def test_the_find_reads_citizens_by_their_index(
    administrator: psycopg.Connection, municipality: Municipality, unit: Unit
) -> None:
    administrator.execute(
        "INSERT INTO people_citizen (id, municipality_id, unit_id, source_id, cpr, cpr_index, name_index, birth_date, "
        "first_name, last_name, address, postal_code, city, acting_municipality, paying_municipality) "
        "SELECT gen_random_uuid(), %s, %s, 'M' || n, '', 'M' || n, '', '1980-01-01', 'Navn' || n, 'Efternavn' || n, "
        "'', '', '', '', '' FROM generate_series(1, 4000) n",
        [municipality.id, unit.id],
    )
    administrator.execute("ANALYZE people_citizen")
    try:
        before = tokens.present(_token(municipality))
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS)
            scans = cursor.fetchone()
            cursor.execute("SELECT id FROM styr_find('navn17:*'::tsquery, 'navn17', NULL, NULL, NULL, NULL, NULL, 6)")
            assert len(cursor.fetchall()) == 6
            cursor.execute(_COUNTS)
            after = cursor.fetchone()
        tokens.present(before)
        assert after[0] == scans[0], "the whole table was read"
        assert after[1] > scans[1]
    finally:
        administrator.execute("DELETE FROM people_citizen WHERE source_id LIKE 'M%'")


_COUNTS = (
    "SELECT coalesce(seq_scan, 0), coalesce(idx_scan, 0) FROM pg_stat_xact_user_tables WHERE relname = 'people_citizen'"
)


def _token(municipality: Municipality) -> str:
    from styr.access.scope import issue_service_token
    from styr.kernel import clock

    return issue_service_token(municipality_id=municipality.id, purpose="test", now=clock.now())
