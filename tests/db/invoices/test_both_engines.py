"""Matching and comparison give the same in PostgreSQL and DuckDB, whole or narrowed, once or twice."""

from typing import Any
from uuid import UUID

from django.db import connection

from styr.access.models import Municipality
from styr.contracts.core.relations import CALENDAR, CONTRACT
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE, STOP
from styr.invoices.core.approval import FOUR_EYES, touchless
from styr.invoices.core.pipeline import run_in_duckdb
from styr.invoices.core.relations import CLAIM, INVOICE, INVOICE_KEY, INVOICE_LINE, LINE_MATCH, MANUAL_MATCH
from styr.invoices.planning import whole_tables
from styr.invoices.services import control_everything, rematch
from styr.kernel.engine import DuckEngine, PostgresEngine
from styr.kernel.relation import Relation
from styr.people.core.relations import CITIZEN
from styr.suppliers.core.relations import SUPPLIER_MERGER

from .conftest import NOW, TODAY

READ = (CITIZEN, CONTRACT, CALENDAR, GRANT, RATE, SERVICE, SERVICE_ABSENCE, STOP, INVOICE, INVOICE_KEY, INVOICE_LINE,
        MANUAL_MATCH, SUPPLIER_MERGER)  # fmt: skip


def rows(relation: Relation) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        return PostgresEngine(cursor).rows(relation.table())


def by_key(found: list[dict[str, Any]], key: str) -> dict[UUID, dict[str, Any]]:
    return {row[key]: row for row in found}


def test_both_engines_agree_on_every_line_and_every_claim(town: Municipality) -> None:
    with DuckEngine() as engine:
        for relation in READ:
            engine.load(relation, rows(relation))
        run_in_duckdb(engine)
        for relation, key in ((LINE_MATCH, "invoice_line_id"), (CLAIM, "claim_id")):
            stored = by_key(rows(relation), key)
            assert stored
            assert stored == by_key(engine.rows(relation.table()), key)


def test_a_second_run_writes_nothing(town: Municipality) -> None:
    before = _versions()
    rematch(municipality_id=town.id)
    assert _versions() == before


def test_a_narrowed_run_gives_what_a_whole_run_gives(town: Municipality) -> None:
    whole = by_key(rows(CLAIM), "claim_id")
    with connection.cursor() as cursor:
        cursor.execute("SELECT grant_id FROM rel_claim WHERE grant_id IS NOT NULL ORDER BY claim_id LIMIT 3")
        grants = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM invoices_claim WHERE grant_id = ANY (%s)", [grants])
        cursor.execute("DELETE FROM invoices_linematch WHERE grant_id = ANY (%s)", [grants])
        cursor.execute("SELECT invoice_id FROM rel_invoice ORDER BY 1 LIMIT 5")
        invoices = [row[0] for row in cursor.fetchall()]
    rematch(municipality_id=town.id, changed=[*grants, *invoices])
    assert by_key(rows(CLAIM), "claim_id") == whole


def test_everything_is_controlled_and_only_the_explained_is_ready(town: Municipality) -> None:
    done = control_everything(municipality_id=town.id, today=TODAY, now=NOW)
    assert done.report.failures == ()
    assert done.settled.ready > 0
    with connection.cursor() as cursor, whole_tables(cursor):
        cursor.execute("SELECT count(*) FROM rel_invoice WHERE status = 'ready'")
        assert cursor.fetchone()[0] == done.settled.ready
        cursor.execute(
            "SELECT count(*) FROM rel_invoice i JOIN rel_finding f USING (invoice_id) "
            "WHERE i.status = 'ready' AND f.status = 'open'"
        )
        assert cursor.fetchone()[0] == 0
        engine = PostgresEngine(cursor)
        engine.load(FOUR_EYES, [])
        assert len(engine.rows(touchless())) == done.settled.ready


def _versions() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM invoices_linematchevent), (SELECT count(*) FROM invoices_claimevent)"
        )
        return list(cursor.fetchall())
