"""The same books and budgets as three other systems would write them, for those who map columns.

Made up after what such systems usually give: a title above, headings of their own, sums between and below, minus
behind or before, both marks of thousands, two ways to write days, and periods after December. They lie beside the key.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from exampletown.key import write_rows
from exampletown.sheets import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from exampletown.ledger import Line
    from exampletown.ledger_budget import Row
    from exampletown.sheets import Cell

FINANCE_COLUMNS = ("file", "rows", "total")
"""The key `finance_extracts.csv`: how many rows each file has and what they come to, sums apart."""

OPUS_FILE, CALIBRA_FILE, PECUNIA_FILE = "opus_posteringer.csv", "calibra_budgetter.csv", "pecunia_betalinger.csv"
MOST = 600
DECEMBER = 12
LAST_PERIOD = 16
_OPUS = (
    *("Bilag/nummer", "Pos.", "Bilagsart", "Bogf.dato", "Regnskabsper.", "PSP-element", "Beløb i DKK"),
    *("Positionstekst", "Kreditors CVR", "Henvisning", "Borger-id", "Bevillingsref."),
)
_CALIBRA = (*("Aar", "Budgetlag", "Fuld konto", "Budgetteret kr.", "CPR-sag", "Ydelsesref.", "Center", "Kommentar"),)
_PECUNIA = (
    *("Betalingsnr", "Delpost", "Udbetalt den", "Vedr. periode", "Konteres på", "Udbetaling", "Modtagers CVR"),
    *("Regning", "Sag", "Person", "Forklaring"),
)
_OPUS_KINDS = {"betaling": "KR", "egenbetaling": "EB", "refusion": "SR", "korrektion": "OM", "andet": "SA"}


def write_finance_extracts(key_folder: Path, lines: Sequence[Line], budget: Sequence[Row]) -> None:
    """Write the three files and the key to them."""
    year = max((line.month.year for line in lines), default=0) - 1
    last = [line for line in lines if line.month.year == year]
    late = [line for line in last if line.posted_on.year > year]
    posted = sorted({id(line): line for line in (*last[:MOST], *late[:MOST])}.values(), key=_place)
    paid = [line for line in lines if line.month.year > year and line.kind == "betaling"][:MOST]
    known = list(budget)[:MOST]
    key = (
        (OPUS_FILE, *_opus(key_folder / OPUS_FILE, posted)),
        (CALIBRA_FILE, *_calibra(key_folder / CALIBRA_FILE, known)),
        (PECUNIA_FILE, *_pecunia(key_folder / PECUNIA_FILE, paid)),
    )
    write_rows(key_folder / "finance_extracts.csv", FINANCE_COLUMNS, key)


def _opus(path: Path, lines: Sequence[Line]) -> tuple[str, str]:
    """cp1252, 1.234,56- and dd.mm.yyyy; a sum after each period, one below; what came late is in periods 13-16."""
    rows: list[Sequence[Cell]] = []
    for period, own in groupby(sorted(lines, key=lambda line: (_period(line), *_place(line))), key=_period):
        part = list(own)
        rows += [
            (
                *(line.voucher, line.number, _OPUS_KINDS[line.kind], f"{line.posted_on:%d.%m.%Y}"),
                *(f"{period:03d}.{line.month.year}", line.account, danish(line.amount), line.text),
                *(line.cvr or None, line.invoice or None, _citizen(line), _grant(line)),
            )
            for line in part
        ]
        rows.append((f"Sum periode {period:03d}", *[None] * 5, danish(total(part)), *[None] * 5))
    rows.append(("Resultat", *[None] * 5, danish(total(lines)), *[None] * 5))
    year = lines[0].month.year if lines else ""
    _write(path, "cp1252", ("Opus - Posteringsoversigt", f"Regnskabsår {year}"), _OPUS, rows)
    return str(len(lines)), f"{total(lines):f}"


def _calibra(path: Path, budget: Sequence[Row]) -> tuple[str, str]:
    """UTF-8, 1,234.50 and a sum below; other words for what a line of the budget is."""
    layers = {"oprindelig": "Vedtaget", "tillæg": "Tillægsbevilling", "korrigeret": "Korrigeret"}
    rows: list[Sequence[Cell]] = [
        (year, layers[kind], account, english(amount), citizen, grant, unit, text)
        for year, _, kind, account, amount, citizen, grant, unit, text in budget
    ]
    whole = sum((row[4] for row in budget), Decimal(0))
    rows.append(("Hovedtotal", None, None, english(whole), *[None] * 4))
    _write(path, "utf-8-sig", ("Calibra budgetudtræk",), _CALIBRA, rows)
    return str(len(budget)), f"{whole:f}"


def _pecunia(path: Path, lines: Sequence[Line]) -> tuple[str, str]:
    """UTF-8, -1,234.50 and yyyy-mm-dd; payments alone, no word for it."""
    rows: list[Sequence[Cell]] = [
        (
            *(line.voucher, line.number, line.posted_on.isoformat(), f"{line.month:%Y-%m}", line.account),
            *(english(line.amount), line.cvr or None, line.invoice or None, _grant(line), _citizen(line), line.text),
        )
        for line in lines
    ]
    rows.append(("I alt", *[None] * 4, english(total(lines)), *[None] * 5))
    _write(path, "utf-8", (), _PECUNIA, rows)
    return str(len(lines)), f"{total(lines):f}"


def danish(amount: Decimal) -> str:
    """As a ledger writes it: 1.234,56 and 1.234,56-."""
    grouped = f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{grouped}-" if amount < 0 else grouped


def english(amount: Decimal) -> str:
    """1,234.50 and -1,234.50."""
    return f"{amount:,.2f}"


def total(lines: Iterable[Line]) -> Decimal:
    """What lines come to."""
    return sum((line.amount for line in lines), Decimal(0))


def _period(line: Line) -> int:
    """The period of accounts: a line of December that was booked in the next year is in one of 13-16."""
    if line.month.month < DECEMBER or line.posted_on.year == line.month.year:
        return line.month.month
    return min(DECEMBER + line.posted_on.month, LAST_PERIOD)


def _place(line: Line) -> tuple[str, int]:
    return line.voucher, line.number


def _citizen(line: Line) -> int | None:
    return line.citizen.number if line.citizen and line.says_citizen else None


def _grant(line: Line) -> str | None:
    return line.grant.number if line.grant and line.says_grant else None


def _write(
    path: Path, encoding: str, titles: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> None:
    with path.open("w", encoding=encoding, newline="") as out:
        for title in (*titles, "") if titles else ():
            out.write(f"{title}\r\n")
        for row in (columns, *rows):
            out.write(";".join(csv_text(cell) for cell in row) + "\r\n")
