"""The tables between the steps of the comparison; they live for one run (temporary tables in PostgreSQL)."""

from typing import Final

from styr.kernel.relation import Relation

CLAIMED: Final = Relation(
    "stage_claimed",
    {
        "claim_id": "uuid",
        "invoice_id": "uuid",
        "grant_id": "uuid",
        "service_id": "uuid",
        "step": "string",
        "contradicted": "boolean",
        "granted": "boolean",
        "doubtful": "boolean",  # only the amount can show that it is for this service
        "void": "boolean",  # credited in full, or the credit note that did it
        "unit": "string",  # the service's
        "starts": "date",
        "ends": "date",
        "other_start": "date",
        "other_end": "date",
        "gone_from": "date",  # the citizen is dead or has moved from this day
        "lines": "int64",
        "roundings": "int64",  # its lines with an amount: each may be rounded by itself
        "line_no": "int32",  # its first line's place on the invoice
        "domestic": "boolean",  # in Danish kroner
        "quantity": "decimal(18, 4)",
        "lowest_price": "decimal(14, 4)",
        "highest_price": "decimal(14, 4)",
        "counted_low": "decimal(14, 4)",  # the prices of its lines that count something, null where none does
        "counted_high": "decimal(14, 4)",
        "claimed_ore": "int64",
        "foreign_unit": "boolean",
        "stranger": "boolean",  # another supplier than the one who delivers the grant
        "issue_date": "date",
        "received_at": "timestamp('UTC')",
        "settled": "boolean",  # its invoice is approved or paid
    },
)
"""Claims before they are compared."""

MEANT: Final = Relation("stage_meant", {"claim_id": "uuid", "starts": "date", "ends": "date"})
"""The period of a claim, where what was written has another reading."""

WINDOW: Final = Relation(
    "stage_window",
    {
        "service_id": "uuid",  # the claim: each is priced as a service of its own
        "of": "uuid",  # the service
        "month_start": "date",
        "month_end": "date",
        "first_day": "date",
        "end_day": "date",
    },
)
"""The part of each month that a claim is for."""

PRICED: Final = Relation(
    "stage_priced",
    {
        "claim_id": "uuid",
        "expected_quantity": "decimal(18, 4)",
        "expected_ore": "int64",
        "unpriced_days": "int64",
        "low_rate": "decimal(18, 8)",
        "high_rate": "decimal(18, 8)",
        "low_share": "decimal(9, 4)",  # the least and the most that is paid for days of absence; null without any
        "high_share": "decimal(9, 4)",
        "runs_from": "date",
        "runs_to": "date",
    },
)
"""What was to be expected of each claim's period."""

_OTHERWISE: Final = {"claim_id": "uuid", "quantity": "decimal(18, 4)", "amount_ore": "int64"}

GROSS: Final = Relation("stage_gross", _OTHERWISE)
"""The same as if nobody had been away, for claims with absence that do not fit."""

FULL: Final = Relation("stage_full", _OTHERWISE)
"""The same as if the service ran on all claimed days, for claims that reach beyond it and do not fit."""

TOGETHER: Final = Relation(
    "stage_together",
    {
        "claim_id": "uuid",
        "beside_ore": "int64",
        "beside_lines": "int64",
        "beside_quantity": "decimal(18, 4)",
        "inside_ore": "int64",
        "inside_quantity": "decimal(18, 4)",
        "earlier_ore": "int64",
        "earlier_inside": "int64",
        "earlier_across": "int64",
        "earlier_apart": "int64",
        "earlier_full": "int64",
        "same_amount": "boolean",
        "other_key": "string",
        "settled": "boolean",
    },
)
"""What other claims on the same service and days ask for."""
