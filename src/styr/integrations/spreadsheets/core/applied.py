"""Applies a choice of columns to a table: fixed values become columns of their own, and words become ours."""

from collections.abc import Mapping

from styr.integrations.spreadsheets.core.headers import header_key
from styr.integrations.spreadsheets.core.recognise import Layout
from styr.integrations.spreadsheets.core.table import Cell, RawRow, RawTable

Words = Mapping[str, Mapping[str, str]]
"""By field, the words of the file and ours: {"service": {"Botilbud (døgn)": "ophold"}}."""


def applied(table: RawTable, layout: Layout, *, constants: Mapping[str, str], words: Words) -> tuple[RawTable, Layout]:
    """The table with a column for each constant that has none, and the words of the file in ours.

    The columns of the file stay where they are, so that a wrong cell is told and mended in its own place.
    """
    fixed = {name: value for name, value in constants.items() if name not in layout.places and value}
    if not fixed and not words:
        return table, layout
    width = max((len(row.cells) for row in table.rows), default=0)
    places = {**layout.places, **{name: width + at for at, name in enumerate(fixed)}}
    translated = {
        layout.places[name]: {header_key(theirs): ours for theirs, ours in of_field.items()}
        for name, of_field in words.items()
        if name in layout.places
    }
    rows = [_row(row, layout, width, fixed, translated) for row in table.rows]
    read = RawTable(table.file, table.sheet, rows, table.problems)
    return read, Layout(layout.spec, layout.header_row, places, layout.problems)


def _row(
    row: RawRow, layout: Layout, width: int, fixed: Mapping[str, str], translated: Mapping[int, Mapping[str, str]]
) -> RawRow:
    if row.number < layout.header_row or row.is_empty():
        return row
    cells = [*row.cells, *[None] * (width - len(row.cells) if fixed else 0)]
    if row.number == layout.header_row:
        return RawRow(row.number, [*cells, *fixed])
    for at, ours in translated.items():
        if at < len(cells):
            cells[at] = _word(cells[at], ours)
    return RawRow(row.number, [*cells, *fixed.values()])


def _word(cell: Cell, ours: Mapping[str, str]) -> Cell:
    return ours.get(header_key(cell), cell) if isinstance(cell, str) else cell


def words_from(text: str) -> dict[str, str]:
    """Read words as a person writes them, a pair a line: `Botilbud (døgn) = ophold`."""
    pairs = (line.rpartition("=") for line in text.splitlines() if "=" in line)
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs if theirs.strip() and ours.strip()}


def words_text(words: Mapping[str, str]) -> str:
    """The words as `words_from` reads them."""
    return "\n".join(f"{theirs} = {ours}" for theirs, ours in words.items())
