"""What taking an import back would do, and what stands in its way; a fixed number of statements, whatever its size."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper as Cursor

from styr.integrations.differences import record_name
from styr.integrations.undo_catalogue import PLACED, WORKED_OUT, Tracked, names_of, references, tracked_tables

ROWS = "undo_rows"
MOST_NAMED = 20

_MAKE = f"""
    DROP TABLE IF EXISTS pg_temp.{ROWS};
    CREATE TEMPORARY TABLE {ROWS} (
        source text, id uuid, first bigint, last bigint, last_label text, before bigint,
        PRIMARY KEY (source, id)
    ) ON COMMIT DROP;
"""
_GATHER = """
    SELECT '{table}', x.id, x.first, x.last, x.last_label, CASE WHEN b.pgh_label <> 'delete' THEN b.pgh_id END
    FROM (SELECT e.pgh_obj_id AS id, min(e.pgh_id) AS first, max(e.pgh_id) AS last,
                 (array_agg(e.pgh_label ORDER BY e.pgh_id DESC))[1] AS last_label FROM {events} e
          WHERE e.pgh_context_id = ANY (%(contexts)s) GROUP BY 1) x
    LEFT JOIN LATERAL (SELECT p.pgh_id, p.pgh_label FROM {events} p
                       WHERE p.pgh_obj_id = x.id AND p.pgh_id + 0 < x.first
                       ORDER BY p.pgh_id + 0 DESC LIMIT 1) b ON true
"""
# `+ 0` keeps the planner from walking the whole history backwards by its numbers in search of one record. Events are
# not joined with events: right after an import the planner takes the history for empty, and would compare each of its
# rows with each.
_NO_INVOICE = f"""
    DELETE FROM {ROWS} u WHERE u.source = 'invoices_document'
    AND NOT EXISTS (SELECT FROM invoices_invoice i WHERE i.document_id = u.id)
"""  # noqa: S608 - names from our own code
_COUNTS = f"""
    SELECT u.source, count(*) FILTER (WHERE u.before IS NULL AND u.last_label <> 'delete'),
           count(*) FILTER (WHERE u.before IS NOT NULL)
    FROM {ROWS} u GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - the same
