"""The files of contracts as they came, for whoever hands out or archives everything about a citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.access.crypto import unseal
from styr.agreements.models import AgreementDocument
from styr.agreements.sealed import place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from uuid import UUID


def document_files(document_ids: Collection[UUID]) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of the documents, in the order in which they came; one query. The caller logs the look."""
    rows = AgreementDocument.objects.filter(id__in=document_ids).defer("text").order_by("received_at", "id")
    for row in rows.iterator(chunk_size=10):
        yield row.name, unseal(row.content, place=place_of(row.id, "content"))
