"""What a run of the controls did to findings that lie with somebody: another ground, or none any longer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from styr.controls.core.verdict import Status
from styr.controls.models import FindingAssignment
from styr.controls.showing import title_of


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding that lies with `holder` and stands on another ground than when it was laid there, or is gone."""

    finding_id: UUID
    fingerprint: str
    title: str
    holder: UUID
    closed: bool
    at: datetime


def held_findings_changed(*, since: datetime) -> list[Changed]:
    """Findings that lie with somebody and that a run changed or closed since then. One query."""
    rewritten = Q(finding__last_seen__gte=since, finding__last_seen__gt=F("assigned_at"))
    rows = FindingAssignment.objects.filter(rewritten | Q(finding__closed_at__gte=since)).order_by("finding_id")
    found = rows.values_list(
        "finding_id", "finding__fingerprint", "finding__control_code", "assignee_id", "finding__status",
        "finding__last_seen", "finding__closed_at",
    )  # fmt: skip
    return [
        Changed(one, fingerprint, title_of(code), holder, status == Status.CLOSED.value, closed_at or seen_at)
        for one, fingerprint, code, holder, status, seen_at, closed_at in found
    ]
