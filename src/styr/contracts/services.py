"""Use cases on contracts. Each runs in the caller's scope and one transaction; refusals are fit to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.contracts.core.codes import ContractKind, ContractStatus, LineKind
from styr.contracts.core.rates import place_rate
from styr.contracts.models import Contract, ContractLine, ContractRate
from styr.controls.rerunning import request_rerun
from styr.kernel.danish import danish_date
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.refusal import NotThere, Refusal
from styr.people.queries import unit_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from styr.kernel.units import Unit

_FULL = Decimal(1)


class UnknownContractError(NotThere):
    """There is no such contract or line, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Kontrakten findes ikke, eller du har ikke adgang til den.")


class UnableToRegisterContractError(Refusal):
    """The contract cannot be made as asked."""


class UnableToChangeContractError(Refusal):
    """The contract or its prices cannot be changed as asked."""


@dataclass(frozen=True, kw_only=True)
class AbsenceTerms:
    """The first `free_days` days of each absence are paid in full, what follows with the share `billable` (0..1)."""

    free_days: int = 0
    billable: Decimal = _FULL


@dataclass(frozen=True, kw_only=True)
class NewContractLine:
    """A line to be made, at `price` kr. per `unit` from the contract's start."""

    kind: LineKind
    service: str
    unit: Unit
    price: Decimal
    purpose: str = ""
    hours: Decimal | None = None
    hourly_rate: Decimal | None = None
    evaluation_on: date | None = None


_FULL_PAY = AbsenceTerms()


@transaction.atomic
def register_contract(  # noqa: PLR0913 - a contract's facts, all by keyword
    *,
    municipality_id: UUID,
    number: str,
    supplier_id: UUID,
    section: str,
    period: Period,
    lines: Sequence[NewContractLine],
    citizen_id: UUID | None = None,
    provider_unit_id: UUID | None = None,
    notice_days: int | None = None,
    absence: AbsenceTerms = _FULL_PAY,
    calendar_id: UUID | None = None,
) -> UUID:
    """Make a draft contract with its lines: individual when it names a citizen, otherwise a framework; return its id.

    Raises:
        UnableToRegisterContractError: the number is taken, or a rule of the register is broken.
    """
    contract = Contract(
        municipality_id=municipality_id,
        number=number,
        kind=ContractKind.FRAMEWORK if citizen_id is None else ContractKind.INDIVIDUAL,
        supplier_id=supplier_id,
        provider_unit_id=provider_unit_id,
        citizen_id=citizen_id,
        unit_id=None if citizen_id is None else unit_of(citizen_id),
        section=section,
        starts=period.start,
        ends=period.end,
        notice_days=notice_days,
        status=ContractStatus.DRAFT,
        absence_free_days=absence.free_days,
        absence_billable=absence.billable,
        calendar_id=calendar_id,
    )
    try:
        with transaction.atomic():
            contract.save(force_insert=True)
            for line_no, line in enumerate(lines, start=1):
                _add_line(contract, line, line_no)
    except IntegrityError as error:
        raise UnableToRegisterContractError(_refusal(error)) from error
    request_rerun(municipality_id=contract.municipality_id, ids=[contract.id])
    return contract.id


@transaction.atomic
def sign_contract(*, contract_id: UUID, signed_on: date) -> None:
    """Record that both parties have signed.

    Raises:
        UnableToChangeContractError: it is terminated or signed already, or has no price.
    """
    contract = _locked(contract_id)
    match ContractStatus(contract.status):
        case ContractStatus.SIGNED:
            raise UnableToChangeContractError("Kontrakten er allerede underskrevet.")
        case ContractStatus.TERMINATED:
            raise UnableToChangeContractError("Kontrakten er opsagt. Opret en ny kontrakt.")
        case _:
            pass
    if not ContractRate.objects.filter(contract_line__contract=contract).exists():
        raise UnableToChangeContractError("Kontrakten har ingen priser. Tilføj dem, før den underskrives.")
    contract.status, contract.signed_on = ContractStatus.SIGNED, signed_on
    contract.save(update_fields=["status", "signed_on"])
    request_rerun(municipality_id=contract.municipality_id, ids=[contract_id])


