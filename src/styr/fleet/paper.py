"""The decision paper (beslutningsoplæg) on the own vehicles: use, sharing, replacement, requirements; Word or PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Final

import typst
from docx import Document
from docx.shared import Cm, Pt

from styr.fleet.assuming import said
from styr.fleet.core.codes import Alternative
from styr.kernel.danish import danish_date, danish_number, kroner
from styr.kernel.money import round_half_away
from styr.transport.requirements import PURCHASE, requirements_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from styr.fleet.queries import FleetSheet

UNKNOWN: Final = "kendes ikke"
_KILO: Final = 1000
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A heading with sentences and perhaps a table whose first row is its heads."""

    title: str
    words: tuple[str, ...]
    rows: Rows = ()


@dataclass(frozen=True)
class Paper:
    """The whole paper."""

    title: str
    about: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Sum:
    """Amounts together; `unknown` counts those that nobody knows, and then the sum is a part of the whole."""

    amount: int
    unknown: int


def summed(amounts: Iterable[int | None]) -> Sum:
    """Add up what is known, and count what is not."""
    every = tuple(amounts)
    return Sum(sum(one for one in every if one is not None), sum(one is None for one in every))


def paper(sheet: FleetSheet, *, municipality: str, today: date) -> Paper:
    """The paper of the fleet as it stands today."""
    return Paper(
        "Egne vogne: brug, deling og udskiftning",
        f"Beslutningsoplæg · {municipality} · {danish_date(today)}",
        (
            Section("Indstilling", tuple(_asked(sheet))),
            Section("Brug", tuple(_use(sheet)), _use_rows(sheet)),
            Section("Plan for hver vogn", tuple(_totals(sheet)), _plan_rows(sheet)),
            Section("Krav ved køb", (), _requirements(today)),
            Section("Forudsætninger", _BASIS, _assumptions(sheet)),
        ),
    )


def as_word(made: Paper) -> bytes:
    """The paper as a Word file on A4."""
    word = Document()
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    word.styles["Normal"].font.size = Pt(10)
    word.core_properties.title = made.title
    word.add_heading(made.title, level=0)
    word.add_paragraph(made.about)
    for section in made.sections:
        word.add_heading(section.title, level=1)
        for words in section.words:
            word.add_paragraph(words)
        if section.rows:
            table = word.add_table(rows=0, cols=len(section.rows[0]), style="Light Grid Accent 1")
            for row in section.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def as_pdf(made: Paper) -> bytes:
    """The paper as a PDF, set by typst in the process; nothing is written to disk or fetched."""
    sections = [
        {"title": one.title, "words": list(one.words), "rows": [list(row) for row in one.rows]} for one in made.sections
    ]
    data = {"title": made.title, "about": made.about, "sections": sections}
    template = files("styr.fleet").joinpath("templates", "fleet", "paper.typ").read_bytes()
    sources = {"main.typ": template, "paper.json": json.dumps(data, ensure_ascii=False).encode()}
    done: bytes = typst.compile(sources, format="pdf")  # type: ignore[call-overload]  # files by name: not in its stubs
    return done


_BASIS: Final = (
    "Brug kommer fra ruteplaner i drift, faste kørsler efter bevillingerne og kørebogen.",
    "Hvor en fast kørsel ikke står i en plan, regnes alle stedets vogne for at være ude, mens den køres.",
    "Afstande mellem enhederne er ikke regnet med.",
    "At beholde, dele eller skifte en vogn er uden chauffør; købte ture er med.",
    "Spares chaufførens tid, er det billigere at købe turene end vist.",
)


def _asked(sheet: FleetSheet) -> Iterable[str]:
    changed = [line for line in sheet.lines if line.chosen.alternative is not Alternative.KEEP]
    if not changed:
        yield "Ingen vogn er valgt til deling, udskiftning eller afskaffelse endnu."
        return
    saved = summed(line.saving_ore for line in changed)
    by_kind = ", ".join(
        f"{sum(line.chosen.alternative is kind for line in changed)} {kind.danish}"
        for kind in Alternative
        if any(line.chosen.alternative is kind for line in changed)
    )
    yield f"Det indstilles, at {len(changed)} af {len(sheet.lines)} vogne ændres: {by_kind}."
    yield f"Det sparer {kroner(saved.amount, whole=True)} om året{_lacking(saved.unknown)}."


