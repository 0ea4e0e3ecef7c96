"""A grant that buys on a contract from a day: what was written and signed for it is what it costs from then on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from styr.controls.rerunning import request_rerun
from styr.grants.changes import change_grant_from
from styr.grants.core.codes import AdjustmentReason
from styr.grants.locked import count_up, locked_grant
from styr.grants.models import ServiceLine
from styr.grants.settle import settle_paid_months
from styr.grants.totals import clipped, is_total

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from styr.contracts.queries import ContractCard, LineCard
    from styr.grants.settle import AdjustmentLine


@dataclass(frozen=True, slots=True)
class Bought:
    """What came of it: the service lines priced by the contract, those that fit no line of it, and adjustments."""

    priced: int
    left: tuple[str, ...]
    adjusted: tuple[AdjustmentLine, ...]


@transaction.atomic
def buy_on_contract(*, grant_id: UUID, contract: ContractCard, now: datetime) -> Bought:
    """Let a grant buy on a contract from the contract's first day; the days before keep their prices.

    A service line takes the price of the contract's line for the same service and unit. One that began before the
    contract is divided there; a total for a whole period cannot be, so it keeps its own price, and so does what the
    contract has no line for. Whoever calls this has asked whether the actor may.

    Raises:
        UnknownGrantError: the grant is not there for the caller.
    """
    grant = locked_grant(grant_id)
    grant.contract_id = contract.id
    grant.supplier_id = contract.supplier_id
    if contract.provider_unit_id is not None:
        grant.provider_unit_id = contract.provider_unit_id
    grant.save(update_fields=["contract", "supplier", "provider_unit"])
    prices = {(line.service, line.unit): line for line in reversed(contract.lines) if line.rates}
    left, priced = [], 0
    for line in grant.lines.select_related("grant").order_by("line_no"):
        first, end = clipped(line)
        if end is not None and end <= contract.starts:
            continue
        takes = prices.get((line.service, line.measure))
        if takes is None or (first < contract.starts and is_total(line)):
            left.append(line.service)
            continue
        _price(line, takes, first, contract.starts, now)
        priced += 1
    count_up(grant.id)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant.id, contract.id])
    adjusted = settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.RATE, now=now)
    return Bought(priced, tuple(left), adjusted)


def _price(line: ServiceLine, takes: LineCard, first: date, starts: date, now: datetime) -> None:
    """Let the contract's line price a service line from the contract's first day."""
    if first < starts:
        line_id, _ = change_grant_from(service_line_id=line.id, day=starts, quantity=line.quantity, now=now)
        line = ServiceLine.objects.get(id=line_id)
    line.rates.all().delete()
    line.contract_line_id = takes.id
    line.save(update_fields=["contract_line"])
