"""Reads what was written in the table of wrong cells."""

from django.http import QueryDict

Cell = tuple[str, str, int, int]
Row = tuple[str, str, int]


def mends_of(sent: QueryDict) -> tuple[dict[Cell, str], list[Row]]:
    """The mended cells and the rows left out; words that mean nothing are passed over.

    The sheets' files and names stand in `fil-N` and `ark-N`, a cell is `celle-N-row-column`, a row left out
    `udelad-N-row`.
    """
    cells: dict[Cell, str] = {}
    rows: list[Row] = []
    for name, value in sent.items():
        what, *places = name.split("-")
        if not all(place.isdecimal() and len(place) < 10 for place in places):  # noqa: PLR2004 - no row has ten digits
            continue
        numbers = [int(place) for place in places]
        if what == "celle" and len(numbers) == 3:  # noqa: PLR2004 - sheet, row, column
            cells[*_sheet(sent, numbers[0]), numbers[1], numbers[2]] = str(value)
        elif what == "udelad" and len(numbers) == 2:  # noqa: PLR2004 - sheet, row
            rows.append((*_sheet(sent, numbers[0]), numbers[1]))
    left_out = set(rows)
    return {place: text for place, text in cells.items() if place[:3] not in left_out}, rows


def _sheet(sent: QueryDict, number: int) -> tuple[str, str]:
    return sent.get(f"fil-{number}", ""), sent.get(f"ark-{number}", "")
