"""The list of contract documents, within the caller's scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from styr.agreements.core.codes import DocumentState, FieldState
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.models import AgreementDocument

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True)
class DocumentLine:
    """A document in a list, with how much of it waits for somebody."""

    id: UUID
    name: str
    state: DocumentState
    kind: str
    contract_id: UUID | None
    contract_number: str
    supplier_name: str
    received_at: datetime
    pages: int
    red: int
    missing: int
    undecided: int


@dataclass(frozen=True)
class DocumentFilter:
    """Which documents: words of name, contract or supplier; `waiting` those with something to confirm."""

    words: str = ""
    waiting: bool = False
    contract_id: UUID | None = None
    collection_id: UUID | None = None


SORTS = {"navn": "name", "modtaget": "received_at", "risici": "red", "mangler": "missing", "venter": "undecided"}
"""The words a list can be sorted by."""


def document_page(
    wanted: DocumentFilter, *, sort: str, falling: bool, page: int, size: int
) -> tuple[list[DocumentLine], int]:
    """Return one page of the documents, and how many there are; two queries."""
    rows = AgreementDocument.objects.defer("content", "text").select_related("contract__supplier")
    for word in wanted.words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(contract__number__icontains=word) | Q(contract__supplier__name__icontains=word)
        )
    if wanted.contract_id is not None:
        rows = rows.filter(contract_id=wanted.contract_id)
    if wanted.collection_id is not None:
        rows = rows.filter(collection_id=wanted.collection_id)
    rows = rows.annotate(
        red=Count("clauses", filter=Q(clauses__verdict=Verdict.RED.value), distinct=True),
        missing=Count("clauses", filter=Q(clauses__verdict=Verdict.MISSING.value), distinct=True),
        undecided=Count("fields", filter=Q(fields__state=FieldState.PROPOSED.value), distinct=True),
    )
    if wanted.waiting:
        rows = rows.filter(undecided__gt=0)
    order = SORTS.get(sort, "received_at")
    total = rows.count()
    first = (min(page, max(1, -(-total // size))) - 1) * size
    found = rows.order_by(f"-{order}" if falling else order, "-id")[first : first + size]
    return [_line(row) for row in found], total


def _line(row: AgreementDocument) -> DocumentLine:
    contract = row.contract
    counts: dict[str, int] = row.__dict__
    return DocumentLine(
        id=row.id,
        name=row.name,
        state=DocumentState(row.state),
        kind=row.kind,
        contract_id=row.contract_id,
        contract_number="" if contract is None else contract.number,
        supplier_name="" if contract is None else contract.supplier.name,
        received_at=row.received_at,
        pages=row.pages,
        red=counts["red"],
        missing=counts["missing"],
        undecided=counts["undecided"],
    )
