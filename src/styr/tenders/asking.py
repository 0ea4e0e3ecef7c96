"""The tender goes out: deadlines, who is invited, and the questions with the answers that everybody gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from styr.kernel.ids import uuid7
from styr.tenders.acting import TenderNotVisibleError, UnableToTenderError, locked
from styr.tenders.core.anonymous import FEWEST
from styr.tenders.core.codes import TenderKind, TenderState
from styr.tenders.models import Invitation, Question, Tender

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.trips.ordering import By


@transaction.atomic
def publish(*, tender_id: UUID, questions_until: date, bids_until: datetime, by: By) -> None:
    """Close what is asked for, and set the deadlines.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`; a lot has so few citizens that one could be
            known; the days make no sense; nobody is invited to a mini tender.
    """
    tender = locked(tender_id, by, TenderState.DRAFT)
    if bids_until <= by.now or questions_until < by.today or questions_until > bids_until.date():
        raise UnableToTenderError("Fristerne skal ligge frem i tiden, og spørgsmål skal komme før tilbud.")
    if tender.starts <= bids_until.date():
        raise UnableToTenderError("Aftalen begynder før fristen for tilbud. Ret en af datoerne.")
    small = tender.lots.filter(riders__lt=FEWEST).order_by("number").first()
    if small is not None:
        raise UnableToTenderError(
            f"Delaftale {small.number} har færre end {FEWEST} borgere. De kan genkendes: slå den sammen med en anden."
        )
    if tender.kind == TenderKind.MINI and not tender.invitations.exists():
        raise UnableToTenderError("Vælg de vognmænd, der indbydes til miniudbuddet.")
    tender.state, tender.published_on = TenderState.PUBLISHED.value, by.today
    tender.questions_until, tender.bids_until = questions_until, bids_until
    tender.save(update_fields=["state", "published_on", "questions_until", "bids_until"])


@transaction.atomic
def take_back(*, tender_id: UUID, by: By) -> None:
    """Make a published tender a draft again, while nobody has asked or bid.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or somebody has.
    """
    tender = locked(tender_id, by, TenderState.PUBLISHED)
    if tender.bids.exists() or tender.questions.exists():
        raise UnableToTenderError("Der er kommet spørgsmål eller tilbud. Annullér udbuddet, hvis det skal laves om.")
    tender.state, tender.published_on = TenderState.DRAFT.value, None
    tender.save(update_fields=["state", "published_on"])


@transaction.atomic
def extend(*, tender_id: UUID, bids_until: datetime, by: By) -> None:
    """Give everybody longer to bid.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or it is no later, or the deadline has passed.
    """
    tender = locked(tender_id, by, TenderState.PUBLISHED)
    if tender.bids_until is None or by.now >= tender.bids_until or bids_until <= tender.bids_until:
        raise UnableToTenderError("Fristen kan kun forlænges, og kun før den er gået.")
    tender.bids_until = bids_until
    tender.save(update_fields=["bids_until"])


@transaction.atomic
def invite(*, tender_id: UUID, operator_ids: Sequence[UUID], by: By) -> None:
    """Let these operators, and no others, bid in a mini tender.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or it is no mini tender.
    """
    tender = locked(tender_id, by, TenderState.DRAFT)
    if tender.kind != TenderKind.MINI:
        raise UnableToTenderError("Kun i et miniudbud vælges det, hvem der må byde.")
    tender.invitations.exclude(operator_id__in=operator_ids).delete()
    there = set(tender.invitations.values_list("operator_id", flat=True))
    Invitation.objects.bulk_create(
        Invitation(id=uuid7(), municipality_id=tender.municipality_id, tender=tender, operator_id=operator)
        for operator in operator_ids if operator not in there
    )  # fmt: skip


@transaction.atomic
def ask(*, tender_id: UUID, text: str, by: By) -> None:
    """Note a question that came in; who asked is not kept, since all get question and answer alike.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or the time for questions has passed.
    """
    tender = locked(tender_id, by, TenderState.PUBLISHED)
    if not text.strip():
        raise UnableToTenderError("Skriv spørgsmålet.")
    if tender.questions_until is not None and by.today > tender.questions_until:
        raise UnableToTenderError("Fristen for spørgsmål er gået.")
    last = tender.questions.aggregate(last=Max("number"))["last"] or 0
    Question.objects.create(
        id=uuid7(), municipality_id=tender.municipality_id, tender=tender, number=last + 1, asked_on=by.today,
        text=text.strip()[:2000],
    )  # fmt: skip


@transaction.atomic
def answer(*, question_id: UUID, text: str, by: By) -> UUID:
    """Answer a question to everybody; return its tender.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or nothing is answered.
    """
    question = Question.objects.filter(id=question_id).first()
    if question is None:
        raise TenderNotVisibleError
    locked(question.tender_id, by, TenderState.PUBLISHED)
    if not text.strip():
        raise UnableToTenderError("Skriv svaret.")
    question.answer, question.answered_by_id, question.answered_on = text.strip()[:4000], by.actor_id, by.today
    question.save(update_fields=["answer", "answered_by", "answered_on"])
    return question.tender_id


@transaction.atomic
def cancel(*, tender_id: UUID, reason: str, by: By) -> None:
    """End a tender without any agreement.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or nobody says why.
    """
    states = (TenderState.DRAFT, TenderState.PUBLISHED, TenderState.OPENED, TenderState.AWARDED)
    tender: Tender = locked(tender_id, by, *states)
    if not reason.strip():
        raise UnableToTenderError("Skriv, hvorfor udbuddet annulleres. Tilbudsgiverne skal have begrundelsen.")
    tender.state, tender.note = TenderState.CANCELLED.value, reason.strip()[:2000]
    tender.save(update_fields=["state", "note"])
