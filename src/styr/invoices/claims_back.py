"""Follow-ups by unit, for those who count what is claimed back and what came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from styr.invoices.core.codes import FollowUpState
from styr.invoices.models import FollowUp

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class ClaimBack:
    """A follow-up that is open, or that brought something in the period; amounts in øre."""

    unit_id: UUID | None
    invoice_id: UUID
    is_open: bool
    missing_ore: int
    recovered_ore: int


def claims_back(*, since: date, until: date) -> list[ClaimBack]:
    """Return the open follow-ups that the scope sees, and those that brought something in [since, until). One query."""
    open_ = Q(state=FollowUpState.OPEN.value)
    brought = Q(recovered_ore__gt=0, opened_at__date__lt=until) & (
        Q(settled_at__isnull=True) | Q(settled_at__date__gte=since)
    )
    rows = FollowUp.objects.filter(open_ | brought).annotate(missing=F("claimed_ore") - F("recovered_ore"))
    return [
        ClaimBack(unit_id, invoice_id, state == FollowUpState.OPEN.value, missing, back)
        for unit_id, invoice_id, state, missing, back in rows.values_list(
            "unit_id", "invoice_id", "state", "missing", "recovered_ore"
        )
    ]
