"""Use cases of a budget version: lines changed with a reason, commented, added; sent, approved by another, copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.kernel.account import Account, InvalidAccountError
from styr.kernel.ids import uuid7
from styr.ledger.treatments import knows_function
from styr.planning.budget_lines import units_below
from styr.planning.budgeting import UnableToMakeBudgetError, refuse_outside
from styr.planning.core.versions import MONTHS, Part, VersionState, spread
from styr.planning.in_force import to_replace
from styr.planning.models import BudgetVersion, LineNote, VersionLine
from styr.planning.versions import VersionNotVisibleError, editors_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

MOST_ORE: Final = 10**14


@dataclass(frozen=True)
class Actor:
    """Who acts, and when."""

    id: UUID
    today: date
    now: datetime


@dataclass(frozen=True)
class AddedLine:
    """A line by hand: what it is for, in which unit and on which account, and the year's amount in øre."""

    text: str
    unit_id: UUID
    section: str
    account: str
    total_ore: int


@transaction.atomic
def change_line(*, line_id: UUID, total_ore: int, account: str, reason: str, actor: Actor) -> None:
    """Give a draft's line another amount for the year, spread over its months as they were, or another account.

    Raises:
        UnableToMakeBudgetError: no reason, an account that is none, no draft, or a unit outside the actor's roles.
        VersionNotVisibleError: there is no such line for the actor.
    """
    row = _line(line_id, actor)
    if not reason.strip():
        raise UnableToMakeBudgetError("Skriv, hvorfor beløbet ændres.")
    _refuse_huge(total_ore)
    before = row.total_ore
    row.months_ore = spread(total_ore, row.months_ore)
    row.total_ore, row.account, row.edited = total_ore, _account(account, before=row.account), True
    row.save(update_fields=["months_ore", "total_ore", "account", "edited"])
    _note(row, reason, actor, before=before, after=total_ore)


@transaction.atomic
def comment(*, line_id: UUID, text: str, actor: Actor) -> None:
    """Write something about a line, whatever its version's state; raises as `change_line`."""
    row = VersionLine.objects.filter(id=line_id).first()
    if row is None:
        raise VersionNotVisibleError
    refuse_outside(actor.id, Permission.FOLLOW_UP_ECONOMY, row.unit_id, actor.today)
    if not text.strip():
        raise UnableToMakeBudgetError("Skriv en kommentar.")
    _note(row, text, actor)


@transaction.atomic
def add_line(*, version_id: UUID, added: AddedLine, reason: str, actor: Actor) -> UUID:
    """Add a line to a draft and return its id; raises as `change_line`, and for an account string that is none."""
    version = _draft(version_id, actor)
    refuse_outside(actor.id, Permission.EDIT_ECONOMY, added.unit_id, actor.today)
    if not added.text.strip() or not reason.strip():
        raise UnableToMakeBudgetError("Skriv, hvad linjen er, og hvorfor den tilføjes.")
    if version.unit_id is not None and added.unit_id not in units_below(version.unit_id):
        raise UnableToMakeBudgetError("Enheden hører ikke til versionens enhed.")
    _refuse_huge(added.total_ore)
    row = VersionLine(
        municipality_id=version.municipality_id,
        unit_id=added.unit_id,
        version=version,
        part=Part.MANUAL.value,
        section=added.section,
        account=_account(added.account),
        text=added.text.strip()[:200],
        months_ore=spread(added.total_ore, [0] * MONTHS),
        total_ore=added.total_ore,
        made_ore=0,
        edited=True,
    )
    row.save(force_insert=True)
    _note(row, reason, actor, before=0, after=added.total_ore)
    return row.id


@transaction.atomic
def send(*, version_id: UUID, actor: Actor) -> None:
    """Send a draft to somebody who may approve it; raises as `change_line`."""
    row = _draft(version_id, actor)
    row.state, row.sent_by_id, row.sent_at = VersionState.AWAITING.value, actor.id, actor.now
    row.save(update_fields=["state", "sent_by", "sent_at"])


@transaction.atomic
def approve(*, version_id: UUID, actor: Actor, replaces: frozenset[UUID] = frozenset()) -> None:
    """Approve what another has made; it takes the place of the year's approved ones of its units, which are named.

    Raises:
        UnableToMakeBudgetError: it does not wait for approval, the actor has made, sent or changed it, or may not; one
            of more than its units is approved, or one that gives way is not named in `replaces`.
        VersionNotVisibleError: there is none for the actor.
    """
    row = _awaiting(version_id, actor)
    if actor.id in _hands_of(row):
        raise UnableToMakeBudgetError("Et budget godkendes af en anden end dem, der har lavet, rettet eller sendt det.")
    former = BudgetVersion.objects.filter(id__in=to_replace(row, replaces))
    former.update(state=VersionState.REPLACED.value)
    row.state, row.decided_by_id, row.decided_at, row.answer = VersionState.APPROVED.value, actor.id, actor.now, ""
    row.save(update_fields=["state", "decided_by", "decided_at", "answer"])


@transaction.atomic
def send_back(*, version_id: UUID, answer: str, actor: Actor) -> None:
    """Send it back with the reason; it is a draft again. Raises as `approve`."""
    row = _awaiting(version_id, actor)
    if not answer.strip():
        raise UnableToMakeBudgetError("Skriv, hvad der skal ændres.")
    row.state, row.answer = VersionState.DRAFT.value, answer.strip()
    row.decided_by_id, row.decided_at = actor.id, actor.now
    row.save(update_fields=["state", "answer", "decided_by", "decided_at"])


