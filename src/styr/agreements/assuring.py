"""That a contract was gone through and found in order (kvalitetssikret): coverage counts what is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.agreements.core.codes import ClauseState, FieldState
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.models import AgreementDocument, QualityMark
from styr.agreements.queries import DocumentNotVisibleError
from styr.contracts import queries as contracts
from styr.kernel.clock import danish_day
from styr.kernel.refusal import Refusal
from styr.people import queries as people

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class UnableToAssureError(Refusal):
    """The contract cannot be marked as quality-assured; the message says why."""


@transaction.atomic
def mark_assured(*, municipality_id: UUID, contract_id: UUID, source: str, actor_id: UUID, now: datetime) -> None:
    """Mark a contract as quality-assured on the grounds of `source` (Danish words, no names); a new mark takes over.

    Raises:
        UnableToAssureError: no role that covers the contract's unit may change contracts.
        ContractNotVisibleError: there is no such contract for the caller.
    """
    citizen_id = contracts.contract_card(contract_id).citizen_id
    unit_id = None if citizen_id is None else people.unit_of(citizen_id)
    if not may_in(user_id=actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=unit_id, on=danish_day(now)):
        raise UnableToAssureError("Du har ikke en rolle i enheden, som må ændre kontrakter.")
    user = {"assured_by_id": actor_id, "assured_on": danish_day(now), "source": source[:200], "unit_id": unit_id}
    QualityMark.objects.update_or_create(
        contract_id=contract_id, defaults=user, create_defaults=user | {"municipality_id": municipality_id}
    )


@transaction.atomic
def assure_by_document(*, document_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Mark the contract of a document as quality-assured, when everything read in it has been decided.

    Raises:
        DocumentNotVisibleError: there is no such document for the caller.
        UnableToAssureError: it has no contract, something waits, or a risk is still to be negotiated.
    """
    document = AgreementDocument.objects.defer("content", "text").filter(id=document_id).first()
    if document is None:
        raise DocumentNotVisibleError
    if document.contract_id is None:
        raise UnableToAssureError("Dokumentet hører ikke til en kontrakt. Opret den først.")
    if document.fields.filter(state=FieldState.PROPOSED.value).exists():
        raise UnableToAssureError("Der er oplysninger, som ikke er bekræftet.")
    waiting = document.clauses.exclude(verdict=Verdict.OK.value).exclude(state=ClauseState.ACCEPTED.value).count()
    if waiting:
        raise UnableToAssureError(
            f"{waiting} vilkår er ikke afgjort. Forhandl dem, eller acceptér dem med en begrundelse."
        )
    mark_assured(
        municipality_id=document.municipality_id,
        contract_id=document.contract_id,
        source="Dokumentets vilkår er gennemgået",
        actor_id=actor_id,
        now=now,
    )


def mark_of(contract_id: UUID) -> QualityMark | None:
    """The contract's mark, with who made it; one query."""
    return QualityMark.objects.select_related("assured_by").filter(contract_id=contract_id).first()
