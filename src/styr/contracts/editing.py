"""Corrections of a contract by people: its terms, its lines, and its way from draft to signed and on.

What was signed is changed by a supplement (`amending`); where the register of a signed contract is wrong, it is put
right with a reason that stays (`PutRight`). Each names the state that the person saw (`seen`, the fingerprint of the
contract's card): if another changed the contract meanwhile, nothing is written and the person is shown what it is now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.contracts.core.codes import ContractStatus, CorrectionSubject, LineKind
from styr.contracts.core.plain_words import names_a_person
from styr.contracts.models import Contract, ContractLine, ContractRate, Correction
from styr.contracts.queries import contract_card
from styr.contracts.services import (
    AbsenceTerms,
    NewContractLine,
    UnableToChangeContractError,
    UnknownContractError,
)
from styr.controls.rerunning import request_rerun
from styr.kernel.danish import danish_date
from styr.kernel.fingerprint import fingerprint
from styr.kernel.period import ONE_DAY
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID


class ContractChangedMeanwhileError(Refusal):
    """Somebody else changed the contract after it was shown."""

    def __init__(self) -> None:
        super().__init__("En kollega har ændret kontrakten, siden du åbnede den. Se ændringen, og prøv igen.")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms that compute; `last_day` is inclusive, None leaves the contract open."""

    last_day: date | None
    notice_days: int | None
    absence: AbsenceTerms
    provider_unit_id: UUID | None
    calendar_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PutRight:
    """Why the register of a signed contract is put right without a supplement, by whom and when."""

    reason: str
    actor_id: UUID
    now: datetime


@transaction.atomic
def change_terms(*, contract_id: UUID, terms: Terms, seen: str, put_right: PutRight | None = None) -> None:
    """Give a contract other terms; what was paid is not priced anew by this, absence is counted anew from the start.

    Raises:
        UnableToChangeContractError: it is terminated, or would end before it begins; or it is signed and no reason is
            given why the register is put right.
        ContractChangedMeanwhileError: it is not what was seen.
    """
    contract = _as_seen(contract_id, seen)
    if contract.status == ContractStatus.TERMINATED:
        raise UnableToChangeContractError("Kontrakten er opsagt, så dens vilkår ligger fast.")
    if terms.last_day is not None and terms.last_day < contract.starts:
        raise UnableToChangeContractError(f"Kontrakten begynder først {danish_date(contract.starts)}.")
    _note_putting_right(contract, CorrectionSubject.TERMS, put_right)
    contract.ends = None if terms.last_day is None else terms.last_day + ONE_DAY
    contract.notice_days = terms.notice_days
    contract.absence_free_days = terms.absence.free_days
    contract.absence_billable = terms.absence.billable
    contract.provider_unit_id = terms.provider_unit_id
    contract.calendar_id = terms.calendar_id
    _saved(contract)


@transaction.atomic
def send_contract(*, contract_id: UUID, seen: str) -> None:
    """Record that the draft was sent to the supplier for signing.

    Raises:
        UnableToChangeContractError: it is not a draft.
        ContractChangedMeanwhileError: it is not what was seen.
    """
    contract = _as_seen(contract_id, seen)
    if contract.status != ContractStatus.DRAFT:
        raise UnableToChangeContractError("Kun en kladde kan sendes til underskrift.")
    contract.status = ContractStatus.SENT
    _saved(contract)


@transaction.atomic
def take_back_contract(*, contract_id: UUID, seen: str) -> None:
    """Make a sent contract a draft again.

    Raises:
        UnableToChangeContractError: it is not sent, or it is signed.
        ContractChangedMeanwhileError: it is not what was seen.
    """
    contract = _as_seen(contract_id, seen)
    if contract.status != ContractStatus.SENT:
        raise UnableToChangeContractError("Kun en kontrakt, der er sendt og ikke underskrevet, kan trækkes tilbage.")
    contract.status = ContractStatus.DRAFT
    _saved(contract)


@transaction.atomic
def add_contract_line(
    *, contract_id: UUID, line: NewContractLine, valid_from: date | None, seen: str, put_right: PutRight | None = None
) -> UUID:
    """Add a line priced from a day (None: the contract's start); return the line's id.

    Raises:
        UnableToChangeContractError: it is terminated, a special rate lacks hours, purpose or day of evaluation, or the
            day lies outside the contract; or it is signed and no reason is given why the register is put right.
        ContractChangedMeanwhileError: it is not what was seen.
    """
    contract = _as_seen(contract_id, seen)
    if contract.status == ContractStatus.TERMINATED:
        raise UnableToChangeContractError("Kontrakten er opsagt. Opret en ny kontrakt.")
    _note_putting_right(contract, CorrectionSubject.LINE, put_right)
    return place_line(contract, line, valid_from)


