"""A contract's new price asked for, and answered by somebody whose limit reaches what the grants then cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.contracts import queries as contracts
from styr.contracts.services import UnableToChangeContractError
from styr.grants.core.codes import PriceAnswer
from styr.grants.models import Grant, PriceRequest
from styr.grants.price_limits import PriceBeyondLimitError, change_price, price_within_limits
from styr.kernel.clock import danish_day

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from styr.grants.acting import Actor
    from styr.grants.settle import AdjustmentLine

_NEWS: Final = timedelta(days=30)
"""How long a refusal stands where the price was asked for."""


@dataclass(frozen=True)
class PriceOutcome:
    """What came of a new price: done, with the months settled, or `asked` of somebody with a higher limit, and why."""

    adjusted: tuple[AdjustmentLine, ...] = ()
    asked: UUID | None = None
    why: str = ""


@dataclass(frozen=True)
class WaitingPrice:
    """A new price (kr. from a day) that waits, or (with a `reason`) was refused lately.

    `grants` are the numbers of those it makes too dear that one sees.
    """

    id: UUID
    contract_line_id: UUID
    valid_from: date
    amount: Decimal
    dearest_ore: int
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    grants: tuple[tuple[UUID, str], ...]
    others: int
    refused_by: str = ""
    reason: str = ""


@transaction.atomic
def change_or_ask(*, contract_line_id: UUID, valid_from: date, amount: Decimal, actor: Actor) -> PriceOutcome:
    """Change the price when the actor's limit allows it, else ask for it and leave it as it is.

    Raises:
        UnableToChangeContractError: it is no price, the actor has no role there, or one waits already.
    """
    place = contracts.place_of_line(contract_line_id)
    try:
        with transaction.atomic():
            return PriceOutcome(
                change_price(contract_line_id=contract_line_id, valid_from=valid_from, amount=amount, actor=actor)
            )
    except PriceBeyondLimitError as refused:
        beyond, why = refused.beyond, str(refused)
    request = PriceRequest(
        municipality_id=place.municipality_id,
        unit_id=place.unit_id,
        contract_line_id=contract_line_id,
        valid_from=valid_from,
        amount=amount,
        grant_ids=[one.grant_id for one in beyond],
        dearest_ore=max(one.cost_ore for one in beyond),
        asked_by_id=actor.id,
        asked_at=actor.now,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as taken:
        raise UnableToChangeContractError(
            "Der venter allerede en ny pris på linjen. Træk den tilbage først, eller vent på svaret."
        ) from taken
    return PriceOutcome(asked=request.id, why=why)


@transaction.atomic
def approve_price(*, request_id: UUID, actor: Actor) -> tuple[AdjustmentLine, ...]:
    """Let the price hold, by somebody whose limit reaches every grant as it is now; return the months settled.

    Raises:
        UnableToChangeContractError: it is answered, the actor asked for it, or has no role or limit that reaches it.
    """
    request = _waiting(request_id)
    _refuse_asker(request, actor)
    try:
        lines = price_within_limits(
            contract_line_id=request.contract_line_id, valid_from=request.valid_from, amount=request.amount, actor=actor
        )
    except PriceBeyondLimitError as refused:
        raise UnableToChangeContractError(str(refused)) from refused
    _answered(request, PriceAnswer.APPROVED, actor)
    return lines


@transaction.atomic
def refuse_price(*, request_id: UUID, reason: str, actor: Actor) -> None:
    """Say no, with a reason; the price stays as it is.

    Raises:
        UnableToChangeContractError: it is answered, the actor asked for it or has no role there, or no reason is given.
    """
    request = _waiting(request_id)
    _refuse_asker(request, actor)
    if not reason.strip():
        raise UnableToChangeContractError("Skriv en begrundelse: den er det eneste, den næste har at gå ud fra.")
    request.reason = reason.strip()
    _answered(request, PriceAnswer.REFUSED, actor)


@transaction.atomic
def withdraw_price(*, request_id: UUID, actor: Actor) -> None:
    """Take a price that waits back.

    Raises:
        UnableToChangeContractError: it is answered, or the actor may not change the contract.
    """
    request = _waiting(request_id)
    if not may_in(user_id=actor.id, permission=Permission.EDIT_CONTRACTS, unit_id=request.unit_id, on=actor.today):
        raise UnableToChangeContractError("Du må ikke ændre kontrakter i kontraktens enhed.")
    _answered(request, PriceAnswer.WITHDRAWN, actor)


def waiting_prices(contract_line_ids: list[UUID], *, today: date) -> tuple[WaitingPrice, ...]:
    """Return the new prices of some lines that wait, and those refused lately that nobody has asked anew for.

    Two queries, one when there are none.
    """
    asked = (
        PriceRequest.objects.filter(contract_line_id__in=contract_line_ids)
        .select_related("asked_by", "answered_by")
        .order_by("contract_line_id", "-asked_at")
        .distinct("contract_line_id")
    )
    rows = sorted((row for row in asked if _is_news(row, today)), key=lambda row: row.asked_at)
    if not rows:
        return ()
    seen = dict(Grant.objects.filter(id__in={one for row in rows for one in row.grant_ids}).values_list("id", "number"))
    return tuple(
        WaitingPrice(
            row.id, row.contract_line_id, row.valid_from, row.amount, row.dearest_ore, row.asked_by_id,
            row.asked_by.name, row.asked_at,
            tuple(sorted(((one, seen[one]) for one in row.grant_ids if one in seen), key=lambda held: held[1])),
            sum(one not in seen for one in row.grant_ids),
            row.answered_by.name if row.answered_by else "", row.reason,
        )
        for row in rows
    )  # fmt: skip


def asked_of(request_id: UUID, *, contract_line_ids: list[UUID]) -> bool:
    """Whether a new price was asked for on one of some lines; one query."""
    return PriceRequest.objects.filter(id=request_id, contract_line_id__in=contract_line_ids).exists()


def _is_news(row: PriceRequest, today: date) -> bool:
    if row.answer == PriceAnswer.REFUSED and row.answered_at is not None:
        return today - danish_day(row.answered_at) <= _NEWS
    return row.answer == PriceAnswer.WAITING


def _waiting(request_id: UUID) -> PriceRequest:
    request = PriceRequest.objects.select_for_update().filter(id=request_id).first()
    if request is None:
        raise UnableToChangeContractError("Prisen findes ikke, eller du har ikke adgang til den.")
    if request.answer != PriceAnswer.WAITING:
        raise UnableToChangeContractError(f"Prisen er allerede {PriceAnswer(request.answer).danish}.")
    return request


def _refuse_asker(request: PriceRequest, actor: Actor) -> None:
    if request.asked_by_id == actor.id:
        raise UnableToChangeContractError("En anden end den, der har bedt om prisen, skal svare på den.")
    if not may_in(user_id=actor.id, permission=Permission.APPROVE_GRANTS, unit_id=request.unit_id, on=actor.today):
        raise UnableToChangeContractError("Prisen besvares af en, der må godkende bevillinger i kontraktens enhed.")


def _answered(request: PriceRequest, answer: PriceAnswer, actor: Actor) -> None:
    request.answer, request.answered_by_id, request.answered_at = answer, actor.id, actor.now
    request.save(update_fields=["answer", "answered_by", "answered_at", "reason"])
