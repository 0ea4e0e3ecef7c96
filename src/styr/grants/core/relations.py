"""Grants, what they buy, at what price and less which absence, as relations.

Rates in kr., quantities in the line's unit, ends exclusive and null when open.
"""

from __future__ import annotations

from styr.kernel.relation import Relation

GRANT = Relation(
    "rel_grant",
    {
        "grant_id": "uuid",
        "number": "string",
        "citizen_id": "uuid",
        "unit_id": "uuid",
        "section": "string",
        "status": "string",
        "starts": "date",
        "ends": "date",
        "contract_id": "uuid",
        "provider_unit_id": "uuid",
        "supplier_id": "uuid",
        "caseworker": "string",
        "account_string": "string",
        "follow_up_on": "date",
    },
)
"""`number` is written `B1234567-8`."""

SERVICE = Relation(
    "rel_service",
    {
        "service_id": "uuid",
        "grant_id": "uuid",
        "unit_id": "uuid",
        "line_no": "int32",
        "service": "string",
        "unit": "string",
        "per": "string",
        "quantity": "decimal(14, 4)",
        "factor": "decimal(9, 4)",
        "starts": "date",
        "ends": "date",
        "contract_line_id": "uuid",
        "calendar_id": "uuid",
    },
)
"""Service lines, already clipped to their grant's period; a line with no day left in it is not there."""

RATE = Relation(
    "rel_rate", {"service_id": "uuid", "valid_from": "date", "valid_to": "date", "amount": "decimal(14, 4)"}
)
"""The price of a service: the contract line's rates, or the grant's own where the contract line has none or is none."""

ABSENCE = Relation(
    "rel_absence", {"absence_id": "uuid", "grant_id": "uuid", "starts": "date", "ends": "date", "reason": "string"}
)

SERVICE_ABSENCE = Relation(
    "rel_service_absence",
    {"service_id": "uuid", "starts": "date", "ends": "date", "billable": "decimal(9, 4)"},
)
"""The days that are not paid in full, after the contract's terms; `billable` is the share still paid (0..1).

Absence, days before the citizen moved in, and days after death, moving or the end of notice; they never overlap.
"""

STOP = Relation("rel_stop", {"grant_id": "uuid", "reason": "string", "unpaid_from": "date", "agreed": "boolean"})
"""The first day that is no longer paid, by `reason` death|move|notice, after the contract's terms.

`agreed` is false where the contract says nothing: then nothing is paid after the last day here, but what the grant is
expected to cost stands until somebody stops it.
"""

DUPLICATE_RULE = Relation(
    "rel_duplicate_rule",
    {"section_a": "string", "section_b": "string", "verdict": "string", "valid_from": "date", "valid_to": "date"},
)
"""Pairs of sections (`section_a` <= `section_b`) that may not (refuse), should hardly (warn) or may (allow) overlap."""

GRANT_KEY = Relation("key_grant", {"source_id": "string", "grant_id": "uuid"})
"""From the case system's number to our id, for imports of other domains."""

RELATIONS = (GRANT, SERVICE, RATE, ABSENCE, SERVICE_ABSENCE, STOP, DUPLICATE_RULE, GRANT_KEY)
