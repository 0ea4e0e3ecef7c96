"""What people do with a contract's file: hand it in, confirm what was read in it, and judge its clauses."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from styr.access.crypto import seal
from styr.agreements.core.codes import ClauseState, DocumentState, FieldState
from styr.agreements.core.reading.apart import read_apart
from styr.agreements.core.reading.document import MOST_BYTES, UnreadableDocumentError
from styr.agreements.core.review.fields import fields
from styr.agreements.core.review.reviewing import review
from styr.agreements.core.review.sentences import sentences
from styr.agreements.models import AgreementDocument, ProposedField, ReviewedClause
from styr.agreements.queries import DocumentNotVisibleError
from styr.agreements.reference.load import lexicon, playbook
from styr.agreements.sealed import place_of
from styr.contracts import queries as contracts
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal
from styr.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from styr.agreements.core.reading.document import ContractText
    from styr.agreements.core.review.reviewing import ClauseVerdict
    from styr.agreements.core.review.sentences import Sentence

_LONGEST_VALUE = 200


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


def take_document(
    *, municipality_id: UUID, file: HandedIn, contract_id: UUID | None, actor_id: UUID, now: datetime
) -> UUID:
    """Keep a file, read it beside this process, and judge its clauses; return the document's id.

    The same bytes for the same contract are the same document. What cannot be read is kept with the reason.

    Raises:
        UnableToTakeDocumentError: the file is empty or above 40 MB.
        ContractNotVisibleError: there is no such contract for the caller.
    """
    if not file.data:
        raise UnableToTakeDocumentError("Filen er tom.")
    if len(file.data) > MOST_BYTES:
        raise UnableToTakeDocumentError("Filen er over 40 MB. Del den, eller gem den i mindre kvalitet.")
    unit_id = _unit_of(contract_id)
    kept = sha256(file.data).hexdigest()
    known = (
        AgreementDocument.objects.filter(Q(contract_id=contract_id), sha256=kept).values_list("id", flat=True).first()
    )
    if known is not None:
        return known
    document = AgreementDocument(
        id=uuid7(),
        municipality_id=municipality_id,
        unit_id=unit_id,
        contract_id=contract_id,
        name=file.name.rsplit("/", 1)[-1][-255:] or "uden navn",
        sha256=kept,
        size=len(file.data),
        received_at=now,
        received_by_id=actor_id,
    )
    document.content = seal(file.data, place=place_of(document.id, "content"))
    try:
        text = read_apart(file.data)
    except UnreadableDocumentError as refused:
        document.state, document.message = DocumentState.UNREADABLE.value, str(refused)
        document.save(force_insert=True)
        return document.id
    _keep(document, text)
    return document.id


def _unit_of(contract_id: UUID | None) -> UUID | None:
    """The unit of the contract's citizen; None for frameworks and files without a contract."""
    if contract_id is None:
        return None
    citizen_id = contracts.contract_card(contract_id).citizen_id
    return None if citizen_id is None else people.unit_of(citizen_id)


@transaction.atomic
def _keep(document: AgreementDocument, text: ContractText) -> None:
    document.state, document.kind = DocumentState.READ.value, text.kind.value
    document.pages, document.scanned, document.macros = len(text.pages), len(text.scanned), text.macros
    document.playbook = playbook().version
    written = json.dumps(asdict(text), ensure_ascii=False).encode()
    document.text = seal(written, place=place_of(document.id, "text"))
    document.save(force_insert=True)
    read = sentences(text.pages)
    ProposedField.objects.bulk_create(_proposed(document, read))
    verdicts = review(read, playbook=playbook(), lexicon=lexicon())
    ReviewedClause.objects.bulk_create(_reviewed(document, verdicts))


def _proposed(document: AgreementDocument, read: Sequence[Sentence]) -> list[ProposedField]:
    return [
        ProposedField(
            municipality_id=document.municipality_id, unit_id=document.unit_id, contract_ref=document.contract_id,
            document=document, position=position, page=one.sentence.page, name=one.name,
            value=one.value[:_LONGEST_VALUE],
        )
        for position, one in enumerate(fields(read))
    ]  # fmt: skip


def _reviewed(document: AgreementDocument, verdicts: Sequence[ClauseVerdict]) -> list[ReviewedClause]:
    return [
        ReviewedClause(
            municipality_id=document.municipality_id, unit_id=document.unit_id, contract_ref=document.contract_id,
            document=document, position=position, page=one.sentence.page if one.sentence else 0,
            clause=one.clause.code, verdict=one.verdict.value, rule=one.flag.code if one.flag else "",
            sentence=one.sentence.number if one.sentence else None,
        )
        for position, one in enumerate(verdicts)
    ]  # fmt: skip


@transaction.atomic
def decide_field(*, field_id: UUID, state: FieldState, value: str, actor_id: UUID, now: datetime) -> UUID:
    """Confirm, correct or drop a proposed fact, or take that back; return the document's id.

    Raises:
        DocumentNotVisibleError: there is no such proposal for the caller.
        UnableToDecideError: a correction without a value.
    """
    proposed = ProposedField.objects.select_for_update().filter(id=field_id).first()
    if proposed is None:
        raise DocumentNotVisibleError
    corrected = value.strip()
    if state is FieldState.CORRECTED and not corrected:
        raise UnableToDecideError("Skriv den rigtige værdi.", proposed.document_id)
    if len(corrected) > _LONGEST_VALUE:
        raise UnableToDecideError(f"Værdien kan højst have {_LONGEST_VALUE} tegn.", proposed.document_id)
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
        UnableToDecideError: a risk is accepted without a reason, or the clause is in order.
    """
    clause = ReviewedClause.objects.select_for_update().filter(id=clause_id).first()
    if clause is None:
        raise DocumentNotVisibleError
    if clause.verdict == "ok":
        raise UnableToDecideError("Vilkåret er i orden, så der er ikke noget at tage stilling til.", clause.document_id)
    if state is ClauseState.ACCEPTED and not note.strip():
        raise UnableToDecideError("Skriv, hvorfor vilkåret accepteres.", clause.document_id)
    clause.state, clause.note = state.value, note.strip()[:300]
    clause.decided_at = None if state is ClauseState.OPEN else now
    clause.decided_by_id = None if state is ClauseState.OPEN else actor_id
    clause.save()
    return clause.document_id
