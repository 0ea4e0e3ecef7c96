"""The negotiation brief (forhandlingsoplæg): what we pay and get, what others pay, history, proposals and clause risks.

Gathered from the registers as they are today and written as Word or PDF; the walk-away is in it for negotiators alone,
and no citizen is named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Final

import typst
from django.db import connection
from docx import Document
from docx.shared import Cm, Pt

from styr.agreements.queries import document_card
from styr.contracts.queries import service_names
from styr.grants.costing import full_year
from styr.kernel.danish import danish_date, danish_number, danish_section, kroner
from styr.kernel.units import Unit
from styr.negotiations.core.potential.telling import NEXT, told
from styr.negotiations.places import grant_place, lines_of
from styr.negotiations.potential import about, reasons_of, stand
from styr.negotiations.preparing import gather as gather_bought
from styr.negotiations.queries import savings_of
from styr.negotiations.reference.load import shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from styr.negotiations.core.codes import Reason
    from styr.negotiations.core.potential.ranking import Found
    from styr.negotiations.core.potential.shares import Share
    from styr.negotiations.places import GrantPlace, LinePlace
    from styr.negotiations.reading import CaseCard

_FEW: Final = 5
_SHOWN: Final = 7
_INVOICED: Final = """
SELECT extract(year FROM c.period_start)::int, count(DISTINCT c.invoice_id), sum(c.claimed_ore)::bigint
FROM rel_claim c JOIN rel_invoice i ON i.invoice_id = c.invoice_id AND i.status IN ('ready', 'approved', 'paid')
WHERE c.grant_id = %s GROUP BY 1 ORDER BY 1
"""
_OTHERS: Final = """
SELECT coalesce(u.name, s.name, ''), min(b.price) FROM rel_bought b
LEFT JOIN suppliers_providerunit u ON u.id = b.provider_unit_id LEFT JOIN suppliers_supplier s ON s.id = b.supplier_id
WHERE b.section = %s AND b.service = %s AND b.unit = %s AND b.supplier_id <> %s
  AND coalesce(b.line_kind, 'base') = coalesce(%s, 'base')
