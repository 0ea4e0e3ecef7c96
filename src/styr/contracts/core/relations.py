"""Contracts, their lines and rates, and opening days, as relations. Rates in kr., ends exclusive and null when open."""

from __future__ import annotations

from styr.kernel.calendar import CALENDAR
from styr.kernel.relation import Relation

__all__ = (
    "CALENDAR",
    "CALL_OFF",
    "CONTRACT",
    "CONTRACT_KEY",
    "CONTRACT_LINE",
    "CONTRACT_LINE_KEY",
    "CONTRACT_RATE",
    "CONTRACT_TERMS",
    "MILESTONE",
    "NOTICE",
    "PRICE_INDEX",
    "RELATIONS",
    "STANDARD_CALENDAR_KEY",
    "SUPPLEMENT",
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
"""Dates that a contract's own terms set; `kind` a MilestoneKind, see core/milestones.py."""

CONTRACT_TERMS = Relation(
    "rel_contract_terms",
    {
        "contract_id": "uuid",
        "valid_from": "date",
        "valid_to": "date",
        "days_after_death": "int32",
        "days_after_move": "int32",
        "vacancy_billable": "decimal(9, 4)",
        "notice_from": "string",
        "index_kind": "string",
        "index_percent": "decimal(7, 4)",
        "invoice_days": "int32",
        "notice_days": "int32",
        "absence_free_days": "int32",
        "absence_billable": "decimal(9, 4)",
    },
)
"""What is agreed of death, moving, vacancy, indexation and invoicing, by period; null is not agreed.

The last three are what a supplement brought of notice and absence; null is as `CONTRACT` has it.
"""

NOTICE = Relation("rel_notice", {"contract_id": "uuid", "given_on": "date", "last_day": "date"})
"""Contracts under notice: `last_day` (inclusive) is when the notice runs out by the terms, see core/notice.py."""

SUPPLEMENT = Relation("rel_supplement", {"contract_id": "uuid", "valid_from": "date"})
"""The days from which agreements amend a contract (tillæg)."""

CALL_OFF = Relation("rel_call_off", {"contract_id": "uuid", "framework_id": "uuid"})
"""Contracts that were made under a framework agreement (rammeaftale)."""

PRICE_INDEX = Relation("rel_price_index", {"year": "int32", "percent": "decimal(7, 4)"})
"""KL's yearly change of prices (PL-fremskrivning) from the year before, as the municipality has entered it."""

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
    CONTRACT_TERMS,
    NOTICE,
    SUPPLEMENT,
    CALL_OFF,
    CONTRACT_KEY,
    CONTRACT_LINE_KEY,
    STANDARD_CALENDAR_KEY,
)
