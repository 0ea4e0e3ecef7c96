"""The letters of negotiations, for whoever hands out or archives everything about a citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.access.crypto import unseal
from styr.negotiations.letters import sealed_at
from styr.negotiations.models import CaseLetter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from uuid import UUID


def letter_files(letter_ids: Collection[UUID]) -> Iterator[tuple[str, bytes]]:
    """The name and words of each letter, as a text file; one query. The caller logs the look."""
    for letter in CaseLetter.objects.filter(id__in=letter_ids).order_by("written_at", "id"):
        words = unseal(bytes(letter.content), place=sealed_at(letter.id))
        yield f"{letter.subject}.txt", letter.subject.encode() + b"\n\n" + words
