"""The files of drafts and of what was signed, for whoever hands out or archives everything about a citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.access.crypto import unseal
from styr.drafting.models import DraftVersion, SignedFile
from styr.drafting.sealed import place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from uuid import UUID


def draft_files(draft_ids: Collection[UUID]) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of every version and signed file of the drafts; two queries. The caller logs the look."""
    versions = DraftVersion.objects.filter(draft_id__in=draft_ids).defer("read", "pdf", "redline")
    for version in versions.order_by("draft_id", "number").iterator(chunk_size=10):
        yield version.name, unseal(version.content, place=place_of("draftversion", "content", version.id))
    for signed in SignedFile.objects.filter(draft_id__in=draft_ids).order_by("received_at", "id"):
        yield signed.name, unseal(signed.content, place=place_of("signedfile", "content", signed.id))
