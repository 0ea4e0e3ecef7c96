"""Who keeps a contract's dates: name a colleague, and hand all that somebody keeps over to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.contracts.models import Contract, Keeper
from styr.contracts.services import UnableToChangeContractError, UnknownContractError

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.access.colleagues import Colleague


def keeper_of(contract_id: UUID) -> tuple[UUID, str] | None:
    """The id and name of whoever keeps a contract's dates; one query."""
    found = Keeper.objects.filter(contract_id=contract_id).values_list("user_id", "user__name").first()
    return None if found is None else (found[0], found[1])


def able_to_keep(contract_id: UUID, *, today: date) -> tuple[Colleague, ...]:
    """Who may keep a contract: those who may change it where it lies. Two queries."""
    units = Contract.objects.filter(id=contract_id).values_list("unit_id", flat=True)
    return colleagues_who(Permission.EDIT_CONTRACTS, unit_id=units[0], on=today) if units else ()


@transaction.atomic
def keep_contract(*, contract_id: UUID, keeper_id: UUID | None, actor_id: UUID, today: date) -> None:
    """Let a colleague keep a contract's dates; None: every negotiator does.

    Raises:
        UnknownContractError: there is none for the caller.
        UnableToChangeContractError: the actor or the colleague may not change it where it lies.
    """
    contract = Contract.objects.select_for_update().filter(id=contract_id).first()
    if contract is None:
        raise UnknownContractError
    if not may_in(user_id=actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=contract.unit_id, on=today):
        raise UnableToChangeContractError("Din rolle giver dig ikke lov til at ændre kontrakter i denne enhed.")
    _place(contract, keeper_id, today)


@transaction.atomic
def hand_over_contracts(*, from_id: UUID, to_id: UUID, today: date) -> tuple[int, int]:
    """Hand the contracts that somebody keeps to another; return how many went over and how many that one may not keep.

    Whoever calls this has asked whether the actor may hand over (`workspace.handing_over`).
    """
    moved = 0
    held = list(Contract.objects.select_for_update(of=("self",)).filter(keeper__user_id=from_id))
    for contract in held:
        try:
            _place(contract, to_id, today)
        except UnableToChangeContractError:
            continue
        moved += 1
    return moved, len(held) - moved


def _place(contract: Contract, keeper_id: UUID | None, today: date) -> None:
    if keeper_id is None:
        Keeper.objects.filter(contract=contract).delete()
        return
    able = colleagues_who(Permission.EDIT_CONTRACTS, unit_id=contract.unit_id, on=today)
    if keeper_id not in {one.id for one in able}:
        raise UnableToChangeContractError("Medarbejderen må ikke ændre kontrakter i denne enhed.")
    Keeper.objects.update_or_create(
        contract=contract,
        defaults={
            "municipality_id": contract.municipality_id,
            "unit_id": contract.unit_id,
            "user_id": keeper_id,
        },
    )
