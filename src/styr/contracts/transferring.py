"""Contracts and frameworks that go over to another supplier at a merger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from styr.contracts.models import Contract
from styr.controls.rerunning import request_rerun

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@transaction.atomic
def transfer_contracts(*, municipality_id: UUID, from_id: UUID, to_id: UUID, from_day: date) -> list[UUID]:
    """Let another supplier be party to every contract of the one that has not ended by the day; return their ids.

    Numbers, terms, prices and call-offs stay as they are. Whoever calls this has asked whether the actor may, and runs
    it in a scope that sees every unit: a contract that is not seen would stay behind.
    """
    running = Contract.objects.filter(supplier_id=from_id).filter(Q(ends__isnull=True) | Q(ends__gt=from_day))
    moved = list(running.order_by("id").values_list("id", flat=True))
    running.update(supplier_id=to_id)
    request_rerun(municipality_id=municipality_id, ids=moved)
    return moved
