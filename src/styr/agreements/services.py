"""What people do with a contract's file: hand it in, confirm what was read in it, and judge its clauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from styr.access.core.permissions import Permission
from styr.access.crypto import seal
from styr.access.unit_roles import may_in
from styr.agreements.collecting import note_received
from styr.agreements.core.codes import ClauseState, DocumentState, FieldState
from styr.agreements.core.reading.apart import mail_apart, read_apart
from styr.agreements.core.reading.document import (
    MACROS,
    MOST_BYTES,
    ContractText,
    Kind,
    Page,
    UnreadableDocumentError,
    kind_of,
    refuse_size,
)
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.judging import LONGEST_VALUE, describe, judge
from styr.agreements.models import AgreementDocument, ProposedField, ReviewedClause
from styr.agreements.queries import DocumentNotVisibleError
from styr.agreements.scanning import request_reading
from styr.agreements.sealed import place_of
from styr.contracts import queries as contracts
from styr.kernel.clock import danish_day
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal
from styr.people import queries as people

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

_DEEPEST = 2


class UnableToTakeDocumentError(Refusal):
    """The file cannot be taken in; the message says why."""


class UnableToDecideError(Refusal):
    """The proposal or the clause cannot be decided so; the message says why, `document_id` where it stands."""

    def __init__(self, message: str, document_id: UUID) -> None:
        super().__init__(message)
        self.document_id = document_id


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as somebody handed it in."""

    name: str
    data: bytes = field(repr=False)


@transaction.atomic
def take_document(  # noqa: PLR0913 - a file and where it belongs, all by keyword
    *,
    municipality_id: UUID,
    file: HandedIn,
    contract_id: UUID | None,
    actor_id: UUID,
    now: datetime,
    collection_id: UUID | None = None,
) -> UUID:
    """Keep a file, read it beside this process, and judge its clauses; return the document's id.

    The same bytes for the same contract are the same document. What cannot be read is kept with the reason. Scanned
    pages are read by a job; the files of a mail become documents of their own.

    Raises:
        UnableToTakeDocumentError: the file is empty or above 40 MB, or the caller's role does not cover its unit.
        ContractNotVisibleError: there is no such contract for the caller.
    """
    if not file.data:
        raise UnableToTakeDocumentError("Filen er tom.")
    if len(file.data) > MOST_BYTES:
        raise UnableToTakeDocumentError("Filen er over 40 MB. Del den, eller gem den i mindre kvalitet.")
    blank = AgreementDocument(
        municipality_id=municipality_id,
        unit_id=_unit_of(contract_id),
        contract_id=contract_id,
        collection_id=collection_id,
        received_at=now,
        received_by_id=actor_id,
    )
    if not _may_edit(actor_id, blank.unit_id, danish_day(now)):
        raise UnableToTakeDocumentError(
            "Du kan kun indlæse filer til kontrakter i dine egne enheder. Indlæs filen fra kontraktens side."
        )
    kept = kept_document(file, blank, depth=0)
    if collection_id is not None:
        note_received(case_id=collection_id, file_name=file.name[-200:], actor_id=actor_id, now=now)
    return kept


@transaction.atomic
def take_signed_document(  # noqa: PLR0913 - a file and where it belongs, all by keyword
    *, municipality_id: UUID, file: HandedIn, contract_id: UUID, amends: bool, actor_id: UUID, now: datetime
) -> UUID:
    """Keep a file that was signed from one of our drafts as the contract's document; return the document's id.

    Its text was held against the register before, so its facts are confirmed by whoever took it in; what a job reads
    in a scan later waits for somebody as ever. A supplement (`amends`) misses no clause that it does not name.

    Raises:
        UnableToTakeDocumentError, ContractNotVisibleError: as `take_document`.
    """
    kept = take_document(
        municipality_id=municipality_id, file=file, contract_id=contract_id, actor_id=actor_id, now=now
    )
    proposed = ProposedField.objects.filter(document_id=kept, state=FieldState.PROPOSED.value)
    proposed.update(state=FieldState.CONFIRMED.value, final=F("value"), decided_at=now, decided_by_id=actor_id)
    if amends:
        ReviewedClause.objects.filter(document_id=kept, verdict=Verdict.MISSING.value).delete()
    return kept


def kept_document(file: HandedIn, like: AgreementDocument, *, depth: int) -> UUID:
    """Keep and read a file where `like` belongs; the document that has these bytes there already is the same one."""
    checksum = sha256(file.data).hexdigest()
    known = AgreementDocument.objects.filter(
        Q(contract_id=like.contract_id), Q(collection_id=like.collection_id), sha256=checksum
    ).values_list("id", flat=True)
    if (found := known.first()) is not None:
        return found
    document = AgreementDocument(
        id=uuid7(),
        municipality_id=like.municipality_id,
        unit_id=like.unit_id,
        contract_id=like.contract_id,
        collection_id=like.collection_id,
        taken_from_id=like.taken_from_id,
        received_at=like.received_at,
        received_by_id=like.received_by_id,
        name=file.name.replace("\\", "/").rsplit("/", 1)[-1][-255:] or "uden navn",
        sha256=checksum,
        size=len(file.data),
    )
    document.content = seal(file.data, place=place_of(document.id, "content"))
    try:
        _read(document, file.data, depth)
    except UnreadableDocumentError as refused:
        document.state, document.message = DocumentState.UNREADABLE.value, str(refused)[:300]
        document.macros = str(refused) == MACROS
        document.save(force_insert=True)
    return document.id


