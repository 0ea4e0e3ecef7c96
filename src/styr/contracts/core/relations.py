"""Contracts, their lines and rates, and opening days, as relations. Rates in kr., ends exclusive and null when open."""

from __future__ import annotations

from styr.kernel.calendar import CALENDAR
from styr.kernel.relation import Relation

__all__ = (
    "CALENDAR",
    "CONTRACT",
    "CONTRACT_KEY",
    "CONTRACT_LINE",
    "CONTRACT_LINE_KEY",
    "CONTRACT_RATE",
    "MILESTONE",
    "RELATIONS",
    "STANDARD_CALENDAR_KEY",
)

CONTRACT = Relation(
    "rel_contract",
    {
        "contract_id": "uuid",
        "number": "string",
        "kind": "string",
        "supplier_id": "uuid",
        "provider_unit_id": "uuid",
        "citizen_id": "uuid",
        "unit_id": "uuid",
        "section": "string",
        "starts": "date",
        "ends": "date",
        "notice_days": "int32",
        "status": "string",
        "signed_on": "date",
        "absence_free_days": "int32",
        "absence_billable": "decimal(9, 4)",
        "calendar_id": "uuid",
    },
)
"""`calendar_id` is never null: a contract without a calendar of its own follows the municipality's standard one."""

CONTRACT_LINE = Relation(
    "rel_contract_line",
    {
        "contract_line_id": "uuid",
        "contract_id": "uuid",
        "line_no": "int32",
        "kind": "string",
        "service": "string",
        "unit": "string",
        "purpose": "string",
        "hours": "decimal(14, 4)",
        "hourly_rate": "decimal(14, 4)",
        "evaluation_on": "date",
    },
)

CONTRACT_RATE = Relation(
    "rel_contract_rate",
    {"contract_line_id": "uuid", "valid_from": "date", "valid_to": "date", "amount": "decimal(14, 4)"},
)

MILESTONE = Relation(
    "rel_milestone",
    {"contract_id": "uuid", "contract_line_id": "uuid", "unit_id": "uuid", "kind": "string", "due_on": "date"},
)
"""Dates that a contract's own terms set; `kind` notice|expiry|evaluation, see core/milestones.py."""

CONTRACT_KEY = Relation(
    "key_contract", {"number": "string", "contract_id": "uuid", "supplier_id": "uuid", "provider_unit_id": "uuid"}
)
"""From the contract number to our id, for imports of other domains."""

CONTRACT_LINE_KEY = Relation(
    "key_contract_line", {"contract_id": "uuid", "line_no": "int32", "contract_line_id": "uuid"}
)
"""From a contract's line number to our id, for imports of other domains."""

STANDARD_CALENDAR_KEY = Relation("key_standard_calendar", {"calendar_id": "uuid"})
"""One row: the calendar of whatever has none of its own."""

RELATIONS = (
    CONTRACT,
    CONTRACT_LINE,
    CONTRACT_RATE,
    CALENDAR,
    MILESTONE,
    CONTRACT_KEY,
    CONTRACT_LINE_KEY,
    STANDARD_CALENDAR_KEY,
)
