"""A grant that buys on a contract from a day: what was written and signed for it is what it costs from then on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from styr.access.core.permissions import Permission
from styr.controls.rerunning import request_rerun
from styr.grants.approving import refuse_outside
from styr.grants.changes import change_grant_from
from styr.grants.core.codes import AdjustmentReason, GrantStatus
from styr.grants.locked import count_up, locked_grant
from styr.grants.models import Grant, ServiceLine
from styr.grants.price_limits import held_grant_to_limits
from styr.grants.settle import settle_paid_months
from styr.grants.totals import clipped, is_total
from styr.kernel.danish import danish_date
from styr.kernel.period import ONE_DAY
from styr.kernel.refusal import Refusal
from styr.kernel.units import Per, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from styr.contracts.queries import ContractCard, LineCard
    from styr.grants.acting import Actor
    from styr.grants.settle import AdjustmentLine
    from styr.kernel.period import Period


@dataclass(frozen=True, slots=True)
class Bought:
    """What came of it: the service lines priced by the contract, those that fit no line of it, and adjustments."""

    priced: int
    left: tuple[str, ...]
    adjusted: tuple[AdjustmentLine, ...]


class UnableToBuyOnContractError(Refusal):
    """The grant cannot buy on the contract; the message is fit to show."""


@transaction.atomic
def buy_on_contract(*, grant_id: UUID, contract: ContractCard, actor: Actor) -> Bought:
    """Let a grant buy on a contract from the contract's first day; the days before keep their prices.

    The service lines of one service and unit take the prices of the contract's lines of the same, in their order, where
    there are as many of both. A line that began before the contract is divided there; a total for a whole period cannot
    be, so it keeps its own price, and so does what the contract has no line for.

    Raises:
        UnknownGrantError: the grant is not there for the caller.
        UnableToApproveError: the actor may not change contracts where the grant is.
        UnableToBuyOnContractError: the grant ends before the contract begins, or is withdrawn.
        PriceBeyondLimitError: it becomes dearer than it is approved for and than the actor may approve.
    """
    grant = locked_grant(grant_id)
    refuse_outside(grant, Permission.EDIT_CONTRACTS, actor.id, actor.today)
    if grant.status == GrantStatus.WITHDRAWN:
        raise UnableToBuyOnContractError(f"Bevilling {grant.number} er trukket tilbage og kan ikke bruge kontrakten.")
    if grant.ends is not None and grant.ends <= contract.starts:
        raise UnableToBuyOnContractError(
            f"Bevilling {grant.number} slutter {danish_date(grant.ends - ONE_DAY)}, før kontrakten begynder."
        )
    with held_grant_to_limits(grant, contract.starts, actor=actor) as settled:
        priced, left = _take_over(grant, contract, settled, actor.now)
    return Bought(priced, left, tuple(settled))


@transaction.atomic
def buy_new_line(  # noqa: PLR0913 - a line and its days, all by keyword
    *, contract_id: UUID, contract_line_id: UUID, service: str, hours: Decimal, period: Period, now: datetime
) -> str | None:
    """Let the one grant that buys on a contract buy a new line of it by the hour, `hours` a week, in a period.

    Returns the grant's number; None where no grant, or more than one, runs on the contract on the period's first day.
    """
    runs = Q(ends__isnull=True) | Q(ends__gt=period.start)
    found = list(
        Grant.objects.select_for_update().filter(
            runs, contract_id=contract_id, status=GrantStatus.GRANTED, starts__lte=period.start
        )
    )
    if len(found) != 1:
        return None
    grant = found[0]
    last = grant.lines.order_by("-line_no").values_list("line_no", flat=True).first() or 0
    ServiceLine.objects.create(
        municipality_id=grant.municipality_id,
        unit_id=grant.unit_id,
        grant=grant,
        line_no=last + 1,
        service=service,
        measure=Unit.HOUR,
        per=Per.WEEK,
        quantity=hours,
        starts=period.start,
        ends=period.end,
        contract_line_id=contract_line_id,
    )
    count_up(grant.id)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant.id, contract_id])
    settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.QUANTITY, now=now)
    return grant.number


def _take_over(
    grant: Grant, contract: ContractCard, settled: list[AdjustmentLine], now: datetime
) -> tuple[int, tuple[str, ...]]:
    """Do it; return how many lines the contract prices, and the services of those that it does not."""
    grant.contract_id = contract.id
    grant.supplier_id = contract.supplier_id
    if contract.provider_unit_id is not None:
        grant.provider_unit_id = contract.provider_unit_id
    grant.save(update_fields=["contract", "supplier", "provider_unit"])
    left, priced = [], 0
    for line, takes in _paired(grant, contract):
        first, _end = clipped(line)
        if takes is None or not takes.rates or (first < contract.starts and is_total(line)):
            left.append(line.service)
            continue
        settled.extend(_price(line, takes, first, contract.starts, now))
        priced += 1
    count_up(grant.id)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant.id, contract.id])
    settled.extend(settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.RATE, now=now))
    return priced, tuple(left)


def _paired(grant: Grant, contract: ContractCard) -> Iterator[tuple[ServiceLine, LineCard | None]]:
    """The service lines with days in the contract, each with its line of the contract.

    Lines that follow one another are one service whose quantity changed: all are bought on the contract's one line.
    Where there are else not as many of one service and unit on both sides, nobody can tell which is which: none is.
    """
    offered: dict[tuple[str, str], list[LineCard]] = {}
    for one in contract.lines:
        offered.setdefault((one.service, one.unit), []).append(one)
    bought: dict[tuple[str, str], list[ServiceLine]] = {}
    for line in grant.lines.select_related("grant").order_by("line_no"):
        _first, end = clipped(line)
        if end is None or end > contract.starts:
            bought.setdefault((line.service, line.measure), []).append(line)
    for kind, lines in bought.items():
        same = offered.get(kind, [])
        if len(same) == 1 and _in_turn(lines):
            same = same * len(lines)
        yield from zip(lines, same if len(same) == len(lines) else [None] * len(lines), strict=True)


def _in_turn(lines: list[ServiceLine]) -> bool:
    """Whether no two of them have a day in common."""
    spans = sorted((clipped(line) for line in lines), key=lambda span: span[0])
    return all(end is not None and end <= after for (_, end), (after, _) in pairwise(spans))


def _price(line: ServiceLine, takes: LineCard, first: date, starts: date, now: datetime) -> tuple[AdjustmentLine, ...]:
    """Let the contract's line price a service line from the contract's first day; return what dividing it adjusted."""
    settled: tuple[AdjustmentLine, ...] = ()
    if first < starts:
        line_id, settled = change_grant_from(service_line_id=line.id, day=starts, quantity=line.quantity, now=now)
        line = ServiceLine.objects.get(id=line_id)
    line.rates.all().delete()
    line.contract_line_id = takes.id
    line.save(update_fields=["contract_line"])
    return settled
