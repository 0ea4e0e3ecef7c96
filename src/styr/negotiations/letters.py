"""Letters of a negotiation: begun from a template, mended, sealed in the database, and noted in the log when sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

from django.db import transaction
from docx import Document
from docx.shared import Cm, Pt

from styr.access.crypto import seal, unseal
from styr.access.queries import municipality_name
from styr.invoices.core.masking import holds_cpr
from styr.kernel.danish import danish_date, kroner
from styr.kernel.ids import uuid7
from styr.kernel.units import Unit
from styr.negotiations.cases import NegotiationNotThereError, UnableToNegotiateError, case_to_act_on, log, part_of
from styr.negotiations.core.codes import EntryKind
from styr.negotiations.models import CaseLetter
from styr.negotiations.places import lines_of
from styr.negotiations.reference.load import LetterText, letters

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from styr.grants.acting import Actor
    from styr.negotiations.reading import CaseCard

ANSWER_WITHIN: Final = timedelta(days=14)
_WORD: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in a case's list; not sent yet where `sent_on` is None."""

    id: UUID
    template: str
    subject: str
    written_by: str
    written_at: datetime
    sent_on: date | None
    sent_to: str


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as somebody wrote it."""

    subject: str
    text: str = field(repr=False)


def proposed_letter(card: CaseCard, *, code: str, today: date) -> LetterDraft:
    """Begin a letter from a template with what the case knows; what it does not know is left to the writer. 2 queries.

    Raises:
        UnableToNegotiateError: there is no such template.
    """
    template = _template(code)
    offers = [one for one in card.entries if one.amount is not None and one.kind in (EntryKind.OFFER, EntryKind.AGREED)]
    lines = [one for one in lines_of(card.line.grant_id, on=today) if one.price is not None]
    known = {
        "leverandoer": card.line.supplier_name,
        "aftale": f"kontrakt {card.contract_number}" if card.contract_number else f"bevilling {card.line.grant_number}",
        "pris": ", ".join(f"{_price(one.price)} pr. {Unit(one.unit).danish}" for one in lines) or "[pris]",
        "tilbud": _price(offers[0].amount) if offers else "[pris]",
        "argumenter": "\n".join(f"- {one.words}" for one in card.arguments) or "- [argument]",
        "frist": danish_date(today + ANSWER_WITHIN),
        "navn": card.line.negotiator,
        "kommune": municipality_name(),
    }
    return LetterDraft(_filled(template.subject, known), _filled(template.text, known))


@transaction.atomic
def keep_letter(
    *, negotiation_id: UUID, code: str, draft: LetterDraft, actor: Actor, letter_id: UUID | None = None
) -> UUID:
    """Keep a letter that is not sent yet, a new one or one that is mended; return its id.

    Raises:
        UnableToNegotiateError: it is closed, something is empty, a CPR number stands in it, or it is sent.
        NegotiationNotThereError: there is no such letter or case for the caller.
    """
    case = case_to_act_on(negotiation_id, actor, also_closed=True)
    if not draft.subject.strip() or not draft.text.strip():
        raise UnableToNegotiateError("Skriv både emne og tekst i brevet.")
    if holds_cpr(draft.subject) or holds_cpr(draft.text):
        raise UnableToNegotiateError("Der står et CPR-nummer i brevet. Brug bevillingsnummeret i stedet.")
    if letter_id is None:
        letter = CaseLetter(
            id=uuid7(), **part_of(case), negotiation=case, template=_template(code).code, written_by_id=actor.id
        )
    else:
        letter = _unsent(negotiation_id, letter_id)
    letter.subject, letter.written_at = " ".join(draft.subject.split())[:200], actor.now
    letter.content = seal(draft.text.strip().encode(), place=sealed_at(letter.id))
    letter.save()
    return letter.id


@transaction.atomic
def note_sent(*, negotiation_id: UUID, letter_id: UUID, sent_to: str, sent_on: date, actor: Actor) -> None:
    """Note that a letter went out, to whom and when; from then on it is never changed, and the log tells of it.

    Raises:
        UnableToNegotiateError: nobody is named, the day is to come, or it is sent already.
        NegotiationNotThereError: there is no such letter or case for the caller.
    """
    case = case_to_act_on(negotiation_id, actor, also_closed=True)
    letter = _unsent(negotiation_id, letter_id)
    if not sent_to.strip():
        raise UnableToNegotiateError("Skriv, hvem brevet er sendt til, og hvordan.")
    if sent_on > actor.today:
        raise UnableToNegotiateError("Et brev kan ikke være sendt på en dag, der ikke er kommet.")
    letter.sent_on, letter.sent_to = sent_on, sent_to.strip()[:200]
    letter.save(update_fields=["sent_on", "sent_to"])
    log(case, EntryKind.LETTER, actor, f"{letter.subject}. Sendt til {letter.sent_to}.", happened_on=sent_on)


def letters_of(negotiation_id: UUID) -> list[LetterLine]:
    """Return a case's letters, the newest first; one query."""
    rows = CaseLetter.objects.filter(negotiation_id=negotiation_id).select_related("written_by").defer("content")
    titles = {one.code: one.title for one in letters()}
    return [
        LetterLine(
            row.id, titles.get(row.template, row.template), row.subject, row.written_by.name, row.written_at,
            row.sent_on, row.sent_to,
        )
        for row in rows.order_by("-written_at", "-id")
    ]  # fmt: skip


def letter_of(negotiation_id: UUID, letter_id: UUID) -> tuple[LetterLine, LetterDraft]:
    """Return a letter with its words; one query.

    Raises:
        NegotiationNotThereError: there is none for the caller.
    """
    row = CaseLetter.objects.select_related("written_by").filter(id=letter_id, negotiation_id=negotiation_id).first()
    if row is None:
        raise NegotiationNotThereError
    line = LetterLine(row.id, row.template, row.subject, row.written_by.name, row.written_at, row.sent_on, row.sent_to)
    return line, LetterDraft(row.subject, unseal(bytes(row.content), place=sealed_at(row.id)).decode())


def as_word(draft: LetterDraft) -> bytes:
    """The letter as a Word file on A4."""
    word = Document()
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    word.styles["Normal"].font.size = Pt(11)
    word.add_heading(draft.subject, level=1)
    for paragraph in draft.text.split("\n\n"):
        word.add_paragraph(paragraph)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _unsent(negotiation_id: UUID, letter_id: UUID) -> CaseLetter:
    row = CaseLetter.objects.select_for_update().filter(id=letter_id, negotiation_id=negotiation_id).first()
    if row is None:
        raise NegotiationNotThereError
    if row.sent_on is not None:
        raise UnableToNegotiateError("Brevet er sendt og kan ikke ændres.")
    return row


def _template(code: str) -> LetterText:
    found = next((one for one in letters() if one.code == code), None)
    if found is None:
        raise UnableToNegotiateError("Vælg en brevskabelon.")
    return found


def _filled(text: str, known: dict[str, str]) -> str:
    return _WORD.sub(lambda found: known.get(found[1], f"[{found[1]}]"), text)


def _price(amount: Decimal | None) -> str:
    return "[pris]" if amount is None else kroner(int(amount * 100))


def sealed_at(letter_id: UUID) -> str:
    """Where a letter is sealed: a ciphertext moved to another row does not open."""
    return f"negotiations_caseletter|content|{letter_id}"
