"""All contract documents at once, for those who search and compare them; everything within the caller's scope."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Concat

from styr.access.crypto import UnreadableValueError, unseal
from styr.agreements.core.reading.apart import text_of
from styr.agreements.core.reading.document import Page
from styr.agreements.models import AgreementDocument, ReviewedClause
from styr.agreements.sealed import place_of
from styr.invoices.core.masking import masked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from uuid import UUID


_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JudgedClause:
    """One verdict on a clause; `sentence` is its number in the text, None where the clause is missing."""

    clause: str
    verdict: str
    page: int
    sentence: int | None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document's text with CPR numbers masked, page by page, and what was judged of its clauses."""

    id: UUID
    unit_id: UUID | None
    contract_id: UUID | None
    source: str
    pages: tuple[Page, ...]
    clauses: tuple[JudgedClause, ...]


@dataclass(frozen=True, slots=True)
class DocumentName:
    """What a document is called, and the contract that it belongs to."""

    id: UUID
    name: str
    received_at: datetime
    contract_id: UUID | None
    contract_number: str
    supplier_name: str
    citizen_id: UUID | None


def text_sources() -> dict[UUID, str]:
    """Each read document's id with a checksum that changes when its text or its verdicts do; one query."""
    checksum = Concat(Func(F("text"), function="md5"), Value(":"), F("playbook"), output_field=CharField(max_length=60))
    read = AgreementDocument.objects.filter(text__isnull=False).annotate(source=checksum)
    return dict(read.values_list("id", "source"))


def read_documents(sources: dict[UUID, str]) -> Iterator[ReadDocument]:
    """The documents with these ids, each given with the checksum that it was asked for by; two queries."""
    rows = AgreementDocument.objects.filter(id__in=sources, text__isnull=False).defer("content")
    judged: dict[UUID, list[JudgedClause]] = {}
    for one in ReviewedClause.objects.filter(document_id__in=sources).order_by("document_id", "position"):
        told = JudgedClause(one.clause, one.verdict, one.page, one.sentence)
        judged.setdefault(one.document_id, []).append(told)
    for row in rows.iterator(chunk_size=50):
        pages, clauses = _pages(row), tuple(judged.get(row.id, ()))
        yield ReadDocument(row.id, row.unit_id, row.contract_id, sources[row.id], pages, clauses)


def document_pages(document_ids: Collection[UUID]) -> dict[UUID, tuple[Page, ...]]:
    """The pages of the documents, CPR numbers masked; one query."""
    rows = AgreementDocument.objects.filter(id__in=document_ids, text__isnull=False).only("id", "text")
    return {row.id: _pages(row) for row in rows}


def document_names(document_ids: Collection[UUID]) -> dict[UUID, DocumentName]:
    """What the documents are called and belong to; one query."""
    rows = AgreementDocument.objects.filter(id__in=document_ids).defer("content", "text")
    return {
        row.id: DocumentName(
            id=row.id,
            name=row.name,
            received_at=row.received_at,
            contract_id=row.contract_id,
            contract_number="" if row.contract is None else row.contract.number,
            supplier_name="" if row.contract is None else row.contract.supplier.name,
            citizen_id=None if row.contract is None else row.contract.citizen_id,
        )
        for row in rows.select_related("contract__supplier")
    }


def _pages(row: AgreementDocument) -> tuple[Page, ...]:
    if row.text is None:
        return ()
    try:
        told = json.loads(unseal(row.text, place=place_of(row.id, "text")))
    except UnreadableValueError:
        _LOG.warning("Teksten i dokument %s kan ikke åbnes; den er krypteret med en anden nøgle.", row.id)
        return ()
    return tuple(Page(page.number, masked(page.text)) for page in text_of(told).pages)
