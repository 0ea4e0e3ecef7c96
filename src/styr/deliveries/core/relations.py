"""What was delivered, as a relation: a row a service and month, in the service's unit."""

from __future__ import annotations

from styr.kernel.relation import Relation

DELIVERY = Relation(
    "rel_delivery",
    {"delivery_id": "uuid", "service_id": "uuid", "unit_id": "uuid", "month": "date", "quantity": "decimal(14, 4)"},
)
"""`month` is its first day; a month that is not told of is not there."""

RELATIONS = (DELIVERY,)