def place_line(
    contract: Contract, line: NewContractLine, valid_from: date | None, valid_to: date | None = None
) -> UUID:
    """Write the line, priced in [valid_from, valid_to); raises UnableToChangeContractError as `add_contract_line`."""
    _refuse_loose_special_rate(line)
    first = contract.starts if valid_from is None else valid_from
    if first < contract.starts or (contract.ends is not None and first >= contract.ends):
        raise UnableToChangeContractError("Prisen skal begynde i kontraktens periode.")
    last = contract.lines.order_by("-line_no").values_list("line_no", flat=True).first() or 0
    made = ContractLine(
        municipality_id=contract.municipality_id,
        unit_id=contract.unit_id,
        contract=contract,
        line_no=last + 1,
        kind=line.kind,
        service=line.service,
        measure=line.unit,
        purpose=line.purpose,
        hours=line.hours,
        hourly_rate=line.hourly_rate,
        evaluation_on=line.evaluation_on,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            _price(made, first, valid_to, line.price)
    except IntegrityError as error:
        raise UnableToChangeContractError("Linjen kan ikke tilføjes: pris og timer må ikke være under 0.") from error
    request_rerun(municipality_id=contract.municipality_id, ids=[contract.id])
    return made.id


@transaction.atomic
def remove_contract_line(*, contract_line_id: UUID, seen: str) -> None:
    """Take a line out of a draft; a line of a contract that has been sent stays, and its price can be changed.

    Raises:
        UnableToChangeContractError: the contract is no draft, or a grant buys on the line.
        ContractChangedMeanwhileError: the contract is not what was seen.
        UnknownContractError: there is no such line for the caller.
    """
    line = ContractLine.objects.filter(id=contract_line_id).first()
    if line is None:
        raise UnknownContractError
    contract = _as_seen(line.contract_id, seen)
    if contract.status != ContractStatus.DRAFT:
        raise UnableToChangeContractError("Linjen kan kun fjernes, mens kontrakten er en kladde.")
    try:
        with transaction.atomic():
            line.delete()
    except IntegrityError as error:
        told = "En bevilling bruger linjen, eller der er bedt om en ny pris på den, så den kan ikke fjernes."
        raise UnableToChangeContractError(told) from error
    request_rerun(municipality_id=contract.municipality_id, ids=[contract.id])


def _refuse_loose_special_rate(line: NewContractLine) -> None:
    """A special rate (særtakst) says its hours, its hourly price, its purpose and the day it is looked at again."""
    if line.kind != LineKind.SPECIAL:
        return
    missing = [
        name
        for name, value in (
            ("timer pr. uge", line.hours),
            ("timepris", line.hourly_rate),
            ("formål", line.purpose.strip()),
            ("evalueringsdato", line.evaluation_on),
        )
        if not value
    ]
    if missing:
        raise UnableToChangeContractError(f"En særtakst skal have {', '.join(missing)}.")


def _note_putting_right(contract: Contract, subject: CorrectionSubject, put_right: PutRight | None) -> None:
    """Note why the register of a signed contract is put right; refuse where nobody says."""
    if contract.status != ContractStatus.SIGNED:
        return
    if put_right is None or not put_right.reason.strip():
        raise UnableToChangeContractError(
            "Kontrakten er underskrevet. Skriv et tillæg, eller skriv, hvorfor registret skal rettes."
        )
    if names_a_person(put_right.reason):
        raise UnableToChangeContractError("Skriv ikke CPR-numre i begrundelsen.")
    Correction.objects.create(
        municipality_id=contract.municipality_id,
        unit_id=contract.unit_id,
        contract=contract,
        subject=subject,
        reason=put_right.reason.strip()[:300],
        made_at=put_right.now,
        made_by_id=put_right.actor_id,
    )


def hold_contract(contract_id: UUID) -> None:
    """Hold a contract and its lines until the transaction ends: nobody changes its terms or its prices meanwhile."""
    list(Contract.objects.select_for_update().filter(id=contract_id).values_list("id"))
    list(ContractLine.objects.select_for_update().filter(contract_id=contract_id).order_by("id").values_list("id"))


def require_seen(contract_id: UUID, seen: str) -> None:
    """Hold the contract until the transaction ends, for an act of another domain on what a person saw.

    Raises:
        ContractChangedMeanwhileError: it is not what was seen.
        UnknownContractError: there is none for the caller.
    """
    _as_seen(contract_id, seen)


def _as_seen(contract_id: UUID, seen: str) -> Contract:
    """The contract, locked, when it still is what the person saw."""
    contract = Contract.objects.select_for_update().filter(id=contract_id).first()
    if contract is None:
        raise UnknownContractError
    if fingerprint(contract_card(contract_id)) != seen:
        raise ContractChangedMeanwhileError
    return contract


def _saved(contract: Contract) -> None:
    try:
        with transaction.atomic():
            contract.save()
    except IntegrityError as error:
        raise UnableToChangeContractError(
            "Vilkårene er ugyldige: betalt andel skal være fra 0 til 100 %, og varslet højst ti år."
        ) from error
    request_rerun(municipality_id=contract.municipality_id, ids=[contract.id])


def _price(line: ContractLine, valid_from: date, valid_to: date | None, amount: Decimal) -> None:
    ContractRate.objects.create(
        municipality_id=line.municipality_id,
        unit_id=line.unit_id,
        contract_line=line,
        valid_from=valid_from,
        valid_to=valid_to,
        amount=amount,
    )
