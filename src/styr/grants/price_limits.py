"""Holds a contract's new price to the limits that the grants buying on it were approved within.

A price that makes a granted grant dearer than it is approved for is approved by somebody whose limit reaches what it
then costs, in the unit of each of the grants: whoever has such a limit changes it at once, anybody else asks for it
(`price_requests`).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.access import queries as access
from styr.access.core.acts import Act
from styr.access.core.permissions import Permission, roles_with
from styr.access.scope import whole_scope
from styr.access.unit_roles import may_in
from styr.contracts import queries as contracts
from styr.contracts.services import UnableToChangeContractError
from styr.grants.approving import APPROVE, reaches
from styr.grants.changes import change_contract_price
from styr.grants.core.codes import GrantStatus, StepKind
from styr.grants.models import Grant, GrantStep, ServiceLine
from styr.grants.windows import Year, dearest_of, promised, years_of
from styr.kernel.danish import kroner
from styr.kernel.units import Per, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from styr.grants.acting import Actor
    from styr.grants.settle import AdjustmentLine

_MOST_NAMED: Final = 3
_JOB: Final = "job"
_PRICE: Final = ("Prisen gør bevillinger", "En, der må godkende beløbet, skal godkende prisen.")
_OPENING: Final = ("Åbningsdagene gør bevillinger", "En, der må godkende beløbet, skal gøre det.")
_CONTRACT: Final = (
    "Kontrakten gør bevillinger",
    "En, der må godkende beløbet, skal først give bevillingen den nye pris.",
)


@dataclass(frozen=True)
class Beyond:
    """A grant that becomes dearer (øre on its dearest twelve months) than it is approved for."""

    grant_id: UUID
    unit_id: UUID
    cost_ore: int
    approved_ore: int


class PriceBeyondLimitError(UnableToChangeContractError):
    """The price makes grants dearer than they are approved for, and than the actor may approve."""

    def __init__(self, beyond: tuple[Beyond, ...], told: str = "") -> None:
        super().__init__(told)
        self.beyond = beyond


def change_price(
    *, contract_line_id: UUID, valid_from: date, amount: Decimal, actor: Actor
) -> tuple[AdjustmentLine, ...]:
    """Give a contract line another price from a day, within the limits, and settle what grants have paid.

    Every grant on the line is measured and settled, also those that the actor does not see.

    Raises:
        PriceBeyondLimitError: it makes a grant dearer than it is approved for and than the actor may approve.
        UnableToChangeContractError: the price is negative, or the actor has no role where the contract is.
    """
    place = contracts.place_of_line(contract_line_id)
    if not may_in(user_id=actor.id, permission=Permission.EDIT_CONTRACTS, unit_id=place.unit_id, on=actor.today):
        raise UnableToChangeContractError(
            "Prisen på en kontrakt ændres af en, der må ændre kontrakter i kontraktens enhed, og på en rammeaftale i "
            "hele kommunen."
        )
    return price_within_limits(contract_line_id=contract_line_id, valid_from=valid_from, amount=amount, actor=actor)


def price_within_limits(
    *, contract_line_id: UUID, valid_from: date, amount: Decimal, actor: Actor
) -> tuple[AdjustmentLine, ...]:
    """Change the price as `change_price`, whatever role the actor has in the contract's unit."""
    with held_to_limits([contract_line_id], valid_from, actor=actor) as settled:
        settled.extend(
            change_contract_price(
                contract_line_id=contract_line_id, valid_from=valid_from, amount=amount, now=actor.now
            )
        )
    return tuple(settled)


@contextmanager
def held_to_limits(contract_line_ids: list[UUID], *days: date, actor: Actor) -> Iterator[list[AdjustmentLine]]:
    """Hold what is done to contract lines inside the block to the limits; add the months it settled to the list.

    The block sees the whole municipality, and what it did is undone where it raises. Days are those besides today on
    which something may begin to cost more.

    Raises:
        PriceBeyondLimitError: a grant becomes dearer than it is approved for and than the actor may approve.
    """
    if not contract_line_ids:
        yield []
        return
    place = contracts.place_of_line(contract_line_ids[0])
    buying = Grant.objects.filter(lines__contract_line_id__in=contract_line_ids)
    with _limited(_Which(buying, (GrantStatus.GRANTED,), *_PRICE), place.municipality_id, days, actor) as settled:
        yield settled


@contextmanager
def held_openings_to_limits(
    contract_ids: Collection[UUID], *days: date, municipality_id: UUID, actor: Actor
) -> Iterator[list[AdjustmentLine]]:
    """Hold what is done to the opening days of contracts inside the block to the limits, as `held_to_limits` does.

    Only grants that buy per opening day are measured: nothing else follows a calendar.
    """
    by_day = ServiceLine.objects.filter(measure=Unit.OPENING_DAY, per=Per.DAY, grant__contract_id__in=contract_ids)
    following = Grant.objects.filter(id__in=by_day.values("grant_id"))
    with _limited(_Which(following, (GrantStatus.GRANTED,), *_OPENING), municipality_id, days, actor) as settled:
        yield settled


