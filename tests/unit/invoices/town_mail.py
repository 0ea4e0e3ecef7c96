"""The example municipality's e-invoices as relations in DuckDB, as the importer would have stored them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from styr.invoices.core.intake import ReadDocument
from styr.invoices.core.relations import (
    BILL_DEADLINE,
    DOCUMENT_FINDING,
    INVOICE,
    INVOICE_KEY,
    INVOICE_LINE,
    MANUAL_MATCH,
    SETTLED_INVOICE,
)
from styr.invoices.core.stored_rows import Staged, finding_rows, invoice_row, key_rows, line_rows
from styr.kernel.engine import DuckEngine
from styr.suppliers.core.relations import SUPPLIER
from unit.invoices.town import ident


def load_invoices(engine: DuckEngine, documents: list[ReadDocument], *, received: datetime) -> dict[str, UUID]:
    """Load read documents as stored invoices, in their order; gives the invoice ids by file name."""
    kept = {one.sha256: one for one in reversed(documents) if one.invoice is not None}
    staged = [
        Staged(ident("document", one.sha256), _in_order(place), one)
        for place, one in enumerate(one for one in documents if kept.get(one.sha256) is one)
    ]
    line_ids = {
        (one.invoice_id, line.position): ident("line", one.invoice_id, line.position)
        for one in staged
        for line in one.document.lines
    }
    supplier = {row["cvr"]: row["supplier_id"] for row in engine.rows(SUPPLIER.table())}
    invoices = [_invoice(one, supplier, received) for one in staged]
    numbers: dict[tuple[str, str], UUID] = {}
    for row in invoices:
        if row["kind"] == "invoice":
            numbers.setdefault((row["supplier_cvr"], row["number"]), row["invoice_id"])
    for row in invoices:
        row["credits_invoice_id"] = (
            numbers.get((row["supplier_cvr"], row["credits_number"])) if row["kind"] == "credit_note" else None
        )
    engine.load(INVOICE, invoices)
    engine.load(MANUAL_MATCH, [])
    engine.load(SETTLED_INVOICE, [])
    engine.load(BILL_DEADLINE, [])
    engine.load(INVOICE_LINE, [_line(row) for one in staged for row in line_rows(one, line_ids)])
    keys = [{**row, "invoice_line_id": row["line_id"]} for one in staged for row in key_rows(one, line_ids)]
    engine.load(INVOICE_KEY, keys)
    engine.load(DOCUMENT_FINDING, [row for one in staged for row in finding_rows(one)])
    return {one.document.filename: one.invoice_id for one in staged}


def _in_order(place: int) -> UUID:
    """Ids that grow in the order of receipt, as the program's own do."""
    return UUID(int=(0x0190 << 112) | (place << 80) | (7 << 76) | (2 << 62) | place)


def _invoice(one: Staged, supplier: dict[str, UUID], received: datetime) -> dict[str, Any]:
    row = invoice_row(one)
    return {
        **row,
        "invoice_id": one.invoice_id,
        "unit_id": None,
        "supplier_id": supplier.get(row["supplier_cvr"]),
        "status": "received",
        "received_at": received,
    }


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "invoice_line_id": row["id"],
        "unit": row["measure"] or None,
        "service": row["service"] or None,
        "service_other": row["service_other"] or None,
    }
