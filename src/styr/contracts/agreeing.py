"""Use cases on what is agreed beside prices: terms by period, supplements, moving in, notice, call-offs.

Each asks that the actor's role covers the contract's unit, and names the state that the person saw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.contracts.agreed import agreed_card
from styr.contracts.core.codes import ContractKind, ContractStatus
from styr.contracts.core.notice import last_day_of_notice
from styr.contracts.core.plain_words import names_a_person
from styr.contracts.core.rates import place_rate
from styr.contracts.editing import ContractChangedMeanwhileError
from styr.contracts.models import AgreedTerms, Contract, Supplement
from styr.contracts.queries import contract_card
from styr.contracts.services import UnableToChangeContractError, UnknownContractError
from styr.controls.rerunning import request_rerun
from styr.kernel.danish import danish_date
from styr.kernel.fingerprint import fingerprint
from styr.kernel.period import ONE_DAY, Period

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.contracts.core.agreement import Agreement


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who does it, when, and the state of the contract that they saw (`seen_state`)."""

    actor_id: UUID
    today: date
    seen: str


@dataclass(frozen=True, kw_only=True)
class NewSupplement:
    """A supplement (tillæg) to be registered: what it changes, and the day both parties signed it.

    The title is kept in clear, so it says what changes and nothing of the citizen.
    """

    title: str
    signed_on: date


def seen_state(contract_id: UUID) -> str:
    """Return the fingerprint of everything that is agreed: hand it back with an act. Four queries."""
    return fingerprint((contract_card(contract_id), agreed_card(contract_id)))


def may_change(*, contract_id: UUID, actor_id: UUID, today: date) -> bool:
    """Whether one of somebody's roles that cover the contract's unit lets them change contracts."""
    units = Contract.objects.filter(id=contract_id).values_list("unit_id", flat=True)
    return bool(units) and may_in(user_id=actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=units[0], on=today)


@transaction.atomic
def agree_terms(
    *, contract_id: UUID, terms: Agreement, valid_from: date, act: Act, supplement: NewSupplement | None = None
) -> None:
    """Let terms hold from a day until others begin; a supplement says who agreed on it after the contract was signed.

    Notice and absence that an earlier supplement brought stay where these terms say nothing of them.

    Raises:
        UnableToChangeContractError: it is terminated, the day lies outside it, it is signed and no supplement is named,
            the supplement's title holds a CPR number, or the terms are not possible.
        ContractChangedMeanwhileError: it is not what was seen.
    """
    contract = locked_for(contract_id, act)
    _refuse_outside(contract, valid_from)
    if supplement is None and contract.status == ContractStatus.SIGNED and _changes(contract, valid_from):
        raise UnableToChangeContractError("Kontrakten er underskrevet. Registrér det tillæg, der ændrer vilkårene.")
    if supplement is not None and names_a_person(supplement.title):
        raise UnableToChangeContractError("Skriv ikke CPR-numre i tillæggets navn.")
    held = agreed_card(contract_id).amended(valid_from)
    try:
        with transaction.atomic():
            made = None if supplement is None else _supplement(contract, valid_from, supplement)
            _place(contract, _kept(terms, held), valid_from, made)
    except IntegrityError as error:
        raise UnableToChangeContractError(
            "Vilkårene er ugyldige: højst ti år, andele fra 0 til 100 %, og fast indeksering kræver en procent."
        ) from error
    request_rerun(municipality_id=contract.municipality_id, ids=[contract_id])


@transaction.atomic
def note_move_in(*, contract_id: UUID, moved_in_on: date | None, act: Act) -> None:
    """Note the day on which the citizen in fact moved in; None takes the note back.

    Raises:
        UnableToChangeContractError: the contract is about nobody, or the day lies outside it.
    """
    contract = locked_for(contract_id, act)
    if contract.kind != ContractKind.INDIVIDUAL:
        raise UnableToChangeContractError("En rammeaftale er ikke om én borger.")
    if moved_in_on is not None and contract.ends is not None and moved_in_on >= contract.ends:
        raise UnableToChangeContractError("Indflytningen skal ligge i kontraktens periode.")
    contract.moved_in_on = moved_in_on
    contract.save(update_fields=["moved_in_on"])
    request_rerun(municipality_id=contract.municipality_id, ids=[contract_id])


@transaction.atomic
def give_notice(*, contract_id: UUID, given_on: date, act: Act) -> date:
    """Terminate a contract by notice given on a day; return its last day, after the terms of that day.

    Raises:
        UnableToChangeContractError: it is not signed, has no notice, or ends before the notice would run out.
    """
    contract = locked_for(contract_id, act)
    if contract.status != ContractStatus.SIGNED:
        raise UnableToChangeContractError("Kun en underskrevet kontrakt kan opsiges.")
    held = agreed_card(contract_id).amended(given_on)
    days = contract.notice_days if held.notice_days is None else held.notice_days
    if days is None:
        raise UnableToChangeContractError(
            "Kontrakten har intet aftalt varsel. Ret vilkårene, eller skriv en sidste dag."
        )
    last = last_day_of_notice(given_on, days, held.notice_from)
    if given_on < contract.starts:
        raise UnableToChangeContractError(f"Kontrakten begynder først {danish_date(contract.starts)}.")
    if contract.ends is not None and last >= contract.ends:
        raise UnableToChangeContractError(f"Kontrakten slutter allerede {danish_date(contract.ends - ONE_DAY)}.")
    contract.status, contract.ends, contract.notice_given_on = ContractStatus.TERMINATED, last + ONE_DAY, given_on
    contract.save(update_fields=["status", "ends", "notice_given_on"])
    request_rerun(municipality_id=contract.municipality_id, ids=[contract_id])
    return last


