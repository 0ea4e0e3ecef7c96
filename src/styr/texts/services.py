"""Making the words and the facts of clauses from the texts of contract documents."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Cast

from styr.access.crypto import seal
from styr.agreements import across
from styr.agreements.core.review.quantities import quantities
from styr.agreements.core.review.sentences import sentences
from styr.agreements.reference.load import playbook
from styr.kernel.ids import uuid7
from styr.texts.core.indexing import as_tsvector, placed_words
from styr.texts.core.roots import roots
from styr.texts.hidden import hidden, place_of
from styr.texts.models import ClauseFact, DocumentWords

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from fractions import Fraction
    from uuid import UUID

    from styr.agreements.across import JudgedClause, ReadDocument
    from styr.agreements.core.review.sentences import Sentence

RECIPE: Final = 1
"""Raised when words are made in another way, so that every document is made anew."""

_LEAST: Final = 4
_WORST_FIRST: Final = {"red": 0, "ok": 1, "missing": 2}
_CENT: Final = Decimal("0.01")


def index_documents(*, municipality_id: UUID, most: int = 200) -> int:
    """Make words and facts of up to so many documents whose text is new or changed; return how many were made.

    One that cannot be opened is told in the log, found by no words, and in nobody's way; it is tried again when its
    text changes. Within the caller's scope. A document that is made anew loses what it had, in one transaction.
    """
    sources = across.text_sources()
    made = {
        one.document_id: one.source for one in DocumentWords.objects.filter(recipe=RECIPE).only("document", "source")
    }
    stale = {key: source for key, source in sources.items() if made.get(key) != source}
    chosen = dict(list(stale.items())[:most])
    if not chosen:
        return 0
    with transaction.atomic():
        DocumentWords.objects.filter(document_id__in=chosen).delete()
        ClauseFact.objects.filter(document_id__in=chosen).delete()
        for document in across.read_documents(chosen):
            read = sentences(document.pages)
            _keep_words(municipality_id, document)
            ClauseFact.objects.bulk_create(_facts(municipality_id, document, read))
    return len(chosen)


def forget_documents(document_ids: Collection[UUID]) -> None:
    """Take documents out of the search, before they themselves are erased: what is made of a text has no history."""
    ClauseFact.objects.filter(document_id__in=document_ids).delete()
    DocumentWords.objects.filter(document_id__in=document_ids).delete()


def _keep_words(municipality_id: UUID, document: ReadDocument) -> None:
    places = placed_words((page.text for page in document.pages), known=_trade_words())
    DocumentWords.objects.bulk_create(
        [
            DocumentWords(
                municipality_id=municipality_id,
                unit_id=document.unit_id,
                contract_ref=document.contract_id,
                document_id=document.id,
                words=Cast(Value(as_tsvector(places, hidden)), SearchVectorField()),
                source=document.source,
                recipe=RECIPE,
            )
        ]
    )


@cache
def _trade_words() -> frozenset[str]:
    """Roots of the words that the playbook is written with: what compounds of the trade are made of."""
    book = playbook()
    written = chain.from_iterable((clause.title, clause.preferred, *clause.questions) for clause in book.clauses)
    return frozenset(word.root for text in written for word in roots(text) if len(word.text) >= _LEAST)


def _facts(municipality_id: UUID, document: ReadDocument, read: Sequence[Sentence]) -> list[ClauseFact]:
    """One fact a clause: its worst verdict, and the numbers of the sentence that this points at."""
    worst: dict[str, JudgedClause] = {}
    for one in document.clauses:
        held = worst.get(one.clause)
        if held is None or _WORST_FIRST[one.verdict] < _WORST_FIRST[held.verdict]:
            worst[one.clause] = one
    by_number = {one.number: one for one in read}
    return [_fact(municipality_id, document, one, by_number.get(_number(one))) for one in worst.values()]


def _number(verdict: JudgedClause) -> int:
    """The number of its sentence; -1, which none has, where the clause is missing."""
    return -1 if verdict.sentence is None else verdict.sentence


def _fact(municipality_id: UUID, document: ReadDocument, one: JudgedClause, stands: Sentence | None) -> ClauseFact:
    counted = () if stands is None else quantities(stands.words)
    days = [_exact(one.value) for one in counted if one.kind == "days"]
    percent = [_exact(one.value) for one in counted if one.kind == "percent"]
    fact_id = uuid7()
    return ClauseFact(
        id=fact_id, municipality_id=municipality_id, unit_id=document.unit_id, contract_ref=document.contract_id,
        document_id=document.id, clause=one.clause, verdict=one.verdict, page=one.page,
        said=None if stands is None else seal(stands.text.encode(), place=place_of(fact_id)),
        least_days=min(days, default=None), most_days=max(days, default=None),
        percent=percent[0] if len(percent) == 1 else None,
    )  # fmt: skip


def _exact(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_CENT)
