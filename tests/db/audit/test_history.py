import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from personas import persona, rows_seen_by
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit, User
from styr.access.scope import service_scope
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
UnitEvent = apps.get_model("access", "UnitEvent")


def test_every_way_of_writing_leaves_its_events(scope: str, municipality: Municipality) -> None:
    made = Unit.objects.bulk_create(
        Unit(municipality=municipality, number=str(number), name="ny") for number in range(500, 503)
    )
    ids = [unit.id for unit in made]
    Unit.objects.filter(id__in=ids).update(name="omdøbt")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_unit WHERE id = %s", [ids[0]])
    labels = list(UnitEvent.objects.filter(pgh_obj_id__in=ids).order_by("pgh_id").values_list("pgh_label", flat=True))
    assert labels == ["insert"] * 3 + ["update"] * 3 + ["delete"]


def test_a_copied_load_leaves_its_events(scope: str, municipality: Municipality) -> None:
    """PostgreSQL refuses COPY into a table under policies: a load goes through a temporary table."""
    unit_id = uuid7()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE load (LIKE access_unit) ON COMMIT DROP")
        with cursor.copy("COPY load (id, municipality_id, number, name, ean) FROM STDIN") as copy:
            copy.write_row([unit_id, municipality.id, "700", "hentet", ""])
        cursor.execute("INSERT INTO access_unit SELECT * FROM load")
    assert UnitEvent.objects.get(pgh_obj_id=unit_id).name == "hentet"


def test_an_update_that_changes_nothing_leaves_none(scope: str, unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(name=unit.name)
    assert not UnitEvent.objects.filter(pgh_obj_id=unit.pk, pgh_label="update").exists()


def test_the_context_is_what_the_token_says(scope: str, municipality: Municipality, unit: Unit) -> None:
    manager = persona("lise", municipality, Role.ADMINISTRATOR)
    before = tokens.present(manager.token)
    tokens.note({"page": "/enheder/"})
    Unit.objects.filter(pk=unit.pk).update(name="Voksne")
    tokens.present(before)
    facts = UnitEvent.objects.get(pgh_obj_id=unit.pk, pgh_label="update").pgh_context.metadata
    assert facts["user"] == str(manager.user.id)
    assert facts["municipality"] == str(municipality.id)
    assert facts["purpose"] == "session"
    assert facts["note"] == {"page": "/enheder/"}


def test_an_injected_context_is_not_believed(scope: str, municipality: Municipality, unit: Unit) -> None:
    """A statement may set the settings of the history library, and of ours: the actor still follows from the token."""
    manager = persona("lise", municipality, Role.ADMINISTRATOR)
    before = tokens.present(manager.token)
    Unit.objects.filter(pk=unit.pk).update(name="Voksne")
    tokens.present(before)
    others = UnitEvent.objects.get(pgh_obj_id=unit.pk, pgh_label="update").pgh_context_id
    with connection.cursor() as cursor:
        for name in ("pghistory.context_id", "styr.context"):
            cursor.execute("SELECT set_config(%s, %s, true)", [name, str(others)])
        cursor.execute("SELECT set_config('pghistory.context_metadata', '{\"user\": \"en anden\"}', true)")
    Unit.objects.filter(pk=unit.pk).update(name="Voksenområdet")
    event = UnitEvent.objects.filter(pgh_obj_id=unit.pk).latest("pgh_id")
    assert event.pgh_context_id != others
    assert event.pgh_context.metadata["user"] is None


def test_one_transaction_has_one_context(scope: str, unit: Unit, other_unit: Unit) -> None:
    for row in (unit, other_unit):
        Unit.objects.filter(pk=row.pk).update(name=f"{row.name} 2")
    assert len(set(UnitEvent.objects.filter(pgh_label="update").values_list("pgh_context_id", flat=True))) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_unitevent SET name = 'x'",
        "DELETE FROM access_unitevent",
        "TRUNCATE access_unitevent",
        (
            "INSERT INTO access_unitevent "
            "(pgh_created_at, pgh_label, id, number, name, ean, municipality_id, pgh_obj_id) "
            "SELECT now(), 'insert', id, number, name, ean, municipality_id, id FROM access_unit"
        ),
        "ALTER TABLE access_unit DISABLE TRIGGER USER",
        "UPDATE pghistory_context SET metadata = '{}'",
        "DELETE FROM pghistory_context",
        "SELECT audit_fix_trigger_paths()",
    ],
)
def test_the_app_role_cannot_touch_the_history(scope: str, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner|by its triggers only"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)


def test_a_temporary_table_of_the_same_name_catches_no_events(scope: str, unit: Unit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE access_unitevent (LIKE public.access_unitevent) ON COMMIT DROP")
        cursor.execute("SET LOCAL search_path = pg_temp, public")
        cursor.execute("UPDATE access_unit SET name = 'skjult' WHERE id = %s", [unit.pk])
        cursor.execute(
            "SELECT count(*) FROM public.access_unitevent WHERE pgh_obj_id = %s AND name = 'skjult'", [unit.pk]
        )
        assert cursor.fetchone() == (1,)


def test_even_the_owner_changes_no_event(administrator: psycopg.Connection, municipality: Municipality) -> None:
    """FORCE, and no policy for UPDATE or DELETE."""
    with administrator.transaction(force_rollback=True):
        administrator.execute("SET LOCAL ROLE styr_owner")
        assert administrator.execute("UPDATE access_unitevent SET name = 'x'").rowcount == 0
        assert administrator.execute("DELETE FROM access_unitevent").rowcount == 0


def test_another_municipality_sees_neither_events_nor_contexts(
    scope: str, unit: Unit, other_municipality: Municipality
) -> None:
    Unit.objects.filter(pk=unit.pk).update(name="Voksne")
    with service_scope(other_municipality.id, "test") as token:
        seen = rows_seen_by(
            token, "SELECT pgh_id::text FROM access_unitevent UNION ALL SELECT id::text FROM pghistory_context"
        )
    assert seen == []


def test_the_history_of_a_person_holds_no_password(scope: str, municipality: Municipality) -> None:
    persona("lise", municipality, Role.MANAGER)
    columns = {field.name for field in apps.get_model("access", "UserEvent")._meta.get_fields()}
    assert "username" in columns
    assert not columns & {"password", "last_login"}
    assert User.objects.get(username="lise").password
