import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from time import process_time

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from styr.integrations.core.problems import Severity
from styr.integrations.spreadsheets.core.reading import RegisterTable, read_registers
from styr.integrations.spreadsheets.core.table import UnreadableFileError

HEADINGS = ["kontrakt_nr", "linje_nr", "gyldig_fra", "gyldig_til", "pris"]
ROW = ["K-2026-0001", 1, date(2026, 1, 1), date(2026, 6, 30), 1950.5]


def workbook(fill: Callable[[Worksheet], None], *, more: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    if more:
        more(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(*lines: list[object]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(line)

    return fill


def read(data: bytes) -> RegisterTable:
    [table] = read_registers(data, file="fil.xlsx", workbook=True)
    return table


def errors(data: bytes) -> list[str]:
    return [problem.sentence() for problem in read(data).problems if problem.severity is Severity.ERROR]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read_registers(data, file="fil.xlsx", workbook=True)
    return refused.value.problem.sentence()


def edited(data: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, edit(content.decode()).encode() if info.filename == part else content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_real_dates_and_numbers_are_read_below_titles_and_blank_rows() -> None:
    [(number, row)] = read(workbook(rows(["Takster", None], [], HEADINGS, ROW, []))).rows
    assert number == 4
    assert (row.valid_from, row.valid_to, row.amount) == (date(2026, 1, 1), date(2026, 7, 1), Decimal("1950.5"))
    assert row.line_no == 1


def test_dates_and_numbers_as_text_are_read_too() -> None:
    [(_, row)] = read(workbook(rows(HEADINGS, ["K-1", "1", "01-01-2026", "30. juni 2026", "1.950,50"]))).rows
    assert (row.valid_from, row.valid_to, row.amount) == (date(2026, 1, 1), date(2026, 7, 1), Decimal("1950.5"))


def test_the_mac_calendar_is_heeded() -> None:
    data = edited(
        workbook(rows(HEADINGS, ROW)),
        "xl/workbook.xml",
        lambda text: re.sub(r"<workbookPr(?![a-zA-Z])", '<workbookPr date1904="1"', text),
    )
    [(_, row)] = read(data).rows
    assert row.valid_from == date(2030, 1, 2)


def test_numbers_that_name_something_keep_their_digits() -> None:
    data = workbook(rows(["enhed_nr", "navn", "ean"], [7, 12.0, 5790000000005]))
    [(_, row)] = read(data).rows
    assert (row.number, row.name, row.ean) == ("7", "12", "5790000000005")


def test_a_number_longer_than_excel_can_hold_is_refused() -> None:
    grant = ["bevilling_nr", "borger_nr", "paragraf", "status", "start", "kontostreng"]
    [sentence] = errors(workbook(rows(grant, ["1", 2, "SEL § 85", "bevilget", date(2026, 1, 1), 5385211234012341])))
    assert "afrundet det til 15 cifre" in sentence


def test_a_formula_without_a_stored_value_is_told_from_an_empty_cell() -> None:
    [sentence] = errors(workbook(rows(HEADINGS, [*ROW[:4], "=A1*2"])))
    assert "række 2, kolonne »pris«, værdi »formel«: Cellen er en formel, som aldrig er beregnet." in sentence


def test_a_formula_with_its_stored_value_is_read_as_the_value() -> None:
    data = edited(
        workbook(rows(HEADINGS, [*ROW[:4], "=1000+950.5"])),
        SHEET,
        lambda text: text.replace("</f><v />", "</f><v>1950.5</v>").replace("</f><v></v>", "</f><v>1950.5</v>"),
    )
    [(_, row)] = read(data).rows
    assert row.amount == Decimal("1950.5")


def test_a_cell_with_a_spreadsheet_error_is_an_error() -> None:
    [sentence] = errors(workbook(rows(HEADINGS, [*ROW[:4], "#REF!"])))
    assert "værdi »#REF!«: Cellen indeholder fejlen #REF!." in sentence


def test_merged_cells_among_the_data_are_an_error_and_in_a_title_are_not() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(["Takster for hele året"], HEADINGS, ROW, [None, 2, *ROW[2:]], [None, 3, *ROW[2:]])(sheet)
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("A3:A5")

    found = errors(workbook(fill))
    assert [text.split(":")[0] for text in found] == [
        f"fil.xlsx, ark »Sheet«, række {n}, kolonne »kontrakt_nr«, værdi »A3" for n in (4, 5)
    ]
    assert all("flettet med andre (A3:A5)" in text and "Ophæv fletningen" in text for text in found)


@pytest.mark.parametrize(
    ("ranges", "said"),
    [
        (["A1:XFD1048576"] * 150, "så mange flettede celler"),
        (["A1:XFD1048576"], "så mange flettede celler"),
        (["A2:B3", "B3:C4"], "B3:C4 ligger oven i et andet"),
        ([f"A{n}:B{n}" for n in range(5_000, 20_000)], "flere end 10000 flettede områder"),
    ],
)
def test_merged_cells_that_overlap_or_cover_the_whole_sheet_are_refused_at_once(ranges: list[str], said: str) -> None:
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    data = edited(
        workbook(rows(HEADINGS, *[ROW] * 1_000)),
        SHEET,
        lambda text: text.replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>"),
    )
    started = process_time()
    assert said in refusal(data)
    assert process_time() - started < 2


def test_hidden_rows_are_read_and_hidden_sheets_are_not_and_both_are_told() -> None:
    def more(book: openpyxl.Workbook) -> None:
        book.worksheets[0].row_dimensions[2].hidden = True
        secret = book.create_sheet("Gammel")
        secret.append(["noget", "andet"])
        secret.sheet_state = "hidden"
        book.create_sheet("Tomt ark")

    table = read(workbook(rows(HEADINGS, ROW), more=more))
    assert len(table.rows) == 1
    assert {problem.code for problem in table.problems} == {"hidden_rows", "hidden_sheet"}
    assert not table.has_errors


def test_several_sheets_are_several_registers() -> None:
    def more(book: openpyxl.Workbook) -> None:
        rows(["kalender", "dato"], ["fast", date(2026, 12, 24)])(book.create_sheet("Lukkedage"))

    tables = read_registers(workbook(rows(HEADINGS, ROW), more=more), file="fil.xlsx", workbook=True)
    assert [(table.spec.name, table.sheet) for table in tables] == [
        ("kontrakttakster", "Sheet"),
        ("lukkedage", "Lukkedage"),
    ]


def test_a_time_beside_a_date_and_a_serial_number_without_format_are_errors() -> None:
    found = errors(workbook(rows(["kalender", "dato"], ["a", datetime(2026, 1, 1, 13, 0)], ["b", 46023])))  # noqa: DTZ001 - a cell has no time zone
    assert "klokkeslæt" in found[0]
    assert "uden datoformat" in found[1]


def test_a_tiny_workbook_with_one_cell_in_the_far_corner_does_not_ask_for_memory() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(HEADINGS, ROW)(sheet)
        sheet["XFD1048576"] = 1

    assert "flere end 512 kolonner" in refusal(workbook(fill))


def test_a_cell_in_the_last_row_is_just_a_row() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(["kalender", "dato"], ["fast", date(2026, 12, 24)])(sheet)
        sheet["A1048576"] = "fast"

    [sentence] = errors(workbook(fill))
    assert "række 1048576, kolonne »dato«: Feltet skal udfyldes" in sentence


def bomb() -> bytes:
    data = workbook(rows(HEADINGS, ROW))
    return edited(data, SHEET, lambda text: text.replace("</sheetData>", f"</sheetData><!--{' ' * 40_000_000}-->"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "beskadiget eller ikke skrevet færdig"),
        (b"PK\x03\x04 half a file", "beskadiget eller ikke skrevet færdig"),
        (workbook(rows(HEADINGS, ROW))[:-200], "beskadiget eller ikke skrevet færdig"),
        (edited(workbook(rows(HEADINGS, ROW)), SHEET, lambda text: text[: len(text) // 2]), "beskadiget"),
        (
            edited(
                workbook(rows(HEADINGS, ROW)), "xl/workbook.xml", lambda text: '<!DOCTYPE a [<!ENTITY b "c">]>' + text
            ),
            "beskadiget",
        ),
        (edited(workbook(rows(HEADINGS, ROW)), SHEET, lambda text: text.replace('r="2"', 'r="x"', 1)), "beskadiget"),
        (workbook(rows()), "tomt"),
        (workbook(rows(["a", "b"], [1, 2])), "kan ikke genkendes"),
    ],
)
def test_a_damaged_or_foreign_workbook_is_refused_with_the_reason(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_a_workbook_that_swells_when_unpacked_is_refused_before_it_is_unpacked() -> None:
    assert "ZIP-bombe" in refusal(bomb())