def _read(document: AgreementDocument, data: bytes, depth: int) -> None:
    refuse_size(data)
    if kind_of(data) is Kind.MAIL:
        _read_mail(document, data, depth)
        return
    text = read_apart(data)
    describe(document, text)
    document.state = DocumentState.READ.value
    document.save(force_insert=True)
    if not request_reading(document, text):
        judge(document, text)


def _read_mail(document: AgreementDocument, data: bytes, depth: int) -> None:
    """The mail itself is kept as text; the files that came with it become documents taken from it."""
    mail = mail_apart(data)
    describe(document, ContractText(Kind.MAIL, (Page(1, mail.text),), (), macros=False))
    document.state, document.language, document.beginnings = DocumentState.READ.value, "", []
    document.save(force_insert=True)
    if depth >= _DEEPEST:
        return
    like = AgreementDocument(
        municipality_id=document.municipality_id,
        unit_id=document.unit_id,
        contract_id=document.contract_id,
        collection_id=document.collection_id,
        taken_from_id=document.id,
        received_at=document.received_at,
        received_by_id=document.received_by_id,
    )
    for one in mail.files:
        kept_document(HandedIn(one.name, one.data), like, depth=depth + 1)


def _unit_of(contract_id: UUID | None) -> UUID | None:
    """The unit of the contract's citizen; None for frameworks and files without a contract."""
    if contract_id is None:
        return None
    citizen_id = contracts.contract_card(contract_id).citizen_id
    return None if citizen_id is None else people.unit_of(citizen_id)


def _may_edit(actor_id: UUID, unit_id: UUID | None, on: date) -> bool:
    return may_in(user_id=actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=unit_id, on=on)


def require_editor(document: AgreementDocument | ProposedField | ReviewedClause, actor_id: UUID, on: date) -> None:
    """UnableToDecideError unless a role that covers the document's unit lets the actor change contracts."""
    if not _may_edit(actor_id, document.unit_id, on):
        where = document.id if isinstance(document, AgreementDocument) else document.document_id
        raise UnableToDecideError("Du har ikke en rolle i enheden, som må ændre kontrakter.", where)


@transaction.atomic
def decide_field(*, field_id: UUID, state: FieldState, value: str, actor_id: UUID, now: datetime) -> UUID:
    """Confirm, correct or drop a proposed fact, or take that back; return the document's id.

    Raises:
        DocumentNotVisibleError: there is no such proposal for the caller.
        UnableToDecideError: a correction without a value, or a role that does not cover the document's unit.
    """
    proposed = ProposedField.objects.select_for_update().filter(id=field_id).first()
    if proposed is None:
        raise DocumentNotVisibleError
    require_editor(proposed, actor_id, danish_day(now))
    corrected = value.strip()
    if state is FieldState.CORRECTED and not corrected:
        raise UnableToDecideError("Skriv den rigtige værdi.", proposed.document_id)
    if len(corrected) > LONGEST_VALUE:
        raise UnableToDecideError(f"Værdien kan højst have {LONGEST_VALUE} tegn.", proposed.document_id)
    proposed.state = state.value
    proposed.final = {FieldState.CONFIRMED: proposed.value, FieldState.CORRECTED: corrected}.get(state, "")
    proposed.decided_at = None if state is FieldState.PROPOSED else now
    proposed.decided_by_id = None if state is FieldState.PROPOSED else actor_id
    proposed.save()
    return proposed.document_id


@transaction.atomic
def judge_clause(*, clause_id: UUID, state: ClauseState, note: str, actor_id: UUID, now: datetime) -> UUID:
    """Say what is to be done about a clause, or take that back; return the document's id.

    Raises:
        DocumentNotVisibleError: there is no such clause for the caller.
        UnableToDecideError: a risk is accepted without a reason, the clause is in order, or the actor's role does not
            cover the document's unit.
    """
    clause = ReviewedClause.objects.select_for_update().filter(id=clause_id).first()
    if clause is None:
        raise DocumentNotVisibleError
    require_editor(clause, actor_id, danish_day(now))
    if clause.verdict == "ok":
        raise UnableToDecideError("Vilkåret er i orden, så der er ikke noget at tage stilling til.", clause.document_id)
    if state is ClauseState.ACCEPTED and not note.strip():
        raise UnableToDecideError("Skriv, hvorfor vilkåret accepteres.", clause.document_id)
    clause.state, clause.note = state.value, note.strip()[:300]
    clause.decided_at = None if state is ClauseState.OPEN else now
    clause.decided_by_id = None if state is ClauseState.OPEN else actor_id
    clause.save()
    return clause.document_id
