"""Which contracts stand on the municipality's own template, for those who count them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.drafting.core.codes import DraftState
from styr.drafting.models import ContractDraft

if TYPE_CHECKING:
    from uuid import UUID


def contracts_on_own_text() -> frozenset[UUID]:
    """The contracts that the scope sees and of which a draft made here is signed. One query."""
    return frozenset(ContractDraft.objects.filter(state=DraftState.SIGNED).values_list("contract_id", flat=True))
