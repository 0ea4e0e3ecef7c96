"""Word files as PDF/A and as redlines, by programs beside this one that never hold a page up."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from styr.agreements.core.reading.document import read_contract
from styr.drafting.core.word import apart
from styr.drafting.core.word.apart import UnableToTurnError, as_pdf, redline


def word(*paragraphs: str) -> bytes:
    document, written = Document(), BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(written)
    return written.getvalue()


def test_a_word_file_becomes_a_pdf_that_can_be_archived() -> None:
    made = as_pdf(word("Prisen er 2.400 kr. pr. døgn.", "Æøå og § 107."))
    assert b"pdfaid:part>2<" in made
    assert "Æøå og § 107." in read_contract(made).pages[0].text


def test_a_redline_holds_words_own_marks() -> None:
    made = redline(word("Varslet er 30 dage."), word("Varslet er 90 dage."), author="Styr")
    text = ZipFile(BytesIO(made)).read("word/document.xml").decode()
    assert "<w:ins " in text
    assert "<w:del " in text


def test_what_is_no_word_file_is_refused_in_words() -> None:
    with pytest.raises(UnableToTurnError, match="kunne ikke sammenlignes"):
        redline(word("a"), b"no word file", author="Styr")


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(UnableToTurnError, match="for lang tid"):
        as_pdf(word("a"), patience=0.01)


def test_without_libreoffice_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "office", lambda: None)
    with pytest.raises(UnableToTurnError, match="LibreOffice er ikke installeret"):
        as_pdf(word("a"))
