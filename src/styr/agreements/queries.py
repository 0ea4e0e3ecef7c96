"""What the page about a contract document shows: a fixed number of queries, everything within the caller's scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.agreements.core.codes import ClauseState, DocumentState, FieldState
from styr.agreements.core.review.costs import Cost, Price, cost_of, price_of
from styr.agreements.core.review.fields import fields
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.core.review.sentences import Sentence, sentences
from styr.agreements.listing import SORTS, DocumentFilter, DocumentLine, document_page
from styr.agreements.models import AgreementDocument, ReviewedClause
from styr.agreements.reference.load import playbook
from styr.agreements.registered import REGISTERED, registered_price
from styr.agreements.sealed import opened_text
from styr.invoices.core.masking import masked
from styr.kernel.refusal import NotThere

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from styr.agreements.core.reading.document import ContractText

__all__ = [
    "SORTS",
    "DocumentCard",
    "DocumentFilter",
    "DocumentLine",
    "DocumentNotVisibleError",
    "document_card",
    "document_page",
    "text_of_document",
]
_LONGEST = 200


class DocumentNotVisibleError(NotThere):
    """There is no such document, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Dokumentet findes ikke, eller du har ikke adgang til det.")


@dataclass(frozen=True)
class FieldLine:
    """A proposed fact and what was said of it; `words`, those it was read in, hold CPR numbers and are not shown."""

    id: UUID
    name: str
    value: str
    page: int
    state: FieldState
    final: str
    words: str
    sentence: int | None


@dataclass(frozen=True)
class ClauseLine:
    """A clause's verdict with the playbook's words, and what was said of it; `sentence` is its number in the text.

    `words` is the sentence as it stands, `quoted` the same with CPR numbers masked; `cost` what a risk may cost.
    """

    id: UUID
    title: str
    verdict: Verdict
    risk: str
    proposal: str
    questions: tuple[str, ...]
    page: int
    sentence: int | None
    words: str
    quoted: str
    state: ClauseState
    note: str
    cost: Cost | None


@dataclass(frozen=True)
class TextLine:
    """A sentence of the document as it is shown, CPR numbers masked; `marked` when a risk stands in it."""

    number: int
    text: str
    is_heading: bool
    marked: bool


@dataclass(frozen=True)
class RelatedLine:
    """A document that this one was taken out of, or that was taken out of it."""

    id: UUID
    name: str


@dataclass(frozen=True)
class DocumentCard:
    """Everything the page about a document shows; `pages` are its sentences by page, `read` of `to_read` the scans."""

    id: UUID
    name: str
    state: DocumentState
    message: str
    kind: str
    page_count: int
    scanned: int
    read: int
    to_read: int
    macros: bool
    language: str
    beginnings: tuple[int, ...]
    playbook: str
    contract_id: UUID | None
    contract_number: str
    citizen_id: UUID | None
    collection_id: UUID | None
    received_at: datetime
    received_by: str
    taken_from: RelatedLine | None
    parts: tuple[RelatedLine, ...]
    fields: tuple[FieldLine, ...]
    clauses: tuple[ClauseLine, ...]
    pages: tuple[tuple[int, tuple[TextLine, ...]], ...]
    text: ContractText | None


def document_card(document_id: UUID) -> DocumentCard:
    """Return a document with its text, proposals and verdicts; five queries. The register prices what it does not.

    Raises:
        DocumentNotVisibleError: there is none for the caller.
    """
    row = _visible(document_id)
    text = None if row.text is None else opened_text(row.id, row.text)
    read = () if text is None else sentences(text.pages)
    facts = tuple(_fields(row, read))
    notice_days = None if row.contract is None else row.contract.notice_days
    clauses = tuple(_clauses(row, read, _price(facts) or registered_price(row), notice_days))
    scans = row.scanned_pages.count() if row.state == DocumentState.READING.value else 0
    return DocumentCard(
        id=row.id,
        name=row.name,
        state=DocumentState(row.state),
        message=row.message,
        kind=row.kind,
        page_count=row.pages,
        scanned=row.scanned,
        read=scans,
        to_read=row.scanned,
        macros=row.macros,
        language=row.language,
        beginnings=tuple(row.beginnings),
        playbook=row.playbook,
        contract_id=row.contract_id,
        contract_number="" if row.contract is None else row.contract.number,
        citizen_id=None if row.contract is None else row.contract.citizen_id,
        collection_id=row.collection_id,
        received_at=row.received_at,
        received_by=row.received_by.name,
        taken_from=None if row.taken_from is None else RelatedLine(row.taken_from.id, row.taken_from.name),
        parts=tuple(RelatedLine(*one) for one in row.parts.order_by("received_at", "id").values_list("id", "name")),
        fields=facts,
        clauses=clauses,
        pages=_pages(read, {one.sentence for one in clauses if one.verdict is Verdict.RED}),
        text=text,
    )


