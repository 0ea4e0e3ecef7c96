"""Scanned pages, read one by one by a job: each page that is done stays done, whatever becomes of the job."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from styr.access.core.permissions import Permission
from styr.access.crypto import seal, unseal
from styr.access.scope import service_scope
from styr.access.unit_roles import may_in
from styr.agreements.core.codes import DocumentState
from styr.agreements.core.reading.apart import page_apart
from styr.agreements.core.reading.document import Page, UnreadableDocumentError
from styr.agreements.core.reading.recognising import (
    DOTS,
    MISSING,
    MOST_PAGES,
    Recognised,
    Recogniser,
    can_recognise,
    recognising,
)
from styr.agreements.judging import describe, judge
from styr.agreements.models import AgreementDocument, ScannedPage
from styr.agreements.queries import DocumentNotVisibleError
from styr.agreements.sealed import opened_page, opened_text, place_of, place_of_scan, sealed_page
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from styr.agreements.core.reading.document import ContractText

SCAN_TASK: Final = "agreements.read_scans"
"""The job's name: `request_reading` defers it, `tasks.py` performs it."""


class UnableToReadAgainError(Refusal):
    """The document cannot be read again; the message says why."""


def request_reading(document: AgreementDocument, text: ContractText) -> bool:
    """Ask for a saved document's scanned pages to be read, in the caller's transaction; False when nothing is asked.

    Where the machine cannot read scans the document keeps the message that says so, and is read as it is.
    """
    if not text.scanned:
        return False
    if not can_recognise():
        document.message = MISSING
        document.save(update_fields=["message"])
        return False
    document.state, document.message = DocumentState.READING.value, ""
    document.save(update_fields=["state", "message"])
    job = jobs.configure_task(SCAN_TASK, lock=f"agreements:{document.id}")
    job.defer(municipality_id=str(document.municipality_id), document_id=str(document.id))
    return True


@transaction.atomic
def read_again(*, document_id: UUID, actor_id: UUID, today: date) -> None:
    """Ask once more for the pages that are not read, as when tesseract has come, or a job was given up.

    Raises:
        DocumentNotVisibleError: there is no such document for the caller.
        UnableToReadAgainError: every page is read, tesseract is missing, or the actor's role does not cover the unit.
    """
    document = AgreementDocument.objects.select_for_update().filter(id=document_id).first()
    if document is None:
        raise DocumentNotVisibleError
    if not may_in(user_id=actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=document.unit_id, on=today):
        raise UnableToReadAgainError("Du har ikke en rolle i enheden, som må ændre kontrakter.")
    if document.text is None or not document.scanned:
        raise UnableToReadAgainError("Alle sider er læst.")
    ScannedPage.objects.filter(document=document).exclude(fault="").delete()
    if not request_reading(document, opened_text(document.id, document.text)):
        raise UnableToReadAgainError(MISSING)


def read_scans(*, municipality_id: UUID, document_id: UUID) -> None:
    """Read what is left of a document's scanned pages, and judge the whole.

    A page is read once, however often the job is run or killed; one that fails is tried once more, after the others.
    """
    with service_scope(municipality_id, "job"):
        document = AgreementDocument.objects.filter(id=document_id, state=DocumentState.READING.value).first()
        if document is None or document.text is None:
            return
        left = _left(document, opened_text(document.id, document.text))
        content = unseal(document.content, place=place_of(document.id, "content"))
    again = _read_some(municipality_id, document_id, content, left, last=False)
    _read_some(municipality_id, document_id, content, again, last=True)
    with service_scope(municipality_id, "job"):
        _finish(document_id)


def _left(document: AgreementDocument, text: ContractText) -> list[int]:
    done = set(document.scanned_pages.values_list("number", flat=True))
    return [number for number in text.scanned[:MOST_PAGES] if number not in done]


def _read_some(
    municipality_id: UUID, document_id: UUID, content: bytes, left: Sequence[int], *, last: bool
) -> list[int]:
    """Read pages one by one; what failed is given back, or, the `last` time, kept with the reason."""
    failed: list[int] = []
    waiting = list(left)
    while waiting:
        with recognising() as recogniser:
            while waiting:
                number = waiting.pop(0)
                read = _recognised(recogniser, content, number)
                if isinstance(read, Recognised) or last:
                    with service_scope(municipality_id, "job"):
                        _keep(document_id, number, read)
                else:
                    failed.append(number)
                if isinstance(read, str):
                    break  # the program has ended: the next page needs a new one
    return failed


def _recognised(recogniser: Recogniser, content: bytes, number: int) -> Recognised | str:
    """The page, or why it could not be read."""
    try:
        return recogniser.page(page_apart(content, number=number, dots=DOTS), number)
    except UnreadableDocumentError as refused:
        return str(refused)


@transaction.atomic
def _keep(document_id: UUID, number: int, read: Recognised | str) -> None:
    document = AgreementDocument.objects.select_for_update().defer("content", "text").get(id=document_id)
    if ScannedPage.objects.filter(document=document, number=number).exists():
        return
    page = ScannedPage(
        id=uuid7(), municipality_id=document.municipality_id, unit_id=document.unit_id,
        contract_ref=document.contract_id, document=document, number=number,
    )  # fmt: skip
    if isinstance(read, str):
        page.fault, page.text = read[:200], sealed_page(page.id, Page(number, ""))
    else:
        page.text = sealed_page(page.id, read.page)
        page.picture = seal(read.pdf, place=place_of_scan(page.id, "picture"))
    page.save(force_insert=True)


@transaction.atomic
def _finish(document_id: UUID) -> None:
    document = AgreementDocument.objects.select_for_update().get(id=document_id)
    if document.state != DocumentState.READING.value or document.text is None:
        return
    text = with_scans(opened_text(document.id, document.text), list(document.scanned_pages.defer("picture")))
    describe(document, text)
    document.state = DocumentState.READ.value
    document.message = _told(text)
    document.save()
    judge(document, text)


def with_scans(text: ContractText, scans: Sequence[ScannedPage]) -> ContractText:
    """The text with what was recognised in its scanned pages; `scanned` are those that still are not read."""
    read = {one.number: opened_page(one.id, one.text) for one in scans if not one.fault}
    return replace(
        text,
        pages=tuple(read.get(page.number, page) for page in text.pages),
        scanned=tuple(number for number in text.scanned if number not in read),
    )


def _told(text: ContractText) -> str:
    if not text.scanned:
        return ""
    numbers = ", ".join(map(str, text.scanned[:10])) + (" …" if len(text.scanned) > 10 else "")  # noqa: PLR2004 - shown
    return f"Side {numbers} kunne ikke læses. Bed om en bedre scanning, eller del en fil på over {MOST_PAGES} sider."
