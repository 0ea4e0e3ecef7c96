"""Follow-ups (opfølgninger): a wrong invoice has an owner until it is settled, and what came back is counted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.invoices.core.codes import FollowUpState, Recovery
from styr.invoices.models import Decision, FollowUp, Invoice
from styr.kernel.clock import danish_day
from styr.kernel.danish import kroner
from styr.kernel.refusal import Refusal


class UnableToFollowUpError(Refusal):
    """The follow-up cannot be changed as asked; the message is fit to show a user."""


class FollowUpChangedMeanwhileError(UnableToFollowUpError):
    """Somebody else changed the follow-up since the page was opened."""

    def __init__(self) -> None:
        super().__init__("Opfølgningen er ændret af en anden, siden du åbnede den. Se den igen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is asked back (øre), why, by when, and who sees to it; without an owner whoever decides."""

    amount_ore: int
    cause: str
    due_on: date
    exception_code: str = ""
    owner_id: UUID | None = None


def open_follow_up(*, invoice: Invoice, decision: Decision, claim: Claim, opened_by: UUID, now: datetime) -> FollowUp:
    """Follow a wrong invoice; one that is followed already gets the new claim.

    Raises:
        UnableToFollowUpError: the amount is below nothing.
    """
    if claim.amount_ore < 0:
        raise UnableToFollowUpError("Beløbet, der kræves tilbage, kan ikke være negativt.")
    held = FollowUp.objects.select_for_update().filter(invoice=invoice, state=FollowUpState.OPEN.value).first()
    found = held or FollowUp(
        municipality_id=invoice.municipality_id, unit_id=invoice.unit_id, invoice=invoice, decision=decision,
        opened_at=now,
    )  # fmt: skip
    found.exception_code = claim.exception_code
    found.cause = claim.cause.strip() or decision.reason
    found.claimed_ore = claim.amount_ore
    found.owner_id = claim.owner_id or opened_by
    found.due_on = claim.due_on
    found.save()
    found.refresh_from_db(fields=["version"])
    return found


@transaction.atomic
def change_follow_up(  # noqa: PLR0913 - one use case, all by keyword
    *, follow_up_id: UUID, owner_id: UUID, due_on: date, seen_version: int, actor_id: UUID, today: date
) -> None:
    """Give a follow-up another owner or day; its owner may, and whoever decides invoices of its unit.

    Raises:
        UnableToFollowUpError: it is not there, closed or not the person's, or the new owner may not decide invoices of
            its unit.
        FollowUpChangedMeanwhileError: somebody else was first.
    """
    found = _held(follow_up_id, seen_version)
    _refuse_others(found, actor_id=actor_id, on=today)
    able = {one.id for one in colleagues_who(Permission.DECIDE_INVOICES, unit_id=found.unit_id, on=today)}
    if owner_id not in {found.owner_id, *able}:
        raise UnableToFollowUpError("Vælg en kollega, der må afgøre fakturaer i enheden.")
    found.owner_id, found.due_on = owner_id, due_on
    _save(found, "owner", "due_on")


@transaction.atomic
def settle_follow_up(  # noqa: PLR0913 - one use case, all by keyword
    *,
    follow_up_id: UUID,
    recovery: Recovery,
    recovered_ore: int,
    evidence: str,
    seen_version: int,
    actor_id: UUID,
    now: datetime,
) -> None:
    """Close a follow-up: the money came back, or was never paid; `evidence` tells how one can see that.

    Raises:
        UnableToFollowUpError: it is not there, closed or not the person's, the evidence is missing, or more came back
            than was claimed.
        FollowUpChangedMeanwhileError: somebody else was first.
    """
    found = _held(follow_up_id, seen_version)
    _refuse_others(found, actor_id=actor_id, on=danish_day(now))
    if not evidence.strip():
        raise UnableToFollowUpError("Skriv, hvor man kan se det: kreditnotaens nummer, posteringen eller brevet.")
    if not 0 <= recovered_ore <= found.claimed_ore:
        raise UnableToFollowUpError(f"Beløbet skal være mellem 0 og {kroner(found.claimed_ore)}, som er krævet.")
    found.recovery, found.recovered_ore, found.evidence = recovery.value, recovered_ore, evidence.strip()
    found.state, found.settled_at, found.settled_by_id = FollowUpState.SETTLED.value, now, actor_id
    _save(found, "recovery", "recovered_ore", "evidence", "state", "settled_at", "settled_by")


@transaction.atomic
def drop_follow_up(*, follow_up_id: UUID, reason: str, seen_version: int, actor_id: UUID, now: datetime) -> None:
    """Give a claim up, with the reason.

    Raises:
        UnableToFollowUpError: it is not there, closed or not the person's, or the reason is missing.
        FollowUpChangedMeanwhileError: somebody else was first.
    """
    found = _held(follow_up_id, seen_version)
    _refuse_others(found, actor_id=actor_id, on=danish_day(now))
    if not reason.strip():
        raise UnableToFollowUpError("Skriv, hvorfor kravet frafaldes.")
    found.evidence = reason.strip()
    found.state, found.settled_at, found.settled_by_id = FollowUpState.DROPPED.value, now, actor_id
    _save(found, "evidence", "state", "settled_at", "settled_by")


def drop_with_decision(*, decision: Decision, actor_id: UUID, now: datetime) -> None:
    """The decision behind a follow-up was taken back, so nothing is claimed by it."""
    opened = FollowUp.objects.select_for_update().filter(decision=decision, state=FollowUpState.OPEN.value)
    for found in opened:
        found.evidence = "Afgørelsen blev fortrudt."
        found.state, found.settled_at, found.settled_by_id = FollowUpState.DROPPED.value, now, actor_id
        _save(found, "evidence", "state", "settled_at", "settled_by")


def _held(follow_up_id: UUID, seen_version: int) -> FollowUp:
    found = FollowUp.objects.select_for_update().filter(id=follow_up_id).first()
    if found is None:
        raise UnableToFollowUpError("Opfølgningen findes ikke, eller den ligger uden for dit område.")
    if found.version != seen_version:
        raise FollowUpChangedMeanwhileError
    if found.state != FollowUpState.OPEN.value:
        raise UnableToFollowUpError(f"Opfølgningen er {FollowUpState(found.state).danish}.")
    return found


def _refuse_others(found: FollowUp, *, actor_id: UUID, on: date) -> None:
    """Refuse whoever neither keeps it nor holds a role to decide invoices that covers its unit.

    Raises:
        UnableToFollowUpError: they do neither.
    """
    wanted = Permission.DECIDE_INVOICES
    if actor_id != found.owner_id and not may_in(user_id=actor_id, permission=wanted, unit_id=found.unit_id, on=on):
        raise UnableToFollowUpError(f"Du må ikke {wanted.danish} i den enhed, opfølgningen hører til.")


def _save(found: FollowUp, *fields: str) -> None:
    found.save(update_fields=fields)  # the database counts its version