def text_of_document(document_id: UUID) -> ContractText | None:
    """Return what was read in a document, None where nothing could be; one query.

    Raises:
        DocumentNotVisibleError: there is none for the caller.
    """
    row = AgreementDocument.objects.filter(id=document_id).only("id", "text").first()
    if row is None:
        raise DocumentNotVisibleError
    return None if row.text is None else opened_text(row.id, row.text)


def _visible(document_id: UUID) -> AgreementDocument:
    rows = AgreementDocument.objects.defer("content", "taken_from__content", "taken_from__text")
    joined = rows.select_related("contract", "received_by", "taken_from").prefetch_related("fields", "clauses")
    row = joined.annotate(registered=REGISTERED).filter(id=document_id).first()
    if row is None:
        raise DocumentNotVisibleError
    return row


def _fields(row: AgreementDocument, read: tuple[Sentence, ...]) -> Iterable[FieldLine]:
    """The kept proposals, each with the words that a new reading finds it in."""
    places = {(one.name, one.value[:_LONGEST]): one for one in reversed(fields(read))}
    for one in sorted(row.fields.all(), key=lambda one: one.position):
        place = places.get((one.name, one.value))
        yield FieldLine(
            id=one.id,
            name=one.name,
            value=one.value,
            page=one.page,
            state=FieldState(one.state),
            final=one.final,
            words="" if place is None else place.sentence.text if one.name == "citizen" else place.quoted,
            sentence=None if place is None else place.sentence.number,
        )


def _price(facts: Iterable[FieldLine]) -> Price | None:
    """The first price of the document that runs with time, as confirmed or as proposed."""
    written = [one.final or one.value for one in facts if one.name == "price" and one.state is not FieldState.DROPPED]
    prices = [price for words in written if (price := price_of(words)) is not None and price.day is not None]
    return prices[0] if prices else None


def _pages(text: tuple[Sentence, ...], red: set[int | None]) -> tuple[tuple[int, tuple[TextLine, ...]], ...]:
    lines: dict[int, list[TextLine]] = {}
    for one in text:
        shown = TextLine(one.number, masked(one.text), one.is_heading, one.number in red)
        lines.setdefault(one.page, []).append(shown)
    return tuple((page, tuple(shown)) for page, shown in lines.items())


def _clauses(
    row: AgreementDocument, read: tuple[Sentence, ...], price: Price | None, notice_days: int | None
) -> Iterable[ClauseLine]:
    text = {one.number: one for one in read}
    for one in sorted(row.clauses.all(), key=lambda one: one.position):
        yield _clause(one, text, price, notice_days)


def _clause(row: ReviewedClause, text: dict[int, Sentence], price: Price | None, notice_days: int | None) -> ClauseLine:
    clause = next(one for one in playbook().clauses if one.code == row.clause)
    flag = next((one for one in clause.red if one.code == row.rule), None)
    missing = row.verdict == Verdict.MISSING.value
    stands = text.get(-1 if row.sentence is None else row.sentence)
    words = "" if stands is None else stands.text
    return ClauseLine(
        id=row.id,
        title=clause.title,
        verdict=Verdict(row.verdict),
        risk=flag.risk if flag else clause.missing if missing else "",
        proposal=flag.proposal if flag else clause.preferred if missing else "",
        questions=clause.questions,
        page=row.page,
        sentence=row.sentence,
        words=words,
        quoted=masked(words),
        state=ClauseState(row.state),
        note=row.note,
        cost=cost_of(flag.cost, sentence=words, price=price, notice_days=notice_days) if flag else None,
    )
