"""Use cases on negotiations: open, write in the log, argue, agree, give up. Each asks the actor's role in the unit.

The negotiator is never the caseworker of a grant that the negotiation is about: refused here, and by the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.contracts.services import UnableToChangeContractError
from styr.grants.price_requests import change_or_ask
from styr.kernel.refusal import NotThere, Refusal
from styr.negotiations.apart import caseworkers
from styr.negotiations.consenting import consent_to_move
from styr.negotiations.core.codes import WRITTEN, CaseStatus, EntryKind, Measure, SavingKind
from styr.negotiations.models import ArgumentTemplate, CaseArgument, CaseEntry, CaseLimit, Negotiation
from styr.negotiations.places import grant_place, lines_of
from styr.negotiations.saving import UnableToSaveError, agree_saving, register_saving

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from styr.grants.acting import Actor
    from styr.negotiations.core.codes import ArgumentOutcome, Reason
    from styr.negotiations.core.rules import WantedSaving

_APART: Final = (
    "Du står som sagsbehandler på bevillingen. Den, der forhandler med leverandøren, må ikke være den, der har "
    "bevilget hjælpen: lad en anden føre forhandlingen."
)
_SAID: Final = {
    "negotiation_roles_apart": _APART,
    "negotiation_one_open_about_it": "Der er allerede en forhandling i gang om det samme.",
}


class UnableToNegotiateError(Refusal):
    """The negotiation cannot be led as asked."""


class NegotiationNotThereError(NotThere):
    """There is no such negotiation, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Forhandlingen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCase:
    """A negotiation to be opened: about a grant, what we want, and what we walk away at (seen by negotiators alone).

    `amounts` are the potential low, likely and high, øre a year, as the list told it.
    """

    grant_id: UUID
    kind: SavingKind
    title: str
    goal: str
    walk_away: str = ""
    amounts: tuple[int | None, int | None, int | None] = (None, None, None)


