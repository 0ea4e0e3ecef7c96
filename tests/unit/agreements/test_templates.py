"""Our own contract templates: whole, safe to let others edit, and without a risk of their own."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from styr.agreements.core.reading.document import read_contract
from styr.agreements.core.review.reviewing import Verdict, review
from styr.agreements.core.review.sentences import sentences
from styr.agreements.core.templates.filling import UnableToFillTemplateError, fill, look_through
from styr.agreements.core.templates.library import as_word
from styr.agreements.core.templates.tags import TAGS, Draft, Line, SpecialRate
from styr.agreements.reference.load import lexicon, library, playbook

DRAFT = Draft(
    texts={
        "kontrakt.nummer": "K-2026-0001",
        "kommune.navn": "Hvidbjerg Kommune",
        "kommune.cvr": "13585628",
        "kommune.ean": "5790000000005",
        "leverandør.navn": "Bostedet <Engen> & Søn",
        "leverandør.cvr": "13585628",
        "tilbud.navn": "Engen",
        "tilbud.p_nummer": "1012345678",
        "borger.navn": "Anna Prøve",
        "borger.cpr": "670160-1234",
        "bevilling.nummer": "B1234567-8",
        "bevilling.paragraf": "serviceloven § 107",
        "periode.fra": "1. marts 2026",
        "periode.til": "",
        "ydelse.beskrivelse": "socialpædagogisk støtte i hverdagen",
        "ydelse.timer": "15",
        "ydelse.nattevagt": "vågen",
        "pris.beløb": "2.450,00",
        "pris.enhed": "pr. døgn",
        "vilkår.varsel_dage": "30",
        "vilkår.prøvetid": "3 måneder",
        "vilkår.fravær_dage": "14",
        "vilkår.fravær_nedsættelse": "25",
        "vilkår.dage_efter_død": "14",
    },
    lines=(Line("Ophold", "2.450,00", "døgn"), Line("Aktivitet", "310,00", "dag")),
    special_rates=(SpecialRate("Ekstra støtte ved måltider", "12", "385,00", "31. december 2026"),),
)
TEMPLATES = tuple(library().titles)
WHOLE = tuple(one for one in TEMPLATES if one not in library().alone)


def word(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize("special", [True, False], ids=["with-special-rate", "without"])
@pytest.mark.parametrize("template", WHOLE)
def test_a_filled_template_has_every_clause_and_no_risk(template: str, *, special: bool) -> None:
    """What we write ourselves passes our own playbook: all 18 clauses in order."""
    draft = DRAFT if special else replace(DRAFT, special_rates=())
    filled = read_contract(fill(as_word(library(), template), draft))
    found = review(sentences(filled.pages), playbook=playbook(), lexicon=lexicon())
    assert {one.clause.code for one in found if one.verdict is not Verdict.OK} == set()
    assert ("Ekstra støtte ved måltider" in filled.pages[0].text) is special


@pytest.mark.parametrize("price", ["2.200,00", ""], ids=["with-a-price", "in-words"])
def test_a_supplement_names_its_contract_and_is_no_risk(price: str) -> None:
    """It has only what it changes; what it does not name stands in the contract."""
    changed = {
        "kontrakt.underskrevet": "1. maj 2025", "tillæg.nummer": "1", "tillæg.fra": "1. juli 2026",
        "tillæg.ændring": "mindre støtte om natten", "tillæg.ydelse": "ophold", "tillæg.pris": price,
        "tillæg.enhed": "pr. døgn",
    }  # fmt: skip
    draft = replace(DRAFT, texts={**DRAFT.texts, **changed})
    filled = read_contract(fill(as_word(library(), "TILLAEG"), draft))
    text = filled.pages[0].text
    assert "tillæg nr. 1 til kontrakt K-2026-0001 af 1. maj 2025" in text
    assert ("2.200,00" in text) is bool(price)
    assert "Anna Prøve" not in text
    found = review(sentences(filled.pages), playbook=playbook(), lexicon=lexicon())
    assert [one.sentence for one in found if one.verdict is Verdict.RED] == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_templates_are_whole(template: str) -> None:
    """Every tag is known, and each clause is there once for each choice."""
    looked = look_through(as_word(library(), template))
    assert looked.faults == ()
    assert looked.tags <= TAGS.keys()


def test_names_cannot_break_the_document() -> None:
    """Signs that mean something in XML are written as they are, and an open end leaves no words behind."""
    text = read_contract(fill(as_word(library(), "SEL-107"), DRAFT)).pages[0].text
    assert "Bostedet <Engen> & Søn" in text
    assert "gælder fra 1. marts 2026." in text


@pytest.mark.parametrize(
    ("paragraph", "about"),
    [
        ("{{ borger.kontonummer }}", "borger.kontonummer"),
        ("{{ leverandoer.navn }}", "leverandoer.navn"),
        ("{% for x in linjer %}{{ x.pris }}{% endfor %}", "for x in linjer"),
        ("{{ borger.navn.__class__.__mro__ }}", "__class__"),
        ("{{ borger.navn|upper }}", "Filter"),
        ("{{ linjer.append(1) }}", "Call"),
        ("{% set x = 1 %}", "Assign"),
        ("{{ borger.navn", ""),
        ("{% if særtakster %}", ""),
    ],
)
def test_what_a_template_may_not_hold_is_told(paragraph: str, about: str) -> None:
    """Unknown tags, unfinished ones, and everything that is more than a tag, a condition or a loop over our lists."""
    faults = look_through(word("Kontrakt", paragraph)).faults
    assert faults
    assert any(about in fault.tag for fault in faults)
    with pytest.raises(UnableToFillTemplateError):
        fill(word("Kontrakt", paragraph), DRAFT)


def test_a_loop_that_tears_a_table_is_told() -> None:
    """A row's loop must stand in rows of its own."""
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text = "{% for linje in linjer %}{{ linje.ydelse }}"
    table.rows[1].cells[1].text = "{% endfor %}"
    written = BytesIO()
    document.save(written)
    assert look_through(written.getvalue()).faults


def test_what_is_no_word_file_is_told() -> None:
    """A PDF with another name is no template."""
    assert look_through(b"%PDF-1.7").faults


def test_a_contract_is_never_made_with_a_hole() -> None:
    """What lacks is named in words, not filled with nothing."""
    draft = replace(DRAFT, texts={**DRAFT.texts, "kommune.ean": "", "borger.navn": ""})
    with pytest.raises(UnableToFillTemplateError, match=r"Borgerens navn|EAN-nummer"):
        fill(as_word(library(), "SEL-107"), draft)
