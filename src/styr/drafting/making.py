"""A draft made: from a contract of the register, or from a grant that has none yet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from styr.access.core.permissions import Permission
from styr.access.crypto import unseal
from styr.agreements.core.templates.filling import UnableToFillTemplateError, fill
from styr.contracts import queries as contracts
from styr.contracts.core.codes import LineKind
from styr.contracts.services import AbsenceTerms, NewContractLine, UnableToRegisterContractError, register_contract
from styr.drafting.core.codes import CLOSED, DraftState, Party, StepKind, TemplateState
from styr.drafting.facts import filled_with
from styr.drafting.models import ContractDraft, TemplateVersion
from styr.drafting.reading import read_of
from styr.drafting.sealed import place_of
from styr.drafting.steps import (
    Actor,
    UnableToMoveDraftError,
    locked_draft,
    move,
    refuse_outside,
    refuse_state,
    take_step,
)
from styr.drafting.supplements import SUPPLEMENT, is_supplement, refuse_unfit, with_effect
from styr.drafting.text_and_register import write_text_terms
from styr.drafting.versions import File, add_version
from styr.grants import queries as grants
from styr.kernel.ids import uuid7
from styr.kernel.period import Period
from styr.kernel.units import Per, Unit
from styr.people import queries as people

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.contracts.queries import ContractCard
    from styr.drafting.written import Written
    from styr.grants.queries import GrantCard, ServiceLineCard

_KINDS = {"saertakst": LineKind.SPECIAL, "tillaeg": LineKind.SUPPLEMENT}
_WHOLE = Decimal(100)
_WRITES = (DraftState.WORK, DraftState.APPROVED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a draft is made of; `page` is the address that the look at the citizen is logged under.

    `registers`: what the text says of death, vacancy, notice, absence, indexation and invoicing is written in the
    register.
    """

    contract_id: UUID
    grant_id: UUID | None
    template_version_id: UUID
    written: Written
    page: str
    registers: bool = False


@dataclass(frozen=True, slots=True)
class FromGrant:
    """The terms that a grant does not hold, for the contract that is made of it; `reduction` at absence, in percent."""

    grant_id: UUID
    provider_unit_id: UUID | None
    notice_days: int
    free_days: int
    reduction: Decimal


@transaction.atomic
def make_draft(*, wanted: Wanted, actor: Actor) -> UUID:
    """Fill a template for a contract of the register; return the draft's id. Its first version is ours.

    Raises:
        UnableToMoveDraftError: the contract is signed or has a draft, something that the template uses is missing, or
            the actor may not.
        ContractNotVisibleError, GrantNotVisibleError: not there for the caller.
    """
    card = contracts.contract_card(wanted.contract_id)
    unit_id = None if card.citizen_id is None else people.unit_of(card.citizen_id)
    refuse_outside(unit_id, Permission.EDIT_CONTRACTS, actor)
    if ContractDraft.objects.filter(contract_id=card.id).exclude(state__in=CLOSED).exists():
        raise UnableToMoveDraftError("Kontrakten har allerede et udkast, der er i gang.")
    template = TemplateVersion.objects.filter(id=wanted.template_version_id, state=TemplateState.IN_USE).first()
    if template is None:
        raise UnableToMoveDraftError("Skabelonen er ikke i brug. Vælg en anden.")
    supplement = template.template.code == SUPPLEMENT
    refuse_unfit(card, wanted.written, supplement=supplement)
    written = with_effect(card, wanted.written, actor) if supplement else wanted.written
    grant = _grant(wanted.grant_id, card)
    filled = _filled(template, card, grant, wanted, localdate(actor.now))
    draft = ContractDraft(
        id=uuid7(), municipality_id=template.municipality_id, unit_id=unit_id, contract_id=card.id,
        grant_id=None if grant is None else grant.id, template_version=template, owner_id=actor.id,
        made_at=actor.now, changed_at=actor.now,
    )  # fmt: skip
    draft.facts = written.sealed(draft.id)
    draft.save(force_insert=True)
    version = add_version(draft, File(f"{card.number}-udkast-1.docx", filled), Party.OURS, actor)
    if wanted.registers:
        write_text_terms(card.id, read_of(version).texts(), actor)
    move(draft, DraftState.WORK, actor)
    take_step(draft, StepKind.MADE, actor, version=version)
    return draft.id


