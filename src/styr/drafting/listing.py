"""The list of drafts: filtered, sorted, paged; three queries a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from styr.drafting.core.codes import CLOSED, DraftState
from styr.drafting.models import ContractDraft, DraftVersion

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class DraftFilter:
    """Which drafts: words of the contract's number or the supplier's name; open ones, or those in a state."""

    words: str = ""
    state: str = ""
    open_only: bool = False
    owner_id: UUID | None = None
    template_version_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list; the citizen is an id: names come through `people.queries`."""

    id: UUID
    contract_id: UUID
    contract_number: str
    supplier_name: str
    section: str
    citizen_id: UUID | None
    state: DraftState
    latest: int
    red: int
    missing: int
    owner: str
    changed_at: datetime


SORTS = {"kontrakt": "contract__number", "leverandoer": "contract__supplier__name", "aendret": "changed_at",
         "tilstand": "state"}  # fmt: skip
"""The words a list can be sorted by."""


def draft_page(wanted: DraftFilter, *, sort: str, falling: bool, page: int, size: int) -> tuple[list[DraftLine], int]:
    """Return one page of the drafts, and how many there are; three queries."""
    rows = ContractDraft.objects.defer("facts").select_related("contract__supplier", "owner")
    for word in wanted.words.split():
        rows = rows.filter(Q(contract__number__icontains=word) | Q(contract__supplier__name__icontains=word))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.open_only:
        rows = rows.exclude(state__in=CLOSED)
    if wanted.owner_id is not None:
        rows = rows.filter(owner_id=wanted.owner_id)
    if wanted.template_version_id is not None:
        rows = rows.filter(template_version_id=wanted.template_version_id)
    total = rows.count()
    order = SORTS.get(sort, "changed_at")
    first = (min(page, max(1, -(-total // size))) - 1) * size
    found = list(rows.order_by(f"-{order}" if falling else order, "-id")[first : first + size])
    newest = DraftVersion.objects.filter(draft__in=found, number=F("draft__latest"))
    judged = {row[0]: row[1:] for row in newest.values_list("draft_id", "red", "missing")}
    return [_line(row, judged.get(row.id, (0, 0))) for row in found], total


def _line(row: ContractDraft, judged: tuple[int, int]) -> DraftLine:
    contract = row.contract
    return DraftLine(
        row.id, contract.id, contract.number, contract.supplier.name, contract.section, contract.citizen_id,
        DraftState(row.state), row.latest, *judged, row.owner.name, row.changed_at,
    )  # fmt: skip
