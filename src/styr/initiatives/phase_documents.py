"""The document that each phase of an analysis ends in, as a Word file: mapping, potential, and what comes first."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docx.shared import Cm, Pt

from styr.initiatives.core.codes import Phase, Service
from styr.initiatives.core.interval import written
from styr.initiatives.core.measured import together
from styr.initiatives.queries import counts
from styr.kernel.danish import danish_date, kroner
from styr.transport.core.cost_matrix import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from docx.document import Document as Word

    from styr.initiatives.core.measured import Effect
    from styr.initiatives.queries import CataloguePage, InitiativeView
    from styr.transport.core.cost_matrix import Matrix

_STYLE = "Light Grid Accent 1"
_ABOUT = {
    Phase.MAPPING: "Rapporten viser, hvad området koster, hvem der bruger pengene, og hvad der endnu ikke er opgjort.",
    Phase.POTENTIAL: "Kataloget samler kortlægningens muligheder med besparelse, effekter og serviceniveau.",
    Phase.PRIORITISED: "Kataloget viser de valgte indsatser i prioriteret orden, deres tovholdere, og hvad de gav.",
}


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """What goes into a document besides the catalogue: the mapped year's cost, if any, and what was measured."""

    municipality: str
    today: date
    cost: Matrix | None
    effects: Mapping[UUID, Effect]


def phase_document(page: CataloguePage, phase: Phase, facts: PhaseFacts) -> bytes:
    """Return the file."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    word.styles["Normal"].font.size = Pt(10)
    found = page.catalogue
    word.core_properties.title, word.core_properties.author = found.name, facts.municipality
    word.add_heading(f"{phase.danish.capitalize()}: {found.name}", level=0)
    word.add_paragraph(f"{facts.municipality} · {danish_date(facts.today)}")
    word.add_paragraph(_ABOUT[phase])
    if found.note:
        word.add_paragraph(found.note)
    match phase:
        case Phase.MAPPING:
            _mapping(word, page, facts)
        case Phase.POTENTIAL:
            _potential(word, page)
        case Phase.PRIORITISED:
            _prioritised(word, page, facts)
    _remarks(word, page)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _mapping(word: Word, page: CataloguePage, facts: PhaseFacts) -> None:
    word.add_heading("Hvad området koster", level=1)
    year = f" ({page.catalogue.year})" if page.catalogue.year else ""
    word.add_paragraph(f"Økonomisk baseline for hele området{year}: {_mio(written(page.catalogue.stated.baseline))}.")
    cost = facts.cost
    if cost is not None and not cost.is_empty:
        rows = [
            (f"{line.area.number}. {line.area.name}", *(_kr(cell) for cell in line.cells), _kr(line.total.ore))
            for line in cost.lines
        ]
        whole = ("I alt", *(_kr(one.ore) for one in cost.columns), _kr(cost.total.ore))
        _table(word, ("Område", *(kind.danish.capitalize() for kind in KINDS), "I alt"), [*rows, whole])
        if cost.total.unknown:
            word.add_paragraph(f"{cost.total.unknown} felter er ikke estimeret, så summerne er mindst det, der står.")
    word.add_heading("Hvad indsatserne vedrører", level=1)
    _table(word, ("Nr.", "Indsats", "Baseline, mio. kr.", "Centre"), [
        (str(row.number), row.title, written(row.baseline), " ".join(row.departments)) for row in page.rows
    ])  # fmt: skip
    word.add_paragraph("Indsatsernes baselines overlapper og lægges ikke sammen.")


def _potential(word: Word, page: CataloguePage) -> None:
    word.add_heading("Muligheder", level=1)
    _table(word, ("Nr.", "Indsats", "Besparelse, mio. kr.", "Effekter", "Serviceniveau", "Politisk"), [
        (
            str(row.number), row.title, written(row.saving), ", ".join(one.danish for one in row.effects),
            "" if row.service is Service.UNKNOWN else row.service.danish, row.political.danish,
        )
        for row in page.rows
    ])  # fmt: skip
    word.add_paragraph(f"Tilsammen om året: {_mio(page.saving.words)}. Det, der ikke er estimeret, er ikke nul.")


def _prioritised(word: Word, page: CataloguePage, facts: PhaseFacts) -> None:
    word.add_heading("Indsatser i prioriteret orden", level=1)
    chosen = [row for row in page.rows if counts(row)]
    _table(word, ("Nr.", "Indsats", "Besparelse, mio. kr.", "Tovholder", "Status", "Målt"), [
        (str(row.number), row.title, written(row.saving), row.owner or "ikke udpeget", row.status.danish,
         _brought(row, facts.effects))
        for row in chosen
    ])  # fmt: skip
    word.add_paragraph(f"Tilsammen om året: {_mio(page.saving.words)}.")
    whole = together([facts.effects[row.id] for row in chosen if row.id in facts.effects])
    if whole.ore is not None:
        told = f"Målt til nu: {kroner(whole.ore, whole=True)}"
        word.add_paragraph(told if told.endswith(".") else f"{told}.")
        if whole.shared:
            word.add_paragraph(f"{whole.shared} indsatser måles på de samme kroner, som tæller én gang.")
    left_out = [row for row in page.rows if not counts(row)]
    if left_out:
        word.add_heading("Standset eller afvist", level=1)
        for row in left_out:
            word.add_paragraph(f"{row.number}. {row.title}", style="List Bullet")


def _remarks(word: Word, page: CataloguePage) -> None:
    if page.remarks:
        word.add_heading("Hvor kilden ikke stemmer", level=1)
        for one in page.remarks:
            word.add_paragraph(one, style="List Bullet")


def _brought(row: InitiativeView, effects: Mapping[UUID, Effect]) -> str:
    found = effects.get(row.id)
    return "" if found is None or found.ore is None else kroner(found.ore, whole=True)


def _mio(words: str) -> str:
    return f"{words} mio. kr" if any(sign.isdigit() for sign in words) else words


def _kr(ore: int | None) -> str:
    return "–" if ore is None else kroner(ore, whole=True)


def _table(word: Word, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = word.add_table(rows=1, cols=len(heads), style=_STYLE)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.add_paragraph()
