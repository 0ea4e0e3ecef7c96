"""Postings, budgets, cost centres and account treatments as relations: øre, ends exclusive and null when open."""

from __future__ import annotations

from styr.kernel.relation import Relation

POSTING = Relation(
    "rel_posting",
    {
        "posting_id": "uuid",
        "unit_id": "uuid",
        "citizen_id": "uuid",
        "grant_id": "uuid",
        "supplier_id": "uuid",
        "invoice_id": "uuid",
        "account": "string",
        "posted_on": "date",
        "month": "date",
        "amount_ore": "int64",
        "kind": "string",
        "voucher": "string",
    },
)
"""`month` is the first day of the accounting month that the cost belongs to; a cost is positive; `kind` is a code of
`codes.PostingKind`; an id is null where our registers do not know whom or what the posting speaks of."""

BUDGET = Relation(
    "rel_budget",
    {
        "budget_line_id": "uuid",
        "unit_id": "uuid",
        "citizen_id": "uuid",
        "grant_id": "uuid",
        "account": "string",
        "month": "date",
        "original_ore": "int64",
        "revised_ore": "int64",
    },
)
"""A line and month of the budget; a year's amount is spread over its twelve months as differences of rounded sums.

`revised_ore` is the extract's revised budget where it has one for the same year, account, unit, citizen and grant, and
else the original with the supplementary ones."""

COST_CENTRE = Relation(
    "rel_cost_centre", {"cost_centre": "string", "unit_id": "uuid", "valid_from": "date", "valid_to": "date"}
)
"""The unit behind digits 8-11 of an account string."""

ACCOUNT_TREATMENT = Relation(
    "rel_account_treatment",
    {
        "function": "string",
        "cost_type": "string",
        "ownership": "string",
        "name": "string",
        "state_refund": "string",
        "vat_treatment": "string",
        "vat_share": "decimal(7, 4)",
        "valid_from": "date",
        "valid_to": "date",
        "own": "boolean",
    },
)
"""What holds for digits 1-5 of an account string, the type of cost (the last two digits) and the ownership (digit 7).

"" is any, the narrowest that fits counts, the type before the ownership. Rows that are not the municipality's `own` are
to be checked by it."""

RELATIONS = (POSTING, BUDGET, COST_CENTRE, ACCOUNT_TREATMENT)