@transaction.atomic
def make_anew(*, draft_id: UUID, written: Written, page: str, actor: Actor) -> None:
    """Fill the draft's template again, after the register or what was written has changed; the next version, ours.

    Raises:
        UnableToMoveDraftError: it is not with us, or something is missing.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, _WRITES)
    card = contracts.contract_card(draft.contract_id)
    supplement = is_supplement(draft)
    refuse_unfit(card, written, supplement=supplement)
    if supplement:
        written = with_effect(card, written, actor)
    wanted = Wanted(card.id, draft.grant_id, draft.template_version_id, written, page)
    grant = _grant(draft.grant_id, card)
    filled = _filled(draft.template_version, card, grant, wanted, localdate(actor.now))
    draft.facts = written.sealed(draft.id)
    draft.save(update_fields=["facts"])
    name = f"{card.number}-udkast-{draft.latest + 1}.docx"
    version = add_version(draft, File(name, filled), Party.OURS, actor)
    move(draft, DraftState.WORK, actor)
    take_step(draft, StepKind.REVISED, actor, version=version)


@transaction.atomic
def register_for_grant(*, municipality_id: UUID, wanted: FromGrant, actor: Actor) -> UUID:
    """The grant's contract, or a draft contract in the register with its supplier, period and own prices; its id.

    Raises:
        UnableToMoveDraftError: the grant names no supplier, or a line has no price of its own.
        GrantNotVisibleError: there is none for the caller.
    """
    grant = grants.grant_card(wanted.grant_id)
    if grant.contract_id is not None:
        return grant.contract_id
    refuse_outside(grant.unit_id, Permission.EDIT_CONTRACTS, actor)
    if grant.supplier_id is None:
        raise UnableToMoveDraftError("Bevillingen nævner ingen leverandør. Tilføj den på bevillingen først.")
    if not grant.lines or not all(line.rates for line in grant.lines):
        raise UnableToMoveDraftError("En ydelse på bevillingen har ingen pris. Tilføj den, før udkastet dannes.")
    try:
        return register_contract(
            municipality_id=municipality_id,
            number=contracts.next_contract_number(localdate(actor.now).year),
            supplier_id=grant.supplier_id,
            section=grant.section,
            period=Period(grant.starts, grant.ends),
            lines=[_line(line) for line in grant.lines],
            citizen_id=grant.citizen_id,
            provider_unit_id=wanted.provider_unit_id,
            notice_days=wanted.notice_days,
            absence=AbsenceTerms(free_days=wanted.free_days, billable=1 - wanted.reduction / _WHOLE),
        )
    except UnableToRegisterContractError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused


def _line(line: ServiceLineCard) -> NewContractLine:
    hourly = line.unit == Unit.HOUR and line.per == Per.WEEK
    return NewContractLine(
        kind=_KINDS.get(line.service, LineKind.BASE),
        service=line.service,
        unit=Unit(line.unit),
        price=line.rates[-1].amount,
        hours=line.quantity if hourly else None,
        hourly_rate=line.rates[-1].amount if hourly else None,
    )


def _grant(grant_id: UUID | None, card: ContractCard) -> GrantCard | None:
    if grant_id is None:
        return None
    grant = grants.grant_card(grant_id)
    if grant.citizen_id != card.citizen_id:
        raise UnableToMoveDraftError("Bevillingen er en anden borgers end kontraktens.")
    return grant


def _filled(
    template: TemplateVersion, card: ContractCard, grant: GrantCard | None, wanted: Wanted, today: date
) -> bytes:
    content = unseal(template.content, place=place_of("templateversion", "content", template.id))
    draft = filled_with(contract=card, grant=grant, written=wanted.written, page=wanted.page, today=today)
    try:
        return fill(content, draft)
    except UnableToFillTemplateError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused
