"""Grants that go over to another supplier at a merger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from styr.controls.rerunning import request_rerun
from styr.grants.models import Grant

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@transaction.atomic
def transfer_grants(*, municipality_id: UUID, from_id: UUID, to_id: UUID, from_day: date) -> list[UUID]:
    """Let another supplier deliver every grant of the one that has not ended by the day; return their ids.

    What is granted, and its price, stays as it is. Whoever calls this has asked whether the actor may, and runs it in
    a scope that sees every unit: a grant that is not seen would stay behind.
    """
    running = Grant.objects.filter(supplier_id=from_id).filter(Q(ends__isnull=True) | Q(ends__gt=from_day))
    moved = list(running.order_by("id").values_list("id", flat=True))
    running.update(supplier_id=to_id)
    request_rerun(municipality_id=municipality_id, ids=moved)
    return moved
