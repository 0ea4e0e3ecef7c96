"""Open findings by citizen, for lists of citizens."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from styr.controls.core.verdict import Status
from styr.controls.models import Finding


def open_findings_by_citizen(citizen_ids: Collection[UUID] | None = None) -> dict[UUID, int]:
    """Count the open findings of each citizen who has any; None asks about everybody in the scope. One query."""
    found = Finding.objects.filter(status=Status.OPEN, citizen_id__isnull=False)
    if citizen_ids is not None:
        found = found.filter(citizen_id__in=list(citizen_ids))
    return dict(found.order_by().values_list("citizen_id").annotate(Count("id")))
