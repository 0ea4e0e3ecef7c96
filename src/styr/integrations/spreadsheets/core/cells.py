"""What the cells of a column mean: one reader for each kind of column, each refusing what it does not understand."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto

from styr.integrations.spreadsheets.core.dates import parse_date, parse_last_day, parse_month
from styr.integrations.spreadsheets.core.headers import header_key
from styr.integrations.spreadsheets.core.numbers import CellError, Style, is_scientific, parse_decimal, parse_integer
from styr.integrations.spreadsheets.core.table import Cell, Damaged, Number
from styr.kernel.account import Account, InvalidAccountError
from styr.kernel.cpr import Cpr, InvalidCprError
from styr.kernel.cvr import Cvr, InvalidCvrError
from styr.kernel.ean import Ean, InvalidEanError

_EXCEL_DIGITS = 15
_SPREADSHEET_ERRORS = frozenset(
    {"#ref!", "#n/a", "#i/t", "#value!", "#værdi!", "#div/0!", "#name?", "#navn?", "#num!", "#null!"}
)
_SECTION = re.compile(
    r"(sel|serviceloven|bl|barnets lov|fsl|folkeskoleloven|sul|sundhedsloven|æl|ældreloven"
    r"|stu|stu-loven|tra|dtl|lab|dan|int"
    r"|lov om trafikselskaber|dagtilbudsloven|lov om en aktiv beskæftigelsesindsats|danskuddannelsesloven"
    r"|integrationsloven)"
    r"\s*(?:§+\s*|-\s*)?(\d{1,3})\s*([a-z]?)",
    re.IGNORECASE,
)
_LAWS = {
    "serviceloven": "SEL",
    "barnets lov": "BL",
    "folkeskoleloven": "FSL",
    "sundhedsloven": "SUL",
    "ældreloven": "ÆL",
    "stu-loven": "STU",
    "lov om trafikselskaber": "TRA",
    "dagtilbudsloven": "DTL",
    "lov om en aktiv beskæftigelsesindsats": "LAB",
    "danskuddannelsesloven": "DAN",
    "integrationsloven": "INT",
}
_FORMAT_AS_TEXT = "Formatér kolonnen som tekst i regnearket, skriv nummeret igen, og gem filen."
_LONGEST = 500


class Kind(Enum):
    """What a column holds."""

    TEXT = auto()
    NUMBERED = auto()
    CPR = auto()
    CVR = auto()
    EAN = auto()
    ACCOUNT_STRING = auto()
    P_NUMBER = auto()
    INTEGER = auto()
    DECIMAL = auto()
    MONEY = auto()
    PERCENT = auto()
    YES_NO = auto()
    DATE = auto()
    MONTH = auto()
    LAST_DAY = auto()
    CHOICE = auto()
    SECTION = auto()


Choices = Mapping[str, str]


def parse_cell(cell: Cell, kind: Kind, style: Style, choices: Choices) -> object:
    """Read one cell; `style` is the column's way of writing decimals, `choices` its Danish words and their codes.

    Returns None for an empty cell.

    Raises:
        CellError: the value does not fit the column.
    """
    if isinstance(cell, Damaged):
        raise CellError(cell.message, cell.mend)
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, str) and cell.strip().lower() in _SPREADSHEET_ERRORS:
        raise CellError(
            f"Cellen indeholder fejlen {cell.strip()}.", "Ret formlen i regnearket, eller skriv værdien ind."
        )
    return _READERS[kind](cell, style, choices)


def _text(cell: Cell) -> str:
    """The cell as text; a number keeps its digits (1001.0 → `1001`), a date is written as Danes do."""
    if isinstance(cell, Number):
        return _digits(cell)
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, (datetime, date)):
        return f"{cell:%d-%m-%Y}"
    text = unicodedata.normalize("NFC", str(cell)).strip()
    if any(unicodedata.category(ch) == "Cc" and ch not in "\n\r\t" for ch in text):
        raise CellError("Teksten indeholder styretegn.", "Slet de usynlige tegn, eller skriv teksten igen.")
    if len(text) > _LONGEST:
        raise CellError(f"Teksten er på {len(text)} tegn; højst {_LONGEST} er tilladt.", "Forkort teksten.")
    return text


def _digits(cell: Number) -> str:
    value = cell.value
    if value != value.to_integral_value():
        return str(value).replace(".", ",")
    text = str(int(value))
    if len(text) > _EXCEL_DIGITS:
        raise CellError("Regnearket har gemt nummeret som tal og afrundet det til 15 cifre.", _FORMAT_AS_TEXT)
    return text


def _one_line(cell: Cell) -> str:
    return " ".join(_text(cell).split())


def _numbered(cell: Cell) -> str:
    """A number that names something (borger_nr): text, but never one that Excel has damaged."""
    text = _one_line(cell)
    if is_scientific(text) and isinstance(cell, str) and not text.isdigit():
        raise CellError("Excel har gjort nummeret til potensform, så cifre er gået tabt.", _FORMAT_AS_TEXT)
    return text


def _cpr(cell: Cell) -> str:
    text = _numbered(cell)
    digits = text.replace("-", "").replace(" ", "")
    if len(digits) == 9 and digits.isdigit():  # noqa: PLR2004 - a spreadsheet has dropped the first of ten
        text = f"0{digits}"
    try:
        return Cpr.parse(text).digits
    except InvalidCprError as error:
        raise CellError(str(error), "Kontrollér CPR-nummeret i kildesystemet.") from None


def _cvr(cell: Cell) -> str:
    try:
        return Cvr.parse(_numbered(cell)).digits
    except InvalidCvrError:
        raise CellError(
            "Værdien er ikke et CVR-nummer (otte cifre med kontrolciffer).", "Slå nummeret op i CVR, og ret det."
        ) from None


def _ean(cell: Cell) -> str:
    try:
        return Ean.parse(_numbered(cell)).digits
    except InvalidEanError:
        raise CellError(
            "Værdien er ikke et EAN-nummer (tretten cifre med kontrolciffer).", "Kontrollér EAN-nummeret, og ret det."
        ) from None


def _account_string(cell: Cell) -> str:
    try:
        return str(Account.parse(_numbered(cell)))
    except InvalidAccountError:
        raise CellError(
            "Værdien er ikke en kontostreng (seksten cifre).", "Kontrollér kontostrengen i økonomisystemet, og ret den."
        ) from None


def _p_number(cell: Cell) -> str:
    text = _numbered(cell).replace(" ", "")
    if not re.fullmatch(r"[0-9]{10}", text):
        raise CellError("Værdien er ikke et P-nummer (ti cifre).", "Slå P-nummeret op i CVR, og ret det.")
    return text


def _percent(cell: Cell, style: Style) -> Decimal:
    """A share 0..1 from a percentage: `50`, `50 %`, `12,5`."""
    value = parse_decimal(cell.rstrip().removesuffix("%").rstrip() if isinstance(cell, str) else cell, style)
    if not 0 <= value <= 100:  # noqa: PLR2004 - per cent
        raise CellError("Procenten skal ligge fra 0 til 100.", "Skriv fx 50 for halv betaling.")
    return value / 100


def _yes_no(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    word = header_key(_text(cell))
    if word in {"ja", "j", "sand", "true", "yes", "x", "1"}:
        return True
    if word in {"nej", "n", "falsk", "false", "no", "0"}:
        return False
    raise CellError("Værdien er hverken ja eller nej.", "Skriv »ja« eller »nej«.")


def _choice(cell: Cell, choices: Choices) -> str:
    key = header_key(_text(cell))
    for word, code in choices.items():
        if header_key(word) == key:
            return code
    raise CellError("Værdien kendes ikke i denne kolonne.", f"Brug en af: {', '.join(choices)}.")


def _section(cell: Cell, own: Choices) -> str:
    """`SEL § 107`, `Serviceloven §107`, `SEL-107` → `SEL-107`; STU alone is the STU act's section 2.

    `own` are the ways to write the sections that the municipality has added itself.
    """
    text = _one_line(cell)
    added = {header_key(word): code for word, code in own.items()}.get(header_key(text))
    if added is not None:
        return added
    if text.casefold() in {"stu", "stu-loven"}:
        return "STU-2"
    match = _SECTION.fullmatch(text)
    if not match:
        raise CellError("Paragraffen kan ikke læses.", "Skriv lov og paragraf, fx »SEL § 107« eller »BL § 43«.")
    law = _LAWS.get(match[1].lower(), match[1].upper())
    return f"{law}-{int(match[2])}{match[3].lower()}"


_READERS: Mapping[Kind, Callable[[Cell, Style, Choices], object]] = {
    Kind.TEXT: lambda cell, _style, _choices: _one_line(cell),
    Kind.NUMBERED: lambda cell, _style, _choices: _numbered(cell),
    Kind.CPR: lambda cell, _style, _choices: _cpr(cell),
    Kind.CVR: lambda cell, _style, _choices: _cvr(cell),
    Kind.EAN: lambda cell, _style, _choices: _ean(cell),
    Kind.ACCOUNT_STRING: lambda cell, _style, _choices: _account_string(cell),
    Kind.P_NUMBER: lambda cell, _style, _choices: _p_number(cell),
    Kind.INTEGER: lambda cell, _style, _choices: parse_integer(cell),
    Kind.DECIMAL: lambda cell, style, _choices: parse_decimal(cell, style),
    Kind.MONEY: lambda cell, style, _choices: parse_decimal(cell, style, money=True),
    Kind.PERCENT: lambda cell, style, _choices: _percent(cell, style),
    Kind.YES_NO: lambda cell, _style, _choices: _yes_no(cell),
    Kind.DATE: lambda cell, _style, _choices: parse_date(cell),
    Kind.MONTH: lambda cell, _style, _choices: parse_month(cell),
    Kind.LAST_DAY: lambda cell, _style, _choices: parse_last_day(cell),
    Kind.CHOICE: lambda cell, _style, choices: _choice(cell, choices),
    Kind.SECTION: lambda cell, _style, choices: _section(cell, choices),
}
