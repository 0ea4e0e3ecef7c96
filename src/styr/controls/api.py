"""Findings as JSON, and people's decisions about them."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from styr.access.api import Kroner, Made, PageNumber, PageSize, Problem, caller, kr, scoped, written_once
from styr.access.core.permissions import Permission
from styr.controls import queries
from styr.controls.core.verdict import Status, Verdict
from styr.controls.filtering import FindingFilter
from styr.controls.services import decide_finding
from styr.controls.showing import FindingView
from styr.kernel import clock
from styr.kernel.clock import danish_day

router = Router(tags=["Findings"])


class FindingOut(Schema):
    """A finding (afvigelse): one Danish sentence with its source; `amount` is what is at stake, null when unknown."""

    id: UUID
    code: str
    title: str
    sentence: str
    source: str
    severity: str
    hard_stop: bool
    owner_role: str
    amount: Kroner | None
    status: str
    grant: UUID | None
    contract: UUID | None
    invoice: UUID | None
    supplier: UUID | None
    first_seen: date
    seen: str = Field(description="The evidence shown; hand it back with a decision.")


class FindingsOut(Schema):
    """A page of findings, the most expensive first."""

    total: int
    page: int
    pages: int
    rows: list[FindingOut]


class DecisionOut(Schema):
    """A person's decision about a finding, and whether it stands."""

    verdict: str
    reason: str
    decided_by: str
    decided_at: datetime
    stands: bool


class DecisionIn(Schema):
    """A decision about a finding on the evidence that was seen."""

    verdict: Verdict
    reason: str = Field(min_length=1, max_length=4000)
    seen: str = Field(max_length=64)


@router.get("", response=FindingsOut, summary="Findings, the most expensive first")
@scoped(Permission.SEE_FINDINGS)
def findings(
    request: HttpRequest,  # noqa: ARG001 - ninja's
    page: PageNumber = 1,
    size: PageSize = 50,
    status: Status = Status.OPEN,
    code: str | None = None,
) -> FindingsOut:
    """Return a page of findings of a status, if asked of one control."""
    wanted = FindingFilter(status=status, codes=(code,) if code else None)
    found = queries.finding_page(wanted, page=page, size=size)
    return FindingsOut(
        total=found.total, page=found.page, pages=found.pages, rows=[_out(finding) for finding in found.rows]
    )


@router.get("/{uuid:finding_id}", response={200: FindingOut, 404: Problem}, summary="One finding")
@scoped(Permission.SEE_FINDINGS)
def finding(request: HttpRequest, finding_id: UUID) -> FindingOut:  # noqa: ARG001 - ninja's
    """Return the finding."""
    found = queries.finding(finding_id)
    if found is None:
        raise HttpError(404, "Afvigelsen findes ikke, eller du har ikke adgang til den.")
    return _out(found)


@router.get(
    "/{uuid:finding_id}/decisions",
    response={200: list[DecisionOut], 404: Problem},
    summary="What people have decided about a finding, the latest first",
)
@scoped(Permission.SEE_FINDINGS)
def decisions(request: HttpRequest, finding_id: UUID) -> list[DecisionOut]:  # noqa: ARG001 - ninja's
    """Return the decisions; at most one of them stands."""
    if queries.finding(finding_id) is None:
        raise HttpError(404, "Afvigelsen findes ikke, eller du har ikke adgang til den.")
    return [
        DecisionOut(
            verdict=one.verdict.value,
            reason=one.reason,
            decided_by=one.decided_by,
            decided_at=one.decided_at,
            stands=one.stands,
        )
        for one in queries.decisions(finding_id)
    ]


@router.post(
    "/{uuid:finding_id}/decisions",
    response={201: Made, 400: Problem, 404: Problem, 409: Problem},
    summary="Decide about a finding",
)
@scoped(Permission.DECIDE_FINDINGS)
@written_once("/api/v1/findings/{finding_id}/decisions#{id}")
def decide(request: HttpRequest, finding_id: UUID, given: DecisionIn) -> UUID:
    """Record the decision; it is refused when the finding has other evidence by now."""
    if queries.finding(finding_id) is None:
        raise HttpError(404, "Afvigelsen findes ikke, eller du har ikke adgang til den.")
    return decide_finding(
        finding_id=finding_id,
        verdict=given.verdict,
        reason=given.reason,
        actor_id=caller(request).user_id,
        seen_fingerprint=given.seen,
        now=clock.now(),
    )


def _out(found: FindingView) -> FindingOut:
    return FindingOut(
        id=found.id,
        code=found.code,
        title=found.title,
        sentence=found.sentence,
        source=found.source,
        severity=found.severity,
        hard_stop=found.hard_stop,
        owner_role=found.owner_role,
        amount=None if found.amount_ore is None else kr(found.amount_ore),
        status=found.status.value,
        grant=found.grant_id,
        contract=found.contract_id,
        invoice=found.invoice_id,
        supplier=found.supplier_id,
        first_seen=danish_day(found.first_seen),
        seen=found.fingerprint,
    )
