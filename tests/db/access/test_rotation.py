"""Moving everything encrypted to the newest key, and not letting go of an older one too early."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from pytest_django import Settings

from styr.access import rotation
from styr.access.keys import Keys
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.sealed_columns import sealed_columns
from styr.access.services import key_uses, rotate_keys
from styr.integrations import journal
from styr.integrations.core.status import FileStatus
from styr.invoices.sealed import seal, unseal
from styr.kernel.cpr import Cpr
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
OLD, NEW = b"a" * 32, b"b" * 32
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
# Bytes that no versioned key locks: hashes, the issuing key's blocks.
IN_CLEAR = {
    *("access_token.token_hash", "access_tokenkey.inner", "access_tokenkey.outer", "access_session.key_hash"),
    *("access_apikey.token_hash", "workspace_calendarfeed.secret_hash"),
}
Citizen: Any = apps.get_model("people", "Citizen")
Document: Any = apps.get_model("invoices", "Document")


@pytest.fixture
def use_keys(settings: Settings) -> Any:
    """Run with these versions of the key."""
    before: Any = settings.STYR_KEYS

    def use(**versions: bytes) -> None:
        cpr = {int(name.removeprefix("v")): key for name, key in versions.items()}
        settings.STYR_KEYS = Keys(cpr=cpr, cpr_index=before.cpr_index, token=before.token)

    return use


def citizen(municipality: Municipality, unit: Unit, number: str) -> Any:
    return Citizen.objects.create(
        municipality=municipality,
        unit=unit,
        source_id=number,
        cpr=Cpr.parse(f"610101{number}"),
        cpr_index=number.zfill(64),
        name_index="",
        birth_date=date(1961, 1, 1),
        first_name="Åse",
        last_name="Prøve",
    )


def document(municipality: Municipality, data: bytes) -> UUID:
    made = uuid7()
    Document.objects.create(
        id=made,
        municipality=municipality,
        sha256=sha256(data).hexdigest(),
        filename="f.xml",
        content=seal(data, document_id=made),
        size=len(data),
        received_at=NOW,
    )
    return made


def kept_file(municipality: Municipality, data: bytes) -> UUID:
    run = journal.open_run(municipality_id=municipality.id, actor="prøve", sources=["x"], now=NOW)
    name = sha256(data).hexdigest()
    entry = journal.FileEntry(name="f.csv", sha256=name, size=len(data), status=FileStatus.FAILED, content=data)
    return journal.record(run, [entry], municipality_id=municipality.id, now=NOW)[name]


@pytest.fixture
def sealed(municipality: Municipality, other_municipality: Municipality, unit: Unit, use_keys: Any) -> dict[str, Any]:
    """One value of every kind under version 1, in two municipalities; then version 2 comes."""
    use_keys(v1=OLD)
    with service_scope(municipality.id, "test"):
        found = {
            "people": [citizen(municipality, unit, str(1000 + number)).pk for number in range(5)],
            "document": document(municipality, b"<Invoice/>" * 500),
            "file": kept_file(municipality, b"cpr;navn\n"),
        }
    with service_scope(other_municipality.id, "test"):
        document(other_municipality, b"<Invoice>nabo</Invoice>")
    use_keys(v1=OLD, v2=NEW)
    return found


def test_everything_is_moved_and_opens_with_the_newest_key_alone(
    sealed: dict[str, Any], municipality: Municipality, use_keys: Any
) -> None:
    done = rotate_keys(batch=2)
    assert (done.moved, done.unreadable) == (8, ())
    assert {use.version for use in done.uses if not use.history} == {2}
    assert rotate_keys().moved == 0
    use_keys(v2=NEW)
    with service_scope(municipality.id, "report"):
        assert next(row.cpr.digits for row in Citizen.objects.order_by("source_id")) == "6101011000"
        stored = bytes(Document.objects.get(pk=sealed["document"]).content)
        assert unseal(stored, document_id=sealed["document"]) == b"<Invoice/>" * 500
        assert journal.kept_content(sealed["file"]) == b"cpr;navn\n"


def test_large_values_are_moved_a_few_at_a_time(sealed: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "MOST_BYTES", 100)
    done = rotate_keys()
    assert (done.moved, {use.version for use in done.uses if not use.history}) == (8, {2})


def test_a_key_is_not_unused_while_the_history_carries_it(sealed: dict[str, Any]) -> None:
    """Nobody may change the history; so its copies hold on to their key until they are past their keeping."""
    done = rotate_keys()
    assert done.unused == frozenset()
    (left,) = [use for use in done.uses if use.version == 1]
    assert (left.table, left.rows, left.history) == ("people_citizenevent", 5, True)


def test_a_key_that_nothing_carries_is_unused(municipality: Municipality, use_keys: Any) -> None:
    use_keys(v1=OLD)
    with service_scope(municipality.id, "test"):
        document(municipality, b"<Invoice/>")
    use_keys(v1=OLD, v2=NEW)
    assert {use.version for use in key_uses()} == {1}
    assert rotate_keys().unused == {1}


def test_a_value_that_does_not_open_is_told_and_left(sealed: dict[str, Any], municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"), connection.cursor() as cursor:
        cursor.execute("UPDATE invoices_document SET content = content || '\\x00' WHERE id = %s", [sealed["document"]])
    done = rotate_keys()
    assert done.moved == 7
    assert done.unreadable == (f"invoices_document|content|{sealed['document']}",)
    assert 1 not in done.unused


def test_every_column_of_bytes_is_in_the_register() -> None:
    """A new encrypted column that no rotation knows of would be lost with its key."""
    bytes_kept = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and model.__module__.startswith("styr.")
    }
    registered = {f"{column.table}.{column.column}" for column in sealed_columns()}
    assert bytes_kept - IN_CLEAR == registered
    assert "people_citizen.cpr" in registered
