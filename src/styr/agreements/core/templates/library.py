"""The clause library: our own contracts, clause by clause, as data; and a template of it as a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.shared import Cm, Pt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from docx.document import Document as Word

_TABLES: Final = {
    "linjer": ("linje", ("Ydelse", "Pris i kr.", "Enhed"), ("ydelse", "beløb", "enhed")),
    "særtakster": (
        "særtakst",
        ("Formål", "Timer om ugen", "Timepris i kr.", "Til og med"),
        ("formål", "timer", "timepris", "slut"),
    ),
}
"""List → its member's name, the table's headings, and the members' parts."""


@dataclass(frozen=True, slots=True)
class LibraryClause:
    """A clause of the library: for which templates it is meant (none = all) and on what it depends ("" = always).

    `but` are templates that it is not for.
    """

    code: str
    title: str
    sections: frozenset[str]
    when: str
    paragraphs: tuple[str, ...]
    table: str
    but: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Library:
    """The templates by code with their titles, and the clauses in their order.

    A template that stands `alone` has only the clauses that name it: a supplement leaves the rest to its contract.
    """

    version: str
    valid_from: date
    titles: Mapping[str, str]
    alone: frozenset[str]
    clauses: tuple[LibraryClause, ...]

    def clauses_of(self, template: str) -> tuple[LibraryClause, ...]:
        """The clauses of one template."""
        common = template not in self.alone
        meant = (one for one in self.clauses if (common and not one.sections) or template in one.sections)
        return tuple(one for one in meant if template not in one.but)


def library_of(written: Mapping[str, Any]) -> Library:
    """Read the library as it stands in `reference/templates.toml`."""
    clauses = tuple(
        LibraryClause(
            one["code"],
            one["title"],
            frozenset(one.get("sections", ())),
            one.get("when", ""),
            tuple(one["paragraphs"]),
            one.get("table", ""),
            frozenset(one.get("but", ())),
        )
        for one in written["clause"]
    )
    titles = {one["code"]: one["title"] for one in written["template"]}
    alone = frozenset(one["code"] for one in written["template"] if one.get("alone", False))
    return Library(written["version"], written["valid_from"], titles, alone, clauses)


def as_word(library: Library, template: str) -> bytes:
    """The template as a Word file with its tags, to be edited by a lawyer; numbered clauses, signatures at the end."""
    word = Document()
    _set_page(word)
    word.add_heading(library.titles[template], level=0)
    number = 0
    for clause in library.clauses_of(template):
        if clause.when:
            word.add_paragraph(f"{{%p if {clause.when} %}}")
        if clause.title:
            # Two clauses with one title stand for one another: the number is given when the contract is made.
            number += not clause.when.startswith("not ")
            word.add_heading(f"{number}. {clause.title}", level=1)
        for paragraph in clause.paragraphs:
            word.add_paragraph(paragraph)
        if clause.table:
            _add_table(word, clause.table)
        if clause.when:
            word.add_paragraph("{%p endif %}")
    word.add_heading("Underskrifter", level=1)
    word.add_paragraph("For {{ kommune.navn }}:\t\t\tFor {{ leverandør.navn }}:")
    word.add_paragraph("Dato og underskrift\t\t\tDato og underskrift")
    return _saved(word)


def _set_page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    word.styles["Normal"].font.size = Pt(11)


def _add_table(word: Word, name: str) -> None:
    member, headings, parts = _TABLES[name]
    table = word.add_table(rows=4, cols=len(headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        cell.text = heading
    table.rows[1].cells[0].text = f"{{%tr for {member} in {name} %}}"
    for cell, part in zip(table.rows[2].cells, parts, strict=True):
        cell.text = f"{{{{ {member}.{part} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    word.add_paragraph()


def _saved(word: Word) -> bytes:
    written = BytesIO()
    word.save(written)
    return written.getvalue()
