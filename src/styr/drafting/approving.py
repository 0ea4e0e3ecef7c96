"""Approval of a draft: its amount within a limit, its deviations by whoever decides the terms; never one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.utils.timezone import localdate

from styr.access import queries as access
from styr.access.core.acts import Act
from styr.access.core.permissions import Permission
from styr.drafting.core.codes import DraftState, StepKind
from styr.drafting.core.worth import PricedLine, year_ore
from styr.drafting.models import DraftStep
from styr.drafting.steps import (
    Actor,
    Held,
    UnableToMoveDraftError,
    latest_version,
    locked_draft,
    move,
    refuse_outside,
    refuse_state,
    take_step,
)
from styr.drafting.supplements import changes_of_draft, keep_effect
from styr.drafting.unchanged import APPROVALS, agreed_mark, refuse_changed
from styr.kernel.danish import kroner
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from uuid import UUID

    from styr.drafting.core.changes import Changes
    from styr.drafting.models import ContractDraft, DraftVersion

_LINES: Final = """
SELECT l.contract_line_id, l.unit, l.hours, max(r.amount)
FROM rel_contract_line l JOIN rel_contract_rate r USING (contract_line_id)
WHERE l.contract_id = %s GROUP BY l.contract_line_id, l.unit, l.hours
"""


@dataclass(frozen=True, slots=True)
class Needed:
    """What of an approval a draft still waits for; deviations are of its newest version."""

    amount: bool
    terms: bool
    year_ore: int | None
    deviations: int


def year_of(contract_id: UUID, changes: Changes | None = None) -> int | None:
    """What the contract's prices come to in a year, øre; None where it cannot be told. One query.

    With a supplement its lines are reckoned at their new prices, and its special rate is added.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [contract_id])
        lines = cursor.fetchall()
    new = {} if changes is None else {one.line_id: one.amount for one in changes.prices}
    priced = [PricedLine(Unit(unit), new.get(str(one), amount), hours) for one, unit, hours, amount in lines]
    if changes is not None and changes.special is not None:
        priced.append(PricedLine(Unit.HOUR, changes.special.hourly_rate, changes.special.hours))
    return year_ore(priced)


def needed_of(draft: ContractDraft, version: DraftVersion) -> Needed:
    """What the newest version still waits for since it was last sent to be approved; two queries."""
    steps = DraftStep.objects.filter(draft=draft, kind__in=(StepKind.SUBMITTED, *APPROVALS))
    given: set[str] = set()
    for kind in steps.order_by("taken_at", "id").values_list("kind", flat=True):
        given = set() if kind == StepKind.SUBMITTED else {*given, kind}
    deviations = version.red + version.missing
    return Needed(
        amount=StepKind.APPROVED_AMOUNT.value not in given,
        terms=bool(deviations) and StepKind.APPROVED_TERMS.value not in given,
        year_ore=year_of(draft.contract_id, changes_of_draft(draft)),
        deviations=deviations,
    )


