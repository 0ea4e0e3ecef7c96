"""A merger of suppliers: everything that has not ended by the day goes over, once, with a log, and files follow."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse

from db.registers.registers import CONTRACT, SUPPLIER, Registers
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.contracts import bulk as contracts
from styr.suppliers import bulk as suppliers
from styr.suppliers.core.rows import SupplierRow
from styr.suppliers.merging import NewMerger, UnableToMergeError, merger_that_moved, mergers_of
from styr.workspace import merging

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
OTHER = SupplierRow(source_id="L2", cvr="13585628", name="Koncernen A/S", kind="private", ean=None, account=None)
THIRD = SupplierRow(source_id="L3", cvr="98187839", name="Holding A/S", kind="private", ean=None, account=None)
_PARTIES = """
SELECT (SELECT array_agg(DISTINCT supplier_id) FROM rel_contract), (SELECT array_agg(DISTINCT supplier_id)
FROM rel_grant WHERE supplier_id IS NOT NULL), (SELECT array_agg(DISTINCT supplier_id) FROM rel_provider_unit)
"""


@pytest.fixture
def ids(municipality: Municipality, scope: str) -> dict[str, UUID]:
    """The suppliers' ids by their numbers."""
    Registers(municipality.id).load()
    suppliers.upsert_suppliers([OTHER, THIRD], municipality_id=municipality.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT source_id, supplier_id FROM key_supplier")
        return dict(cursor.fetchall())


@pytest.fixture
def mads(municipality: Municipality, ids: dict[str, UUID]) -> Persona:
    return persona("mads", municipality, Role.NEGOTIATOR)


def merged(who: Persona, absorbed: UUID, continuing: UUID, day: date = TODAY) -> merging.Going:
    merger = NewMerger(absorbed_id=absorbed, continuing_id=continuing, valid_from=day, note="Set på Virk")
    return merging.merge(
        municipality_id=who.user.municipality_id, merger=merger, actor_id=who.user.id, today=max(TODAY, day), now=NOW
    )


def parties() -> list[list[UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(_PARTIES)
        return list(cursor.fetchone())


def test_everything_that_runs_goes_over_and_files_follow(mads: Persona, ids: dict[str, UUID]) -> None:
    old, new, last = ids["L1"], ids["L2"], ids["L3"]
    assert merged(mads, old, new) == merging.Going(contracts=1, frameworks=1, grants=1, places=1)
    assert parties() == [[new], [new], [new]]
    (line,) = mergers_of(old)
    assert (line.went_over, line.continuing_id, line.recorded_by) == ((2, 1, 1), new, "Mads")
    for refused, why in ((new, "ophørt"), (old, "Vælg en anden")):
        with pytest.raises(UnableToMergeError, match=why):
            merged(mads, old, refused)
    # The file still says L1; the contract stays where the merger, and the next one, have brought it.
    merged(mads, new, last, date(2026, 9, 1))
    again = contracts.upsert_contracts([CONTRACT], municipality_id=mads.user.municipality_id)
    assert (again.changed, again.errors) == (0, ())
    assert parties()[0] == [last]
    with connection.cursor() as cursor:
        cursor.execute("SELECT former_id, supplier_id, valid_from FROM rel_supplier_merger ORDER BY valid_from, 2")
        assert set(cursor.fetchall()) == {
            (old, new, TODAY), (old, last, TODAY), (new, last, date(2026, 9, 1)),
        }  # fmt: skip
        cursor.execute("SELECT contract_id FROM rel_contract WHERE number = 'K-2026-0001'")
        latest = merger_that_moved(cursor.fetchone()[0])
    assert latest is not None
    assert (latest.absorbed_id, latest.continuing_id) == (new, last)


def test_what_has_ended_stays_and_one_unit_is_not_enough(
    mads: Persona, ids: dict[str, UUID], municipality: Municipality, unit: Unit
) -> None:
    """The individual contract ends with the year; a role in one unit cannot move another's contracts."""
    stranger = persona("nabo", municipality, Role.NEGOTIATOR, unit)
    with pytest.raises(UnableToMergeError, match="hele kommunen"):
        merged(stranger, ids["L1"], ids["L2"])
    assert merged(mads, ids["L1"], ids["L2"], date(2027, 1, 1)).contracts == 0
    assert set(parties()[0]) == {ids["L1"], ids["L2"]}


def test_the_page_tells_what_goes_over_and_does_it_once_confirmed(mads: Persona, ids: dict[str, UUID]) -> None:
    client = logged_in_client(mads)
    address = f"/leverandoerer/{ids['L1']}/fusion/"
    assert SUPPLIER.name in client.get(address).content.decode()
    assert send(client, address, {"continuing": "", "valid_from": ""}).status_code == 200
    asked: dict[str, object] = {"continuing": str(ids["L2"]), "valid_from": "2026-06-01", "note": ""}
    seen = confirming(send(client, address, asked))
    # Another day is another confirmation, and nothing has gone over yet.
    assert confirming(send(client, address, {**asked, "valid_from": "2026-06-02", "seen": seen})) != seen
    assert parties()[0] == [ids["L1"]]
    assert send(client, address, {**asked, "seen": seen}).status_code == 302
    assert "Ophørt ved fusion" in client.get(f"/leverandoerer/{ids['L1']}/").content.decode()
    assert "Har overtaget" in client.get(f"/leverandoerer/{ids['L2']}/tilbud/").content.decode()


def confirming(answer: HttpResponse) -> str:
    """The mark of what the page asks one to confirm."""
    page = answer.content.decode()
    assert "kontrakter 1, rammeaftaler 1, bevillinger 1, tilbud 1." in page
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_merger_is_recorded_when_it_has_come_into_force(mads: Persona, ids: dict[str, UUID]) -> None:
    late = NewMerger(absorbed_id=ids["L1"], continuing_id=ids["L2"], valid_from=date(2026, 6, 2))
    with pytest.raises(UnableToMergeError, match="når den er trådt i kraft"):
        merging.merge(
            municipality_id=mads.user.municipality_id, merger=late, actor_id=mads.user.id, today=TODAY, now=NOW
        )
    asked: dict[str, object] = {"continuing": str(ids["L2"]), "valid_from": "2099-01-01", "note": ""}
    page = send(logged_in_client(mads), f"/leverandoerer/{ids['L1']}/fusion/", asked).content.decode()
    assert merging.NOT_YET in page
    assert 'name="seen"' not in page


def test_whoever_may_not_merge_is_told_at_once(ids: dict[str, UUID], municipality: Municipality, unit: Unit) -> None:
    client = logged_in_client(persona("lokal", municipality, Role.NEGOTIATOR, unit))
    told = client.get(f"/leverandoerer/{ids['L1']}/fusion/", follow=True).content.decode()
    assert "rolle i hele kommunen" in told
