"""Use cases on what is due by a contract again and again: proof of insurance, supervision, follow-up (frister)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.contracts.agreeing import locked_for
from styr.contracts.core.duties import moved_on
from styr.contracts.models import Duty
from styr.contracts.services import UnableToChangeContractError, UnknownContractError

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.contracts.agreeing import Act
    from styr.contracts.core.codes import DutyKind


@transaction.atomic
def add_duty(  # noqa: PLR0913 - a duty's facts, all by keyword
    *, contract_id: UUID, kind: DutyKind, note: str, due_on: date, every_months: int | None, act: Act
) -> UUID:
    """Add something that is due by the contract; return its id.

    Raises:
        UnableToChangeContractError: the months are not possible, or the kind "other" says nothing.
    """
    contract = locked_for(contract_id, act)
    duty = Duty(
        municipality_id=contract.municipality_id,
        unit_id=contract.unit_id,
        contract=contract,
        kind=kind,
        note=note.strip(),
        due_on=due_on,
        every_months=every_months,
    )
    try:
        with transaction.atomic():
            duty.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToChangeContractError("Skriv, hvad fristen gælder; den gentages højst hver 120. måned.") from error
    return duty.id


@transaction.atomic
def complete_duty(*, duty_id: UUID, actor_id: UUID, today: date) -> date | None:
    """Tell that it is done; return when it is due next, None where it is not repeated. Done twice, it moves once a day.

    Raises:
        UnknownContractError: there is none for the caller, or it is done.
        UnableToChangeContractError: the actor's roles do not cover its unit.
    """
    duty = _locked(duty_id, actor_id, today)
    if duty.every_months is None:
        duty.done_on = today
    else:
        duty.due_on = moved_on(duty.due_on, duty.every_months, today)
    duty.save(update_fields=["done_on", "due_on"])
    return None if duty.done_on else duty.due_on


@transaction.atomic
def end_duty(*, duty_id: UUID, actor_id: UUID, today: date) -> None:
    """Take a duty away that no longer holds; the history keeps it."""
    _locked(duty_id, actor_id, today).delete()


def _locked(duty_id: UUID, actor_id: UUID, today: date) -> Duty:
    duty = Duty.objects.select_for_update().filter(id=duty_id, done_on=None).first()
    if duty is None:
        raise UnknownContractError
    if not may_in(user_id=actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=duty.unit_id, on=today):
        raise UnableToChangeContractError("Din rolle giver dig ikke lov til at ændre kontrakter i denne enhed.")
    return duty
