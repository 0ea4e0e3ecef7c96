"""Writes a table as CSV (``;``, decimal comma, dd-mm-yyyy) or as a small XLSX with real dates and numbers.

The same table gives the same bytes every time: nothing in the files tells when they were written.
"""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

Cell = str | int | Decimal | date | None
EPOCH = date(1899, 12, 30)
STAMP = (2020, 1, 1, 0, 0, 0)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

PARTS = {
    "[Content_Types].xml": (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{MEDIA}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{MEDIA}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{MEDIA}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{HEAD}<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'{HEAD}<styleSheet xmlns="{SPREADSHEET}"><numFmts count="1">'
        '<numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/>'
        '</numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill>'
        '<patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def csv_text(cell: Cell) -> str:
    """One field; quoted where it holds a separator, a quote or a line break."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ';"\r\n') else text


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """UTF-8 without BOM, lines ended by CR LF."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(";".join(columns) + "\r\n")
        for row in rows:
            out.write(";".join(csv_text(cell) for cell in row) + "\r\n")


def column_letters(index: int) -> str:
    """0 → A, 26 → AA."""
    return (LETTERS[index // 26 - 1] if index >= len(LETTERS) else "") + LETTERS[index % 26]


def xlsx_cell(cell: Cell, where: str) -> str:
    """One cell; text is written inline."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f'<c r="{where}" s="1"><v>{(cell - EPOCH).days}</v></c>'
    if isinstance(cell, Decimal | int):
        return f'<c r="{where}"><v>{cell}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def xlsx_rows(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The sheet in pieces, so that a large one is never held whole."""
    letters = [column_letters(n) for n in range(len(columns))]
    yield f'{HEAD}<worksheet xmlns="{SPREADSHEET}"><sheetData>'
    yield xlsx_row(1, letters, columns)
    for number, row in enumerate(rows, 2):
        yield xlsx_row(number, letters, row)
    yield "</sheetData></worksheet>"


def xlsx_row(number: int, letters: Sequence[str], row: Sequence[Cell]) -> str:
    """One row."""
    cells = "".join(xlsx_cell(cell, f"{letter}{number}") for letter, cell in zip(letters, row, strict=True))
    return f'<row r="{number}">{cells}</row>'


def write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A workbook with one sheet."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, text in PARTS.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), text, zipfile.ZIP_DEFLATED)
        sheet = zipfile.ZipInfo("xl/worksheets/sheet1.xml", STAMP)
        sheet.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(sheet, "w") as out:
            for piece in xlsx_rows(columns, rows):
                out.write(piece.encode())