@transaction.atomic
def terminate_contract(*, contract_id: UUID, last_day: date) -> None:
    """Terminate a contract so that it ends with its last day.

    Raises:
        UnableToChangeContractError: it is terminated already, or the day lies outside its period.
    """
    contract = _locked(contract_id)
    if contract.status == ContractStatus.TERMINATED:
        raise UnableToChangeContractError("Kontrakten er allerede opsagt.")
    if last_day < contract.starts:
        raise UnableToChangeContractError(f"Kontrakten begynder først {danish_date(contract.starts)}.")
    if contract.ends is not None and last_day >= contract.ends:
        raise UnableToChangeContractError(f"Kontrakten slutter allerede {danish_date(contract.ends - ONE_DAY)}.")
    contract.status, contract.ends = ContractStatus.TERMINATED, last_day + ONE_DAY
    contract.save(update_fields=["status", "ends"])
    request_rerun(municipality_id=contract.municipality_id, ids=[contract_id])


@transaction.atomic
def change_contract_rate(*, contract_line_id: UUID, valid_from: date, amount: Decimal) -> None:
    """Give a line another price (kr. per unit) from a day until its next price; the earlier price keeps its days.

    Call `grants.changes.change_contract_price` instead, so that the grants' paid months are settled as well.

    Raises:
        UnableToChangeContractError: the price is negative.
    """
    line = ContractLine.objects.select_for_update().filter(id=contract_line_id).first()
    if line is None:
        raise UnknownContractError
    if amount < 0:
        raise UnableToChangeContractError("Prisen kan ikke være under 0 kr.")
    request_rerun(municipality_id=line.municipality_id, ids=[line.contract_id])
    rates = list(line.rates.all())
    place = place_rate([Period(rate.valid_from, rate.valid_to) for rate in rates], valid_from)
    if place.replaced is not None:
        ContractRate.objects.filter(id=rates[place.replaced].id).update(amount=amount)
        return
    if place.shortened is not None:
        ContractRate.objects.filter(id=rates[place.shortened].id).update(valid_to=valid_from)
    ContractRate.objects.create(
        municipality_id=line.municipality_id,
        unit_id=line.unit_id,
        contract_line=line,
        valid_from=valid_from,
        valid_to=place.valid_to,
        amount=amount,
    )


def _locked(contract_id: UUID) -> Contract:
    contract = Contract.objects.select_for_update().filter(id=contract_id).first()
    if contract is None:
        raise UnknownContractError
    return contract


def _add_line(contract: Contract, line: NewContractLine, line_no: int) -> None:
    made = ContractLine.objects.create(
        municipality_id=contract.municipality_id,
        unit_id=contract.unit_id,
        contract=contract,
        line_no=line_no,
        kind=line.kind,
        service=line.service,
        measure=line.unit,
        purpose=line.purpose,
        hours=line.hours,
        hourly_rate=line.hourly_rate,
        evaluation_on=line.evaluation_on,
    )
    ContractRate.objects.create(
        municipality_id=contract.municipality_id,
        unit_id=contract.unit_id,
        contract_line=made,
        valid_from=contract.starts,
        amount=line.price,
    )


_REFUSALS = {
    "contract_number_unique": "Kontraktnummeret er allerede i brug.",
    "contract_section_code": "Paragraffen kendes ikke. Skriv fx SEL § 107.",
    "contract_absence_sensible": "Fraværsvilkårene er ugyldige: andelen skal være fra 0 til 100 %.",
}


def _refusal(error: IntegrityError) -> str:
    """The Danish sentence for the constraint that refused."""
    text = str(error)
    return next(
        (said for name, said in _REFUSALS.items() if name in text), "Kontrakten opfylder ikke registrets regler."
    )
