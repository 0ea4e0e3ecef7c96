"""Letters of the collection drive: the request for a contract and the reminder, as text and as a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

from docx import Document
from docx.shared import Cm, Pt

from styr.kernel.danish import danish_date

if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWER_WITHIN: Final = timedelta(days=14)
_NAMED_GRANTS: Final = 40


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter is about: who asks, who is asked, the grants without a contract by number, and who signs."""

    municipality: str
    supplier: str
    cvr: str
    grants: Sequence[str]
    sender: str


def request_letter(facts: LetterFacts, *, due_on: date) -> str:
    """The first letter: which contracts we lack, what is to be sent, by when. No citizen is named."""
    opening = "Vi samler alle kontrakter om borgere, som får hjælp efter serviceloven og barnets lov. " + _lacking(
        facts
    )
    wanted = (
        "Vi beder jer sende:\n- den underskrevne kontrakt eller rammeaftale med alle tillæg og prisbilag\n"
        "- gældende takstblad\n- aftaler om særtakster med timer, formål og slutdato"
    )
    how = (
        f"Svar senest {danish_date(due_on)}. Send filerne med sikker post (Digital Post), da de handler om borgere. "
        "Skriv bevillingens nummer på hver fil. Er der ingen underskrevet kontrakt, sender vi et udkast."
    )
    return "\n\n".join((_to(facts), opening, wanted, how, _from(facts)))


def reminder_letter(facts: LetterFacts, *, asked_on: date | None, due_on: date) -> str:
    """The reminder: what was asked when, and the new day."""
    asked = "" if asked_on is None else f" den {danish_date(asked_on)}"
    opening = f"Vi bad jer{asked} om at sende jeres kontrakter og har ikke fået dem. {_lacking(facts)}"
    how = (
        f"Send dem senest {danish_date(due_on)} med sikker post (Digital Post). "
        "Uden en kontrakt kan vi ikke kontrollere fakturaerne, og betalingen kan blive forsinket."
    )
    return "\n\n".join((_to(facts), opening, how, _from(facts)))


def _to(facts: LetterFacts) -> str:
    return f"Til {facts.supplier}, CVR-nummer {facts.cvr}"


def _from(facts: LetterFacts) -> str:
    return f"Venlig hilsen\n{facts.sender}\n{facts.municipality}"


def _lacking(facts: LetterFacts) -> str:
    if not facts.grants:
        return "Vi har betalt fakturaer fra jer, men har ingen underskrevet kontrakt i vores register."
    shown = ", ".join(facts.grants[:_NAMED_GRANTS])
    more = len(facts.grants) - _NAMED_GRANTS
    return f"Vi mangler en underskrevet kontrakt til bevilling {shown}{f' og {more} til' if more > 0 else ''}."


def as_word(letter: str) -> bytes:
    """A letter as a Word file: a paragraph for each of its parts."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    word.styles["Normal"].font.size = Pt(11)
    for part in letter.split("\n\n"):
        paragraph = word.add_paragraph()
        for at, line in enumerate(part.split("\n")):
            if at:
                paragraph.add_run().add_break()
            paragraph.add_run(line)
    written = BytesIO()
    word.save(written)
    return written.getvalue()
