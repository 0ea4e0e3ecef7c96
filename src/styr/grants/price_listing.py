"""The list of new contract prices that were asked for: who waits for whom, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import F, Q

from styr.grants.core.codes import PriceAnswer
from styr.grants.models import PriceRequest

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

WAITING: Final = PriceAnswer.WAITING.value
SORTS: Final = {"bedt": "asked_at", "kontrakt": "contract_line__contract__number", "dyreste": "dearest_ore"}
"""The words the list can be sorted by."""


@dataclass(frozen=True, slots=True)
class PriceFilter:
    """Which: words of the contract's number or the supplier's name, an answer ("" all of them)."""

    words: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price asked for (kr. per `unit` from a day), what it makes the dearest grant cost, and what came of it."""

    id: UUID
    contract_id: UUID
    number: str
    supplier: str
    unit: str
    amount: Decimal
    valid_from: date
    dearest_ore: int
    grants: int
    asked_by: str
    asked_at: datetime
    answer: PriceAnswer
    answered_by: str
    reason: str


def price_page(wanted: PriceFilter, *, by: str, falling: bool, page: int, size: int) -> tuple[list[PriceRow], int]:
    """Return one page of the prices asked for, and how many there are; two queries."""
    rows = PriceRequest.objects.select_related("contract_line__contract__supplier", "asked_by", "answered_by")
    for word in wanted.words.split():
        rows = rows.filter(
            Q(contract_line__contract__number__icontains=word)
            | Q(contract_line__contract__supplier__name__icontains=word)
        )
    if wanted.answer:
        rows = rows.filter(answer=wanted.answer)
    total = rows.count()
    order = F(SORTS.get(by, "asked_at"))
    first = (min(page, max(1, -(-total // size))) - 1) * size
    found = rows.order_by(order.desc() if falling else order.asc(), "id")[first : first + size]
    return [_row(one) for one in found], total


def _row(row: PriceRequest) -> PriceRow:
    line = row.contract_line
    return PriceRow(
        row.id, line.contract_id, line.contract.number, line.contract.supplier.name, line.measure, row.amount,
        row.valid_from, row.dearest_ore, len(row.grant_ids), row.asked_by.name, row.asked_at, PriceAnswer(row.answer),
        row.answered_by.name if row.answered_by else "", row.reason,
    )  # fmt: skip
