"""A table from the bytes of a CSV file."""

import csv
import io
from collections.abc import Iterator

from styr.integrations.core.problems import Problem, shown
from styr.integrations.spreadsheets.core.encoding import UnclearEncodingError, decode
from styr.integrations.spreadsheets.core.table import RawRow, RawTable, UnreadableFileError

SEPARATORS = (";", ",", "\t", "|")
_LONGEST_FIELD = 100_000
_FETCH_AGAIN = "Hent filen igen fra kildesystemet, når den er skrevet færdig."


def read_csv(data: bytes, *, file: str) -> RawTable:
    """Read a CSV file of any usual encoding and separator; rows are numbered as a spreadsheet shows them.

    Raises:
        UnreadableFileError: nothing in it, an unclear encoding, NULs, a quote that never ends, or a last row cut short.
    """
    try:
        decoded = decode(data)
    except UnclearEncodingError as error:
        raise UnreadableFileError(Problem("encoding", file, error.message, error.mend)) from error
    text = decoded.text.removeprefix("\ufeff")
    _refuse_nuls(text, file)
    if not text.strip():
        raise UnreadableFileError(Problem("empty", file, "Filen er tom.", _FETCH_AGAIN))
    separator, text, skipped = _separator(text)
    rows = list(_rows(text, separator, file, skipped))
    _refuse_cut_row(text, rows, file)
    return RawTable(file=file, sheet=None, rows=rows)


def _refuse_nuls(text: str, file: str) -> None:
    at = text.find("\0")
    if at < 0:
        return
    row = text.count("\n", 0, at) + 1
    message = "Filen indeholder NUL-tegn: den er ikke skrevet færdig, eller også er den ikke en tekstfil."
    raise UnreadableFileError(Problem("nul", file, message, _FETCH_AGAIN, row=row))


def _separator(text: str) -> tuple[str, str, int]:
    """The separator, the text after an Excel line `sep=;`, and how many rows that line took (0 or 1)."""
    first, _, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    if told.startswith("sep=") and len(told) == len("sep=;"):
        return told[-1], rest, 1
    head = "\n".join(text.splitlines()[:40])
    return max(SEPARATORS, key=lambda sep: (_columns(head, sep), sep == ";")), text, 0


def _columns(head: str, separator: str) -> int:
    """How many rows of the file's beginning agree on the greatest number of columns, times that number."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(head), delimiter=separator) if row]
    except csv.Error:
        return 0
    widest = max(widths, default=0)
    return 0 if widest < 2 else widest * sum(1 for width in widths if width == widest)  # noqa: PLR2004 - one column separates nothing


def _rows(text: str, separator: str, file: str, skipped: int) -> Iterator[RawRow]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = skipped
    try:
        for cells in reader:
            number += 1
            yield RawRow(number, [_unwrapped(cell) for cell in cells])
    except csv.Error as error:
        raise UnreadableFileError(_csv_problem(error, file, number + 1)) from error


def _unwrapped(cell: str) -> str:
    """`="00123"`, which some systems write to keep zeros from Excel, is the text 00123."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > len('=""'):
        return cell[2:-1]
    return cell


def _csv_problem(error: csv.Error, file: str, row: int) -> Problem:
    text = str(error)
    if "unexpected end of data" in text or "field larger" in text:
        message = "Et anførselstegn bliver aldrig lukket, så resten af filen ville blive læst som ét felt."
        return Problem(
            "quote", file, message, "Luk anførselstegnet, eller hent filen igen, hvis den er ufuldstændig.", row=row
        )
    message = "Anførselstegn står forkert i rækken."
    return Problem("quote", file, message, 'Skriv anførselstegn inde i et felt som to: "".', row=row)


def _refuse_cut_row(text: str, rows: list[RawRow], file: str) -> None:
    """A last row without a line end that is shorter than all others was cut off while it was written."""
    if text.endswith(("\n", "\r")) or len(rows) < 2:  # noqa: PLR2004 - nothing to compare with
        return
    last, before = rows[-1], rows[-2]
    if len(last.cells) < len(before.cells):
        value = shown(last.cells[-1]) if last.cells else ""
        message = f"Sidste række stopper efter {len(last.cells)} af {len(before.cells)} felter: filen er ufuldstændig."
        raise UnreadableFileError(Problem("cut", file, message, _FETCH_AGAIN, row=last.number, value=value))
