"""What has happened to a finding: who it lies with, its notes, and its whole history, the latest first."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from django.db.models import BigIntegerField, F, JSONField
from django.db.models import Value as Constant
from django.db.models.expressions import RawSQL

from styr.controls.core.evidence import typed
from styr.controls.core.explain import Value
from styr.controls.core.registry import REGISTRY
from styr.controls.core.verdict import Status, Verdict
from styr.controls.models import Finding, FindingAssignment, FindingDecision, FindingNote
from styr.controls.queries import DecisionView
from styr.controls.showing import FindingView, sentence_of, title_of, views_of
from styr.kernel.danish import kroner

_NOTE: Final = "note"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a finding lies with, and who laid it there."""

    user_id: UUID
    name: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a finding: `kind` is found | changed | closed | reopened | decision | note | handed."""

    at: datetime
    kind: str
    title: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class _Written:
    id: UUID
    verdict: str
    text: str
    by: str
    at: datetime
    fingerprint: str
    evidence: dict[str, object] | None
    amount_ore: int | None


@dataclass(frozen=True, slots=True)
class FindingFile:
    """Everything about one finding."""

    finding: FindingView
    evidence: dict[str, Value]
    holder: Holder | None
    decisions: tuple[DecisionView, ...]
    history: tuple[Happening, ...]


def finding_file(finding_id: UUID) -> FindingFile | None:
    """Return all about a finding; None when the scope sees no such. Three queries."""
    row = (
        Finding.objects.select_related("assignment__assignee", "assignment__assigned_by").filter(id=finding_id).first()
    )
    if row is None:
        return None
    written = _written(finding_id)
    decided = [one for one in written if one.verdict != _NOTE]
    happened = [*(_told(one) for one in written), *_of_runs(row)]
    assignment: FindingAssignment | None = getattr(row, "assignment", None)
    if assignment is not None:
        given = Happening(
            assignment.assigned_at, "handed", f"Lagt hos {assignment.assignee.name}", "", assignment.assigned_by.name
        )
        happened.append(given)
    known = row.control_code in REGISTRY
    return FindingFile(
        finding=views_of([row])[0],
        evidence=typed(row.evidence, REGISTRY[row.control_code].evidence) if known else {},
        holder=None if assignment is None else _holder(assignment),
        decisions=tuple(_decision(row, one, latest=place == 0) for place, one in enumerate(decided)),
        history=tuple(sorted(happened, key=lambda one: one.at, reverse=True)),
    )


def evidence_seen(finding_id: UUID, fingerprint: str) -> dict[str, Value] | None:
    """What a finding built on when it had that fingerprint; None when it never had. One query."""
    events = Finding.objects.filter(id=finding_id, events__fingerprint=fingerprint).order_by("-events__pgh_id")
    found = events.values_list("control_code", "events__evidence").first()
    if found is None or found[0] not in REGISTRY:
        return None
    return typed(found[1], REGISTRY[found[0]].evidence)


def holders(finding_ids: list[UUID]) -> dict[UUID, str]:
    """Whom each finding lies with, by name, for those that lie with somebody. One query."""
    rows = FindingAssignment.objects.filter(finding_id__in=finding_ids)
    return dict(rows.values_list("finding_id", "assignee__name"))


def held(finding_ids: list[UUID]) -> list[tuple[UUID, UUID, str]]:
    """(finding, whom it lies with, its title) of those that lie with somebody. One query."""
    rows = FindingAssignment.objects.filter(finding_id__in=finding_ids)
    found = rows.values_list("finding_id", "assignee_id", "finding__control_code")
    return [(finding_id, holder, title_of(code)) for finding_id, holder, code in found]


def latest_decider(finding_id: UUID) -> tuple[UUID, str] | None:
    """Who took the latest decision about a finding, and the finding's title. One query."""
    rows = FindingDecision.objects.filter(finding_id=finding_id).order_by("-decided_at", "-id")
    found = rows.values_list("decided_by_id", "finding__control_code").first()
    return None if found is None else (found[0], title_of(found[1]))


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A decision that no longer stands, since the evidence it was taken on has changed."""

    finding_id: UUID
    fingerprint: str
    title: str
    decided_by: UUID
    changed_at: datetime


def lapsed_decisions(*, since: datetime) -> list[Lapsed]:
    """The decisions that have lapsed since then, each with who had decided. One query."""
    rows = (
        FindingDecision.objects.filter(
            finding__status=Status.OPEN, finding__last_seen__gte=since, fingerprint=F("finding__decided_fingerprint")
        )
        .exclude(finding__decided_fingerprint="")
        .order_by("finding_id", "-decided_at", "-id")
        .distinct("finding_id")
        .values_list(
            "finding_id", "finding__fingerprint", "finding__control_code", "decided_by_id", "finding__last_seen"
        )
    )
    return [Lapsed(one, print_, title_of(code), by, at) for one, print_, code, by, at in rows]


def _holder(assignment: FindingAssignment) -> Holder:
    return Holder(assignment.assignee_id, assignment.assignee.name, assignment.assigned_by.name, assignment.assigned_at)


def _written(finding_id: UUID) -> list[_Written]:
    """The decisions and notes about a finding, the latest first, in one query."""
    decisions = FindingDecision.objects.filter(finding_id=finding_id).values_list(
        "id", "verdict", "reason", "decided_by__name", "decided_at", "fingerprint", "evidence", "amount_ore"
    )
    empty = (Constant(""), RawSQL("NULL::jsonb", [], JSONField()), RawSQL("NULL::bigint", [], BigIntegerField()))
    notes = (
        FindingNote.objects.filter(finding_id=finding_id)
        .annotate(verdict=Constant(_NOTE), no_fingerprint=empty[0], no_evidence=empty[1], no_amount=empty[2])
        .values_list(
            "id", "verdict", "text", "written_by__name", "written_at", "no_fingerprint", "no_evidence", "no_amount"
        )
    )
    rows = [_Written(*row) for row in decisions.union(notes, all=True)]
    return sorted(rows, key=lambda one: (one.at, one.id), reverse=True)


def _decision(row: Finding, decision: _Written, *, latest: bool) -> DecisionView:
    return DecisionView(
        verdict=Verdict(decision.verdict),
        reason=decision.text,
        decided_by=decision.by,
        decided_at=decision.at,
        stands=latest and row.status == Status.DECIDED and decision.fingerprint == row.fingerprint,
        sentence=sentence_of(row.control_code, decision.evidence or {}, decision.amount_ore),
    )


def _told(written: _Written) -> Happening:
    if written.verdict == _NOTE:
        return Happening(written.at, "note", "Notat", written.text, written.by)
    return Happening(written.at, "decision", Verdict(written.verdict).danish, written.text, written.by)


def _of_runs(row: Finding) -> list[Happening]:
    """What runs of the controls did to the finding, from its change history."""
    events = list(row.events.order_by("pgh_id").values("pgh_created_at", "status", "amount_ore", "fingerprint"))  # type: ignore[attr-defined]  # the history's own relation
    found = [Happening(row.first_seen, "found", "Fundet af kontrollen", "", "")]
    return found + [told for before, after in pairwise(events) if (told := _step(before, after)) is not None]


def _step(before: dict[str, Any], after: dict[str, Any]) -> Happening | None:
    at = after["pgh_created_at"]
    if after["status"] == Status.CLOSED and before["status"] != Status.CLOSED:
        return Happening(at, "closed", "Lukket: den gælder ikke længere", "", "")
    if before["status"] == Status.CLOSED and after["status"] != Status.CLOSED:
        return Happening(at, "reopened", "Gælder igen", "", "")
    if before["fingerprint"] != after["fingerprint"]:
        text = ""
        if before["amount_ore"] != after["amount_ore"]:
            text = f"Beløbet gik fra {_money(before['amount_ore'])} til {_money(after['amount_ore'])}"
        return Happening(at, "changed", "Grundlaget er ændret", text, "")
    return None


def _money(ore: int | None) -> str:
    return "ukendt" if ore is None else kroner(ore)
