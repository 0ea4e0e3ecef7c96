"""The files that are made of a version: its PDF/A, and Word's own redline against the version before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.access.crypto import seal, unseal
from styr.access.scope import service_scope
from styr.agreements.core.reading.document import Kind
from styr.drafting.core.codes import Making
from styr.drafting.core.word.apart import UnableToTurnError, as_pdf, redline
from styr.drafting.models import DraftVersion
from styr.drafting.sealed import place_of

if TYPE_CHECKING:
    from uuid import UUID

PURPOSE: Final = "job"


def render(*, municipality_id: UUID, version_id: UUID) -> None:
    """Make what is not there yet; done again after a kill it makes the same. What failed is told on the page.

    The programs run between two transactions, so that nothing is locked while LibreOffice works.
    """
    with service_scope(municipality_id, PURPOSE):
        version = DraftVersion.objects.filter(id=version_id).first()
        if version is None or version.making == Making.DONE:
            return
        data = _opened(version, "content")
        before = _before(version)
    made: dict[str, bytes] = {}
    complaints: list[str] = []
    try:
        made["pdf"] = data if version.kind == Kind.PDF else as_pdf(data)
    except UnableToTurnError as refused:
        complaints.append(str(refused))
    if before is not None:
        try:
            made["redline"] = redline(before, data, author="Styr")
        except UnableToTurnError as refused:
            complaints.append(str(refused))
    with service_scope(municipality_id, PURPOSE):
        kept = {name: seal(one, place=place_of("draftversion", name, version_id)) for name, one in made.items()}
        state = Making.FAILED if complaints else Making.DONE
        DraftVersion.objects.filter(id=version_id).update(making=state, message=" ".join(complaints)[:300], **kept)


def _before(version: DraftVersion) -> bytes | None:
    """The nearest earlier version that is a Word file, if this one is too."""
    if version.kind != Kind.DOCX:
        return None
    earlier = DraftVersion.objects.filter(draft_id=version.draft_id, number__lt=version.number, kind=Kind.DOCX)
    found = earlier.order_by("-number").first()
    return None if found is None else _opened(found, "content")


def _opened(version: DraftVersion, column: str) -> bytes:
    return unseal(getattr(version, column), place=place_of("draftversion", column, version.id))