_LATER = """
    SELECT '{table}', {name}, max(e.pgh_created_at) FROM {rows} u
    JOIN {events} e ON e.pgh_obj_id = u.id AND e.pgh_id > u.first AND e.pgh_context_id <> ALL (%(contexts)s)
    WHERE u.source = '{table}' AND ({told}) GROUP BY 1, 2
"""
_DEPENDS = """
    SELECT '{table}', '{target}', count(*) FROM {table} r
    JOIN {rows} u ON u.source = '{target}' AND u.id = r.{column} AND u.before IS NULL AND u.last_label <> 'delete'
    WHERE NOT EXISTS (SELECT FROM {rows} own WHERE own.source = '{table}' AND own.id = r.id AND own.before IS NULL)
"""
_TOUCHED = f"""
    SELECT u.id FROM {ROWS} u WHERE u.source = 'grants_grant'
    UNION SELECT e.grant_id FROM {ROWS} u JOIN grants_servicelineevent e ON e.pgh_id = u.last
          WHERE u.source = 'grants_serviceline'
    UNION SELECT e.grant_id FROM {ROWS} u JOIN grants_absenceevent e ON e.pgh_id = u.last
          WHERE u.source = 'grants_absence'
    UNION SELECT s.grant_id FROM {ROWS} u JOIN grants_ownrateevent e ON e.pgh_id = u.last
          JOIN grants_serviceline s ON s.id = e.service_line_id WHERE u.source = 'grants_ownrate'
    UNION SELECT g.id FROM grants_grant g WHERE g.contract_id IN (
          SELECT u.id FROM {ROWS} u WHERE u.source = 'contracts_contract'
          UNION SELECT e.contract_id FROM {ROWS} u JOIN contracts_contractlineevent e ON e.pgh_id = u.last
                WHERE u.source = 'contracts_contractline'
          UNION SELECT l.contract_id FROM {ROWS} u JOIN contracts_contractrateevent e ON e.pgh_id = u.last
                JOIN contracts_contractline l ON l.id = e.contract_line_id WHERE u.source = 'contracts_contractrate')
"""  # noqa: S608 - the same
_ACTED = f"""
    WITH touched AS MATERIALIZED ({_TOUCHED}), ours AS MATERIALIZED (
        SELECT u.id FROM {ROWS} u WHERE u.source = 'invoices_invoice'),
    by_posting AS MATERIALIZED (
        SELECT n.id, n.invoice_id FROM {ROWS} u JOIN ledger_posting p ON p.id = u.id
        JOIN ledger_invoicepayment n ON n.invoice_id = p.invoice_id WHERE u.source = 'ledger_posting')
    SELECT 'invoice', coalesce(nullif(i.supplier_name, ''), 'ukendt leverandør') || ', faktura ' || i.number, i.status
    FROM invoices_invoice i
    WHERE i.status IN ('approved', 'rejected', 'paid')
      AND (i.id IN (SELECT id FROM ours) OR EXISTS (
           SELECT FROM invoices_linematch m WHERE m.invoice_id = i.id AND m.grant_id IN (SELECT id FROM touched)))
      AND EXISTS (SELECT FROM invoices_invoiceevent e WHERE e.pgh_obj_id = i.id AND e.status = i.status
                  AND e.pgh_created_at >= %(since)s)
      AND NOT (i.status = 'paid' AND i.id IN (SELECT invoice_id FROM by_posting))
    UNION ALL
    SELECT 'paid', 'bevilling ' || g.number || ', ' || to_char(p.month, 'MM-YYYY'), ''
    FROM grants_paidperiod p
    JOIN grants_serviceline s ON s.id = p.service_line_id JOIN grants_grant g ON g.id = s.grant_id
    WHERE g.id IN (SELECT id FROM touched) AND EXISTS (
          SELECT FROM grants_paidperiodevent e WHERE e.pgh_obj_id = p.id AND e.pgh_created_at >= %(since)s)
      AND NOT EXISTS (SELECT FROM ledger_paidpart q JOIN by_posting n ON n.id = q.payment_id
                      WHERE q.service_line_id = p.service_line_id AND q.month = p.month)
    UNION ALL
    SELECT DISTINCT 'finding', 'afvigelse om ' || coalesce('bevilling ' || g.number, 'kontrakt ' || k.number,
           'leverandøren ' || v.name, CASE f.subject_kind WHEN 'citizen' THEN 'en borger' ELSE 'et tilbud' END), ''
    FROM controls_finding f
    JOIN controls_findingdecision d ON d.finding_id = f.id
    LEFT JOIN grants_grant g ON g.id = f.grant_id LEFT JOIN contracts_contract k ON k.id = f.contract_id
    LEFT JOIN suppliers_supplier v ON v.id = f.supplier_id
    WHERE d.decided_at >= %(since)s AND (f.grant_id IN (SELECT id FROM touched)
          OR f.subject_id IN (SELECT id FROM {ROWS} WHERE source NOT LIKE 'invoices_%%')
          OR f.contract_id IN (SELECT id FROM {ROWS} WHERE source = 'contracts_contract'))
    LIMIT 200
"""  # noqa: S608 - the same


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken back in one table: rows removed, and rows set back to what they were."""

    name: str
    removed: int
    restored: int


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the import cannot be taken back: what stands in the way, by name."""

    reason: str
    records: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What would be taken back, table by table, and every obstacle; with one, nothing is."""

    parts: tuple[Part, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def possible(self) -> bool:
        """Whether nothing stands in the way."""
        return bool(self.parts) and not self.obstacles


def plan_undo(contexts: Sequence[UUID], *, since: datetime) -> UndoPlan:
    """Gather what the contexts changed into `undo_rows` (in the caller's transaction), and tell what would be done.

    Args:
        contexts: the import's contexts in the change history.
        since: when the import began; decisions and payments after it are what may lean on it.
    """
    with connection.cursor() as cursor:
        gathered = (_GATHER.format(table=one.table, events=one.events) for one in tracked_tables())
        inserted = f"INSERT INTO {ROWS} " + " UNION ALL ".join(gathered)
        steps = f"{_MAKE} {inserted}; {_NO_INVOICE}; ANALYZE pg_temp.{ROWS}"
        cursor.execute(steps, {"contexts": list(contexts)})
        cursor.execute(_COUNTS)
        counts = cursor.fetchall()
        obstacles = [*_later(cursor, contexts), *_dependent(cursor, {source for source, new, _ in counts if new})]
        cursor.execute(_ACTED, {"since": since})
        obstacles += _acted(cursor.fetchall())
    named = {one.table: one.names for one in tracked_tables()}
    parts = tuple(Part(named[source], removed, restored) for source, removed, restored in counts if removed or restored)
    return UndoPlan(parts, tuple(obstacles))


def _later(cursor: Cursor, contexts: Sequence[UUID]) -> list[Obstacle]:
    """Records that somebody has changed since; invoices are judged by what people decided, since controls move them."""
    asked = [
        _LATER.format(table=one.table, events=one.events, rows=ROWS, name=record_name(one.table), told=_told(one))
        for one in tracked_tables()
        if not one.is_invoice
    ]
    cursor.execute(" UNION ALL ".join(asked), {"contexts": list(contexts)})
    by_table: dict[str, list[str]] = {}
    for table, record, _ in cursor.fetchall():
        by_table.setdefault(table, []).append(record or "uden navn")
    named = {one.table: one.names for one in tracked_tables()}
    return [_obstacle(f"Disse {named[table]} er ændret siden", records) for table, records in by_table.items()]


def _told(one: Tracked) -> str:
    """SQL for whether a later event `e` says else than what the import left (of figures: not where they lie)."""
    if one.table not in PLACED:
        return "true"
    columns = [column for column in one.columns if column not in PLACED[one.table]]
    said, left = (", ".join(f"{event}.{column}" for column in columns) for event in ("e", "i"))
    return (
        f"e.pgh_label = 'delete' OR EXISTS (SELECT FROM {one.events} i WHERE i.pgh_id = u.last "  # noqa: S608 - names from our own code
        f"AND ({said}) IS DISTINCT FROM ({left}))"
    )


def _dependent(cursor: Cursor, new: set[str]) -> list[Obstacle]:
    """Rows of others that point at rows the import made."""
    asked = [
        _DEPENDS.format(table=one.table, target=one.target, column=one.column, rows=ROWS)
        for one in references()
        if one.target in new and one.table not in WORKED_OUT and one.table not in PLACED
    ]
    if not asked:
        return []
    cursor.execute(" UNION ALL ".join(asked))
    found: dict[tuple[str, str], int] = {}
    for table, target, number in cursor.fetchall():
        if number:
            found[table, target] = max(number, found.get((table, target), 0))
    return [
        Obstacle(f"{number} {names_of(table)[number != 1]} bygger på {names_of(target)[1]} fra indlæsningen", ())
        for (table, target), number in found.items()
    ]


_ACTS = {
    "invoice": "Disse fakturaer er afgjort siden",
    "paid": "Disse måneder er betalt siden",
    "finding": "Disse afvigelser er afgjort siden",
}


def _acted(rows: Sequence[tuple[str, str, str]]) -> list[Obstacle]:
    by_kind: dict[str, list[str]] = {}
    for kind, record, _ in rows:
        by_kind.setdefault(kind, []).append(record)
    return [_obstacle(_ACTS[kind], records) for kind, records in by_kind.items()]


def _obstacle(reason: str, records: Sequence[str]) -> Obstacle:
    once = sorted(set(records))
    return Obstacle(reason, tuple(once[:MOST_NAMED]), max(0, len(once) - MOST_NAMED))
