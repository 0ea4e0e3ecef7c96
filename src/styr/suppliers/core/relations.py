"""Suppliers, their accounts and places, and the portal's rates, as relations. Rates in kr., ends exclusive."""

from __future__ import annotations

from styr.kernel.relation import Relation

SUPPLIER = Relation("rel_supplier", {"supplier_id": "uuid", "cvr": "string", "kind": "string"})

SUPPLIER_ACCOUNT = Relation("rel_supplier_account", {"supplier_id": "uuid", "account": "string", "valid_from": "date"})

PROVIDER_UNIT = Relation(
    "rel_provider_unit",
    {
        "provider_unit_id": "uuid",
        "supplier_id": "uuid",
        "p_number": "string",
        "section": "string",
        "approved_from": "date",
        "approved_to": "date",
    },
)

PORTAL_RATE = Relation(
    "rel_portal_rate",
    {
        "provider_unit_id": "uuid",
        "service": "string",
        "unit": "string",
        "valid_from": "date",
        "valid_to": "date",
        "amount": "decimal(14, 4)",
    },
)

SUPPLIER_KEY = Relation("key_supplier", {"source_id": "string", "supplier_id": "uuid"})
"""From the source's number (leverandør_nr) to our id, for imports of other domains."""

PROVIDER_UNIT_KEY = Relation(
    "key_provider_unit", {"source_id": "string", "provider_unit_id": "uuid", "supplier_id": "uuid"}
)
"""From the source's number (tilbud_nr) to our id, for imports of other domains."""

SUPPLIER_MERGER = Relation("rel_supplier_merger", {"former_id": "uuid", "supplier_id": "uuid", "valid_from": "date"})
"""Who stands, from a day, where a former supplier stood before a merger; mergers of mergers are told as well."""

RELATIONS = (SUPPLIER, SUPPLIER_ACCOUNT, PROVIDER_UNIT, PORTAL_RATE, SUPPLIER_KEY, PROVIDER_UNIT_KEY, SUPPLIER_MERGER)
