"""What the case systems say, as relations. Rates in kr., ends exclusive and null when open."""

from __future__ import annotations

from styr.kernel.relation import Relation

CASE_GRANT = Relation(
    "rel_case_grant",
    {
        "case_grant_id": "uuid",
        "system": "string",
        "source_id": "string",
        "line_no": "int32",
        "unit_id": "uuid",
        "citizen_id": "uuid",
        "section": "string",
        "service": "string",
        "unit": "string",
        "per": "string",
        "quantity": "decimal(14, 4)",
        "amount": "decimal(14, 4)",
        "starts": "date",
        "ends": "date",
        "cvr": "string",
        "supplier_id": "uuid",
        "account_string": "string",
        "calendar_id": "uuid",
    },
)
"""The services of grants as the newest extract of each case system has them; what it did not say is null.

`calendar_id` is the municipality's standard calendar: a case system knows no other."""

CASE_EXTRACT = Relation("rel_case_extract", {"system": "string", "section": "string", "extracted_on": "date"})
"""Which sections each case system holds, by its newest extract, and the day that was taken."""

ACCOUNT_RULE = Relation(
    "rel_account_rule",
    {
        "section": "string",
        "service": "string",
        "supplier_kind": "string",
        "account": "string",
        "valid_from": "date",
        "valid_to": "date",
    },
)
"""The municipality's account rules; service and kind of supplier "" are any, the narrowest that fits counts."""

BOOKS = Relation("rel_books", {"begins": "date"})
"""One row: the first accounting month that anything is booked in; null where nothing is."""

RELATIONS = (CASE_GRANT, CASE_EXTRACT, ACCOUNT_RULE, BOOKS)
