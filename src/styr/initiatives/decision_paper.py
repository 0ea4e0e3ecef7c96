"""The decision paper (beslutningsoplæg) of an initiative as a Word file, for the management or the politicians."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from docx.shared import Cm, Pt

from styr.initiatives.core.codes import Political, Service
from styr.initiatives.core.interval import written
from styr.kernel.danish import danish_date, danish_period, kroner
from styr.kernel.period import Period

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document as Word

    from styr.initiatives.core.measured import Effect
    from styr.initiatives.queries import InitiativePage

_LEVEL = "Light Grid Accent 1"


def decision_paper(page: InitiativePage, *, municipality: str, today: date, effect: Effect) -> bytes:
    """Return the file: what is to be decided, what it costs and brings, plan, risks, and what it waits for."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    word.styles["Normal"].font.size = Pt(11)
    found = page.initiative
    word.core_properties.title, word.core_properties.author = found.title, municipality
    word.add_heading(found.title, level=0)
    word.add_paragraph(f"Beslutningsoplæg · {municipality} · {danish_date(today)}")
    word.add_paragraph(f"Indsats {found.number} i {page.catalogue.name}")
    word.add_heading("Indstilling", level=1)
    word.add_paragraph(_asked(page))
    if found.text:
        word.add_heading("Sagen kort", level=1)
        word.add_paragraph(found.text)
    _economy(word, page, effect)
    _effects(word, page)
    _plan(word, page)
    _risks(word, page)
    if page.needs:
        word.add_heading("Afhænger af", level=1)
        for one in page.needs:
            word.add_paragraph(f"Indsats {one.number}: {one.title} ({one.status.danish})", style="List Bullet")
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _asked(page: InitiativePage) -> str:
    found = page.initiative
    match found.political:
        case Political.NEEDED:
            return "Det indstilles, at indsatsen godkendes politisk, så den kan sættes i gang."
        case Political.GIVEN:
            return f"Indsatsen er godkendt politisk {_on(found.political_on)}. Det indstilles, at den gennemføres."
        case Political.REFUSED:
            return f"Indsatsen er afvist politisk {_on(found.political_on)}. Oplægget er til orientering."
        case Political.NOT_NEEDED:
            return "Indsatsen kræver ikke politisk godkendelse. Det indstilles, at ledelsen sætter den i gang."


def _economy(word: Word, page: InitiativePage, effect: Effect) -> None:
    found = page.initiative
    word.add_heading("Økonomi", level=1)
    _table(word, ("", "Mio. kr."), [
        ("Økonomisk baseline" + (f" ({page.catalogue.year})" if page.catalogue.year else ""), written(found.baseline)),
        ("Årlig besparelse, netto", written(found.saving)),
        ("Investering", written(found.investment)),
    ])  # fmt: skip
    told = kroner(effect.ore, whole=True) + ". " if effect.ore is not None else ""
    word.add_paragraph(f"Målt virkning: {told}{effect.words}")
    if effect.before_ore is not None and effect.after_ore is not None:
        was, now = (kroner(ore, whole=True) for ore in (effect.before_ore, effect.after_ore))
        word.add_paragraph(f"Udgiften var {was} før og {now} efter.")
    if page.same_kroner:
        numbers = ", ".join(str(one.number) for one in page.same_kroner)
        word.add_paragraph(f"Indsats {numbers} måles på de samme kroner. Virkningerne lægges ikke sammen.")


def _effects(word: Word, page: InitiativePage) -> None:
    found = page.initiative
    word.add_heading("Hvad den skal give", level=1)
    for one in found.effects:
        word.add_paragraph(one.danish.capitalize(), style="List Bullet")
    if found.effect_text:
        word.add_paragraph(found.effect_text)
    if found.service is not Service.UNKNOWN:
        word.add_paragraph(f"Serviceniveauet for borgeren: {found.service.danish}.")
    if found.departments:
        word.add_paragraph(f"Berørte centre: {', '.join(found.departments)}.")
    word.add_paragraph(f"Tovholder: {found.owner or 'ikke udpeget'}.")


def _plan(word: Word, page: InitiativePage) -> None:
    word.add_heading("Plan", level=1)
    if not page.steps:
        word.add_paragraph("Der er ikke lagt en plan endnu.")
        return
    names = {step.id: step.name for step in page.steps}
    _table(word, ("Fase", "Periode", "Begynder efter", "Færdig"), [
        (
            step.name, danish_period(Period(step.starts, step.ends)), names.get(step.after, "") if step.after else "",
            danish_date(step.done_on) if step.done_on else "",
        )
        for step in page.steps
    ])  # fmt: skip


def _risks(word: Word, page: InitiativePage) -> None:
    word.add_heading("Risici", level=1)
    if not page.risks:
        word.add_paragraph("Der er ikke registreret risici.")
        return
    _table(word, ("Risiko", "Sandsynlighed", "Konsekvens", "Modtræk"), [
        (risk.text, risk.likely.danish, risk.grave.danish, risk.answer) for risk in page.risks
    ])  # fmt: skip


def _table(word: Word, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = word.add_table(rows=1, cols=len(heads), style=_LEVEL)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.add_paragraph()


def _on(day: date | None) -> str:
    return danish_date(day) if day else ""
