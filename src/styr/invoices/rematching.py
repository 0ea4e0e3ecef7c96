"""Matches invoices and compares them with what was expected, inside the database; writes only what differs."""

from collections.abc import Callable, Collection
from typing import Final
from uuid import UUID

import ibis
from django.db import connection, transaction

from styr.invoices.core.pipeline import Step, comparing, matching
from styr.invoices.core.reach import touched_invoices, touched_services
from styr.invoices.core.relations import CLAIM, LINE_MATCH
from styr.invoices.planning import whole_tables
from styr.kernel.engine import Cursor, PostgresEngine, compile_postgres
from styr.kernel.relation import NARROW, Relation

_RESULTS: Final = {
    LINE_MATCH.name: ("invoices_linematch", "line_id", "invoice_line_id"),
    CLAIM.name: ("invoices_claim", "line_id", "claim_id"),
}
_NEW: Final = "new_"


def rematch(*, municipality_id: UUID, changed: Collection[UUID] | None = None) -> int:
    """Match and compare every invoice, or those that the changed ids touch; returns the number of lines looked at.

    Called inside a scope over the whole municipality. `changed` are ids of any kind: invoices, grants, contracts,
    citizens, suppliers.
    """
    with transaction.atomic(), connection.cursor() as cursor, whole_tables(cursor):
        narrowed = changed is not None
        if changed is not None:
            _narrow(cursor, changed)
        for step in matching(narrowed=narrowed):
            lines = _run(cursor, step, municipality_id, narrowed=narrowed)
        if changed is not None:
            _follow(cursor, touched_services, "invoices.touched_services")
        for step in comparing(narrowed=narrowed):
            _run(cursor, step, municipality_id, narrowed=narrowed)
        _give_units(cursor)
    return lines


_PARTS: Final = ("invoices_document", "invoices_invoice", "invoices_invoiceline", "invoices_invoicekey",
                 "invoices_documentfinding", "invoices_linematch", "invoices_claim", "invoices_manualmatch",
                 "invoices_question", "invoices_followup")  # fmt: skip
_UNKNOWN_UNITS: Final = """
    CREATE TEMPORARY TABLE stage_unit ON COMMIT DROP AS
    SELECT i.id AS invoice_id, i.document_id, min(g.unit_id::text)::uuid AS unit_id
    FROM invoices_invoice i
    JOIN invoices_linematch m ON m.invoice_id = i.id
    JOIN rel_grant g ON g.grant_id = m.grant_id
    WHERE i.unit_id IS NULL
    GROUP BY i.id, i.document_id HAVING count(DISTINCT g.unit_id) = 1
"""
_GIVE_UNIT: Final = "UPDATE {table} t SET unit_id = u.unit_id FROM pg_temp.stage_unit u WHERE t.{own} = u.{own_key}"


def _give_units(cursor: Cursor) -> None:
    """Invoices whose buyer number told no unit follow the unit of their grant, with everything that hangs on them."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.stage_unit")
    cursor.execute(_UNKNOWN_UNITS)
    for table in _PARTS if cursor.rowcount else ():
        own = {"invoices_document": ("id", "document_id"), "invoices_invoice": ("id", "invoice_id")}
        column, key = own.get(table, ("invoice_id", "invoice_id"))
        cursor.execute(_GIVE_UNIT.format(table=table, own=column, own_key=key))


def _narrow(cursor: Cursor, changed: Collection[UUID]) -> None:
    PostgresEngine(cursor).load(NARROW, [{"id": one} for one in set(changed)])
    _follow(cursor, touched_invoices, "invoices.touched_invoices")


def _follow(cursor: Cursor, reached: Callable[[], ibis.Table], key: str) -> None:
    text = compile_postgres(reached, key=key)
    new = f"SELECT id FROM ({text}) AS reached EXCEPT SELECT id FROM pg_temp.rel_narrow"  # noqa: S608 -- compiled by us
    cursor.execute(f"INSERT INTO pg_temp.rel_narrow {new}")
    cursor.execute("ANALYZE pg_temp.rel_narrow")


def _run(cursor: Cursor, step: Step, municipality_id: UUID, *, narrowed: bool) -> int:
    engine = PostgresEngine(cursor)
    result = step.target.name in _RESULTS
    stage = Relation(_NEW + step.target.name, step.target.columns) if result else step.target
    engine.load(stage, [])
    count = engine.insert_select(stage.name, list(stage.columns), step.build, key=step.key)
    cursor.execute(f"ANALYZE pg_temp.{stage.name}")
    if result:
        _replace(cursor, step.target, stage.name, municipality_id, narrowed=narrowed)
    return count


def _replace(cursor: Cursor, target: Relation, stage: str, municipality_id: UUID, *, narrowed: bool) -> None:
    """Bring the stored rows in step with the new ones: delete what is gone, change what differs, add what is new."""
    table, own, source = _RESULTS[target.name]
    columns = [column for column in target.columns if column != source]
    names = {
        "table": table,
        "stage": stage,
        "own": own,
        "source": source,
        "within": _REACHED if narrowed else "true",
        "columns": ", ".join(columns),
        "new": ", ".join(f"n.{column}" for column in columns),
        "old": ", ".join(f"t.{column}" for column in columns),
        "given": ", ".join(f"excluded.{column}" for column in columns),
    }
    cursor.execute(_DELETE.format(**names))
    cursor.execute(_WRITE.format(**names), [municipality_id])


_DELETE: Final = """
    DELETE FROM {table} t
    WHERE NOT EXISTS (SELECT FROM pg_temp.{stage} n WHERE n.{source} = t.{own}) AND {within}
"""
_WRITE: Final = """
    INSERT INTO {table} AS t (id, municipality_id, unit_id, {own}, {columns})
    SELECT gen_random_uuid(), %s, l.unit_id, n.{source}, {new}
    FROM pg_temp.{stage} n JOIN invoices_invoiceline l ON l.id = n.{source}
    ON CONFLICT ({own}) DO UPDATE SET ({columns}) = ROW({given}) WHERE ({old}) IS DISTINCT FROM ({given})
"""
_REACHED: Final = (
    "(t.invoice_id IN (SELECT id FROM pg_temp.rel_narrow) OR t.service_id IN (SELECT id FROM pg_temp.rel_narrow))"
)
