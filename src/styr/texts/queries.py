"""What a search in the contracts' texts finds, within the caller's scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.agreements import across
from styr.kernel.paging import counted_page
from styr.texts.core.asking import as_tsquery
from styr.texts.core.excerpts import excerpts
from styr.texts.hidden import hidden
from styr.texts.models import DocumentWords

if TYPE_CHECKING:
    from uuid import UUID

    from styr.agreements.across import DocumentName
    from styr.texts.core.asking import Asked
    from styr.texts.core.excerpts import Excerpt

PAGE_SIZE: Final = 10
_EXCERPTS: Final = 2

# The index first, then the policies: rows of cases and units that are not the caller's fall out in the join.
_FOUND = """
SELECT w.document_id, count(*) OVER () FROM texts_found(%s::tsquery) AS f
JOIN texts_documentwords AS w ON w.id = f.words_id
ORDER BY f.worth DESC, w.document_id DESC LIMIT %s OFFSET %s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, with the passages that say why."""

    document: DocumentName
    passages: tuple[Excerpt, ...]


def found_documents(asked: Asked, *, page: int, size: int = PAGE_SIZE) -> tuple[list[Hit], int]:
    """One page of the documents that hold what is asked for, and how many there are; three queries.

    The best come first, and the newest where very many have the words.
    """
    with connection.cursor() as cursor:
        words = as_tsquery(asked, hidden)

        def ask(first: int, most: int) -> list[tuple[UUID, int]]:
            cursor.execute(_FOUND, [words, most, first])
            return list(cursor.fetchall())

        rows, total = counted_page(ask, first=(page - 1) * size, size=size)
    if not rows:
        return [], total
    ids = [document_id for document_id, _total in rows]
    names, pages = across.document_names(ids), across.document_pages(ids)
    hits = [Hit(names[one], excerpts(pages.get(one, ()), asked.wanted, most=_EXCERPTS)) for one in ids if one in names]
    return hits, total


def documents_waiting() -> int:
    """How many read documents have no words yet and are not found; two queries."""
    return len(across.text_sources().keys() - set(DocumentWords.objects.values_list("document_id", flat=True)))
