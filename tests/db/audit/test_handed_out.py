"""What commands ask the audit trail for: the chain, the check of it, and one citizen's log."""

from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from django.apps import apps

from styr.access.crypto import blind_index
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.services import seal_logs
from styr.audit import sealing
from styr.audit.services import citizen_log_rows, last_chain, log_read, verify_seal
from styr.kernel.cpr import Cpr
from styr.kernel.ids import uuid7

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
transactional = pytest.mark.django_db(transaction=True)


def read_and_seal(municipality: Municipality) -> str:
    """One more logged read under seal; gives the chain's value."""
    with service_scope(municipality.id, "test"):
        log_read(citizens=[uuid7()], page="/borgere/", purpose="visitation")
    seal_logs(now=NOW)
    with service_scope(municipality.id, "report"):
        return last_chain(municipality_id=municipality.id).value


@transactional
def test_the_chain_tells_what_it_vouches_for(municipality: Municipality) -> None:
    with service_scope(municipality.id, "report"):
        before = last_chain(municipality_id=municipality.id)
    assert (before.value, before.seals, before.rows, before.sealed_at) == (sealing.GENESIS, 0, 0, None)
    read_and_seal(municipality)
    with service_scope(municipality.id, "report"):
        first = last_chain(municipality_id=municipality.id)
    value = read_and_seal(municipality)
    with service_scope(municipality.id, "report"):
        after = last_chain(municipality_id=municipality.id)
    assert (after.value, after.seals, after.rows) == (value, first.seals + 1, first.rows + 1)
    assert after.sealed_at == NOW
    assert len(value) == 64


@transactional
def test_untouched_logs_hold_with_every_value_that_was_kept(municipality: Municipality) -> None:
    kept = [read_and_seal(municipality), read_and_seal(municipality)]
    with service_scope(municipality.id, "report"):
        for value in (None, *kept, kept[0].upper()):
            assert verify_seal(municipality_id=municipality.id, kept=value).holds


@transactional
def test_a_chain_cut_off_at_its_end_holds_in_itself_and_not_against_a_kept_value(
    municipality: Municipality, administrator: psycopg.Connection
) -> None:
    read_and_seal(municipality)
    kept = read_and_seal(municipality)
    administrator.execute("DELETE FROM audit_seal WHERE id = (SELECT max(id) FROM audit_seal)")
    with service_scope(municipality.id, "report"):
        assert verify_seal(municipality_id=municipality.id).holds
        found = verify_seal(municipality_id=municipality.id, kept=kept)
    assert (found.holds, found.missing, found.broken) == (False, True, ())


@transactional
def test_a_changed_row_is_told(municipality: Municipality, administrator: psycopg.Connection) -> None:
    read_and_seal(municipality)
    administrator.execute("UPDATE audit_readlog SET page = '/noget/andet/'")
    with service_scope(municipality.id, "report"):
        found = verify_seal(municipality_id=municipality.id)
    assert [(broken.source, broken.reason) for broken in found.broken] == [
        ("audit_readlog", "en række er ændret, efter at den blev plomberet")
    ]
    assert not found.holds


@pytest.mark.django_db
def test_handing_out_a_citizen_s_log_is_a_look_at_the_citizen(municipality: Municipality, unit: Unit) -> None:
    citizens: Any = apps.get_model("people", "Citizen").objects
    cpr = Cpr.parse("6101011234")
    with service_scope(municipality.id, "test"):
        made = citizens.create(
            municipality=municipality,
            unit=unit,
            source_id="B1",
            cpr=cpr,
            cpr_index=blind_index(cpr.digits),
            name_index="",
            birth_date=date(1961, 1, 1),
            first_name="Åse",
            last_name="Prøve",
        )
    with service_scope(municipality.id, "report"):
        first = citizen_log_rows(citizen_id=made.pk, page="styr audit citizen", purpose="indsigt")
        second = citizen_log_rows(citizen_id=made.pk, page="styr audit citizen", purpose="indsigt")
    assert [row.kind for row in first] == ["insert"]
    assert [(row.kind, row.what, row.purpose) for row in second[1:]] == [("read", "styr audit citizen", "indsigt")]
