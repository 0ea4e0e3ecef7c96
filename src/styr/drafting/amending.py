"""A signed supplement written in the register from its day on, and what that costs, told before anybody signs.

What it costs is found by doing it and undoing it again: the same steps, the same expected cost, the same limits.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.utils.timezone import localdate

from styr.contracts import amending as register
from styr.contracts import queries as contracts
from styr.contracts.agreed import agreed_card
from styr.contracts.agreeing import Act, NewSupplement, agree_terms, seen_state
from styr.contracts.core.codes import LineKind
from styr.contracts.services import NewContractLine
from styr.drafting.changing import held_on
from styr.drafting.core.before_after import Row, rows
from styr.grants.acting import Actor as Approver
from styr.grants.changes import change_contract_price
from styr.grants.contracting import buy_new_line
from styr.grants.core.codes import AdjustmentReason
from styr.grants.costing import expected_by_month, full_year
from styr.grants.price_limits import PriceBeyondLimitError, held_to_limits
from styr.grants.settle import settle_paid_months
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from uuid import UUID

    from styr.contracts.queries import ContractCard
    from styr.drafting.core.changes import Changes, NewSpecialRate
    from styr.drafting.steps import Actor
    from styr.grants.settle import AdjustmentLine

_SPECIAL: Final = "saertakst"
_BUYING: Final = "SELECT grant_id FROM rel_grant WHERE contract_id = %s AND status IN ('granted', 'stopped')"
_ON: Final = "SELECT grant_id FROM rel_grant WHERE contract_id = %s"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a supplement changes, and what that costs the grants on its contract, øre: this year, and twelve months.

    The twelve months are from its own day. `rows` are the terms before and after, as they were when it was worked out.
    `beyond` says which grants become dearer than they are approved for, where whoever asked may not approve it.
    """

    year: int
    grants: int
    year_before: int
    year_after: int
    full_before: int
    full_after: int
    rows: tuple[Row, ...] = ()
    beyond: str = ""

    @property
    def year_more(self) -> int:
        """How much dearer this year becomes; below 0 where it becomes cheaper."""
        return self.year_after - self.year_before

    @property
    def full_more(self) -> int:
        """How much dearer twelve months become."""
        return self.full_after - self.full_before

    def kept(self) -> str:
        """As text, for the draft's sealed facts."""
        return json.dumps(asdict(self), ensure_ascii=False)


def effect_kept(kept: str) -> Effect | None:
    """The effect as it was kept; None where none was worked out."""
    if not kept:
        return None
    told = json.loads(kept)
    return Effect(**{**told, "rows": tuple(Row(**row) for row in told["rows"])})


def amend(*, contract_id: UUID, changes: Changes, signed_on: date, actor: Actor) -> str:
    """Let a signed supplement change its contract from its day on; return what came of it, a sentence or "".

    Raises:
        UnableToChangeContractError: the register refuses it, or a grant becomes dearer than it is approved for and than
            the actor may approve (`PriceBeyondLimitError`).
    """
    card = contracts.contract_card(contract_id)
    with held_to_limits(_lines(card), changes.starts, actor=_approver(actor)) as settled:
        return _write(card, changes, signed_on, actor, settled)


def effect_of(*, contract_id: UUID, changes: Changes, actor: Actor) -> Effect:
    """What a supplement would cost; nothing is changed. The contract and its grants are held meanwhile.

    Raises:
        UnableToChangeContractError: the register would refuse it.
    """
    card = contracts.contract_card(contract_id)
    today, beyond = localdate(actor.now), ""
    told = rows(changes, held_on(card, changes.starts))
    costs: list[_Cost] = []
    with suppress(_UndoneError), transaction.atomic():
        try:
            with held_to_limits(_lines(card), changes.starts, actor=_approver(actor)) as settled:
                costs.append(_cost(contract_id, changes.starts, today))
                _write(card, changes, today, actor, settled)
                costs.append(_cost(contract_id, changes.starts, today))
        except PriceBeyondLimitError as refused:
            beyond = str(refused)
        raise _UndoneError
    before, after = costs
    return Effect(today.year, before.grants, before.year, after.year, before.full, after.full, told, beyond)


class _UndoneError(Exception):
    """What was done to see what it costs is undone."""


@dataclass(frozen=True, slots=True)
class _Cost:
    grants: int
    year: int
    full: int


def _cost(contract_id: UUID, first: date, today: date) -> _Cost:
    grants = _grants(_BUYING, contract_id)
    months = expected_by_month(
        from_month=date(today.year, 1, 1), to_month=date(today.year, 12, 1), grant_ids=grants
    )  # fmt: skip
    full = sum(full_year(grant_id=one, from_day=first).amount_ore for one in grants)
    return _Cost(len(grants), sum(month.amount_ore for month in months), full)


def _write(card: ContractCard, changes: Changes, signed_on: date, actor: Actor, settled: list[AdjustmentLine]) -> str:
    agree_terms(
        contract_id=card.id,
        terms=changes.agreement(agreed_card(card.id).amended(changes.starts)),
        valid_from=changes.starts,
        act=Act(actor_id=actor.id, today=localdate(actor.now), seen=seen_state(card.id)),
        supplement=NewSupplement(title=changes.title(), signed_on=signed_on),
    )
    if changes.moves_end:
        ends = None if changes.last_day is None else changes.last_day + ONE_DAY
        register.move_end(contract_id=card.id, ends=ends, valid_from=changes.starts)
    lines = {str(line.id): line.id for line in card.lines}
    for one in changes.prices:
        settled.extend(
            change_contract_price(
                contract_line_id=lines[one.line_id], valid_from=changes.starts, amount=one.amount, now=actor.now
            )
        )
    told = "" if changes.special is None else _buy_special(card, changes.starts, changes.special, actor)
    grants = _grants(_ON, card.id)
    settled.extend(settle_paid_months(grant_ids=grants, reason=AdjustmentReason.PERIOD, now=actor.now))
    return told


def _buy_special(card: ContractCard, starts: date, special: NewSpecialRate, actor: Actor) -> str:
    ends = None if special.last_day is None else special.last_day + ONE_DAY
    line = NewContractLine(
        kind=LineKind.SPECIAL, service=_SPECIAL, unit=Unit.HOUR, price=special.hourly_rate, purpose=special.purpose,
        hours=special.hours, hourly_rate=special.hourly_rate, evaluation_on=special.evaluation_on,
    )  # fmt: skip
    line_id = register.add_line(contract_id=card.id, line=line, valid_from=starts, valid_to=ends)
    number = buy_new_line(
        contract_id=card.id, contract_line_id=line_id, service=_SPECIAL, hours=special.hours,
        period=Period(starts, ends), now=actor.now,
    )  # fmt: skip
    if number is None:
        return "Særtaksten står i kontrakten, som ingen eller flere bevillinger bruger. Tilføj den selv på bevillingen."
    return f"Bevilling {number} køber særtaksten."


def _lines(card: ContractCard) -> list[UUID]:
    return [line.id for line in card.lines]


def _approver(actor: Actor) -> Approver:
    return Approver(actor.id, localdate(actor.now), actor.now)


def _grants(asked: str, contract_id: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(asked, [contract_id])
        return [row[0] for row in cursor.fetchall()]
