import pickle
from uuid import UUID

import pytest
from django.core.exceptions import FieldError
from django.core.serializers import serialize
from django.db import connection, models

from styr.access.cpr_field import EncryptedCprField
from styr.access.crypto import UnreadableValueError
from styr.kernel.cpr import Cpr
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
NUMBER = "6101011234"


class Person(models.Model):
    """A model of the tests alone, in a temporary table."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    cpr = EncryptedCprField(null=True)

    class Meta:
        app_label = "tests"
        managed = False
        db_table = "tests_person"


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE tests_person (id uuid PRIMARY KEY, cpr bytea) ON COMMIT DROP")


def stored(person_id: UUID) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cpr FROM tests_person WHERE id = %s", [person_id])
        return bytes(cursor.fetchone()[0])


def test_the_database_never_sees_the_number() -> None:
    person = Person.objects.create(cpr=Cpr.parse(NUMBER))
    assert NUMBER.encode() not in stored(person.id)
    again = Person.objects.get(pk=person.pk).cpr
    assert again == Cpr.parse(NUMBER)


def test_no_statement_holds_the_number(django_assert_num_queries: object) -> None:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        person = Person.objects.create(cpr=Cpr.parse(NUMBER))
        Person.objects.get(pk=person.pk)
    assert not any(NUMBER in query["sql"] for query in asked.captured_queries)


def test_text_repr_and_errors_are_masked() -> None:
    person = Person.objects.create(cpr=Cpr.parse(NUMBER))
    for shown in (str(person.cpr), repr(person.cpr), f"{person.cpr}", repr(person), repr(person.__dict__)):
        assert "1234" not in shown
    assert str(person.cpr) == "610101-••••"
    with pytest.raises(ValueError, match="ti cifre") as refused:
        Person(cpr="6101011234567")
    assert "6101011234567" not in str(refused.value)


def test_a_copied_ciphertext_does_not_open_in_another_row() -> None:
    first, second = Person.objects.create(cpr=Cpr.parse(NUMBER)), Person.objects.create()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tests_person SET cpr = %s WHERE id = %s", [stored(first.id), second.id])
    with pytest.raises(UnreadableValueError):
        _ = Person.objects.get(pk=second.pk).cpr


def test_saving_again_without_a_change_keeps_the_bytes() -> None:
    """So the history gets no event for nothing."""
    person = Person.objects.create(cpr=Cpr.parse(NUMBER))
    before = stored(person.id)
    person.save()
    Person.objects.get(pk=person.pk).save()
    assert stored(person.id) == before
    person.cpr = Cpr.parse("6202021234")
    person.save()
    assert Person.objects.get(pk=person.pk).cpr == Cpr.parse("6202021234")


def test_bulk_create_encrypts_each_row_for_itself() -> None:
    people = Person.objects.bulk_create(Person(cpr=Cpr.parse(NUMBER)) for _ in range(3))
    assert len({stored(person.id) for person in people}) == 3
    assert {person.cpr for person in Person.objects.all()} == {Cpr.parse(NUMBER)}


def test_a_sealed_value_may_be_loaded_in_bulk() -> None:
    person = Person.objects.create()
    field = Person._meta.get_field("cpr")
    assert isinstance(field, EncryptedCprField)
    Person.objects.filter(pk=person.pk).update(cpr=field.seal(Cpr.parse(NUMBER), person.pk))
    assert Person.objects.get(pk=person.pk).cpr == Cpr.parse(NUMBER)


def test_an_update_in_clear_is_refused() -> None:
    with pytest.raises(FieldError) as refused:
        Person.objects.update(cpr=Cpr.parse(NUMBER))
    assert NUMBER not in str(refused.value)


def test_no_lookup_compares_ciphertexts() -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(cpr=b"x").exists()
    assert not Person.objects.filter(cpr__isnull=True).exists()


def test_rows_are_not_written_out_with_the_number() -> None:
    person = Person.objects.create(cpr=Cpr.parse(NUMBER))
    with pytest.raises(FieldError):
        serialize("json", [person])
    assert NUMBER.encode() not in pickle.dumps(person)


def test_nothing_is_kept_where_there_is_no_number() -> None:
    assert Person.objects.get(pk=Person.objects.create().pk).cpr is None
