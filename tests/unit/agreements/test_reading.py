"""Contracts as files: every kind, and every way of not being one."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from styr.agreements.core.reading.apart import read_apart
from styr.agreements.core.reading.document import Kind, UnreadableDocumentError, read_contract
from styr.agreements.core.review.fields import fields
from styr.agreements.core.review.report import as_object, as_text
from styr.agreements.core.review.sentences import sentences
from styr.agreements.reference.load import lexicon, playbook

CONTRACT = """KONTRAKT OM MIDLERTIDIGT BOTILBUD

Aftalen er indgået mellem Hvidbjerg Kommune og Bostedet Engen ApS, CVR-nr. 13585628, P-nr. 1012345678.
Aftalen angår borgeren 670160-1234 efter serviceloven § 107 og gælder fra den 1. marts 2026 til den 28. februar 2027.

Pris
Døgntaksten udgør 2.450,00 kr. pr. døgn.

Fravær
Fuld takst betales uanset fravær.
"""
_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>'
    "{}</w:body></w:document>"
)


def docx(text: str, *more: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
        )
        lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
        archive.writestr("word/document.xml", _WORD.format(lines))
        for name in more:
            archive.writestr(name, b"x")
    return packed.getvalue()


def test_fields_are_proposed_with_the_place_they_stand() -> None:
    """A P-number is no citizen, and the citizen's number is masked in value and in quotation."""
    found = {one.name: one for one in fields(sentences(read_contract(CONTRACT.encode()).pages))}
    assert {name: one.value for name, one in found.items()} == {
        "cvr": "13585628",
        "p_number": "1012345678",
        "party": "Hvidbjerg Kommune",
        "citizen": "670160-••••",
        "section": "SEL-107",
        "starts": "2026-03-01",
        "ends": "2027-02-28",
        "price": "2.450,00 kr. pr. døgn",
    }
    assert "1234" not in found["citizen"].quoted


def test_word_files_are_read_and_those_with_macros_are_not_opened() -> None:
    """The text is the same as from plain text; what holds code is told and left alone."""
    read = read_contract(docx(CONTRACT))
    assert read.kind is Kind.DOCX
    assert "Fuld takst betales uanset fravær." in read.pages[0].text
    with pytest.raises(UnreadableDocumentError, match="makroer"):
        read_contract(docx(CONTRACT, "word/vbaProject.bin"))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"  \n", "tom"),
        (b"%PDF-1.7 nothing more", "beskadiget"),
        (b"PK\x03\x04 broken", "beskadiget"),
        (b"\xd0\xcf\x11\xe0 old", "ældre Word-fil"),
        (b"abc\x00def", "hverken PDF"),
    ],
)
def test_what_is_no_contract_is_refused_with_a_reason(data: bytes, why: str) -> None:
    """The reason says what to do, and no library's error reaches the user."""
    with pytest.raises(UnreadableDocumentError, match=why):
        read_contract(data)


def test_an_archive_that_is_no_document_is_refused() -> None:
    """Several contracts in one archive are to be unpacked first."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("en.pdf", b"x")
    with pytest.raises(UnreadableDocumentError, match="arkiv"):
        read_contract(packed.getvalue())


def test_the_command_gives_the_keys_that_are_promised(tmp_path: Path) -> None:
    """`--json` gives fields and clauses; a file that cannot be read is an error of its own and exit status 1."""
    good, bad = tmp_path / "god.txt", tmp_path / "tom.txt"
    good.write_text(CONTRACT, "utf-8")
    bad.write_bytes(b"")
    done = subprocess.run(
        [Path(sys.executable).with_name("styr"), "review-contract", str(good), str(bad), "--json"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 1
    first, second = map(json.loads, done.stdout.splitlines())
    assert second == {"file": "tom.txt", "error": "Filen er tom."}
    assert {"fields", "clauses"} <= first.keys()
    red = next(one for one in first["clauses"] if one["clause"] == "absence")
    assert red["verdict"] == "red"
    assert red["sentence"] == "Fuld takst betales uanset fravær."
    assert red["page"] == 1
    assert red["risk"]
    assert red["proposal"]


def pdf(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_picture_of_a_page_is_told_as_not_read() -> None:
    """A page without text may hold a clause that we do not see, so its number is told."""
    read = read_contract(pdf(2))
    assert (read.kind, len(read.pages), read.scanned) == (Kind.PDF, 2, (1, 2))


def test_a_locked_file_is_told_as_locked() -> None:
    """Not as damaged: whoever sent it can send it without a password."""
    locked, whole = BytesIO(), pikepdf.new()
    whole.add_blank_page()
    whole.save(locked, encryption=pikepdf.Encryption(owner="ejer", user="bruger"))
    with pytest.raises(UnreadableDocumentError, match="låst med adgangskode"):
        read_contract(locked.getvalue())


def test_more_pages_than_are_read_are_refused() -> None:
    """With how many there are, and what to do."""
    with pytest.raises(UnreadableDocumentError, match="501 sider"):
        read_contract(pdf(501))


def test_letters_of_an_older_encoding_are_read() -> None:
    """Plain text from Windows, and pages parted by a form feed."""
    read = read_contract("Fravær\fYdelse på 2 sider".encode("cp1252"))
    assert [page.text for page in read.pages] == ["Fravær", "Ydelse på 2 sider"]


def test_the_review_in_words_tells_what_was_not_read() -> None:
    """People see pages without text, macros, the facts and each risk with its proposal."""
    text = read_contract(CONTRACT.encode())
    told = "\n".join(as_text("k.txt", replace(text, scanned=(2,), macros=True), playbook=playbook(), lexicon=lexicon()))
    for words in ("Side 2 er billeder", "makroer", "CVR-nummer: 13585628 (side 1)", "RISIKO   Fravær", "Foreslå:"):
        assert words in told
    shown = as_object("k.txt", text, playbook=playbook(), lexicon=lexicon())
    assert shown["pages"] == 1
    assert {"field": "section", "value": "SEL-107", "text": "serviceloven § 107", "page": 1} in shown["fields"]  # type: ignore[operator]  # a list


def test_a_file_that_brings_its_reader_down_is_refused_like_any_other() -> None:
    """Nothing is waited for longer than told, and the reader's own words reach nobody."""
    with pytest.raises(UnreadableDocumentError, match="gemt"):
        read_apart(CONTRACT.encode(), patience=0.001)
    with pytest.raises(UnreadableDocumentError, match="tom"):
        read_apart(b" ")
    assert read_apart(docx(CONTRACT)).pages == read_contract(docx(CONTRACT)).pages