def _use(sheet: FleetSheet) -> Iterable[str]:
    period = f"fra {danish_date(sheet.first)} til {danish_date(sheet.last)}"
    yield f"Vognene var ude {sheet.percent} % af arbejdsdagen {period}."
    if not sheet.whole:
        yield "Kun nogle enheders kørsel er med: Brugen er mindst den viste, og hvad der kan deles, kan ikke ses."
        return
    yield (
        f"Højst {sheet.peak.vehicles} af {len(sheet.lines)} vogne var ude på samme tid. "
        f"Med reserve kunne {sheet.fewer} undværes, hvis alle enheder brugte dem alle."
    )
    for one in sheet.half_empty:
        full = one.filled
        yield (
            f"{one.place}: {full.vehicles} vogne med {full.seats} pladser er i snit {full.percent} % fulde; "
            f"{full.enough} ville være nok."
        )


def _use_rows(sheet: FleetSheet) -> Rows:
    heads = ("Vogn", "Enhed", "Pladser", "Brugt", "Km om året", "Kan deles")
    return (heads, *(
        (line.car.name, line.car.unit or "–", str(line.car.seats), f"{line.percent} %", km(line.hundredths_km_year),
         ("ja" if line.shareable else "nej") if sheet.whole else "ukendt")
        for line in sheet.lines
    ))  # fmt: skip


def _plan_rows(sheet: FleetSheet) -> Rows:
    heads = ("Vogn", "Valg", "Begrundelse", "I dag om året", "Efter", "Sparer", "CO2 mindre", "Udskiftes")
    return (heads, *(
        (
            line.car.name, line.chosen.alternative.danish, line.car.reason or "–", money(line.kept.cost_ore),
            money(line.chosen.cost_ore), money(line.saving_ore), kilos(line.less_co2_g),
            str(line.due_year) if line.due_year else UNKNOWN,
        )
        for line in sheet.lines
    ))  # fmt: skip


def _totals(sheet: FleetSheet) -> Iterable[str]:
    cost, co2 = summed(line.saving_ore for line in sheet.lines), summed(line.less_co2_g for line in sheet.lines)
    yield f"I alt spares {kroner(cost.amount, whole=True)} om året{_lacking(cost.unknown)}."
    yield f"I alt udledes {kilos(co2.amount)} mindre om året{_lacking(co2.unknown)}."
    if sheet.stuck:
        names = {line.car.key: line.car.name for line in sheet.lines}
        told = ", ".join(names[key] for key in sheet.stuck)
        yield f"Ikke alle, der er valgt til deling, kan undværes på én gang: {told}."


def _requirements(today: date) -> Rows:
    heads = ("Nr.", "Krav", "Skal/bør", "Dokumentation", "Kontrollér")
    return (heads, *(
        (one.code, f"{one.title}. {one.text}", one.level, one.proof, "ja" if one.check else "")
        for one in requirements_on(today, use=PURCHASE)
    ))  # fmt: skip


def _assumptions(sheet: FleetSheet) -> Rows:
    return (("Forudsætning", "Værdi", "Kilde"), *((one.title, said(one), one.told) for one in sheet.assumptions))


def money(ore: int | None) -> str:
    """Whole kroner, or that it is not known."""
    return UNKNOWN if ore is None else kroner(ore, whole=True)


def kilos(grammes: int | None) -> str:
    """Whole kilogrammes, or that it is not known."""
    return UNKNOWN if grammes is None else f"{danish_number(round_half_away(grammes, _KILO))} kg"


def km(hundredths: int | None) -> str:
    """Whole km, or that it is not known."""
    return UNKNOWN if hundredths is None else danish_number(round_half_away(hundredths, 100))


def _lacking(unknown: int) -> str:
    return f" (for {unknown} vogne kendes det ikke)" if unknown else ""