GROUP BY 1 ORDER BY 2, 1
"""
_DOCUMENT: Final = """
SELECT id FROM agreements_agreementdocument WHERE contract_id = %s ORDER BY received_at DESC LIMIT 1
"""
_HISTORY: Final = """
SELECT r.valid_from, r.amount, l.line_no FROM rel_contract_rate r JOIN rel_contract_line l USING (contract_line_id)
WHERE l.contract_id = %s ORDER BY l.line_no, r.valid_from
"""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its paragraphs, and a table (the first row its heading; none where it is empty)."""

    title: str
    words: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief: who and what, and its sections."""

    title: str
    about: str
    sections: tuple[Section, ...]


def gather(card: CaseCard, *, today: date) -> Brief:
    """Gather the brief of a negotiation; a fixed number of queries. Raises `GrantNotThereError`."""
    grant = grant_place(card.line.grant_id)
    names = service_names()
    lines = lines_of(grant.id, on=today)
    found, standing = about(grant.id), stand(today=today)
    reasons = reasons_of(found) if found else []
    gather_bought(today=today)
    sections = [
        Section("Mål", (card.goal, *((f"Smertegrænse (kun til os): {card.walk_away}",) if card.walk_away else ()))),
        _paid(grant, lines, names, today),
        _got(lines, names),
        _others(grant, lines, names),
        Section(
            "Hvad vi kan forhandle om",
            () if reasons else ("Registrene viser intet usædvanligt. Forhandlingen bygger på målet ovenfor.",),
            _told(reasons, standing.shares if standing else shares()),
        ),
        Section("Risici i kontraktens vilkår", _risks(grant)),
        _history(grant, card),
        Section("Argumenter", tuple(f"{one.words} {one.evidence}".strip() for one in card.arguments)),
    ]  # fmt: skip
    words = f"{grant.supplier_name} · {danish_section(grant.section)} · bevilling {grant.number}"
    if grant.contract_number:
        words += f" · kontrakt {grant.contract_number}"
    return Brief(card.line.title, words, tuple(one for one in sections if one.words or one.rows))


def _told(reasons: Sequence[Found], estimates: Mapping[Reason, Share]) -> tuple[tuple[str, ...], ...]:
    if not reasons:
        return ()
    rows = [
        (
            one.reason.danish.capitalize(),
            kroner(one.likely_ore, whole=True),
            f"{told(one, estimates)} {NEXT[one.reason]}",
        )
        for one in reasons
    ]
    return (("Grund", "Sandsynligt pr. år", "Begrundelse og næste skridt"), *rows)


def _paid(grant: GrantPlace, lines: Sequence[LinePlace], names: dict[str, str], today: date) -> Section:
    year = full_year(grant_id=grant.id, from_day=today)
    rows = [("Ydelse", "Pris", "Mængde"), *(_line(line, names) for line in lines)]
    words = [f"Et helt år koster {kroner(year.amount_ore, whole=True)} ved de nuværende priser."]
    with connection.cursor() as cursor:
        cursor.execute(_INVOICED, [grant.id])
        words += [
            f"Faktureret for {year_of}: {kroner(ore, whole=True)} på {bills} fakturaer."
            for year_of, bills, ore in cursor.fetchall()
        ]
    return Section("Hvad vi betaler", tuple(words), tuple(rows))


def _line(line: LinePlace, names: dict[str, str]) -> tuple[str, str, str]:
    unit = Unit(line.unit).danish
    price = "ingen pris i dag" if line.price is None else f"{kroner(int(line.price * 100))} pr. {unit}"
    return names.get(line.service, line.service), price, danish_number(line.quantity.normalize() + 0)


def _got(lines: Sequence[LinePlace], names: dict[str, str]) -> Section:
    words = []
    for line in lines:
        if line.kind != "special":
            continue
        hours = (
            "ingen timer i kontrakten" if line.hours is None else f"{danish_number(line.hours.normalize() + 0)} timer"
        )
        until = (
            "ingen evaluering aftalt" if line.evaluation_on is None else f"evalueres {danish_date(line.evaluation_on)}"
        )
        purpose = line.purpose or "intet formål skrevet"
        words.append(f"{names.get(line.service, line.service)}: {hours}, {purpose}, {until}.")
    return Section("Hvad vi får for særtakster", tuple(words))


def _others(grant: GrantPlace, lines: Sequence[LinePlace], names: dict[str, str]) -> Section:
    """What other offers take for the same section, service and unit today: the spread, and those nearest the median."""
    words, rows = [], []
    for line in lines:
        if line.price is None or grant.supplier_id is None:
            continue
        with connection.cursor() as cursor:
            cursor.execute(_OTHERS, [grant.section, line.service, line.unit, grant.supplier_id, line.kind])
            found = cursor.fetchall()
        name, unit = names.get(line.service, line.service), Unit(line.unit).danish
        if len(found) < _FEW:
            others = "1 andet tilbud" if len(found) == 1 else f"{len(found)} andre tilbud"
            words.append(f"{name}: {others} har en pris i dag; det er for få at sammenligne med.")
            continue
        low, middle, high = (_price(found[place][1]) for place in (0, (len(found) - 1) // 2, -1))
        words.append(
            f"{name}: {len(found)} andre tilbud tager fra {low} til {high} pr. {unit}; medianen er {middle}, og vi "
            f"betaler {_price(line.price)}."
        )
        first = max((len(found) - 1) // 2 - _SHOWN // 2, 0)
        rows += [(name, offer, _price(price)) for offer, price in found[first : first + _SHOWN]]
    return Section(
        "Hvad andre tager", tuple(words), (("Ydelse", "Tilbud tæt på medianen", "Pris"), *rows) if rows else ()
    )


def _price(amount: Decimal) -> str:
    return kroner(int(amount * 100))


def _history(grant: GrantPlace, card: CaseCard) -> Section:
    rows: list[tuple[str, ...]] = []
    if grant.contract_id is not None:
        with connection.cursor() as cursor:
            cursor.execute(_HISTORY, [grant.contract_id])
            rows += [
                (danish_date(first), f"Pris på linje {no}", kroner(int(amount * 100)))
                for first, amount, no in cursor.fetchall()
            ]
    rows += [
        (danish_date(one.happened_on), one.kind.danish.capitalize(),
         "" if one.amount is None else kroner(int(one.amount * 100)))
        for one in reversed(card.entries)
    ]  # fmt: skip
    rows += [
        (danish_date(one.starts), f"Besparelse, {one.status.danish}", kroner(one.full_year_ore, whole=True))
        for one in savings_of(year=card.line.opened_at.year, grant_id=grant.id)
    ]
    return Section("Historie", (), (("Dato", "Hvad", "Beløb"), *rows) if rows else ())


def _risks(grant: GrantPlace) -> tuple[str, ...]:
    """What the playbook says of the contract's newest file: the risks, and what to propose instead."""
    if grant.contract_id is None:
        return ("Der er ingen kontrakt.",)
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENT, [grant.contract_id])
        row = cursor.fetchone()
    if row is None:
        return ("Kontraktens fil er ikke indlæst, så vilkårene er ikke gennemgået.",)
    return tuple(
        f"{one.title}: {one.risk} Foreslå: {one.proposal}" for one in document_card(row[0]).clauses if one.risk
    )


def as_pdf(brief: Brief) -> bytes:
    """The brief as a PDF, set by typst in the process; nothing is written to disk or fetched."""
    data = {
        "title": brief.title,
        "about": brief.about,
        "sections": [
            {"title": one.title, "words": list(one.words), "rows": [list(row) for row in one.rows]}
            for one in brief.sections
        ],
    }
    template = files("styr.negotiations").joinpath("templates", "negotiations", "brief.typ").read_bytes()
    sources = {"main.typ": template, "brief.json": json.dumps(data, ensure_ascii=False).encode()}
    made: bytes = typst.compile(sources, format="pdf")  # type: ignore[call-overload]  # files by name: not in its stubs
    return made


def as_word(brief: Brief) -> bytes:
    """The brief as a Word file on A4."""
    word = Document()
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    word.styles["Normal"].font.size = Pt(10.5)
    word.add_heading(brief.title, level=0)
    word.add_paragraph(brief.about)
    for section in brief.sections:
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
