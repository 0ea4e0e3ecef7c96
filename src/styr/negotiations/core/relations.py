"""Savings as a relation. Prices in kr. per unit of the service line, or one sum in kr.; ends exclusive."""

from __future__ import annotations

from typing import Final

from styr.kernel.relation import Relation

SAVING: Final = Relation(
    "rel_saving",
    {
        "saving_id": "uuid",
        "agreed_key": "uuid",
        "unit_id": "uuid",
        "grant_id": "uuid",
        "service_id": "uuid",
        "supplier_id": "uuid",
        "kind": "string",
        "status": "string",
        "measure": "string",
        "baseline": "decimal(14, 4)",
        "agreed": "decimal(14, 4)",
        "baseline_quantity": "decimal(14, 4)",
        "agreed_quantity": "decimal(14, 4)",
        "starts": "date",
        "ends": "date",
    },
)
"""`agreed_key` is the id that the agreed price goes by; `service_id` and quantities are null for a sum."""

RELATIONS = (SAVING,)
