"""The management figures as a workbook with live formulas; no row is of fewer than five persons.

Each formula carries the value it has when the file is made, so that a viewer that does not compute shows the same.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from django.utils import timezone

from styr.initiatives.core.interval import written
from styr.kernel.danish import danish_date, danish_section
from styr.reports.core.areas import FEWEST, OTHERS, SHARES, areas_for_others
from styr.reports.core.story import units_for_others
from styr.reports.leaving import FEW_WORDS, told_ore, waterfall_for_others
from styr.reports.pdf import data_words
from styr.reports.pictures import PART_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

    from styr.initiatives.queries import InitiativeView
    from styr.reports.pdf import Effects
    from styr.reports.queries import Results

_OPTIONS: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_AREA_HEADS: Final = (
    *("Område", "Borgere", "Løbende bevillinger", "Udgift i året", "Underskrevet", "Kvalitetssikret", "Egen skabelon"),
    *("Genforhandlet", "Andel underskrevet", "Andel kvalitetssikret", "Andel egen skabelon", "Andel genforhandlet"),
)
_FIGURES: Final = (
    ("Aftalte besparelser i året", "savings", "agreed"), ("Besparelser på et helt år", "savings", "full_year"),
    ("Set på fakturaerne", "savings", "realised"), ("Forventet, ikke aftalt", "savings", "expected"),
    ("Faktureret over den aftalte pris", "savings", "leaked"), ("Kontrollerede fakturaer", "invoices", "checked"),
    ("Afviste fakturaer", "invoices", "rejected"), ("Krævet tilbage, ikke modtaget", "invoices", "claimed"),
    ("Tilbage gennem fakturakontrollen", "invoices", "recovered"),
    ("Nye bevillinger siden da", "changed", "started"),
    ("Stoppede bevillinger siden da", "changed", "stopped"),
    ("Nye afvigelser siden da", "changed", "findings"),
)  # fmt: skip


class _Book:
    """The workbook being written, with its formats."""

    def __init__(self, target: BytesIO) -> None:
        self.book = xlsxwriter.Workbook(target, _OPTIONS)
        add = self.book.add_format
        self.title = add({"bold": True, "font_size": 16})
        self.quiet = add({"font_color": "#5a6570"})
        self.head = add({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
        self.money = add({"num_format": "#,##0;[Red]-#,##0"})
        self.over = add({"num_format": "+#,##0;-#,##0;0"})
        self.share = add({"num_format": "0 %"})
        self.bold = add({"bold": True, "top": 1})
        self.sum = add({"bold": True, "top": 1, "num_format": "#,##0"})


def results_workbook(found: Results, *, initiatives: Sequence[InitiativeView], effects: Effects) -> bytes:
    """Return the file: Overblik, Vandfald, Områder and Indsatser."""
    target = BytesIO()
    made = _Book(target)
    with made.book:
        _overview(made, made.book.add_worksheet("Overblik"), found)
        _waterfall(made, made.book.add_worksheet("Vandfald"), found)
        _areas(made, made.book.add_worksheet("Områder"), found)
        _initiatives(made, made.book.add_worksheet("Indsatser"), initiatives, effects)
    return target.getvalue()


def _overview(made: _Book, sheet: Worksheet, found: Results) -> None:
    moment = timezone.localtime(found.made_at)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 5, 18)
    sheet.write_string(0, 0, f"Ledelsesoverblik {found.year}", made.title)
    sheet.write_string(
        1, 0, f"Beregnet {danish_date(moment.date())} kl. {moment:%H.%M} af {data_words(found)}.", made.quiet
    )
    _heads(
        made, sheet, 3, ("Enhed", "Budget", "Prognose", f"Prognose {danish_date(found.since)}", "Afvigelse", "Ændring")
    )
    line = 5
    for line, unit in enumerate(units_for_others(found.units), start=5):
        one = unit.standing
        sheet.write_string(line - 1, 0, unit.name)
        sheet.write_number(line - 1, 1, (one.budget_ore or 0) / 100, made.money)
        sheet.write_number(line - 1, 2, one.forecast_ore / 100, made.money)
        if one.before_ore is not None:
            sheet.write_number(line - 1, 3, one.before_ore / 100, made.money)
            moved = (one.forecast_ore - one.before_ore) / 100
            sheet.write_formula(line - 1, 5, f"=C{line}-D{line}", made.over, moved)
        over = (one.forecast_ore - (one.budget_ore or 0)) / 100
        sheet.write_formula(line - 1, 4, f"=C{line}-B{line}", made.over, over)
    last, end = line, line + 1
    sheet.write_string(end - 1, 0, "I alt", made.bold)
    standing = found.standing
    for letter, at, ore in (("B", 1, standing.budget_ore or 0), ("C", 2, standing.forecast_ore)):
        sheet.write_formula(end - 1, at, f"=SUM({letter}5:{letter}{last})", made.sum, ore / 100)
    sheet.write_formula(end - 1, 4, f"=C{end}-B{end}", made.sum, (standing.over_ore or standing.forecast_ore) / 100)
    _heads(made, sheet, end + 1, (f"Tal (»da« er {danish_date(found.since)})", "Kr.", "Antal"))
    for at, (name, topic, key) in enumerate(_FIGURES, start=end + 2):
        amount = found.of(topic, key)
        sheet.write_string(at, 0, name)
        told = told_ore(amount)
        if told is None:
            sheet.write_string(at, 1, FEW_WORDS)
        else:
            sheet.write_number(at, 1, told / 100, made.money)
        sheet.write_number(at, 2, amount.number)


def _waterfall(made: _Book, sheet: Worksheet, found: Results) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 60)
    _heads(made, sheet, 0, ("Trin", "Kr.", "Hvad det er"))
    waterfall = waterfall_for_others(found)
    sheet.write_string(1, 0, str(found.year - 1))
    sheet.write_number(1, 1, waterfall.last_ore / 100, made.money)
    for at, (name, ore) in enumerate(waterfall.parts, start=2):
        sheet.write_string(at, 0, PART_WORDS[name][0])
        sheet.write_number(at, 1, ore / 100, made.over)
        sheet.write_string(at, 2, PART_WORDS[name][1], made.quiet)
    end = 2 + len(waterfall.parts)
    sheet.write_string(end, 0, str(found.year), made.bold)
    sheet.write_formula(end, 1, f"=SUM(B2:B{end})", made.sum, waterfall.this_ore / 100)


def _areas(made: _Book, sheet: Worksheet, found: Results) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 11, 15)
    sheet.set_row(0, 32)
    _heads(made, sheet, 0, _AREA_HEADS)
    areas = areas_for_others(found.areas)
    line = 1
    for line, area in enumerate(areas.rows, start=2):
        sheet.write_string(line - 1, 0, danish_section(area.section) or "Uden paragraf")
        sheet.write_number(line - 1, 1, area.persons)
        sheet.write_number(line - 1, 2, area.grants)
        sheet.write_number(line - 1, 3, area.cost_ore / 100, made.money)
        for at, (letter, what) in enumerate(zip("EFGH", SHARES, strict=True), 4):
            if (line - 2, what) in areas.hidden:
                sheet.write_string(line - 1, at, "skjult")
                sheet.write_string(line - 1, at + 4, "skjult")
                continue
            sheet.write_number(line - 1, at, getattr(area, f"{what}_ore") / 100, made.money)
            share: Any = area.share(what)
            text = f'=IF(D{line}=0,"",{letter}{line}/D{line})'
            sheet.write_formula(line - 1, at + 4, text, made.share, "" if share is None else share)
    told = (
        f"Områder med færre end {FEWEST} borgere er lagt sammen i »{OTHERS}«; »skjult« er andele, der ville røbe så få."
    )
    sheet.write_string(
        line + 1, 0, told if areas.rows else f"Der er færre end {FEWEST} borgere, så intet vises.", made.quiet
    )
    sheet.freeze_panes(1, 1)


def _initiatives(made: _Book, sheet: Worksheet, initiatives: Sequence[InitiativeView], effects: Effects) -> None:
    heads = ("Nr.", "Indsats", "Tema", "Tovholder", "Status", "Politisk", "Baseline, mio. kr.", "Besparelse, mio. kr.",
             "Besparelse, mindst", "Besparelse, højst", "Målt virkning, kr.")  # fmt: skip
    _heads(made, sheet, 0, heads)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 10, 18)
    for line, one in enumerate(initiatives, start=1):
        sheet.write_number(line, 0, one.number)
        words = (one.title, one.theme, one.owner, one.status.danish, one.political.danish, written(one.baseline),
                 written(one.saving))  # fmt: skip
        for at, word in enumerate(words, start=1):
            sheet.write_string(line, at, word)
        if one.saving is not None:
            sheet.write_number(line, 8, float(one.saving.lower))
            if one.saving.upper is not None:
                sheet.write_number(line, 9, float(one.saving.upper))
        brought = effects.get(one.id)
        if brought is not None and brought.ore is not None:
            sheet.write_number(line, 10, brought.ore / 100, made.money)
    sheet.freeze_panes(1, 2)


def _heads(made: _Book, sheet: Worksheet, line: int, heads: Sequence[str]) -> None:
    for at, head in enumerate(heads):
        sheet.write_string(line, at, head, made.head)
