"""Mergers of suppliers: the suppliers' own part. `workspace.merging` moves contracts and grants in the same act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q

from styr.controls.rerunning import request_rerun
from styr.kernel.refusal import Refusal
from styr.suppliers.models import Merger, ProviderUnit, Supplier
from styr.suppliers.queries import SupplierNotVisibleError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID


class UnableToMergeError(Refusal):
    """The suppliers cannot be merged as asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMerger:
    """A merger as somebody tells it: `valid_from` is the first day on which the continuing supplier is party."""

    absorbed_id: UUID
    continuing_id: UUID
    valid_from: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class MergerLine:
    """A merger as pages show it; `went_over` are contracts, grants and provider units, how many of each."""

    id: UUID
    absorbed_id: UUID
    absorbed: str
    continuing_id: UUID
    continuing: str
    valid_from: date
    note: str
    went_over: tuple[int, int, int]
    recorded_at: datetime
    recorded_by: str


def mergers_of(supplier_id: UUID) -> list[MergerLine]:
    """Every merger that a supplier is part of, the latest first; one query."""
    rows = Merger.objects.filter(Q(absorbed_id=supplier_id) | Q(continuing_id=supplier_id))
    return [_line(row) for row in _joined(rows).order_by("-valid_from", "-id")]


def merger_that_moved(contract_id: UUID) -> MergerLine | None:
    """The latest merger that a contract went over by; one query."""
    row = _joined(Merger.objects.filter(contracts__contains=[contract_id])).order_by("-valid_from", "-id").first()
    return None if row is None else _line(row)


@transaction.atomic
def record_merger(*, merger: NewMerger, actor_id: UUID, now: datetime) -> UUID:
    """Record a merger and let the places of the absorbed supplier be the continuing one's; return its id.

    Raises:
        SupplierNotVisibleError: one of them is not there.
        UnableToMergeError: they are one, or either has been absorbed already.
    """
    both = {one.id: one for one in Supplier.objects.select_for_update().filter(id__in=_ids(merger)).order_by("id")}
    if merger.absorbed_id == merger.continuing_id:
        raise UnableToMergeError("Vælg en anden leverandør end den, der ophører.")
    if len(both) != len(_ids(merger)):
        raise SupplierNotVisibleError
    gone = set(Merger.objects.filter(absorbed_id__in=_ids(merger)).values_list("absorbed_id", flat=True))
    if gone:
        names = ", ".join(sorted(both[one].name for one in gone))
        raise UnableToMergeError(f"{names} er allerede ophørt ved en fusion.")
    places = ProviderUnit.objects.filter(supplier_id=merger.absorbed_id)
    moved = sorted(places.values_list("id", flat=True))
    places.update(supplier_id=merger.continuing_id)
    row = Merger.objects.create(
        municipality_id=both[merger.absorbed_id].municipality_id, absorbed_id=merger.absorbed_id,
        continuing_id=merger.continuing_id, valid_from=merger.valid_from, note=merger.note.strip()[:300],
        provider_units=moved, recorded_at=now, recorded_by_id=actor_id,
    )  # fmt: skip
    request_rerun(municipality_id=row.municipality_id, ids=[*_ids(merger), *moved])
    return row.id


def note_moved(*, merger_id: UUID, contracts: Collection[UUID], grants: Collection[UUID]) -> None:
    """Keep with the merger which contracts and grants went over by it."""
    Merger.objects.filter(id=merger_id).update(contracts=sorted(contracts), grants=sorted(grants))


def _ids(merger: NewMerger) -> tuple[UUID, UUID]:
    return merger.absorbed_id, merger.continuing_id


def _joined(rows: models.QuerySet[Merger]) -> models.QuerySet[Merger]:
    return rows.select_related("absorbed", "continuing", "recorded_by")


def _line(row: Merger) -> MergerLine:
    return MergerLine(
        id=row.id,
        absorbed_id=row.absorbed_id,
        absorbed=f"{row.absorbed.name} (CVR {row.absorbed.cvr})",
        continuing_id=row.continuing_id,
        continuing=f"{row.continuing.name} (CVR {row.continuing.cvr})",
        valid_from=row.valid_from,
        note=row.note,
        went_over=(len(row.contracts), len(row.grants), len(row.provider_units)),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by.name,
    )