@transaction.atomic
def withdraw(*, version_id: UUID, reason: str, actor: Actor) -> None:
    """Take an approved budget out of force without another in its place: its file is sent no more, a copy can be made.

    Raises:
        UnableToMakeBudgetError: it is not approved, nobody says why, or the actor may not approve budgets of its unit.
        VersionNotVisibleError: there is none for the actor.
    """
    row = _seen(version_id)
    refuse_outside(actor.id, Permission.APPROVE_BUDGETS, row.unit_id, actor.today)
    if row.state != VersionState.APPROVED.value:
        raise UnableToMakeBudgetError("Kun et godkendt budget kan sættes ud af kraft.")
    if actor.id in _hands_of(row):
        raise UnableToMakeBudgetError(
            "Et budget sættes ud af kraft af en anden end dem, der har lavet, rettet eller sendt det."
        )
    if not reason.strip():
        raise UnableToMakeBudgetError("Skriv, hvorfor budgettet sættes ud af kraft.")
    row.state, row.answer = VersionState.REPLACED.value, reason.strip()[:4000]
    row.save(update_fields=["state", "answer"])


@transaction.atomic
def copy_version(*, version_id: UUID, name: str, actor: Actor) -> UUID:
    """Make a draft with the lines of another that the actor sees, edits and all; return its id."""
    row = _seen(version_id)
    refuse_outside(actor.id, Permission.EDIT_ECONOMY, row.unit_id, actor.today)
    with service_scope(row.municipality_id, "job"):
        return _copy(row, name, actor)


def _copy(row: BudgetVersion, name: str, actor: Actor) -> UUID:
    """Every line is copied, also those that whoever copies may not see: the copy is the version's budget."""
    version_id = row.id
    lines = list(VersionLine.objects.filter(version_id=version_id))
    row.pk, row.based_on_id, row.name = uuid7(), version_id, name.strip()[:120] or f"Kopi af {row.name}"[:120]
    row.state, row.made_by_id, row.made_at = VersionState.DRAFT.value, actor.id, actor.now
    row.sent_by_id = row.sent_at = row.decided_by_id = row.decided_at = None
    row.answer = ""
    row.save(force_insert=True)
    for one in lines:
        one.pk, one.version_id, one.made_ore, one.edited = uuid7(), row.id, one.total_ore, False
    VersionLine.objects.bulk_create(lines, batch_size=5_000)
    return row.id


@transaction.atomic
def put_version_away(*, version_id: UUID, actor: Actor) -> None:
    """Take a draft off the list; raises as `change_line`."""
    row = _draft(version_id, actor)
    row.state = VersionState.PUT_AWAY.value
    row.save(update_fields=["state"])


def _hands_of(row: BudgetVersion) -> frozenset[UUID]:
    """Whoever has made, sent or changed it, or a version that it is a copy of; asked of all its lines."""
    hands: set[UUID | None] = set()
    with service_scope(row.municipality_id, "job"):
        of: BudgetVersion | None = row
        while of is not None:
            hands |= {of.made_by_id, of.sent_by_id} | editors_of(of.id)
            of = BudgetVersion.objects.filter(id=of.based_on_id).first() if of.based_on_id else None
    return frozenset(hand for hand in hands if hand is not None)


def _refuse_huge(total_ore: int) -> None:
    if abs(total_ore) > MOST_ORE:
        raise UnableToMakeBudgetError("Beløbet er for stort.")


def _account(written: str, *, before: str = "") -> str:
    """The account as it is kept; another than before is one that the finance system's file is read back with."""
    try:
        found = str(Account.parse(written)) if written.strip() else ""
    except InvalidAccountError as wrong:
        raise UnableToMakeBudgetError(str(wrong)) from wrong
    if found not in {"", before} and not knows_function(found):
        raise UnableToMakeBudgetError(
            "Kontoens funktion kendes ikke. Ret kontoen, eller tilføj funktionen under Opsætning, Kontobehandling."
        )
    return found


def _line(line_id: UUID, actor: Actor) -> VersionLine:
    """A line of a draft, held until the transaction ends."""
    row = VersionLine.objects.select_for_update().filter(id=line_id).first()
    if row is None:
        raise VersionNotVisibleError
    _draft(row.version_id, actor, unit_id=row.unit_id)
    return row


def _draft(version_id: UUID, actor: Actor, *, unit_id: UUID | None = None) -> BudgetVersion:
    row = _seen(version_id)
    if row.state != VersionState.DRAFT.value:
        raise UnableToMakeBudgetError("Kun en kladde kan ændres. Lav en kopi, og ret i den.")
    refuse_outside(actor.id, Permission.EDIT_ECONOMY, unit_id or row.unit_id, actor.today)
    return row


def _awaiting(version_id: UUID, actor: Actor) -> BudgetVersion:
    row = _seen(version_id)
    if row.state != VersionState.AWAITING.value:
        raise UnableToMakeBudgetError("Versionen venter ikke på godkendelse.")
    refuse_outside(actor.id, Permission.APPROVE_BUDGETS, row.unit_id, actor.today)
    return row


def _seen(version_id: UUID) -> BudgetVersion:
    row = BudgetVersion.objects.select_for_update().filter(id=version_id).first()
    if row is None:
        raise VersionNotVisibleError
    return row


def _note(row: VersionLine, text: str, actor: Actor, *, before: int | None = None, after: int | None = None) -> None:
    LineNote.objects.create(
        municipality_id=row.municipality_id,
        unit_id=row.unit_id,
        line=row,
        text=text.strip()[:4000],
        before_ore=before,
        after_ore=after,
        written_by_id=actor.id,
        written_at=actor.now,
    )
