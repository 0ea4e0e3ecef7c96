"""The relations of the control registry, typed once for PostgreSQL and DuckDB."""

from typing import Final

from styr.kernel.relation import Relation

FINDING: Final = Relation(
    "rel_finding",
    {
        "finding_id": "uuid",
        "control_code": "string",
        "subject_kind": "string",
        "subject_id": "uuid",
        "unit_id": "uuid",
        "citizen_id": "uuid",
        "supplier_id": "uuid",
        "grant_id": "uuid",
        "contract_id": "uuid",
        "invoice_id": "uuid",
        "severity": "string",  # fatal | error | warning | info
        "hard_stop": "boolean",
        "exception_code": "string",  # one of the twelve, null for a register control
        "owner_role": "string",
        "amount_ore": "int64",  # what is at stake, null when unknown
        "status": "string",  # open | decided | closed
        "verdict": "string",  # how it was decided, null while it is not: accept | dispute | mend | ignore
    },
)
"""The findings as other domains read them; which of them let an invoice be paid untouched, `core.settled` tells."""

TODAY: Final = Relation("rel_today", {"today": "date"})
"""One row: the day the controls are asked about. A relation, so that compiled SQL stays cached from day to day."""
