"""What is signed is what is reckoned by: a draft's text held against the register, put right there, or accepted.

Terms are taken from the very text that is signed. Where text and register say different things, the draft is not sent
to be signed, and no signed file is taken in, before the register follows the text, or somebody who decides terms has
accepted the difference with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.utils.timezone import localdate

from styr.access.core.permissions import Permission
from styr.contracts import queries as contracts
from styr.contracts.agreed import agreed_card
from styr.contracts.agreeing import Act, agree_terms, seen_state
from styr.contracts.core.codes import ContractStatus, LineKind
from styr.contracts.editing import Terms, change_terms
from styr.contracts.services import AbsenceTerms, UnableToChangeContractError
from styr.drafting.approving import writers_of
from styr.drafting.core.codes import DraftState, StepKind
from styr.drafting.core.said import Registered, differences, said_in
from styr.drafting.models import DraftStep
from styr.drafting.reading import read_of
from styr.drafting.steps import (
    Actor,
    Held,
    UnableToMoveDraftError,
    latest_version,
    locked_draft,
    refuse_outside,
    refuse_state,
    take_step,
)
from styr.drafting.supplements import changes_of_draft, is_supplement
from styr.kernel.fingerprint import fingerprint
from styr.kernel.period import ONE_DAY
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from styr.contracts.queries import ContractCard
    from styr.drafting.core.changes import Changes
    from styr.drafting.core.said import Difference, Said
    from styr.drafting.models import ContractDraft

_OPEN: Final = (DraftState.WORK, DraftState.APPROVAL, DraftState.APPROVED)
_HELD: Final = """
SELECT c.starts, c.ends, c.notice_days, c.absence_free_days, c.absence_billable, (
    SELECT json_agg(json_build_array(l.contract_line_id, l.kind, l.unit, l.hourly_rate::text, (
        SELECT json_agg(r.amount::text ORDER BY r.valid_from) FROM rel_contract_rate r
        WHERE r.contract_line_id = l.contract_line_id)) ORDER BY l.line_no)
    FROM rel_contract_line l WHERE l.contract_id = c.contract_id)
FROM rel_contract c WHERE c.contract_id = %s
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """What the register holds of a contract, and where a text says something else."""

    registered: Registered
    differences: tuple[Difference, ...]


def compared_with_register(lines: Iterable[str], *, contract_id: UUID, changes: Changes | None) -> Compared:
    """Hold a text against what the register holds, or will when a supplement is signed; two queries."""
    registered = _registered(contract_id, changes)
    return Compared(registered, differences(said_in(lines), registered))


def accepted(draft_id: UUID, found: tuple[Difference, ...]) -> bool:
    """Whether somebody has accepted just these differences; one query."""
    steps = DraftStep.objects.filter(draft_id=draft_id, kind=StepKind.ACCEPTED_TEXT, agreed=_mark(found))
    return not found or steps.exists()


def refuse_different(draft: ContractDraft, lines: Iterable[str]) -> None:
    """Refuse a text that says otherwise than the register.

    Raises:
        UnableToMoveDraftError: they differ, and nobody has accepted it.
    """
    found = compared_with_register(lines, contract_id=draft.contract_id, changes=changes_of_draft(draft)).differences
    if not accepted(draft.id, found):
        one = found[0]
        raise UnableToMoveDraftError(
            f"Teksten og registret stemmer ikke overens om {len(found)} vilkår, først {one.name.lower()}: teksten "
            f"»{one.text}«, registret »{one.register}«. Ret det ene, eller få forskellen accepteret."
        )


@transaction.atomic
def register_text(*, draft_id: UUID, actor: Actor) -> None:
    """Let the register of a contract that is not signed say what the draft's newest text says.

    Raises:
        UnableToMoveDraftError: it is a supplement, not open, or the register cannot hold what the text says.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, _OPEN)
    if is_supplement(draft):
        raise UnableToMoveDraftError("Et tillæg ændrer først registret, når det er underskrevet. Dan det igen.")
    version = latest_version(draft)
    write_text_terms(draft.contract_id, read_of(version).texts(), actor)
    take_step(draft, StepKind.REGISTERED_TEXT, actor, version=version)


@transaction.atomic
def accept_differences(*, draft_id: UUID, reason: str, actor: Actor) -> None:
    """Accept that the newest text and the register say different things, with a reason.

    Raises:
        UnableToMoveDraftError: nothing differs, one's own draft, no reason, or the actor decides no terms.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.DECIDE_TERMS, actor)
    refuse_state(draft, _OPEN)
    if actor.id in writers_of(draft):
        raise UnableToMoveDraftError("Du har selv skrevet på udkastet, så en anden skal acceptere forskellen.")
    if not reason.strip():
        raise UnableToMoveDraftError("Skriv, hvorfor forskellen kan accepteres.")
    version = latest_version(draft)
    changes = changes_of_draft(draft)
    lines = read_of(version).texts()
    found = compared_with_register(lines, contract_id=draft.contract_id, changes=changes).differences
    if not found:
        raise UnableToMoveDraftError("Teksten og registret stemmer overens.")
    held = Held(note=reason, deviations=len(found), agreed=_mark(found))
    take_step(draft, StepKind.ACCEPTED_TEXT, actor, version=version, held=held)


