"""What the pages of the collection drive show; it says nothing about citizens, so no read is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from styr.agreements.collecting import CaseNotVisibleError
from styr.agreements.core.codes import CollectionState, MailState, StepKind
from styr.agreements.coverage import Lacking, lacking, lacking_of
from styr.agreements.mailing import MOST_REMINDERS
from styr.agreements.models import AgreementDocument, CollectionCase
from styr.kernel.clock import danish_day
from styr.suppliers.queries import SupplierLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

__all__ = ["CaseCard", "CaseFilter", "CaseLine", "case_card", "case_lines", "page_of", "unanswered_cases"]


@dataclass(frozen=True)
class CaseLine:
    """A case in the list; `lacks` are grants without a signed contract now, `overdue` that nobody answered in time."""

    id: UUID
    supplier_id: UUID
    supplier_name: str
    state: CollectionState
    owner: str
    due_on: date | None
    overdue: bool
    lacks: int
    spend_ore: int
    opened_at: datetime


@dataclass(frozen=True)
class CaseFilter:
    """Which cases: words of the supplier's name, a state ("" all that are open), one's own, those past their day."""

    words: str = ""
    state: str = ""
    mine: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class Unanswered:
    """A case whose supplier has not answered in time, and that its owner must take up."""

    case_id: UUID
    owner_id: UUID
    supplier_name: str
    due_on: date


@dataclass(frozen=True)
class StepLine:
    """Something that was done; `mail` is how far a letter that we mailed ourselves has come."""

    id: UUID
    kind: StepKind
    at: datetime
    by: str
    text: str
    recipient: str
    mail: MailState | None


@dataclass(frozen=True)
class FileLine:
    """A file that came in."""

    id: UUID
    name: str
    received_at: datetime
    contract_number: str


@dataclass(frozen=True)
class CaseCard(CaseLine):
    """Everything the page about a case shows."""

    cvr: str
    owner_id: UUID | None
    email: str
    grants: tuple[str, ...]
    asked_on: date | None
    steps: tuple[StepLine, ...]
    files: tuple[FileLine, ...]


def case_lines(wanted: CaseFilter, *, person_id: UUID, today: date) -> list[CaseLine]:
    """Return the cases, those past their day first, then the dearest; five queries."""
    rows = CollectionCase.objects.select_related("supplier", "owner")
    rows = rows.filter(state=wanted.state) if wanted.state else rows.exclude(state=CollectionState.CLOSED.value)
    for word in wanted.words.split():
        rows = rows.filter(supplier__name__icontains=word)
    if wanted.mine:
        rows = rows.filter(owner_id=person_id)
    known = {one.supplier_id: one for one in lacking(today=today)}
    lines = [_line(row, known.get(row.supplier_id), today) for row in rows]
    return [one for one in lines if one.overdue or not wanted.overdue]


SORTS = {
    "leverandoer": lambda one: one.supplier_name.lower(),
    "frist": lambda one: (one.due_on is None, one.due_on),
    "mangler": lambda one: one.lacks,
    "forbrug": lambda one: one.spend_ore,
    "oprettet": lambda one: one.opened_at,
}
"""The words a list can be sorted by."""


def page_of(lines: Sequence[CaseLine], *, sort: str, falling: bool, page: int, size: int) -> list[CaseLine]:
    """One page of the cases in that order."""
    ordered = sorted(lines, key=SORTS.get(sort, SORTS["forbrug"]), reverse=falling)
    return ordered[(page - 1) * size : page * size]


def case_card(case_id: UUID, *, today: date) -> CaseCard:
    """Return a case with its steps, the latest first, and its files; six queries.

    Raises:
        CaseNotVisibleError: there is none for the caller.
    """
    row = CollectionCase.objects.select_related("supplier", "owner").filter(id=case_id).first()
    if row is None:
        raise CaseNotVisibleError
    supplier = row.supplier
    line = SupplierLine(supplier.id, supplier.source_id, supplier.name, supplier.cvr, supplier.kind, supplier.ean)
    lacks = lacking_of(line, today=today)
    steps = [
        StepLine(
            one.id,
            StepKind(one.kind),
            one.at,
            "" if one.by is None else one.by.name,
            one.text,
            one.recipient,
            MailState(one.mail) if one.mail else None,
        )
        for one in row.steps.select_related("by").order_by("-at", "-id")
    ]
    files = AgreementDocument.objects.defer("content", "text").select_related("contract").filter(collection=row)
    asked = [danish_day(one.at) for one in steps if one.kind is StepKind.ASKED]
    return CaseCard(
        **vars(_line(row, lacks, today)),
        cvr=row.supplier.cvr,
        owner_id=row.owner_id,
        email=row.email,
        grants=() if lacks is None else lacks.grants,
        asked_on=asked[0] if asked else None,
        steps=tuple(steps),
        files=tuple(
            FileLine(one.id, one.name, one.received_at, "" if one.contract is None else one.contract.number)
            for one in files.order_by("-received_at", "-id")
        ),
    )


def _line(row: CollectionCase, lacks: Lacking | None, today: date) -> CaseLine:
    return CaseLine(
        id=row.id,
        supplier_id=row.supplier_id,
        supplier_name=row.supplier.name,
        state=CollectionState(row.state),
        owner="" if row.owner is None else row.owner.name,
        due_on=row.due_on,
        overdue=row.due_on is not None and row.due_on < today,
        lacks=0 if lacks is None else len(lacks.grants),
        spend_ore=0 if lacks is None else lacks.spend_ore,
        opened_at=row.opened_at,
    )


def unanswered_cases(*, today: date) -> list[Unanswered]:
    """The cases with an owner that nobody answered in time and that no reminder follows by itself; one query."""
    waits = (CollectionState.ASKED.value, CollectionState.REMINDED.value)
    rows = CollectionCase.objects.filter(state__in=waits, due_on__lt=today, owner__isnull=False)
    reminded = Count("steps", filter=Q(steps__kind=StepKind.REMINDED.value))
    left = rows.annotate(reminded=reminded).filter(Q(email="") | Q(reminded__gte=MOST_REMINDERS))
    told = left.order_by("id").values_list("id", "owner_id", "supplier__name", "due_on")
    return [
        Unanswered(one, owner, name, due) for one, owner, name, due in told if owner is not None and due is not None
    ]
