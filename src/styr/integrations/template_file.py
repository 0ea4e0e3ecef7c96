"""The template of the first day: one sheet to fill in, with help, examples and choices, read back as an overview."""

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.overview import OVERVIEW_FILE
from styr.integrations.spreadsheets.core.own_words import NONE_OF_OUR_OWN, OwnWords
from styr.integrations.spreadsheets.core.specs import Column

NAME = "styr-skabelon.xlsx"
_ROWS = 2_000
_HEADER = 3
_LEFT_OUT = frozenset({"first_name", "last_name", "address", "postal_code", "city"})
_HELP: Mapping[str, str] = {
    "cpr": "Borgerens CPR-nummer, ti cifre.",
    "name": "Fornavne og efternavn.",
    "unit_number": "Enhedens nummer. Kan udelades.",
    "supplier_name": "Firmaet, der sender fakturaen.",
    "cvr": "Leverandørens CVR-nummer, otte cifre.",
    "section": "Lov og paragraf, fx SEL § 107.",
    "service": "Vælg på listen.",
    "amount": "Pris i kr. pr. enhed, uden moms.",
    "unit": "Hvad prisen er pr.",
    "quantity": "Hvor mange, fx 12,5. Kan udelades ved døgn, uge og måned.",
    "per": "Antallet er pr. dag, uge, måned eller i alt.",
    "starts": "Første dag, dd-mm-åååå.",
    "ends": "Sidste dag (til og med). Tom, når den løber videre.",
    "grant_number": "Jeres eget nummer. Kan udelades.",
    "case_number": "Sagens nummer. Kan udelades.",
    "caseworker": "Kan udelades.",
    "account_string": "Seksten cifre. Kan udelades.",
    "follow_up_on": "Næste opfølgning, dd-mm-åååå. Kan udelades.",
    "contract_number": "Kontraktens nummer. Tom, når der ingen kontrakt er.",
    "signed_on": "Dagen, kontrakten blev underskrevet af begge.",
}
_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "cpr": "010190-1234", "name": "Anna Eksempel", "supplier_name": "Bostedet Eksempel ApS", "cvr": "12345674",
        "section": "SEL § 107", "service": "ophold", "amount": "1.950,00", "unit": "døgn", "starts": "01-01-2026",
        "contract_number": "K-2026-0001", "signed_on": "15-12-2025",
    },
    {
        "cpr": "020280-2345", "name": "Bo Eksempel", "supplier_name": "Støtte Eksempel I/S", "cvr": "12345682",
        "section": "SEL § 85", "service": "støtte", "amount": "405,00", "unit": "time", "quantity": "6", "per": "uge",
        "starts": "01-04-2026", "ends": "31-03-2027",
    },
)  # fmt: skip
_LONGEST_LIST = 255  # what Excel takes in one cell's list of choices
_GUIDE = (
    "Sådan bruges skabelonen",
    "",
    "1. Skriv én række pr. ydelse på arket »Oversigt«: hvem, hvad, hvor, til hvilken pris og fra hvornår.",
    "2. De mørke overskrifter skal udfyldes. De lyse kan udelades; I kan også slette de kolonner.",
    "3. Har en borger to ydelser, skal der være to rækker. En ny pris fra en dato er også en ny række.",
    "4. Skriv »Sidste dag«, kun når bevillingen har en slutdato.",
    "5. Uden kontraktnummer regner Styr med, at der ingen kontrakt er, og finder det som en afvigelse.",
    "6. Gem filen, og træk den ind på siden »Kom i gang« i Styr. Intet skrives, før I har set, hvad der vil ske.",
    "",
    "Arkene »Vejledning« og »Eksempel« læses ikke.",
)


def template_file(own: OwnWords = NONE_OF_OUR_OWN) -> bytes:
    """The template as an Excel file; `own` are the words for the municipality's own services."""
    columns = [own.known_in(column) for column in OVERVIEW_FILE.columns if column.field not in _LEFT_OUT]
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        looks = {
            "must": book.add_format({"bold": True, "bg_color": "#0B4A8F", "font_color": "#FFFFFF", "border": 1}),
            "may": book.add_format({"bold": True, "bg_color": "#DCE9F7", "border": 1}),
            "help": book.add_format({"italic": True, "font_color": "#4A4F57", "text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "dd-mm-yyyy"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "wrap": book.add_format({"text_wrap": True}),
        }
        _overview(book.add_worksheet("Oversigt"), columns, looks)
        example = book.add_worksheet("Eksempel")
        _headings(example, columns, looks)
        for row, values in enumerate(_EXAMPLES, start=_HEADER):
            for at, column in enumerate(columns):
                example.write_string(row, at, values.get(column.field, ""))
        guide = book.add_worksheet("Vejledning")
        guide.set_column(0, 0, 110)
        for row, text in enumerate(_GUIDE):
            guide.write_string(row, 0, text, looks["wrap"] if row else looks["title"])
    return held.getvalue()


def _overview(sheet: Any, columns: list[Column], looks: Mapping[str, Any]) -> None:
    _headings(sheet, columns, looks)
    for at, column in enumerate(columns):
        look = {Kind.DATE: "date", Kind.LAST_DAY: "date", Kind.MONEY: "money", Kind.DECIMAL: "money"}
        sheet.set_column(at, at, max(12, len(column.name) + 4), looks[look.get(column.kind, "text")])
        _validation(sheet, at, column)
    sheet.freeze_panes(_HEADER, 2)


def _headings(sheet: Any, columns: list[Column], looks: Mapping[str, Any]) -> None:
    sheet.write_string(0, 0, "Samlet oversigt over borgere, bevillinger, kontrakter og priser", looks["title"])
    sheet.set_row(1, 62)
    for at, column in enumerate(columns):
        sheet.write_string(1, at, _HELP[column.field], looks["help"])
        must = column.required or column.field == "name"
        sheet.write_string(_HEADER - 1, at, column.name, looks["must" if must else "may"])


def _validation(sheet: Any, at: int, column: Column) -> None:
    """Choices as a list; dates as dates, where the cell says what it wants."""
    first, last = _HEADER, _HEADER + _ROWS
    if column.choices:
        words: dict[str, str] = {}
        for word, code in column.choices.items():
            words.setdefault(code, word)
        if len(",".join(words.values())) <= _LONGEST_LIST:
            sheet.data_validation(first, at, last, at, {"validate": "list", "source": list(words.values())})
    elif column.kind in {Kind.CPR, Kind.CVR}:
        sheet.data_validation(
            first, at, last, at,
            {"validate": "any", "input_title": column.name, "input_message": _HELP[column.field]},
        )  # fmt: skip
