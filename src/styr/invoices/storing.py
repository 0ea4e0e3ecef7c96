"""Stores read documents: every document whole or not at all, each once, in a number of statements that is fixed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from styr.access.keys import keys
from styr.contracts.own_terms import ways_of_own_services
from styr.invoices.core.codes import Status
from styr.invoices.core.intake import HmacIndex, ReadDocument
from styr.invoices.core.own_services import with_own_services
from styr.invoices.core.stored_rows import (
    DOCUMENTS,
    FINDINGS,
    INVOICES,
    KEYS,
    LINES,
    Staged,
    buyer_ean,
    finding_rows,
    invoice_row,
    key_rows,
    line_rows,
)
from styr.invoices.sealed import seal
from styr.kernel.engine import Cursor, PostgresEngine
from styr.kernel.ids import uuid7

_DOCUMENTS = """
    INSERT INTO invoices_document (id, municipality_id, unit_id, sha256, filename, content, size, error_code,
                                   error_message, import_file_id, received_at)
    SELECT s.document_id, s.municipality_id, u.id, s.sha256, s.filename, s.content, s.size, s.error_code,
           s.error_message, s.import_file_id, s.received_at
    FROM stage_document s
    LEFT JOIN (SELECT DISTINCT ON (municipality_id, ean) municipality_id, ean, id FROM access_unit WHERE ean <> ''
               ORDER BY municipality_id, ean, number) u
           ON u.municipality_id = s.municipality_id AND u.ean = s.buyer_ean
    ON CONFLICT (municipality_id, sha256) DO NOTHING
    RETURNING id
"""
_CHILDREN = """
    INSERT INTO {table} (municipality_id, unit_id, {columns})
    SELECT d.municipality_id, d.unit_id, {staged} FROM {stage} s JOIN invoices_document d ON d.id = s.document_id
"""


@dataclass(frozen=True, slots=True)
class StoreResult:
    """What was stored: the new invoices, files that gave none (kept with their error), and how many were known."""

    invoice_ids: tuple[UUID, ...]
    unreadable: int
    already_there: int

    @property
    def stored(self) -> int:
        """How many documents are new."""
        return len(self.invoice_ids) + self.unreadable


def key_index() -> HmacIndex:
    """The blind index of the running program, to hand to `intake.read_document` (also in worker processes)."""
    return HmacIndex(keys().cpr_index)


def store_invoices(
    documents: Sequence[ReadDocument],
    *,
    municipality_id: UUID,
    now: datetime,
    import_file_ids: Mapping[str, UUID] | None = None,
) -> StoreResult:
    """Store documents with their invoices, lines, keys and document findings, in one transaction.

    Called inside a scope over the municipality. A document whose bytes are there already is left alone, so a second
    run of the same files changes nothing.

    Args:
        documents: read files (`intake.read_document`); the same bytes twice count once.
        municipality_id: whose they are.
        now: the time of receipt.
        import_file_ids: by sha256, the import's file that each came in.
    """
    once = list({document.sha256: document for document in documents}.values())
    if not once:
        return StoreResult((), 0, 0)
    came_in = import_file_ids or {}
    ways = ways_of_own_services()
    known = [replace(one, lines=with_own_services(one.lines, ways)) for one in once] if ways else once
    staged = [Staged(uuid7(), uuid7(), document) for document in known]
    with transaction.atomic(), connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        rows = (_document(one, municipality_id, now, came_in.get(one.document.sha256)) for one in staged)
        engine.load(DOCUMENTS, rows)
        cursor.execute(_DOCUMENTS)
        new = {row[0] for row in cursor.fetchall()}
        kept = [one for one in staged if one.document_id in new and one.document.invoice is not None]
        _store_children(cursor, kept, now)
    unreadable = len(new) - len(kept)
    return StoreResult(tuple(one.invoice_id for one in kept), unreadable, len(documents) - len(new))


def _store_children(cursor: Cursor, kept: Sequence[Staged], now: datetime) -> None:
    engine = PostgresEngine(cursor)
    line_ids = {(one.invoice_id, line.position): uuid7() for one in kept for line in one.document.lines}
    received = {"status": Status.RECEIVED.value, "received_at": now}
    tables: Iterable[tuple[str, Any, Iterator[dict[str, Any]]]] = (
        ("invoices_invoice", INVOICES, ({**invoice_row(one), **received} for one in kept)),
        ("invoices_invoiceline", LINES, (row for one in kept for row in line_rows(one, line_ids))),
        ("invoices_invoicekey", KEYS, (row for one in kept for row in key_rows(one, line_ids))),
        ("invoices_documentfinding", FINDINGS, (row for one in kept for row in finding_rows(one))),
    )
    for table, relation, rows in tables:
        engine.load(relation, rows)
        named = [column for column in relation.columns if table == "invoices_invoice" or column != "document_id"]
        staged = ", ".join(f"s.{column}" for column in named)
        cursor.execute(_CHILDREN.format(table=table, stage=relation.name, columns=", ".join(named), staged=staged))


def _document(one: Staged, municipality_id: UUID, now: datetime, import_file_id: UUID | None) -> dict[str, Any]:
    document = one.document
    code, message = document.error or ("", "")
    return {
        "document_id": one.document_id,
        "municipality_id": municipality_id,
        "sha256": document.sha256,
        "filename": document.filename[:255],
        "content": seal(document.data, document_id=one.document_id),
        "size": len(document.data),
        "error_code": code,
        "error_message": message,
        "buyer_ean": buyer_ean(document.invoice.buyer) if document.invoice else "",
        "import_file_id": import_file_id,
        "received_at": now,
    }
