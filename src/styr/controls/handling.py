"""What people do with findings besides deciding one: decide many alike, take back, hand over, write a note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.controls.core.verdict import Status, Verdict
from styr.controls.models import Finding, FindingAssignment, FindingDecision, FindingNote
from styr.controls.rerunning import request_rerun
from styr.controls.services import UnableToDecideFindingError, decide_finding, refuse_outside
from styr.kernel.refusal import Refusal

MOST_AT_ONCE = 500


class UnableToHandleFindingError(Refusal):
    """The finding cannot be handed over or noted as asked; the message is fit to show a user."""


@dataclass(frozen=True, slots=True)
class DecidedTogether:
    """What became of a bulk decision: the decisions made, and the findings that had changed and were left alone."""

    decisions: tuple[UUID, ...]
    changed: tuple[UUID, ...]


@transaction.atomic
def decide_findings(
    *, seen: Mapping[UUID, str], verdict: Verdict, reason: str, actor_id: UUID, now: datetime
) -> DecidedTogether:
    """Decide findings of one kind with one reason; `seen` gives the fingerprint that the person saw of each.

    Those whose evidence has changed since, or that are closed by now, are left alone and told. About four statements
    a finding.

    Raises:
        UnableToDecideFindingError: none or too many, of several kinds, one that stops payment, one in a unit where the
            person may not, or no reason.
    """
    chosen = Finding.objects.filter(id__in=list(seen)).order_by("id")
    rows = list(chosen.values_list("id", "control_code", "hard_stop", "unit_id"))
    _refuse_together(rows, asked=len(seen), reason=reason)
    for unit_id in {unit_id for *_, unit_id in rows}:
        refuse_outside(unit_id, actor_id=actor_id, now=now)
    made: list[UUID] = []
    changed: list[UUID] = []
    for finding_id, *_ in rows:
        given = {"finding_id": finding_id, "seen_fingerprint": seen[finding_id]}
        try:
            made.append(decide_finding(**given, verdict=verdict, reason=reason, actor_id=actor_id, now=now))  # type: ignore[arg-type]  # mypy joins the two values' types
        except UnableToDecideFindingError:
            changed.append(finding_id)
    return DecidedTogether(tuple(made), tuple(changed))


def _refuse_together(rows: Sequence[tuple[UUID, str, bool, UUID | None]], *, asked: int, reason: str) -> None:
    if not rows:
        raise UnableToDecideFindingError("Vælg mindst én afvigelse.")
    if asked > MOST_AT_ONCE:
        raise UnableToDecideFindingError(f"Afgør højst {MOST_AT_ONCE} afvigelser ad gangen.")
    if len({code for _, code, _, _ in rows}) > 1:
        raise UnableToDecideFindingError("Afvigelser af forskellig type kan ikke have samme begrundelse. Vælg én type.")
    if any(hard_stop for _, _, hard_stop, _ in rows):
        raise UnableToDecideFindingError("Det, der stopper betaling, afgøres én ad gangen på fakturaen.")
    if not reason.strip():
        raise UnableToDecideFindingError("Skriv en begrundelse: den er det eneste, den næste har at gå ud fra.")


@transaction.atomic
def reopen_finding(*, finding_id: UUID, reason: str, actor_id: UUID, now: datetime) -> UUID:
    """Take the latest decision back by a new one, so that somebody must decide again; return the new decision's id.

    Raises:
        UnableToDecideFindingError: it is gone, is not decided, lies where the person may not, or no reason is given.
    """
    finding = _decided(finding_id, reason)
    refuse_outside(finding.unit_id, actor_id=actor_id, now=now)
    return _reopened(finding, reason, actor_id, now)


@transaction.atomic
def reopen_with_invoice(*, finding_id: UUID, reason: str, actor_id: UUID, now: datetime) -> UUID:
    """The same because the decision of its invoice is taken back, which asks who may.

    Raises:
        UnableToDecideFindingError: it is gone, is not decided, or no reason is given.
    """
    return _reopened(_decided(finding_id, reason), reason, actor_id, now)


def _decided(finding_id: UUID, reason: str) -> Finding:
    if not reason.strip():
        raise UnableToDecideFindingError("Skriv, hvorfor afgørelsen tages tilbage.")
    finding = Finding.objects.select_for_update().filter(id=finding_id).first()
    if finding is None:
        raise UnableToDecideFindingError("Afvigelsen findes ikke, eller du har ikke adgang til den.")
    if finding.status != Status.DECIDED:
        raise UnableToDecideFindingError("Der er ingen afgørelse at tage tilbage: afvigelsen er ikke afgjort.")
    return finding


def _reopened(finding: Finding, reason: str, actor_id: UUID, now: datetime) -> UUID:
    decision = FindingDecision.objects.create(
        municipality_id=finding.municipality_id,
        unit_id=finding.unit_id,
        finding=finding,
        verdict=Verdict.REOPEN.value,
        reason=reason.strip(),
        decided_by_id=actor_id,
        decided_at=now,
        fingerprint=finding.fingerprint,
        evidence=finding.evidence,
        amount_ore=finding.amount_ore,
    )
    finding.status = Status.OPEN
    finding.decided_fingerprint = ""
    finding.save(update_fields=["status", "decided_fingerprint"])
    if finding.invoice_id is not None:
        request_rerun(municipality_id=finding.municipality_id, ids=[finding.invoice_id])
    return decision.id


@transaction.atomic
def assign_finding(*, finding_id: UUID, assignee_id: UUID | None, actor_id: UUID, now: datetime, today: date) -> None:
    """Lay a finding with a colleague (None: back with everybody in the role). Doing it twice changes nothing.

    Raises:
        UnableToHandleFindingError: the finding or the person is not there for the caller.
    """
    finding = _visible(finding_id)
    if assignee_id is None:
        FindingAssignment.objects.filter(finding=finding).delete()
        return
    able = colleagues_who(Permission.DECIDE_FINDINGS, unit_id=finding.unit_id, on=today)
    if assignee_id not in {one.id for one in able}:
        raise UnableToHandleFindingError("Medarbejderen kan ikke afgøre afvigelser i denne enhed.")
    held = FindingAssignment.objects.select_for_update().filter(finding=finding).first()
    if held is not None and held.assignee_id == assignee_id:
        return
    FindingAssignment.objects.update_or_create(
        finding=finding,
        defaults={
            "municipality_id": finding.municipality_id,
            "unit_id": finding.unit_id,
            "assignee_id": assignee_id,
            "assigned_by_id": actor_id,
            "assigned_at": now,
        },
    )


@transaction.atomic
def note_finding(*, finding_id: UUID, text: str, actor_id: UUID, now: datetime) -> UUID:
    """Write a note about a finding; return its id.

    Raises:
        UnableToHandleFindingError: the finding is not there for the caller, or nothing is written.
    """
    if not text.strip():
        raise UnableToHandleFindingError("Skriv noget i notatet.")
    finding = _visible(finding_id)
    note = FindingNote.objects.create(
        municipality_id=finding.municipality_id,
        unit_id=finding.unit_id,
        finding=finding,
        text=text.strip(),
        written_by_id=actor_id,
        written_at=now,
    )
    return note.id


def _visible(finding_id: UUID) -> Finding:
    finding = Finding.objects.filter(id=finding_id).first()
    if finding is None:
        raise UnableToHandleFindingError("Afvigelsen findes ikke, eller du har ikke adgang til den.")
    return finding
