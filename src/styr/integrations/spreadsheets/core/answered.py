"""Puts a person's answers in place of what a file says: mended cells, rows left out, columns chosen."""

from collections.abc import Iterator, Sequence

from styr.integrations.core.answers import Answers, ChosenColumns, KeptColumns
from styr.integrations.spreadsheets.core.applied import applied
from styr.integrations.spreadsheets.core.headers import header_key
from styr.integrations.spreadsheets.core.recognise import Layout
from styr.integrations.spreadsheets.core.registers import REGISTERS
from styr.integrations.spreadsheets.core.table import Cell, RawRow, RawTable

_LOOK_AT_ROWS = 30
_SPECS = {spec.name: spec for spec in REGISTERS}


def mended(table: RawTable, answers: Answers) -> RawTable:
    """The table with its mended cells, without the rows left out; its row numbers stay those of the file."""
    sheet = table.sheet or ""
    cells = answers.cells.get(table.file, {}).get(sheet, {})
    left_out = frozenset(answers.left_out.get(table.file, {}).get(sheet, ()))
    if not cells and not left_out:
        return table
    by_row: dict[int, dict[int, str]] = {}
    for place, text in cells.items():
        row, _, column = place.partition(":")
        by_row.setdefault(int(row), {})[int(column)] = text
    return RawTable(table.file, table.sheet, list(_rows(table, by_row, left_out)), table.problems)


def read_by_choice(table: RawTable, answers: Answers) -> tuple[RawTable, Layout] | None:
    """The table and its layout by what somebody has chosen for it, now or earlier; None where nobody has."""
    chosen = answers.chosen(table.file, table.sheet) or _kept(table, answers.kept)
    layout = None if chosen is None else _layout(chosen)
    if chosen is None or layout is None:
        return None
    return applied(table, layout, constants=chosen.constants, words=chosen.words)


def _layout(chosen: ChosenColumns) -> Layout | None:
    """The layout that somebody has chosen; None without a known register or something that it needs."""
    spec = _SPECS.get(chosen.register)
    told = {*chosen.places, *chosen.constants}
    if spec is None or any(column.field not in told for column in spec.required):
        return None
    return Layout(spec, chosen.header_row, dict(chosen.places), ())


def _kept(table: RawTable, kept: Sequence[KeptColumns]) -> ChosenColumns | None:
    """An earlier choice, where a row among the first has exactly its headings."""
    for row in table.rows[:_LOOK_AT_ROWS]:
        keys = heading_keys(row)
        for one in kept:
            if keys == one.headings:
                chosen = ChosenColumns(one.register, row.number, one.places, constants=one.constants, words=one.words)
                if _layout(chosen) is not None:
                    return chosen
    return None


def heading_keys(row: RawRow) -> tuple[str, ...]:
    """The headings of a row as `header_key`, without empty ones at its end."""
    keys = [header_key(cell) if isinstance(cell, str) else "" for cell in row.cells]
    while keys and not keys[-1]:
        keys.pop()
    return tuple(keys)


def _rows(table: RawTable, by_row: dict[int, dict[int, str]], left_out: frozenset[int]) -> Iterator[RawRow]:
    for row in table.rows:
        if row.number in left_out:
            continue
        wanted = by_row.get(row.number)
        yield row if wanted is None else RawRow(row.number, _mended(list(row.cells), wanted))


def _mended(cells: list[Cell], wanted: dict[int, str]) -> list[Cell]:
    cells.extend([None] * (max(wanted) + 1 - len(cells)))
    for column, text in wanted.items():
        cells[column] = text or None
    return cells