@transaction.atomic
def open_negotiation(*, wanted: WantedCase, actor: Actor) -> UUID:
    """Open a negotiation with the grant's supplier; the actor leads it. Return its id.

    Raises:
        UnableToNegotiateError: the actor may not there, is the caseworker, the grant has no supplier, nothing is
            wanted, or one about the same is open.
    """
    grant = grant_place(wanted.grant_id)
    _allow(actor, grant.unit_id)
    _refuse_caseworker(actor, grant.id, grant.contract_id)
    if grant.supplier_id is None:
        raise UnableToNegotiateError("Bevillingen har ingen leverandør at forhandle med.")
    if not wanted.title.strip() or not wanted.goal.strip():
        raise UnableToNegotiateError("Skriv både emne og mål.")
    case = Negotiation(
        municipality_id=grant.municipality_id, unit_id=grant.unit_id, title=wanted.title.strip(),
        supplier_id=grant.supplier_id, contract_id=grant.contract_id, grant_id=grant.id, kind=wanted.kind,
        negotiator_id=actor.id, goal=wanted.goal.strip(), low_ore=wanted.amounts[0], likely_ore=wanted.amounts[1],
        high_ore=wanted.amounts[2], opened_at=actor.now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as error:
        named = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        raise UnableToNegotiateError(_SAID.get(named, "Forhandlingen kan ikke gemmes, som den er skrevet.")) from error
    if wanted.walk_away.strip():
        CaseLimit.objects.create(**part_of(case), negotiation=case, walk_away=wanted.walk_away.strip())
    log(case, EntryKind.OPENED, actor, wanted.goal.strip())
    return case.id


@transaction.atomic
def write_entry(  # noqa: PLR0913 - a line's facts, all by keyword
    *, negotiation_id: UUID, kind: EntryKind, happened_on: date, words: str, amount: Decimal | None, actor: Actor
) -> None:
    """Write an offer, a counter-offer, a meeting, a letter or a note in the log. Lines are never changed.

    Raises:
        UnableToNegotiateError: it is closed, the kind is not written by people, nothing is said, or the day is to come.
    """
    case = case_to_act_on(negotiation_id, actor)
    if kind not in WRITTEN:
        raise UnableToNegotiateError("Den slags linje skrives ikke i hånden.")
    if not words.strip():
        raise UnableToNegotiateError("Skriv, hvad der blev sagt eller skrevet.")
    if happened_on > actor.today and kind is not EntryKind.MEETING:
        raise UnableToNegotiateError("Kun et møde kan ligge i fremtiden.")
    if amount is not None and amount < 0:
        raise UnableToNegotiateError("En pris kan ikke være under 0 kr.")
    log(case, kind, actor, words.strip(), happened_on=happened_on, amount=amount)


@transaction.atomic
def argue(*, negotiation_id: UUID, reason: Reason, words: str, evidence: str, actor: Actor) -> UUID:
    """Put an argument forward, with what shows it; return its id.

    Raises:
        UnableToNegotiateError: it is closed, or the argument says nothing.
    """
    case = case_to_act_on(negotiation_id, actor)
    if not words.strip():
        raise UnableToNegotiateError("Skriv argumentet.")
    made = CaseArgument.objects.create(
        **part_of(case), negotiation=case, reason=reason, words=words.strip(), evidence=evidence.strip()
    )
    return made.id


@transaction.atomic
def judge_argument(*, negotiation_id: UUID, argument_id: UUID, outcome: ArgumentOutcome, actor: Actor) -> None:
    """Say what an argument of a negotiation brought, also when it is over.

    Raises:
        NegotiationNotThereError: there is no such argument for the caller.
        UnableToNegotiateError: the actor may not there.
    """
    argument = CaseArgument.objects.select_for_update().filter(id=argument_id, negotiation_id=negotiation_id).first()
    if argument is None:
        raise NegotiationNotThereError
    _allow(actor, argument.unit_id)
    argument.outcome = outcome
    argument.save(update_fields=["outcome"])


@transaction.atomic
def set_walk_away(*, negotiation_id: UUID, words: str, actor: Actor) -> None:
    """Write what we walk away at; those alone who negotiate ever read it.

    Raises:
        UnableToNegotiateError: it is closed, or nothing is said.
    """
    case = case_to_act_on(negotiation_id, actor)
    if not words.strip():
        raise UnableToNegotiateError("Skriv smertegrænsen.")
    CaseLimit.objects.update_or_create(negotiation=case, defaults=part_of(case) | {"walk_away": words.strip()})


@transaction.atomic
def agree(
    *, negotiation_id: UUID, wanted: WantedSaving, agreed_on: date, actor: Actor, by_text: bool = False
) -> tuple[UUID, str]:
    """Close a negotiation with an agreement: the saving in the ledger, and the agreed price on the contract.

    Return the saving's id, and what happens with the contract: the price is changed where the actor's limit reaches it,
    else somebody with a higher one is asked. A move is agreed with a consent alone; an agreed price becomes the
    contract's from the saving's first day, so that invoices are held to it. `by_text`: it first does so when the
    supplement is signed (`texting.draft_supplement`).

    Raises:
        UnableToNegotiateError: it is closed, or the actor is the grant's caseworker.
        UnableToSaveError: it is no saving; see `saving.register_saving` and `saving.agree_saving`.
    """
    case = case_to_act_on(negotiation_id, actor)
    if wanted.grant_id != case.grant_id:
        raise UnableToNegotiateError("Besparelsen er på en anden bevilling end forhandlingen.")
    if wanted.kind is SavingKind.RELOCATION:
        consent = consent_to_move(citizen_id=grant_place(case.grant_id).citizen_id, on=agreed_on)
        if consent.id is None:
            raise UnableToSaveError(consent.why)
    # The register's price before the agreement is the baseline that the saving is held against: the ledger first.
    made = register_saving(wanted=wanted, actor=actor)
    agree_saving(saving_id=made, agreed_on=agreed_on, actor=actor)
    priced = "" if by_text else _price_contract(wanted, actor)
    case.status, case.closed_on = CaseStatus.AGREED, agreed_on
    case.save(update_fields=["status", "closed_on"])
    log(case, EntryKind.AGREED, actor, wanted.evidence.strip(), happened_on=agreed_on, amount=wanted.agreed)
    return made, priced


@transaction.atomic
def give_up(*, negotiation_id: UUID, because: str, actor: Actor) -> None:
    """Close a negotiation without an agreement, with the reason.

    Raises:
        UnableToNegotiateError: it is closed, or no reason is given.
    """
    case = case_to_act_on(negotiation_id, actor)
    if not because.strip():
        raise UnableToNegotiateError("Skriv, hvorfor forhandlingen slutter uden aftale.")
    case.status, case.closed_on = CaseStatus.GIVEN_UP, actor.today
    case.save(update_fields=["status", "closed_on"])
    log(case, EntryKind.GIVEN_UP, actor, because.strip())


@transaction.atomic
def add_template(*, municipality_id: UUID, reason: Reason, title: str, words: str, actor: Actor) -> None:
    """Keep an argument to use again.

    Raises:
        UnableToNegotiateError: something is missing, the name is taken, or the actor negotiates nowhere at large.
    """
    if not may_in(user_id=actor.id, permission=Permission.NEGOTIATE, unit_id=None, on=actor.today):
        raise UnableToNegotiateError("Skabeloner skrives af en, der forhandler for hele kommunen.")
    if not title.strip() or not words.strip():
        raise UnableToNegotiateError("Skriv både navn og argument.")
    try:
        with transaction.atomic():
            ArgumentTemplate.objects.create(
                municipality_id=municipality_id, reason=reason, title=title.strip(), words=words.strip()
            )
    except IntegrityError as error:
        raise UnableToNegotiateError("Der er allerede en skabelon med det navn.") from error


def _price_contract(wanted: WantedSaving, actor: Actor) -> str:
    """Let the agreed price hold on the contract line, within limits; say what came of it."""
    if wanted.measure is not Measure.PRICE or wanted.kind is SavingKind.RELOCATION:
        return ""
    line = next((one for one in lines_of(wanted.grant_id, on=wanted.starts) if one.id == wanted.service_line_id), None)
    if line is None or line.contract_line_id is None:
        return "Ydelsen har ingen kontraktlinje: skriv et udkast til kontrakt med den aftalte pris."
    if line.price == wanted.agreed:
        return "Kontrakten har allerede den aftalte pris."
    try:
        with transaction.atomic():
            outcome = change_or_ask(
                contract_line_id=line.contract_line_id, valid_from=wanted.starts, amount=wanted.agreed, actor=actor
            )
    except UnableToChangeContractError as refused:
        return f"Prisen på kontrakten er ikke ændret: {refused}"
    return outcome.why or "Kontraktens pris er ændret fra aftalens første dag, og fakturaer holdes op mod den."


def case_to_act_on(negotiation_id: UUID, actor: Actor, *, also_closed: bool = False) -> Negotiation:
    """An open negotiation that the actor may lead: whoever acts must be apart from the case, not its owner alone.

    Raises:
        NegotiationNotThereError: there is none for the caller.
        UnableToNegotiateError: it is closed, or the actor may not, or is a caseworker of it.
    """
    case = Negotiation.objects.select_for_update().filter(id=negotiation_id).first()
    if case is None:
        raise NegotiationNotThereError
    _allow(actor, case.unit_id)
    if case.status != CaseStatus.OPEN and not also_closed:
        raise UnableToNegotiateError(f"Forhandlingen er {CaseStatus(case.status).danish}.")
    _refuse_caseworker(actor, case.grant_id, case.contract_id)
    return case


def part_of(case: Negotiation) -> dict[str, UUID]:
    """The columns that everything of a case repeats."""
    return {"municipality_id": case.municipality_id, "unit_id": case.unit_id, "grant_ref": case.grant_id}


def log(  # noqa: PLR0913 - a line's facts, all by keyword
    case: Negotiation, kind: EntryKind, actor: Actor, words: str, *,
    happened_on: date | None = None, amount: Decimal | None = None,
) -> None:  # fmt: skip
    """Write a line in a case's log."""
    CaseEntry.objects.create(
        **part_of(case), negotiation=case, kind=kind, happened_on=happened_on or actor.today, amount=amount,
        words=words, made_by_id=actor.id, made_at=actor.now,
    )  # fmt: skip


def _refuse_caseworker(actor: Actor, grant_id: UUID, contract_id: UUID | None) -> None:
    if any(actor.id in one.user_ids for one in caseworkers(grant_id=grant_id, contract_id=contract_id)):
        raise UnableToNegotiateError(_APART)


def _allow(actor: Actor, unit_id: UUID) -> None:
    if not may_in(user_id=actor.id, permission=Permission.NEGOTIATE, unit_id=unit_id, on=actor.today):
        raise UnableToNegotiateError("Din rolle giver dig ikke lov til at forhandle i denne enhed.")