@contextmanager
def held_grant_to_limits(grant: Grant, *days: date, actor: Actor) -> Iterator[list[AdjustmentLine]]:
    """Hold what is done to one grant inside the block to its limit, as `held_to_limits` does for a contract's lines.

    One that is stopped is held too: it still promises its last days. One that is not granted yet is measured when
    somebody approves it.

    Raises:
        PriceBeyondLimitError: it becomes dearer than it is approved for and than the actor may approve.
    """
    which = _Which(Grant.objects.filter(id=grant.id), (GrantStatus.GRANTED, GrantStatus.STOPPED), *_CONTRACT)
    with _limited(which, grant.municipality_id, days, actor) as settled:
        yield settled


@dataclass(frozen=True)
class _Which:
    """The grants that are held, in which states they promise something, and how a refusal begins and ends."""

    grants: QuerySet[Grant]
    statuses: tuple[GrantStatus, ...]
    makes: str
    mend: str


@contextmanager
def _limited(
    which: _Which, municipality_id: UUID, also: tuple[date, ...], actor: Actor
) -> Iterator[list[AdjustmentLine]]:
    days = (actor.today, *also)
    try:
        with whole_scope(municipality_id, _JOB):
            held = _measured(which, days, actor.today)
            settled: list[AdjustmentLine] = []
            yield settled
            _refuse_dearer(held, settled, days, actor)
    except PriceBeyondLimitError as refused:
        raise PriceBeyondLimitError(refused.beyond, _told(refused.beyond, which)) from None


def _refuse_dearer(held: list[_Held], settled: list[AdjustmentLine], days: tuple[date, ...], actor: Actor) -> None:
    beyond = tuple(one for one in _dearer(held, settled, days) if not _may_approve(one, actor))
    if beyond:
        raise PriceBeyondLimitError(beyond)


@dataclass(frozen=True)
class _Held:
    grant: Grant
    years: tuple[Year, ...]
    approved_ore: int


def _measured(which: _Which, days: tuple[date, ...], today: date) -> list[_Held]:
    """The grants that promise something, locked, with what their years cost and the limit they are approved within.

    One who approves a grant at the same moment holds its row: here it is waited for, so that none slips by.
    """
    limits = access.limits_in_force(Act(APPROVE), today)
    if not limits:
        return []
    locked = list(Grant.objects.select_for_update().filter(id__in=which.grants.values("id")).order_by("id"))
    promised_by = [grant for grant in locked if grant.status in which.statuses]
    steps = GrantStep.objects.filter(grant__in=promised_by, kind=StepKind.APPROVED).order_by("taken_at")
    approved = {step.grant_id: step.limit_ore for step in steps}
    roles = roles_with(Permission.APPROVE_GRANTS)
    amounts = [limits.get(role) for role in roles]
    held = []
    for grant in promised_by:
        years = years_of(grant_id=grant.id, also=days)
        cost = dearest_of(years)
        covered = approved[grant.id] if grant.id in approved else _least(amounts, cost)
        if covered is not None and covered < cost:  # somebody with a higher limit has made it dearer since
            covered = _least(amounts, cost)
        if covered is not None:
            held.append(_Held(grant, years, covered))
    return held


def _least(amounts: list[int | None], cost: int) -> int | None:
    """The least limit that reaches a cost: whoever approved it had that much at least. None: one without a limit."""
    reaching = [amount for amount in amounts if amount and amount >= cost]
    return min(reaching, default=None)


def _dearer(held: list[_Held], lines: list[AdjustmentLine], days: tuple[date, ...]) -> Iterator[Beyond]:
    adjusted = _grants_of(lines)
    for one in held:
        own = [line for line in lines if adjusted.get(line.service_line_id) == one.grant.id]
        cost = promised(before=one.years, after=years_of(grant_id=one.grant.id, also=days), adjustments=own)
        if cost is not None and cost > one.approved_ore:
            yield Beyond(one.grant.id, one.grant.unit_id, cost, one.approved_ore)


def _grants_of(lines: list[AdjustmentLine]) -> dict[UUID, UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT service_id, grant_id FROM rel_service WHERE service_id = ANY(%s)",
            [[line.service_line_id for line in lines]],
        )
        return dict(cursor.fetchall())


def _may_approve(one: Beyond, actor: Actor) -> bool:
    limit = access.limit_for(user_id=actor.id, act=APPROVE, on=actor.today, unit_id=one.unit_id)
    return reaches(limit, one.cost_ore)


def _told(beyond: tuple[Beyond, ...], which: _Which) -> str:
    """What is refused, naming the grants that the actor sees."""
    costs = {one.grant_id: one for one in beyond}
    seen = list(Grant.objects.filter(id__in=costs).order_by("number").values_list("id", "number")[:_MOST_NAMED])
    named = "; ".join(
        f"{number} koster op til {kroner(costs[one].cost_ore, whole=True)} på tolv måneder og er godkendt inden for "
        f"{kroner(costs[one].approved_ore, whole=True)}"
        for one, number in seen
    )
    more = len(beyond) - len(seen)
    if more:
        one, many = ("en anden bevilling", "andre bevillinger") if seen else ("en bevilling", "bevillinger")
        named += f"{' samt ' if seen else ''}{one if more == 1 else f'{more} {many}'}"
    return f"{which.makes} dyrere, end de er godkendt til: {named}. {which.mend}"