def write_text_terms(contract_id: UUID, lines: Iterable[str], actor: Actor) -> None:
    """Write the terms that a text says in the register of a contract that is not signed, from its first day on.

    Raises:
        UnableToMoveDraftError: the contract is signed, or the register cannot hold them.
    """
    card, said = contracts.contract_card(contract_id), said_in(lines)
    if card.status not in {ContractStatus.DRAFT, ContractStatus.SENT}:
        raise UnableToMoveDraftError("Kontrakten er underskrevet. Skriv et tillæg.")
    try:
        change_terms(contract_id=card.id, terms=_own_terms(card, said), seen=fingerprint(card))
        act = Act(actor_id=actor.id, today=localdate(actor.now), seen=seen_state(card.id))
        agree_terms(contract_id=card.id, terms=said.agreement(), valid_from=card.starts, act=act)
    except UnableToChangeContractError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused


def _own_terms(card: ContractCard, said: Said) -> Terms:
    """The contract's own terms, as the text has them where it says them."""
    calendars = {code: one for one, code in contracts.calendar_choices()}
    free = said.free_days[0] if said.free_days else card.absence_free_days
    share = said.billable[0] if said.billable else card.absence_billable
    last_day = None if card.ends is None else card.ends - ONE_DAY
    return Terms(
        last_day=said.last_day or last_day,
        notice_days=said.notices[0][0] if said.notices else card.notice_days,
        absence=AbsenceTerms(free_days=free, billable=share),
        provider_unit_id=card.provider_unit_id,
        calendar_id=calendars.get(card.calendar),
    )


def _registered(contract_id: UUID, changes: Changes | None) -> Registered:
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [contract_id])
        starts, ends, notice_days, free_days, billable, told = cursor.fetchone()
    lines = [
        _Line(one, kind, Unit(unit), _number(hourly), _prices(rates)) for one, kind, unit, hourly, rates in told or ()
    ]
    terms = agreed_card(contract_id).amended(starts if changes is None else changes.starts)
    if terms.notice_days is None:
        terms = replace(terms, notice_days=notice_days)
    if terms.billable is None:
        terms = replace(terms, free_days=free_days, billable=billable)
    last_day = None if ends is None else ends - ONE_DAY
    known = [(price, one.unit) for one in lines for price in one.prices]
    known += [(one.hourly, Unit.HOUR) for one in lines if one.kind == LineKind.SPECIAL and one.hourly is not None]
    if changes is not None:
        return _after(
            changes, Registered(terms=terms, prices=tuple(known), base=None, starts=starts, last_day=last_day), lines
        )
    base = next(((one.prices[-1], one.unit) for one in lines if one.kind == LineKind.BASE and one.prices), None)
    return Registered(terms=terms, prices=tuple(known), base=base, starts=starts, last_day=last_day)


def _after(changes: Changes, held: Registered, lines: list[_Line]) -> Registered:
    """What the register will hold when the supplement is signed, and what its text must speak of."""
    units = {one.id: one.unit for one in lines}
    new = [(one.amount, units[one.line_id]) for one in changes.prices]
    special = [] if changes.special is None else [(changes.special.hourly_rate, Unit.HOUR)]
    must = set(changes.terms.named()) - {"notice_from", "index_percent"}
    return Registered(
        terms=changes.agreement(held.terms),
        prices=(*held.prices, *new, *special),
        base=new[0] if new else None,
        starts=changes.starts,
        last_day=changes.last_day if changes.moves_end else held.last_day,
        must=frozenset(must | ({"last_day"} if changes.moves_end else set())),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the contract with its prices in kr., the latest last."""

    id: str
    kind: str
    unit: Unit
    hourly: Decimal | None
    prices: tuple[Decimal, ...]


def _prices(written: list[str] | None) -> tuple[Decimal, ...]:
    return tuple(Decimal(one) for one in written or ())


def _number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def _mark(found: tuple[Difference, ...]) -> str:
    return fingerprint(found)
