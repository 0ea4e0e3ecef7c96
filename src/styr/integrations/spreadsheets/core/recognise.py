"""Which register a table is, and in which of its rows the headings stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from styr.integrations.core.problems import Problem, Severity, shown
from styr.integrations.spreadsheets.core.headers import header_key
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.table import RawRow, RawTable, UnreadableFileError

_LOOK_AT_ROWS = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised table: its register, the row of headings and where each column stands (index from 0)."""

    spec: TableSpec
    header_row: int
    places: Mapping[str, int]
    problems: tuple[Problem, ...]


def recognise(table: RawTable, registers: Sequence[TableSpec]) -> Layout:
    """Find the register whose required columns are all there and which explains the most headings.

    Raises:
        UnreadableFileError: no register fits (the closest one and what it lacks is named), or a heading stands twice.
    """
    candidates = [(row, _headings(row)) for row in _first(table.rows)]
    best: tuple[int, int, RawRow, TableSpec] | None = None
    for row, headings in candidates:
        for spec in registers:
            places = _places(headings, spec)
            if any(column.field not in places for column in spec.required):
                continue
            rank = (len(places), len(spec.required))
            if best is None or rank > best[:2]:
                best = (*rank, row, spec)
    if best is None:
        raise UnreadableFileError(_unknown(table, candidates, registers))
    _, _, row, spec = best
    headings = _headings(row)
    places = _places(headings, spec)
    _refuse_twice(table, row, headings, spec)
    return Layout(
        spec, row.number, {field: at[0] for field, at in places.items()}, tuple(_notes(table, row, headings, spec))
    )


def _first(rows: Iterable[RawRow]) -> list[RawRow]:
    found: list[RawRow] = []
    for row in rows:
        if len(found) == _LOOK_AT_ROWS:
            break
        if not row.is_empty():
            found.append(row)
    return found


def _headings(row: RawRow) -> list[str]:
    return [header_key(cell) if isinstance(cell, str) else "" for cell in row.cells]


def _places(headings: Sequence[str], spec: TableSpec) -> dict[str, list[int]]:
    """Field → where its heading stands; a column's own name wins over another column's synonym."""
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for keys_of in (_own_keys, _all_keys):
        for column in spec.columns:
            if column.field in found:
                continue
            keys = keys_of(column)
            at = [index for index, heading in enumerate(headings) if heading in keys and index not in taken]
            if at:
                found[column.field] = at
                taken.update(at)
    return found


def _own_keys(column: Column) -> frozenset[str]:
    return frozenset({header_key(column.name)})


def _all_keys(column: Column) -> frozenset[str]:
    return column.keys


def _refuse_twice(table: RawTable, row: RawRow, headings: Sequence[str], spec: TableSpec) -> None:
    for field, at in _places(headings, spec).items():
        if len(at) > 1:
            name = spec.column_of(field).name
            message = f"Kolonnen »{name}« står {len(at)} gange, så det er uklart, hvilken der gælder."
            problem = Problem(
                "header_twice",
                table.file,
                message,
                "Slet eller omdøb den ene.",
                sheet=table.sheet,
                row=row.number,
                column=name,
            )
            raise UnreadableFileError(problem)


def _notes(table: RawTable, row: RawRow, headings: Sequence[str], spec: TableSpec) -> Iterable[Problem]:
    known = {index for at in _places(headings, spec).values() for index in at}
    extra = [shown(row.cells[index]) for index, heading in enumerate(headings) if heading and index not in known]
    if extra:
        message = f"Kolonnerne {', '.join(f'»{name}«' for name in extra)} kendes ikke i »{spec.name}« og er ikke læst."
        yield Problem("extra_columns", table.file, message, "", Severity.NOTE, sheet=table.sheet, row=row.number)


def _unknown(
    table: RawTable, candidates: Sequence[tuple[RawRow, list[str]]], registers: Sequence[TableSpec]
) -> Problem:
    """Name the register that comes closest and the columns it lacks."""
    closest: tuple[float, RawRow, TableSpec, list[str]] | None = None
    for row, headings in candidates:
        for spec in registers:
            places = _places(headings, spec)
            lacking = [column.name for column in spec.required if column.field not in places]
            share = 1 - len(lacking) / len(spec.required)
            if share >= 0.5 and (closest is None or share > closest[0]):  # noqa: PLR2004 - half of what makes the register
                closest = (share, row, spec, lacking)
    if closest is None:
        message = "Filen kan ikke genkendes: overskrifterne passer ikke til nogen registerfil."
        mend = f"Overskrifterne skal stå i én række. Kendte registre: {', '.join(spec.name for spec in registers)}."
        return Problem("unknown_table", table.file, message, mend, sheet=table.sheet)
    _, row, spec, lacking = closest
    names = ", ".join(f"»{name}«" for name in lacking)
    message = f"Filen ligner »{spec.name}«, men mangler {'kolonnen' if len(lacking) == 1 else 'kolonnerne'} {names}."
    return Problem(
        "missing_columns",
        table.file,
        message,
        "Tilføj det manglende, og indlæs filen igen.",
        sheet=table.sheet,
        row=row.number,
        column=lacking[0],
    )
