"""From a read document to the rows that are stored; the relations are the staging tables' columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from styr.invoices.core.einvoice.accounts import AccountKind
from styr.invoices.core.einvoice.model import EInvoice, Kind
from styr.invoices.core.einvoice.parties import IdentifierKind, Party
from styr.invoices.core.intake import ReadDocument
from styr.invoices.core.line_facts import to_ore
from styr.kernel.ids import uuid7
from styr.kernel.relation import Relation

DOCUMENTS: Final = Relation(
    "stage_document",
    {
        "document_id": "uuid",
        "municipality_id": "uuid",
        "sha256": "string",
        "filename": "string",
        "content": "binary",
        "size": "int32",
        "error_code": "string",
        "error_message": "string",
        "buyer_ean": "string",
        "import_file_id": "uuid",
        "received_at": "timestamp('UTC')",
    },
)
INVOICES: Final = Relation(
    "stage_invoice",
    {
        "id": "uuid",
        "document_id": "uuid",
        "format": "string",
        "kind": "string",
        "supplier_cvr": "string",
        "supplier_name": "string",
        "number": "string",
        "issue_date": "date",
        "due_date": "date",
        "currency": "string",
        "net_ore": "int64",
        "tax_ore": "int64",
        "payable_ore": "int64",
        "buyer_ean": "string",
        "payee_account": "string",
        "order_reference": "string",
        "credits_number": "string",
        "status": "string",
        "received_at": "timestamp('UTC')",
    },
)
LINES: Final = Relation(
    "stage_line",
    {
        "id": "uuid",
        "document_id": "uuid",
        "invoice_id": "uuid",
        "line_no": "int32",
        "quantity": "decimal(14, 4)",
        "measure": "string",
        "unit_price": "decimal(14, 4)",
        "net_ore": "int64",
        "period_start": "date",
        "period_end": "date",
        "other_start": "date",
        "other_end": "date",
        "service": "string",
        "service_other": "string",
    },
)
KEYS: Final = Relation(
    "stage_key",
    {
        "id": "uuid",
        "document_id": "uuid",
        "invoice_id": "uuid",
        "line_id": "uuid",
        "kind": "string",
        "value": "string",
        "place": "string",
    },
)
FINDINGS: Final = Relation(
    "stage_finding",
    {
        "id": "uuid",
        "document_id": "uuid",
        "invoice_id": "uuid",
        "finding_no": "int32",
        "code": "string",
        "severity": "string",
        "message": "string",
    },
)

_SEVERAL: Final = "flere 0000"

Row = dict[str, Any]
LineIds = Mapping[tuple[UUID, int], UUID]


@dataclass(frozen=True, slots=True)
class Staged:
    """A read document with the ids that it and its invoice get if it is new."""

    document_id: UUID
    invoice_id: UUID
    document: ReadDocument

    @property
    def invoice(self) -> EInvoice:
        """The invoice, where there is one.

        Raises:
            ValueError: the file gave none.
        """
        if self.document.invoice is None:
            raise ValueError(self.document.filename)
        return self.document.invoice


def invoice_row(one: Staged) -> Row:
    """The invoice's own values; amounts of a credit note are negative."""
    invoice = one.invoice
    sign = -1 if invoice.kind is Kind.CREDIT_NOTE else 1
    credited = next(iter(invoice.references.billing), None)
    return {
        "id": one.invoice_id,
        "document_id": one.document_id,
        "format": invoice.format.value,
        "kind": invoice.kind.value,
        "supplier_cvr": (invoice.supplier.cvr or "")[:20],
        "supplier_name": (invoice.supplier.display_name or "")[:200],
        "number": (invoice.number or "")[:100],
        "issue_date": invoice.issue_date,
        "due_date": invoice.due_date,
        "currency": (invoice.currency or "")[:3],
        "net_ore": to_ore(invoice.totals.net) * sign,
        "tax_ore": to_ore(invoice.totals.tax) * sign,
        "payable_ore": to_ore(invoice.totals.payable) * sign,
        "buyer_ean": buyer_ean(invoice.buyer),
        "payee_account": payee_account(invoice),
        "order_reference": (invoice.references.order or "")[:200],
        "credits_number": (credited.id if credited else "")[:100],
    }


def line_rows(one: Staged, line_ids: LineIds) -> Iterator[Row]:
    """One row a line."""
    for line in one.document.lines:
        yield {
            "id": line_ids[one.invoice_id, line.position],
            "document_id": one.document_id,
            "invoice_id": one.invoice_id,
            "line_no": line.position,
            "quantity": line.quantity,
            "measure": line.unit.value if line.unit else "",
            "unit_price": line.unit_price,
            "net_ore": line.net_ore,
            "period_start": line.start,
            "period_end": line.end,
            "other_start": line.other_start,
            "other_end": line.other_end,
            "service": line.service or "",
            "service_other": line.service_other or "",
        }


def key_rows(one: Staged, line_ids: LineIds) -> Iterator[Row]:
    """One row a key; a key of the head has no line."""
    for key in one.document.keys:
        yield {
            "id": uuid7(),
            "document_id": one.document_id,
            "invoice_id": one.invoice_id,
            "line_id": None if key.line is None else line_ids[one.invoice_id, key.line],
            "kind": key.kind.value,
            "value": key.value,
            "place": key.place.value,
        }


def finding_rows(one: Staged) -> Iterator[Row]:
    """One row a document finding, numbered from 1."""
    for number, finding in enumerate(one.document.findings, start=1):
        yield {
            "id": uuid7(),
            "document_id": one.document_id,
            "invoice_id": one.invoice_id,
            "finding_no": number,
            "code": finding.code[:60],
            "severity": finding.severity.value,
            "message": finding.message,
        }


def buyer_ean(buyer: Party) -> str:
    """The EAN number (GLN) that the invoice was sent to, or "" when it names none."""
    gln = (one for one in buyer.all_identifiers() if one.kind is IdentifierKind.GLN)
    return next((one.value[:20] for one in gln), "")


def payee_account(invoice: EInvoice) -> str:
    """The account to pay to in normal form, NemKonto only where no other is named.

    Several different accounts are told together, beginning with a branch that no bank has: such a text is nobody's
    known account, so that a known account does not vouch for the one beside it.
    """
    named = {means.account.key: means.account.kind for means in invoice.payment_means if means.account is not None}
    accounts = [key for key, kind in named.items() if kind is not AccountKind.NEMKONTO] or list(named)
    if len(accounts) > 1:
        return "|".join((_SEVERAL, *accounts))[:60]
    return accounts[0][:60] if accounts else ""
