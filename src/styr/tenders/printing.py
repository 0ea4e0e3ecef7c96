"""Papers as files: Word by python-docx, PDF by typst in the process."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

import typst
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from styr.tenders.core.paper import Grid, Heading, Paper, Points, Words

if TYPE_CHECKING:
    from docx.document import Document as Word

    from styr.tenders.core.paper import Block

_TABLE = "Light Grid Accent 1"


def as_word(paper: Paper) -> bytes:
    """The paper as a Word file on A4."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    word.styles["Normal"].font.size = Pt(10.5)
    word.core_properties.title, word.core_properties.author = paper.title, paper.municipality
    word.add_heading(paper.title, level=0)
    word.add_paragraph(f"{paper.municipality} · {paper.day}")
    for block in paper.blocks:
        _add(word, block)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def as_pdf(paper: Paper) -> bytes:
    """The paper as a PDF on A4."""
    told = {"title": paper.title, "municipality": paper.municipality, "day": paper.day,
            "blocks": [_told(block) for block in paper.blocks]}  # fmt: skip
    sources = {"main.typ": _template(), "paper.json": json.dumps(told, ensure_ascii=False).encode()}
    made: bytes = typst.compile(sources, format="pdf")  # type: ignore[call-overload]  # files by name: not in its stubs
    return made


def _add(word: Word, block: Block) -> None:
    match block:
        case Heading(text):
            word.add_heading(text, level=1)
        case Words(text):
            word.add_paragraph(text)
        case Points(lines):
            for line in lines:
                word.add_paragraph(line, style="List Bullet")
        case Grid():
            _table(word, block)


def _table(word: Word, grid: Grid) -> None:
    table = word.add_table(rows=1, cols=len(grid.heads), style=_TABLE)
    for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
        cell.text = head
    for row in grid.rows:
        for at, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            cell.text = text
            if at >= grid.numbers_from:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_paragraph()


def _told(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Words(text):
            return {"kind": "words", "text": text}
        case Points(lines):
            return {"kind": "points", "lines": list(lines)}
        case Grid(heads, rows, numbers_from):
            return {"kind": "grid", "heads": list(heads), "rows": [list(row) for row in rows], "from": numbers_from}


@cache
def _template() -> bytes:
    return files("styr.tenders").joinpath("templates", "tenders", "paper.typ").read_bytes()