@transaction.atomic
def submit(*, draft_id: UUID, actor: Actor) -> None:
    """Send the newest version to be approved; what it comes to and how far it deviates are kept with it.

    Raises:
        UnableToMoveDraftError: it is not with us, or the actor may not.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, (DraftState.WORK,))
    version = latest_version(draft)
    keep_effect(draft, actor)
    move(draft, DraftState.APPROVAL, actor)
    held = Held(
        year_ore=year_of(draft.contract_id, changes_of_draft(draft)), deviations=version.red + version.missing,
        agreed=agreed_mark(draft.contract_id),
    )  # fmt: skip
    take_step(draft, StepKind.SUBMITTED, actor, version=version, held=held)


@transaction.atomic
def approve_amount(*, draft_id: UUID, actor: Actor) -> bool:
    """Approve the amount within one's limit; return whether the draft is approved by that.

    Raises:
        UnableToMoveDraftError: one's own draft, beyond one's limit, or approved already.
    """
    draft, version, needed = _waiting(draft_id, Permission.APPROVE_CONTRACTS, actor)
    if not needed.amount:
        raise UnableToMoveDraftError("Beløbet er allerede godkendt.")
    limit = access.limit_for(user_id=actor.id, act=Act.APPROVE_CONTRACT, on=localdate(actor.now), unit_id=draft.unit_id)
    if limit is not None and (needed.year_ore is None or needed.year_ore > limit):
        raise UnableToMoveDraftError(_too_dear(needed.year_ore, limit))
    agreed = agreed_mark(draft.contract_id)
    held = Held(year_ore=needed.year_ore, limit_ore=limit, deviations=needed.deviations, agreed=agreed)
    take_step(draft, StepKind.APPROVED_AMOUNT, actor, version=version, held=held)
    return _approved_when_all(draft, actor, still=needed.terms)


@transaction.atomic
def approve_terms(*, draft_id: UUID, reason: str, actor: Actor) -> bool:
    """Approve that the draft deviates from the playbook, with the reason; return whether it is approved by that.

    Raises:
        UnableToMoveDraftError: one's own draft, no reason, or nothing to approve.
    """
    draft, version, needed = _waiting(draft_id, Permission.DECIDE_TERMS, actor)
    if not needed.terms:
        raise UnableToMoveDraftError("Der er ingen afvigelser, der venter på godkendelse.")
    if not reason.strip():
        raise UnableToMoveDraftError("Skriv, hvorfor afvigelserne kan godkendes.")
    held = Held(note=reason, deviations=needed.deviations, agreed=agreed_mark(draft.contract_id))
    take_step(draft, StepKind.APPROVED_TERMS, actor, version=version, held=held)
    return _approved_when_all(draft, actor, still=needed.amount)


@transaction.atomic
def send_back(*, draft_id: UUID, reason: str, actor: Actor) -> None:
    """Give a draft that waits for approval back to those who write it.

    Raises:
        UnableToMoveDraftError: it does not wait, no reason is given, or the actor may not approve at all.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.APPROVE_CONTRACTS, actor)
    refuse_state(draft, (DraftState.APPROVAL,))
    if not reason.strip():
        raise UnableToMoveDraftError("Skriv, hvad der skal ændres.")
    move(draft, DraftState.WORK, actor)
    take_step(draft, StepKind.SENT_BACK, actor, version=latest_version(draft), held=Held(note=reason))


def writers_of(draft: ContractDraft) -> frozenset[UUID]:
    """Those who wrote the draft: its owner, and whoever made or sent a version of it. One query."""
    made = draft.versions.values_list("made_by_id", flat=True)
    sent = draft.steps.filter(kind=StepKind.SUBMITTED).values_list("taken_by_id", flat=True)
    return frozenset((draft.owner_id, *made.union(sent)))


def _waiting(draft_id: UUID, permission: Permission, actor: Actor) -> tuple[ContractDraft, DraftVersion, Needed]:
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, permission, actor)
    refuse_state(draft, (DraftState.APPROVAL,))
    if actor.id in writers_of(draft):
        raise UnableToMoveDraftError("Du har selv skrevet på udkastet, så en anden skal godkende det.")
    refuse_changed(draft)
    version = latest_version(draft)
    return draft, version, needed_of(draft, version)


def _approved_when_all(draft: ContractDraft, actor: Actor, *, still: bool) -> bool:
    move(draft, DraftState.APPROVAL if still else DraftState.APPROVED, actor)
    return not still


def _too_dear(year: int | None, limit: int) -> str:
    if year is None:
        return "Kontraktens beløb pr. år kan ikke beregnes, så den skal godkendes af en uden beløbsgrænse."
    told = f"Kontrakten løber op i {kroner(year, whole=True)} om året"
    return f"{told}, og din grænse er {kroner(limit, whole=True)} En med højere grænse skal godkende den."
