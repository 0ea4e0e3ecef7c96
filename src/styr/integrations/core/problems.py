"""What is wrong with something that was handed in, told so that a person can mend it."""

import re
from dataclasses import dataclass
from enum import StrEnum

_CPR_LIKE = re.compile(r"(?<!\d)(\d{6})(\s?[-–.]?\s?)(\d{4})(?!\d)")
_LONGEST_SHOWN = 60


class Severity(StrEnum):
    """How much a problem stops: `error` keeps the file out, `warning` and `note` do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def danish(self) -> str:
        """The word that the user sees."""
        return {"error": "fejl", "warning": "advarsel", "note": "oplysning"}[self.value]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with one file: where it is, what was read there, and how to mend it (all texts in Danish).

    `file` is the name relative to what the user handed in (`pakke.zip/borgere.csv` for a member of an archive),
    `row` counts from 1 as in the spreadsheet, `value` is already masked and shortened.
    """

    code: str
    file: str
    message: str
    mend: str
    severity: Severity = Severity.ERROR
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def sentence(self) -> str:
        """The whole problem on one line, e.g. `borgere.csv, række 4, kolonne cpr, værdi »…«: … Ret: …`."""
        place = [self.file]
        if self.sheet:
            place.append(f"ark »{self.sheet}«")
        if self.row is not None:
            place.append(f"række {self.row}")
        if self.column is not None:
            place.append(f"kolonne »{self.column}«")
        if self.value is not None:
            place.append(f"værdi »{self.value}«")
        return f"{', '.join(place)}: {self.message} {self.mend}".strip()


def shown(value: object, *, secret: bool = False) -> str:
    """The value as it may stand in a message: anything like a CPR number masked, control characters out, shortened.

    With `secret` (a column of CPR numbers) a value keeps six digits at most, whatever its shape, since a mistyped CPR
    number is still somebody's.
    """
    text = "".join(ch if ch.isprintable() else "�" for ch in str(value))
    if secret:
        digits = "".join(ch for ch in text if ch.isdigit())
        return f"{digits[:6]}-••••" if len(digits) > 6 else "••••"  # noqa: PLR2004 - the birth date is six digits
    text = _CPR_LIKE.sub(r"\1-••••", text)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def safe_name(name: str) -> str:
    """A file's name as it may be shown and stored: as `shown`, but kept whole up to 200 characters from its end."""
    text = _CPR_LIKE.sub(r"\1-••••", "".join(ch if ch.isprintable() else "�" for ch in name))
    return text if len(text) <= 200 else f"…{text[-199:]}"  # noqa: PLR2004 - the column's width
