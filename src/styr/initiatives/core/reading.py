"""A catalogue as a file: one row an initiative, columns known by their names, and errors that name row and column."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from styr.initiatives.core.interval import Interval, UnreadableIntervalError, read, read_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 500
"""A catalogue has no more rows than this."""
_COLUMNS: Final = {
    "no": "number", "nr": "number", "nummer": "number",
    "title": "title", "titel": "title", "indsats": "title",
    "theme": "theme", "tema": "theme",
    "baseline_mkr": "baseline", "baseline": "baseline", "økonomisk baseline": "baseline",
    "saving_low_mkr": "low", "besparelse_fra": "low", "besparelse fra": "low", "besparelse": "low",
    "saving_high_mkr": "high", "besparelse_til": "high", "besparelse til": "high",
    "owner": "owner", "tovholder": "owner",
    "political": "political", "politisk": "political",
    "departments": "departments", "centre": "departments",
}  # fmt: skip
_NEEDED: Final = {"number": "nr", "title": "titel"}
_YES: Final = {"p", "ja", "x"}
_NO: Final = {"", "nej", "-"}


@dataclass(frozen=True, slots=True)
class Row:
    """An initiative as its file tells it; amounts in millions of kroner, None where not estimated."""

    number: int
    title: str
    theme: str
    baseline: Interval | None
    saving: Interval | None
    owner: str
    political: bool
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: its line in the file, the column, what stands there and what to do."""

    line: int
    column: str
    value: str
    mend: str

    def __str__(self) -> str:
        """As it is shown."""
        where = f"Række {self.line}, {self.column}" if self.line else self.column
        return f"{where}: {self.mend}"


@dataclass(frozen=True, slots=True)
class Readout:
    """What a file held."""

    rows: tuple[Row, ...] = ()
    faults: tuple[RowFault, ...] = field(default=())


def read_catalogue(text: str) -> Readout:
    """Read a file with `;` or `,` between its columns and decimal commas; unknown columns are left out."""
    lines = text.lstrip("\ufeff").splitlines()
    if not lines:
        return Readout(faults=(RowFault(0, "Filen", "", "Filen er tom."),))
    mark = ";" if lines[0].count(";") >= lines[0].count(",") else ","
    given = list(csv.reader(lines, delimiter=mark))
    names = [_COLUMNS.get(word.strip().casefold(), "") for word in given[0]]
    missing = [word for name, word in _NEEDED.items() if name not in names]
    if missing:
        mend = f"Kolonnen mangler. Filen skal mindst have {' og '.join(_NEEDED.values())}."
        return Readout(faults=tuple(RowFault(0, word, "", mend) for word in missing))
    if len(given) > LONGEST + 1:
        return Readout(faults=(RowFault(0, "Filen", "", f"Et katalog kan højst have {LONGEST} rækker."),))
    return _rows(names, given[1:])


def _rows(names: list[str], given: list[list[str]]) -> Readout:
    rows: list[Row] = []
    faults: list[RowFault] = []
    seen: set[int] = set()
    for line, cells in enumerate(given, start=2):
        told = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
        if not any(told.values()):
            continue
        found = _row(line, told, seen)
        if isinstance(found, Row):
            seen.add(found.number)
            rows.append(found)
        else:
            faults.extend(found)
    if not rows and not faults:
        faults.append(RowFault(0, "Filen", "", "Filen har ingen indsatser."))
    return Readout(tuple(rows), tuple(faults))


def _row(line: int, told: Mapping[str, str], seen: set[int]) -> Row | list[RowFault]:
    faults: list[RowFault] = []
    number = told["number"]
    if not (number.isascii() and number.isdigit() and int(number[:6]) > 0 and len(number) <= 6):  # noqa: PLR2004 - digits
        faults.append(RowFault(line, "nr", number, "Skriv et helt tal over 0."))
    elif int(number) in seen:
        faults.append(RowFault(line, "nr", number, "Nummeret er brugt i en anden række."))
    if not told["title"]:
        faults.append(RowFault(line, "titel", "", "Skriv, hvad indsatsen hedder."))
    political = told.get("political", "").casefold()
    if political not in _YES | _NO:
        faults.append(RowFault(line, "politisk", political, "Skriv P eller ja, hvor politikerne skal godkende."))
    amounts: dict[str, Interval | None] = {}
    for name, column in (("baseline", "baseline"), ("saving", "besparelse")):
        try:
            amounts[name] = _amount(name, told)
        except UnreadableIntervalError as fault:
            faults.append(RowFault(line, column, "", str(fault)))
    if faults:
        return faults
    return Row(
        number=int(number),
        title=told["title"][:300],
        theme=told.get("theme", "")[:200],
        baseline=amounts["baseline"],
        saving=amounts["saving"],
        owner=told.get("owner", "")[:200],
        political=political in _YES,
        departments=tuple(dict.fromkeys(told.get("departments", "").replace(",", " ").split()))[:20],
    )


def _amount(name: str, told: Mapping[str, str]) -> Interval | None:
    if name == "baseline":
        return read(told.get("baseline", ""))
    return read_bounds(told.get("low", ""), told.get("high", ""))
