"""What a signed supplement (tillæg) changes besides terms: the contract's last day, and new special rates.

Each is called within `agreeing.agree_terms`'s supplement by the domain that took the signed supplement in; nothing
before the supplement's day is written anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.contracts.core.codes import ContractStatus
from styr.contracts.editing import place_line
from styr.contracts.models import Contract, Supplement
from styr.contracts.services import UnableToChangeContractError, UnknownContractError
from styr.controls.rerunning import request_rerun
from styr.kernel.danish import danish_date

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.contracts.services import NewContractLine


@transaction.atomic
def move_end(*, contract_id: UUID, ends: date | None, valid_from: date) -> None:
    """Let a supplement from a day give the contract another end (exclusive; None is open).

    Raises:
        UnknownContractError: there is no such contract for the caller.
        UnableToChangeContractError: no supplement from the day is registered, or the contract would end before it.
    """
    contract = _amended(contract_id, valid_from)
    if ends is not None and ends < valid_from:
        raise UnableToChangeContractError(f"Tillægget gælder først fra {danish_date(valid_from)}.")
    contract.ends = ends
    contract.save(update_fields=["ends"])
    request_rerun(municipality_id=contract.municipality_id, ids=[contract_id])


@transaction.atomic
def add_line(*, contract_id: UUID, line: NewContractLine, valid_from: date, valid_to: date | None) -> UUID:
    """Let a supplement from a day add a line, priced in [valid_from, valid_to); return the line's id.

    Raises:
        UnknownContractError: there is no such contract for the caller.
        UnableToChangeContractError: no supplement from the day is registered, or the line is not possible.
    """
    return place_line(_amended(contract_id, valid_from), line, valid_from, valid_to)


def _amended(contract_id: UUID, valid_from: date) -> Contract:
    contract = Contract.objects.select_for_update().filter(id=contract_id).first()
    if contract is None:
        raise UnknownContractError
    there = Supplement.objects.filter(contract_id=contract_id, valid_from=valid_from).exists()
    if contract.status != ContractStatus.SIGNED or not there:
        raise UnableToChangeContractError("Kontrakten ændres kun ved et underskrevet tillæg.")
    return contract
