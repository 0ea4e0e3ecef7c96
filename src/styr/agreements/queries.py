"""What the pages about contract documents show: fixed numbers of queries, everything within the caller's scope."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from styr.access.crypto import unseal
from styr.agreements.core.codes import ClauseState, DocumentState, FieldState
from styr.agreements.core.reading.apart import text_of
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.core.review.sentences import sentences
from styr.agreements.models import AgreementDocument, ReviewedClause
from styr.agreements.reference.load import playbook
from styr.agreements.sealed import place_of
from styr.invoices.core.masking import masked
from styr.kernel.refusal import NotThere

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from styr.agreements.core.review.sentences import Sentence


class DocumentNotVisibleError(NotThere):
    """There is no such document, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Dokumentet findes ikke, eller du har ikke adgang til det.")


@dataclass(frozen=True)
class DocumentLine:
    """A document in a list, with how much of it waits for somebody."""

    id: UUID
    name: str
    state: DocumentState
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


@dataclass(frozen=True)
class FieldLine:
    """A proposed fact and what was said of it."""

    id: UUID
    name: str
    value: str
    page: int
    state: FieldState
    final: str


@dataclass(frozen=True)
class ClauseLine:
    """A clause's verdict with the playbook's words, and what was said of it; `sentence` is its number in the text."""

    id: UUID
    title: str
    verdict: Verdict
    risk: str
    proposal: str
    questions: tuple[str, ...]
    page: int
    sentence: int | None
    quoted: str
    state: ClauseState
    note: str


@dataclass(frozen=True)
class TextLine:
    """A sentence of the document as it is shown, CPR numbers masked; `marked` when a risk stands in it."""

    number: int
    text: str
    is_heading: bool
    marked: bool


@dataclass(frozen=True)
class DocumentCard:
    """Everything the page about a document shows; `pages` are its sentences by page."""

    id: UUID
    name: str
    state: DocumentState
    message: str
    kind: str
    scanned: int
    macros: bool
    playbook: str
    contract_id: UUID | None
    contract_number: str
    citizen_id: UUID | None
    received_at: datetime
    received_by: str
    fields: tuple[FieldLine, ...]
    clauses: tuple[ClauseLine, ...]
    pages: tuple[tuple[int, tuple[TextLine, ...]], ...]


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
        contract_id=row.contract_id,
        contract_number="" if contract is None else contract.number,
        supplier_name="" if contract is None else contract.supplier.name,
        received_at=row.received_at,
        pages=row.pages,
        red=counts["red"],
        missing=counts["missing"],
        undecided=counts["undecided"],
    )


def document_card(document_id: UUID) -> DocumentCard:
    """Return a document with its text, proposals and verdicts; three queries.

    Raises:
        DocumentNotVisibleError: there is none for the caller.
    """
    parts = AgreementDocument.objects.defer("content").select_related("contract", "received_by")
    row = parts.prefetch_related("fields", "clauses").filter(id=document_id).first()
    if row is None:
        raise DocumentNotVisibleError
    text = _sentences(row)
    by_number = {one.number: one for one in text}
    clauses = tuple(_clause(one, by_number) for one in sorted(row.clauses.all(), key=lambda one: one.position))
    red = {one.sentence for one in clauses if one.verdict is Verdict.RED}
    return DocumentCard(
        id=row.id,
        name=row.name,
        state=DocumentState(row.state),
        message=row.message,
        kind=row.kind,
        scanned=row.scanned,
        macros=row.macros,
        playbook=row.playbook,
        contract_id=row.contract_id,
        contract_number="" if row.contract is None else row.contract.number,
        citizen_id=None if row.contract is None else row.contract.citizen_id,
        received_at=row.received_at,
        received_by=row.received_by.name,
        fields=tuple(
            FieldLine(one.id, one.name, one.value, one.page, FieldState(one.state), one.final)
            for one in sorted(row.fields.all(), key=lambda one: one.position)
        ),
        clauses=clauses,
        pages=_pages(text, red),
    )


def _sentences(row: AgreementDocument) -> tuple[Sentence, ...]:
    if row.text is None:
        return ()
    told = json.loads(unseal(row.text, place=place_of(row.id, "text")))
    return sentences(text_of(told).pages)


def _pages(text: tuple[Sentence, ...], red: set[int | None]) -> tuple[tuple[int, tuple[TextLine, ...]], ...]:
    lines: dict[int, list[TextLine]] = {}
    for one in text:
        shown = TextLine(one.number, masked(one.text), one.is_heading, one.number in red)
        lines.setdefault(one.page, []).append(shown)
    return tuple((page, tuple(shown)) for page, shown in lines.items())


def _clause(row: ReviewedClause, text: dict[int, Sentence]) -> ClauseLine:

    clause = next(one for one in playbook().clauses if one.code == row.clause)
    flag = next((one for one in clause.red if one.code == row.rule), None)
    missing = row.verdict == Verdict.MISSING.value
    stands = text.get(-1 if row.sentence is None else row.sentence)
    return ClauseLine(
        id=row.id,
        title=clause.title,
        verdict=Verdict(row.verdict),
        risk=flag.risk if flag else clause.missing if missing else "",
        proposal=flag.proposal if flag else clause.preferred if missing else "",
        questions=clause.questions,
        page=row.page,
        sentence=row.sentence,
        quoted="" if stands is None else masked(stands.text),
        state=ClauseState(row.state),
        note=row.note,
    )
