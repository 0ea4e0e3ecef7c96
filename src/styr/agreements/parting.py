"""Several contracts in one file: a person says on which pages they begin, and each becomes a document of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.access.crypto import unseal
from styr.agreements.core.reading.apart import part_apart
from styr.agreements.core.reading.document import Kind, UnreadableDocumentError
from styr.agreements.core.reading.several import parts
from styr.agreements.models import AgreementDocument
from styr.agreements.queries import DocumentNotVisibleError
from styr.agreements.sealed import place_of
from styr.agreements.services import HandedIn, UnableToDecideError, kept_document, require_editor
from styr.kernel.clock import danish_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

_MOST_PARTS = 50


class UnableToPartError(UnableToDecideError):
    """The document cannot be parted so; the message says why."""


@transaction.atomic
def part_document(*, document_id: UUID, starts: Sequence[int], actor_id: UUID, now: datetime) -> tuple[UUID, ...]:
    """Make a document of each contract in a PDF, beginning on these pages; the whole file is kept as it is.

    Raises:
        DocumentNotVisibleError: there is no such document for the caller.
        UnableToPartError: it is no PDF, was parted before, or the pages part nothing.
    """
    document = AgreementDocument.objects.select_for_update().defer("text").filter(id=document_id).first()
    if document is None:
        raise DocumentNotVisibleError
    require_editor(document, actor_id, danish_day(now))
    if document.kind != Kind.PDF.value:
        raise UnableToPartError("Kun PDF-filer kan deles her. Del filen, og indlæs delene hver for sig.", document_id)
    if document.parts.exists():
        raise UnableToPartError("Filen er allerede delt.", document_id)
    told = [start for start in starts if 1 <= start <= document.pages]
    pieces = parts(told, pages=document.pages) if told else ()
    if not 1 < len(pieces) <= _MOST_PARTS or len(told) != len(starts):
        raise UnableToPartError(
            f"Skriv mindst to sidetal mellem 1 og {document.pages}, højst {_MOST_PARTS}.", document_id
        )
    data = unseal(document.content, place=place_of(document.id, "content"))
    stem = document.name.removesuffix(".pdf").removesuffix(".PDF")[:200]
    made = []
    for first, last in pieces:
        try:
            part = part_apart(data, first=first, last=last)
        except UnreadableDocumentError as refused:
            raise UnableToPartError(str(refused), document_id) from refused
        like = AgreementDocument(
            municipality_id=document.municipality_id, unit_id=document.unit_id, contract_id=document.contract_id,
            collection_id=document.collection_id, taken_from_id=document.id, received_at=now, received_by_id=actor_id,
        )  # fmt: skip
        name = f"{stem}, side {first}-{last}.pdf" if first < last else f"{stem}, side {first}.pdf"
        made.append(kept_document(HandedIn(name, part), like, depth=0))
    return tuple(made)
