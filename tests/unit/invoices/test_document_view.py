"""The document as a page: numbers are masked, what deviates is marked, and a hostile PDF harms nobody."""

import base64
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from exampletown.pdf import small_pdf
from exampletown.text_pdf import text_pdf
from styr.invoices.core import pdf_pages
from styr.invoices.core.document_view import Mark, document_view
from styr.invoices.core.einvoice.reader import read_einvoice
from styr.invoices.core.marked_words import marked_words
from styr.invoices.core.masking import holds_cpr, masked
from styr.invoices.core.pdf_pages import UnableToDrawPdfError, pdf_page

SAMPLES = Path(__file__).parents[2] / "data" / "einvoices"
PDF = base64.b64decode(small_pdf("Solgaarden"))


@pytest.mark.parametrize("written", ["150687-1234", "1506871234", "150687 1234", "150687 - 1234"])
def test_a_cpr_number_is_masked_however_it_is_written(written: str) -> None:
    assert masked(f"For {written}.") == "For 150687-••••."


@pytest.mark.parametrize("other", ["5798000000117", "9912345678", "K-2026-0001", "B1000001-2", "12345678901"])
def test_other_numbers_stay(other: str) -> None:
    assert not holds_cpr(other)


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.xml")))
def test_every_format_is_laid_out(sample: str) -> None:
    invoice = read_einvoice((SAMPLES / sample).read_bytes())
    shown = document_view(invoice, {(1, "price"): Mark("Taksten er for høj.")})
    assert shown.lines[0].price.mark == Mark("Taksten er for høj.")
    assert shown.lines[0].amount.text
    assert shown.totals[-1].label in {"At betale", "At modtage"}


def test_a_page_of_a_pdf_becomes_a_picture() -> None:
    drawn = pdf_page(PDF, width=400)
    assert (drawn.pages, drawn.picture[:8]) == (1, b"\x89PNG\r\n\x1a\n")
    assert pdf_page(PDF, number=7).picture == b""


@pytest.mark.parametrize(
    "hostile",
    [b"%PDF-1.7\n" + b"\x00" * 5_000, PDF[:200], b"MZ not a pdf"],
    ids=["empty", "cut", "none"],
)
def test_a_broken_pdf_is_refused_in_words(hostile: bytes) -> None:
    with pytest.raises(UnableToDrawPdfError, match=r"\.$"):
        pdf_page(hostile, width=400)


def test_a_vast_page_is_drawn_no_larger_than_it_may_be() -> None:
    assert len(pdf_page(PDF.replace(b"595 842", b"9999999 9"), width=2_000).picture) < 8_000_000


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnableToDrawPdfError):
        pdf_page(PDF, patience=0.001)


def test_the_program_that_draws_is_told_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    tells = (
        "import os, sys; sys.stdin.buffer.read(); sys.stdout.write('\\0\\0\\0\\1' + 4 * '\\0' + ' '.join(os.environ))"
    )
    monkeypatch.setenv("STYR_CPR_KEYS", "hemmelig")
    monkeypatch.setattr(pdf_pages, "COMMAND", (sys.executable, "-P", "-c", tells))
    told = pdf_page(PDF).picture.decode().split()
    assert "PATH" in told
    assert not [name for name in told if name.startswith(("STYR_", "DATABASE_", "DJANGO_", "PG"))]


@pytest.mark.parametrize(
    "does", ["open('/etc/hostname')", "socket.socket()", "subprocess.run(['/bin/true'], stdout=subprocess.PIPE)"]
)
def test_a_confined_program_opens_and_starts_nothing(does: str) -> None:
    program = f"import socket, subprocess\nfrom styr.invoices.core.pdf_program import confine\nconfine()\n{does}\n"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 1
    assert "OSError" in done.stderr


def test_a_deviating_period_is_marked_where_it_is_written_and_looked_for_in_the_pdf() -> None:
    invoice = read_einvoice((SAMPLES / "oioubl2-faktura.xml").read_bytes())
    mark = Mark("Perioden ligger uden for bevillingen.")
    line = replace(invoice.lines[0], notes=(), descriptions=(), name="Ophold")
    told = replace(invoice, notes=("For perioden 1/5-31/5 2026", "Betal venligst"), lines=(line,))
    shown = document_view(told, {(1, "period"): mark, (1, "price"): mark})
    assert [told.mark for told in shown.notes[:2]] == [mark, None]
    assert "1/5-31/5" in marked_words(shown)


def test_what_deviates_is_marked_in_the_page_drawn() -> None:
    page = text_pdf([["Faktura 7", "I alt 12.992,00 kr.", "12.992,00"], ["Bilag"]])
    plain, marked = pdf_page(page, width=400), pdf_page(page, width=400, words=("12.992,00", "findes ikke"))
    assert (plain.marked, marked.marked, marked.pages) == (0, 2, 2)
    assert plain.picture != marked.picture
    assert pdf_page(page, number=2, width=400, words=("12.992,00",)).marked == 0
