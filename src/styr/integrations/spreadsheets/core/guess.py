"""Guesses which column of an unknown spreadsheet holds what: by its heading, and by what its values look like."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from styr.integrations.core.outcome import ColumnGuess, Proposal
from styr.integrations.core.problems import shown
from styr.integrations.spreadsheets.core.answered import heading_keys
from styr.integrations.spreadsheets.core.cells import Kind, parse_cell
from styr.integrations.spreadsheets.core.headers import header_key
from styr.integrations.spreadsheets.core.numbers import CellError, Style, decimal_style
from styr.integrations.spreadsheets.core.overview import OVERVIEW_FILE
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.table import Cell, Damaged, Number, RawRow, RawTable

_LOOK_AT_ROWS = 30
_SAMPLE_ROWS = 200
_SHOWN = 3
_SURE, _LIKELY = 95, 70
_ENOUGH = 20
"""Less than this is no guess."""

_TELLING: Mapping[Kind, int] = {
    Kind.CPR: 60,
    Kind.CVR: 60,
    Kind.SECTION: 60,
    Kind.CHOICE: 55,
    Kind.ACCOUNT_STRING: 55,
    Kind.DATE: 20,
    Kind.LAST_DAY: 25,
    Kind.MONEY: 20,
    Kind.DECIMAL: 15,
    Kind.INTEGER: 10,
}
"""How much it tells that nearly all values fit the kind; text fits anything, so it tells nothing."""

_NEEDED = 10
"""A field that the register cannot do without comes before one that it can."""

_COMPANY = re.compile(
    r"\b(aps|a/s|i/s|k/s|p/s|ivs|smba|fonden?|region|kommune|bosted(et)?|botilbud(det)?|opholdssted(et)?)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[^\W\d_][\w'’.-]*(,? [^\W\d_][\w'’.-]*){1,5}")
_CPR_SHAPE = re.compile(r"\d{6}[- ]?\d{4}")


def propose(table: RawTable, spec: TableSpec = OVERVIEW_FILE) -> Proposal | None:
    """How the sheet could be read as the register; None for a sheet with less than two filled rows.

    Each field is given to one column at most, the best-fitting pair first.
    """
    rows = [row for row in table.rows if not row.is_empty()]
    header = _header(rows, spec)
    if header is None:
        return None
    body = [row for row in rows if row.number > header.number][:_SAMPLE_ROWS]
    if not body:
        return None
    width = max(len(row.cells) for row in (header, *body))
    values = [[_cell(row, at) for row in body if _filled(_cell(row, at))] for at in range(width)]
    headings = [_text(_cell(header, at)) for at in range(width)]
    chosen = _assigned([[_score(headings[at], values[at], column) for column in spec.columns] for at in range(width)])
    guesses = [
        ColumnGuess(at, headings[at] or f"Kolonne {at + 1}", _samples(values[at]), *_field(spec, chosen.get(at)))
        for at in range(width)
        if headings[at] or values[at]
    ]
    found = {guess.field for guess in guesses}
    missing = tuple(column.name for column in spec.required if column.field not in found)
    return Proposal(
        table.file, table.sheet or "", spec.name, header.number, tuple(guesses), missing, heading_keys(header)
    )


def _header(rows: Sequence[RawRow], spec: TableSpec) -> RawRow | None:
    """The row with the most words that are headings of the register; else the first with at least two texts."""
    keys = frozenset(key for column in spec.columns for key in column.keys)
    best, most = None, 0
    for row in rows[:_LOOK_AT_ROWS]:
        hits = sum(1 for cell in row.cells if isinstance(cell, str) and header_key(cell) in keys)
        if hits > most:
            best, most = row, hits
    if best is not None:
        return best
    wide = (row for row in rows[:_LOOK_AT_ROWS] if sum(isinstance(cell, str) for cell in row.cells) > 1)
    return next(wide, None)


def _score(heading: str, values: Sequence[Cell], column: Column) -> int:
    """0..100 for how well the column's heading and values fit the field."""
    by_name = _named(header_key(heading), column)
    share = _fitting(values, column)
    if values and share < 0.5 and by_name < _SURE and column.kind not in {Kind.TEXT, Kind.NUMBERED}:  # noqa: PLR2004 - more wrong than right
        return 0
    if values and column.kind is Kind.CHOICE and share < 0.9:  # noqa: PLR2004 - a word that is not among the choices
        return by_name // 2
    if column.kind is Kind.TEXT and values and all(_text(value).replace(" ", "").isdigit() for value in values):
        return 0
    by_values = round(share * _TELLING.get(column.kind, 0)) or _looks(values, column)
    needed = _NEEDED if by_values and column.required else 0
    return min(100, by_name + by_values + needed)


