"""Numbers as Danish and foreign systems write them; what can mean two things is refused instead of guessed."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from styr.integrations.spreadsheets.core.table import Cell, Number

_CURRENCY = re.compile(r"^(?:kr\.?|dkk)\s*|\s*(?:kr\.?|dkk|,-)$", re.IGNORECASE)
_PLAIN = re.compile(r"[-+]?\d+")
_ONE_MARK = re.compile(r"([-+]?)(\d+)([.,])(\d+)")
_GROUPED = re.compile(r"([-+]?)(\d{1,3}(?:([.,])\d{3})+)(?:([.,])(\d+))?")
_MINUS_LAST = re.compile(r"(\d[\d.,]*)\s*-")
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_SCIENTIFIC = re.compile(r"[-+]?\d+([.,]\d+)?e[-+]?\d+", re.IGNORECASE)


class Style(StrEnum):
    """Which sign a column uses before its decimals; `UNTOLD` where none of its values tells."""

    COMMA = "comma"
    DOT = "dot"
    UNTOLD = "untold"
    MIXED = "mixed"


class CellError(Exception):
    """A cell's value does not fit its column; `message` and `mend` are Danish and name neither file nor value."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


def decimal_style(cells: Iterable[Cell]) -> Style:
    """What the unambiguous values of a column (`1.234,50`, `12,5`, `0.75`) tell about all of them."""
    found = {style for cell in cells if isinstance(cell, str) and (style := _told(_bare(cell)))}
    return Style.MIXED if len(found) > 1 else next(iter(found), Style.UNTOLD)


def parse_decimal(cell: Cell, style: Style, *, money: bool = False) -> Decimal:
    """Read a number with at most four decimals.

    `1.234` and, for money, `1,234` can mean one thousand or one and a bit: they are read only where other values of
    the column tell its style.

    Raises:
        CellError: no number, an ambiguous one, or more than four decimals.
    """
    value = cell.value if isinstance(cell, Number) else _from_text(_bare(str(cell)), style, money=money)
    if value != round(value, 4):
        raise CellError("Tallet har flere end fire decimaler.", "Afrund tallet til højst fire decimaler.")
    if abs(value) >= Decimal(10) ** 10:
        raise CellError("Tallet er urimeligt stort.", "Kontrollér værdien i kildesystemet.")
    return value


def parse_integer(cell: Cell) -> int:
    """Read a whole number (`30`, `30,0`).

    Raises:
        CellError: no number, or one with decimals.
    """
    value = parse_decimal(cell, Style.UNTOLD)
    if value != value.to_integral_value():
        raise CellError("Her skal stå et helt tal.", "Skriv tallet uden decimaler.")
    return int(value)


def is_scientific(text: str) -> bool:
    """Whether Excel has turned a long number into `5,79E+12`, so that its digits are lost."""
    return bool(_SCIENTIFIC.fullmatch(text.strip()))


def _bare(text: str) -> str:
    """Without currency, thousand blanks and typographic minus; `1.234-` is how ledgers write less."""
    stripped = text.replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-").strip()
    plain = _SPACES.sub("", _CURRENCY.sub("", stripped)).strip()
    less = _MINUS_LAST.fullmatch(plain)
    return f"-{less[1]}" if less else plain


def _told(text: str) -> Style | None:
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped[4]:
        return None if grouped[3] == grouped[4] else _style_of(grouped[4])
    if grouped and grouped[2].count(grouped[3]) > 1:
        return Style.COMMA if grouped[3] == "." else Style.DOT
    one = _ONE_MARK.fullmatch(text)
    return _style_of(one[3]) if one and not grouped else None


def _style_of(mark: str) -> Style:
    return Style.COMMA if mark == "," else Style.DOT


def _from_text(text: str, style: Style, *, money: bool) -> Decimal:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    told = _told(text)
    if told:
        return _read(text, told)
    if _GROUPED.fullmatch(text) and text.count(",") + text.count(".") == 1:
        if style in {Style.COMMA, Style.DOT}:
            return _read(text, style)
        if "," in text and not money and style is Style.UNTOLD:
            return _read(text, Style.COMMA)
        raise CellError(
            "Tallet kan læses på to måder (tusinder eller decimaler).",
            "Skriv det uden tusindtalsskilletegn og med to decimaler, fx 1234,00.",
        )
    if is_scientific(text):
        raise CellError(
            "Excel har gjort tallet til potensform, så cifre er gået tabt.",
            "Formatér kolonnen som tal, og gem filen igen.",
        )
    raise CellError("Værdien er ikke et tal.", "Skriv et tal, fx 1234,50.")


def _read(text: str, style: Style) -> Decimal:
    thousands, decimals = (".", ",") if style is Style.COMMA else (",", ".")
    return Decimal(text.replace(thousands, "").replace(decimals, "."))