@transaction.atomic
def place_under(*, contract_id: UUID, framework_id: UUID | None, act: Act) -> None:
    """Tell which framework agreement a contract was made under (træk på rammeaftale); None takes it out of it.

    Raises:
        UnableToChangeContractError: either is of the wrong kind, or they are with different suppliers.
    """
    contract = locked_for(contract_id, act)
    if framework_id is not None:
        framework = Contract.objects.filter(id=framework_id).first()
        if framework is None:
            raise UnknownContractError
        if contract.kind != ContractKind.INDIVIDUAL or framework.kind != ContractKind.FRAMEWORK:
            raise UnableToChangeContractError("En kontrakt om en borger kan høre under en rammeaftale, og kun det.")
        if framework.supplier_id != contract.supplier_id:
            raise UnableToChangeContractError("Rammeaftalen er med en anden leverandør.")
    contract.framework_id = framework_id
    contract.save(update_fields=["framework"])
    request_rerun(municipality_id=contract.municipality_id, ids=[contract_id])


def locked_for(contract_id: UUID, act: Act) -> Contract:
    """The contract, locked, when the actor may change it where it lies and it still is what they saw.

    Raises:
        UnknownContractError: there is none for the caller.
        UnableToChangeContractError: the actor's roles do not cover its unit.
        ContractChangedMeanwhileError: it is not what was seen.
    """
    contract = Contract.objects.select_for_update().filter(id=contract_id).first()
    if contract is None:
        raise UnknownContractError
    if not may_in(user_id=act.actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=contract.unit_id, on=act.today):
        raise UnableToChangeContractError("Din rolle giver dig ikke lov til at ændre kontrakter i denne enhed.")
    if seen_state(contract_id) != act.seen:
        raise ContractChangedMeanwhileError
    return contract


def _refuse_outside(contract: Contract, day: date) -> None:
    if contract.status == ContractStatus.TERMINATED:
        raise UnableToChangeContractError("Kontrakten er opsagt, så dens vilkår ligger fast.")
    if day < contract.starts or (contract.ends is not None and day >= contract.ends):
        raise UnableToChangeContractError("Vilkårene skal gælde fra en dag i kontraktens periode.")


def _changes(contract: Contract, valid_from: date) -> bool:
    """Whether terms from the day would change what was agreed before; the first terms, from the start, register it."""
    return valid_from > contract.starts or contract.agreed_terms.exists()


def _kept(terms: Agreement, held: Agreement) -> Agreement:
    """The terms with what an earlier supplement brought of notice and absence, where they say nothing of it."""
    if terms.notice_days is None:
        terms = replace(terms, notice_days=held.notice_days)
    if terms.free_days is None and terms.billable is None:
        terms = replace(terms, free_days=held.free_days, billable=held.billable)
    return terms


def _supplement(contract: Contract, valid_from: date, given: NewSupplement) -> Supplement:
    last = contract.supplements.order_by("-supplement_no").values_list("supplement_no", flat=True).first() or 0
    return Supplement.objects.create(
        municipality_id=contract.municipality_id,
        unit_id=contract.unit_id,
        contract=contract,
        supplement_no=last + 1,
        valid_from=valid_from,
        title=given.title.strip(),
        signed_on=given.signed_on,
    )


def _place(contract: Contract, terms: Agreement, valid_from: date, supplement: Supplement | None) -> None:
    """End what held on the day there, and let the new terms hold until the next begin."""
    held = list(contract.agreed_terms.order_by("valid_from"))
    place = place_rate([Period(row.valid_from, row.valid_to) for row in held], valid_from)
    if place.replaced is not None:
        held[place.replaced].delete()
    if place.shortened is not None:
        AgreedTerms.objects.filter(id=held[place.shortened].id).update(valid_to=valid_from)
    AgreedTerms.objects.create(
        municipality_id=contract.municipality_id,
        unit_id=contract.unit_id,
        contract=contract,
        supplement=supplement,
        valid_from=valid_from,
        valid_to=place.valid_to,
        days_after_death=terms.days_after_death,
        days_after_move=terms.days_after_move,
        vacancy_billable=terms.vacancy_billable,
        notice_from=terms.notice_from,
        index_kind=terms.index_kind or "",
        index_percent=terms.index_percent,
        invoice_days=terms.invoice_days,
        notice_days=terms.notice_days,
        absence_free_days=terms.free_days,
        absence_billable=terms.billable,
    )