def _looks(values: Sequence[Cell], column: Column) -> int:
    """How much texts look like people's names, or companies'; only where the register has such a field."""
    if column.kind is not Kind.TEXT or column.field not in {"name", "supplier_name"} or not values:
        return 0
    texts = [_text(value) for value in values]
    companies = sum(bool(_COMPANY.search(text)) for text in texts) / len(texts)
    if column.field == "supplier_name":
        return 25 if companies > 0.2 else 0  # noqa: PLR2004 - many are called by a name of their own
    people = sum(bool(_PERSON.fullmatch(text)) for text in texts) / len(texts)
    return 25 if people > 0.8 and companies <= 0.2 else 0  # noqa: PLR2004 - nearly all


def _named(key: str, column: Column) -> int:
    if not key:
        return 0
    if key in column.keys:
        return _SURE
    if any(len(known) > 2 and (key.startswith(known) or key.endswith(known)) for known in column.keys):  # noqa: PLR2004 - «pr» begins too much
        return _LIKELY
    near = max(SequenceMatcher(None, key, known).ratio() for known in column.keys)
    return 60 if near > 0.84 else 0  # noqa: PLR2004 - one letter in six


def _fitting(values: Sequence[Cell], column: Column) -> float:
    """The share of the values that can be read as the column's kind; for CPR numbers also those that only look so."""
    if not values:
        return 0.0
    style = decimal_style(values) if column.kind in {Kind.MONEY, Kind.DECIMAL} else Style.UNTOLD
    return sum(_fits(value, column, style) for value in values) / len(values)


def _fits(value: Cell, column: Column, style: Style) -> bool:
    if column.kind is Kind.CPR and _CPR_SHAPE.fullmatch(_text(value)):
        return True
    if column.kind in {Kind.MONEY, Kind.DECIMAL, Kind.INTEGER} and len(_text(value)) >= 8 and isinstance(value, Number):  # noqa: PLR2004 - a number that names something
        return False
    try:
        return parse_cell(value, column.kind, style, column.choices) is not None
    except CellError:
        return False


def _assigned(scores: Sequence[Sequence[int]]) -> dict[int, tuple[int, int]]:
    """Column → (field's number, score): the best pairs first, each column and each field once."""
    pairs = sorted(
        ((score, -field, -at) for at, row in enumerate(scores) for field, score in enumerate(row) if score >= _ENOUGH),
        reverse=True,
    )
    taken: set[int] = set()
    chosen: dict[int, tuple[int, int]] = {}
    for score, field, at in pairs:
        if -at not in chosen and -field not in taken:
            chosen[-at] = (-field, score)
            taken.add(-field)
    return chosen


def _field(spec: TableSpec, chosen: tuple[int, int] | None) -> tuple[str, int]:
    return ("", 0) if chosen is None else (spec.columns[chosen[0]].field, chosen[1])


def _samples(values: Sequence[Cell]) -> tuple[str, ...]:
    texts = dict.fromkeys(_masked(value) for value in values)
    return tuple(list(texts)[:_SHOWN])


def _masked(value: Cell) -> str:
    text = _text(value)
    return shown(text, secret=bool(_CPR_SHAPE.fullmatch(text)))


def _cell(row: RawRow, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _filled(cell: Cell) -> bool:
    return cell is not None and bool(_text(cell))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Number):
        return cell.digits
    if isinstance(cell, Damaged):
        return cell.text
    if hasattr(cell, "strftime"):
        return cell.strftime("%d-%m-%Y")
    return " ".join(str(cell).split())
