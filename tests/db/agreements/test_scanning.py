"""Scans are read by a job, page by page; mails give their files; several contracts are told and parted."""

from datetime import UTC, datetime
from email.message import EmailMessage
from io import BytesIO
from typing import Self
from uuid import UUID

import pypdfium2
import pytest

from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.agreements import queries, scanning, services
from styr.agreements.core.codes import DocumentState
from styr.agreements.core.reading import recognising
from styr.agreements.core.reading.document import Line, Page
from styr.agreements.core.reading.recognising import Recognised
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.models import AgreementDocument, ScannedPage
from styr.agreements.pictures import page_picture

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CONTRACT = """KONTRAKT

Aftalen er indgået mellem Hvidbjerg Kommune og Bostedet Engen ApS, CVR-nr. 13585628.
Aftalen angår borgeren 670160-1234 efter serviceloven § 107.

Pris
Døgntaksten udgør 2.450,00 kr. pr. døgn.

Fravær
Fuld takst betales uanset fravær.
"""


def pdf(pages: int) -> bytes:
    """Pages without a word."""
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.fixture
def mads(municipality: Municipality, contract_id: UUID) -> Persona:
    """A contract negotiator of the whole municipality."""
    return persona("mads", municipality, Role.NEGOTIATOR)


def handed_in(mads: Persona, data: bytes, name: str = "scan.pdf") -> UUID:
    return services.take_document(
        municipality_id=mads.user.municipality_id,
        file=services.HandedIn(name, data),
        contract_id=None,
        actor_id=mads.user.id,
        now=NOW,
    )


class Told:
    """A recogniser that knows the words; it stops at the page that it is told to."""

    def __init__(self, stops_at: int = 0) -> None:
        self.stops_at, self.asked = stops_at, list[int]()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def page(self, _picture: bytes, number: int) -> Recognised:
        """The contract on the first page, an empty second one."""
        if number == self.stops_at:
            raise KeyboardInterrupt
        self.asked.append(number)
        text = CONTRACT if number == 1 else "Bilag"
        lines = tuple(Line(words, 100, 20 * at, 900, 20 * at + 15) for at, words in enumerate(text.splitlines(), 1))
        return Recognised(Page(number, text, lines, 1414), pdf(1))


def test_a_scan_is_read_by_a_job_that_goes_on_where_it_was_stopped(
    mads: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill after the first page costs that page nothing; when all are read, facts and verdicts stand there."""
    document_id = handed_in(mads, pdf(2))
    card = queries.document_card(document_id)
    assert (card.state, card.read, card.to_read, card.fields) == (DocumentState.READING, 0, 2, ())
    first = Told(stops_at=2)
    monkeypatch.setattr(scanning, "recognising", lambda: first)
    job = {"municipality_id": mads.user.municipality_id, "document_id": document_id}
    with pytest.raises(KeyboardInterrupt):
        scanning.read_scans(**job)
    assert queries.document_card(document_id).read == 1
    second = Told()
    monkeypatch.setattr(scanning, "recognising", lambda: second)
    scanning.read_scans(**job)
    scanning.read_scans(**job)
    assert (first.asked, second.asked) == ([1], [2])
    card = queries.document_card(document_id)
    assert (card.state, card.scanned, card.message) == (DocumentState.READ, 0, "")
    assert {one.name: one.value for one in card.fields}["price"] == "2.450,00 kr. pr. døgn"
    red = next(one for one in card.clauses if one.verdict is Verdict.RED and one.title == "Fravær")
    assert red.cost is not None
    assert red.cost.ore == 30 * 2_450_00
    assert ScannedPage.objects.count() == 2
    assert page_picture(document_id=document_id, number=1, whole=False, page="/").startswith(b"\x89PNG")


def test_without_tesseract_the_file_is_kept_and_the_reason_told(mads: Persona, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is judged of a text that nobody has read, and it can be read when tesseract has come."""
    monkeypatch.setattr(scanning, "can_recognise", lambda: False)
    document_id = handed_in(mads, pdf(1))
    card = queries.document_card(document_id)
    assert (card.state, card.message, card.clauses) == (DocumentState.READ, recognising.MISSING, ())
    again = {"document_id": document_id, "actor_id": mads.user.id, "today": NOW.date()}
    with pytest.raises(scanning.UnableToReadAgainError, match="tesseract"):
        scanning.read_again(**again)
    monkeypatch.setattr(scanning, "can_recognise", lambda: True)
    scanning.read_again(**again)
    assert queries.document_card(document_id).state is DocumentState.READING


def mail(*files: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "kontor@engen.example", "kontrakt@by.example", "Vores kontrakt"
    message["Date"] = "Sun, 22 Nov 2026 09:00:00 +0100"
    message.set_content("Hermed kontrakten på 670160-1234.")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    message.add_attachment(b"\x89PNG logo", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    return message.as_bytes()


def test_the_files_of_a_mail_become_documents_of_their_own(mads: Persona) -> None:
    """The mail is kept as text, its contract is judged, and the picture of a signature is left out."""
    inner = mail(("indeni.txt", b"Bilag til kontrakten"))
    card = queries.document_card(
        handed_in(mads, mail(("aftale.txt", CONTRACT.encode()), ("videre.eml", inner)), "a.eml")
    )
    assert (card.kind, card.clauses, card.fields) == ("mail", (), ())
    shown = " ".join(line.text for _page, lines in card.pages for line in lines)
    assert "670160-••••" in shown
    assert sorted(one.name for one in card.parts) == ["aftale.txt", "videre.eml"]
    contract = queries.document_card(next(one.id for one in card.parts if one.name == "aftale.txt"))
    assert contract.taken_from is not None
    assert contract.taken_from.id == card.id
    assert contract.clauses
    assert set(AgreementDocument.objects.values_list("name", flat=True)) == {
        "a.eml", "aftale.txt", "videre.eml", "indeni.txt",
    }  # fmt: skip


def test_another_language_is_told_and_not_judged(mads: Persona) -> None:
    """The playbook reads Danish alone: verdicts on an English text would be wrong."""
    english = "This agreement shall be made by and between the parties and is not to be changed in any way. " * 6
    card = queries.document_card(handed_in(mads, english.encode(), "agreement.txt"))
    assert (card.language, card.clauses) == ("en", ())
