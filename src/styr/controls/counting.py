"""How many open findings each of a list's rows has: one query for a whole page."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import Count, Q, Sum

from styr.controls.core.verdict import Status
from styr.controls.filtering import OPEN
from styr.controls.models import Finding
from styr.controls.tally import tallied

Subject = Literal["citizen_id", "supplier_id", "grant_id", "contract_id", "invoice_id"]


@dataclass(frozen=True, slots=True)
class OpenFindings:
    """Open findings about one subject: how many, how many of them stop payment, and what is at stake (øre)."""

    count: int
    hard_stops: int
    amount_ore: int


NONE_OPEN = OpenFindings(0, 0, 0)


def open_findings(subject: Subject, ids: Collection[UUID]) -> dict[UUID, OpenFindings]:
    """Count the open findings of each subject that has any, by id. One query."""
    if subject == "supplier_id":
        kept = tallied(OPEN, subject, suppliers=list(ids)) or ()
        return {one: OpenFindings(count, hard, amount) for one, count, _, amount, hard in kept}
    groups = (
        Finding.objects.filter(status=Status.OPEN, **{f"{subject}__in": list(ids)})
        .values(subject)
        .annotate(count=Count("id"), hard=Count("id", filter=Q(hard_stop=True)), amount=Sum("amount_ore"))
    )
    return {group[subject]: OpenFindings(group["count"], group["hard"], group["amount"] or 0) for group in groups}
