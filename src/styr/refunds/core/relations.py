"""What the refund of a whole municipality is computed from, and what other domains may read of it.

Money in øre, ends exclusive and null when open; a month is its first day.
"""

from __future__ import annotations

from styr.kernel.relation import Relation

FRAME = Relation(
    "rel_refund_frame",
    {
        "year": "int32",
        "month": "date",
        "booked": "boolean",
        "late": "boolean",
        "age_limit": "int64",
        "child": "int64",
        "young": "int64",
        "covered_from": "date",
        "spread": "boolean",
    },
)
"""The twelve months of the year asked about; those not booked yet rest on the expected cost. In the `late` ones, booked
but so lately that bills may still come, the grants that nothing is paid on rest on it too. The ages are those of
the year, and so is whether one-offs are `spread` over it (`ages.Ages`)."""

LIMIT = Relation(
    "rel_refund_limit", {"scheme": "string", "year": "int32", "step": "int32", "over_ore": "int64", "added": "int32"}
)
"""The steps of each scheme and year: above `over_ore` a year, `added` more percent are refunded."""

TREATMENT = Relation(
    "rel_refund_treatment",
    {"prefix": "string", "law": "string", "treatment": "string", "valid_from": "date", "valid_to": "date"},
)
"""How cost on an account counts: by function (five digits) `objective` or `own_refund`; by area (three digits) under
which law, where no grant tells it."""

HOUSEHOLD = Relation(
    "rel_household", {"household_id": "uuid", "citizen_id": "uuid", "valid_from": "date", "valid_to": "date"}
)
"""Children of one household (BL § 198, stk. 2); nobody is in two at a time."""

COVERED = Relation("rel_covered_before_age", {"citizen_id": "uuid", "covered": "boolean"})
"""Citizens past the age limit: whether the last month before it passed the first limit (SEL § 176, stk. 3)."""

PAYER_PERIOD = Relation(
    "rel_payer_period", {"citizen_id": "uuid", "payer": "string", "valid_from": "date", "valid_to": "date"}
)
"""Who pays for a citizen in whole months, as somebody has told (betalingskommune); "" is ourselves."""

USER_PAYMENT = Relation(
    "rel_user_payment",
    {
        "user_payment_id": "uuid",
        "citizen_id": "uuid",
        "grant_id": "uuid",
        "unit_id": "uuid",
        "starts": "date",
        "ends": "date",
        "month_ore": "int64",
    },
)
"""What a citizen is to pay a month for a grant (egenbetaling); never two of one kind at a time for one grant."""

REFUND_MONTH = Relation(
    "rel_refund_month",
    {
        "scheme": "string",
        "year": "int32",
        "case_id": "uuid",
        "unit_id": "uuid",
        "month": "date",
        "refund_ore": "int64",
        "step": "int32",
        "booked": "boolean",
    },
)
"""The refund of the cases that pass a limit or come near one; `case_id` is a citizen or a household."""

INTERMUNICIPAL_DEADLINE = Relation(
    "rel_intermunicipal_deadline",
    {"citizen_id": "uuid", "unit_id": "uuid", "payer": "string", "due_on": "date", "open_ore": "int64"},
)
"""By when the first month that another municipality owes us for a citizen must be claimed, and what is not claimed."""

RELATIONS = (
    LIMIT,
    TREATMENT,
    HOUSEHOLD,
    COVERED,
    PAYER_PERIOD,
    USER_PAYMENT,
    REFUND_MONTH,
    INTERMUNICIPAL_DEADLINE,
)
