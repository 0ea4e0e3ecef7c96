"""Invoices as relations. Money in øre (int64), prices in kr., period ends exclusive, credit notes negative."""

from typing import Final

from styr.kernel.relation import Relation

INVOICE: Final = Relation(
    "rel_invoice",
    {
        "invoice_id": "uuid",
        "document_id": "uuid",
        "unit_id": "uuid",
        "supplier_id": "uuid",  # by CVR, null when the supplier is not in the register
        "supplier_cvr": "string",
        "kind": "string",  # invoice | credit_note
        "number": "string",
        "issue_date": "date",
        "due_date": "date",
        "currency": "string",
        "net_ore": "int64",
        "tax_ore": "int64",
        "payable_ore": "int64",
        "buyer_ean": "string",
        "payee_account": "string",  # einvoice.accounts.PaymentAccount.key
        "credits_invoice_id": "uuid",
        "status": "string",
        "received_at": "timestamp('UTC')",
    },
)

INVOICE_LINE: Final = Relation(
    "rel_invoice_line",
    {
        "invoice_line_id": "uuid",
        "invoice_id": "uuid",
        "line_no": "int32",
        "quantity": "decimal(14, 4)",
        "unit": "string",  # kernel.units, null for plain pieces
        "unit_price": "decimal(14, 4)",
        "net_ore": "int64",
        "period_start": "date",
        "period_end": "date",
        "other_start": "date",  # what the period can mean besides: the month, where weeks or a day are written
        "other_end": "date",
        "service": "string",
        "service_other": "string",  # the next service that the text could speak of
    },
)

INVOICE_KEY: Final = Relation(
    "rel_invoice_key",
    {
        "invoice_id": "uuid",
        "invoice_line_id": "uuid",  # null on the document's head
        "kind": "string",  # grant_number | contract_number | cpr | name | birth_date
        "value": "string",  # normalised; CPR and names as HMAC
        "place": "string",
    },
)

DOCUMENT_FINDING: Final = Relation(
    "rel_document_finding",
    {"invoice_id": "uuid", "finding_no": "int32", "code": "string", "severity": "string", "message": "string"},
)

PAYER: Final = Relation("rel_payer", {"unit_id": "uuid", "ean": "string", "code": "string", "name": "string"})
"""The units of our municipality with their EAN numbers, and the municipality's own code and name."""

LINE_MATCH: Final = Relation(
    "rel_line_match",
    {
        "invoice_line_id": "uuid",
        "invoice_id": "uuid",
        "grant_id": "uuid",
        "service_id": "uuid",
        "contract_id": "uuid",
        "step": "string",  # codes.Step
        "candidates": "int64",  # grants that the deciding key names
        "contradicted": "boolean",  # a key as strong names another citizen
        "fit": "int32",  # how well the service fits the line's price, text, unit and days
        "doubtful": "boolean",  # neither the text nor the price speaks for the service
    },
)

MANUAL_MATCH: Final = Relation(
    "rel_manual_match", {"invoice_line_id": "uuid", "grant_id": "uuid", "service_id": "uuid"}
)
"""The grant that a person chose for a line, at most one a line; the service is null where the line shall choose it."""

SETTLED_INVOICE: Final = Relation(
    "rel_settled_invoice",
    {
        "invoice_id": "uuid",
        "settlement_id": "uuid",
        "number": "string",  # the settlement's own
        "trips": "int64",
        "settled_ore": "int64",  # this settlement alone
        "invoiced_ore": "int64",  # by all the documents of the invoice's number, credit notes taken off
        "asked": "boolean",  # the sender was asked about one of its settlements, and has not answered
        "due_ore": "int64",  # all the settlements that name the invoice
        "doubted": "boolean",  # something was found in one of them, which nobody has answered or accepted
    },
)
"""Invoices (and their credit notes) that ask for the sum of settlements: these explain them, not grants.

One row an invoice and settlement; the sums and answers are of the invoice, the same on each of its rows.

Empty here; the domain that has settlements replaces the view (`trips`).
"""

BILL_DEADLINE: Final = Relation("rel_bill_deadline", {"months": "int32", "valid_from": "date", "valid_to": "date"})
"""A municipality's own word on how long other authorities may wait with a bill, for help whose last day it held on.

Never two at a time. Empty here; the domain that keeps the law's numbers replaces the view (`refunds`).
"""

CLAIM: Final = Relation(
    "rel_claim",
    {
        "claim_id": "uuid",  # the first of its lines
        "invoice_id": "uuid",
        "grant_id": "uuid",
        "service_id": "uuid",
        "period_start": "date",
        "period_end": "date",
        "lines": "int64",
        "quantity": "decimal(18, 4)",
        "lowest_price": "decimal(14, 4)",
        "highest_price": "decimal(14, 4)",
        "claimed_ore": "int64",
        "verdict": "string",  # codes.Verdict
        "expected_quantity": "decimal(18, 4)",
        "expected_ore": "int64",
        "expected_price": "decimal(18, 4)",
        "absent_days": "decimal(18, 4)",
        "difference_ore": "int64",
        "other_invoice_id": "uuid",  # the invoice that already claims the same, for duplicates
        "already_paid": "boolean",
    },
)
"""Lines of one invoice for one service and period, compared with what was expected of exactly that period."""
