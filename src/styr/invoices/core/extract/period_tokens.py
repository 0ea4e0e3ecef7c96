"""Cut Danish invoice text into the few kinds of words that a period is written with.

Each word becomes a `Token` with a one-letter kind, so that the grammar in `text_periods` is a regular expression over
letters: D date with year, P day and month, N number that may be a day, M month name, Y year, W weeks, Q span of months,
C range sign ("-", "til", "t.o.m."), S list sign ("," "og" "/"), X a word that makes the date after it another date than
the period's ("født", "forfald", "aftale af"), O anything else.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januar jan",
            "februar feb febr",
            "marts mar mrt",
            "april apr",
            "maj",
            "juni jun",
            "juli jul",
            "august aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKS: Final = (
    r"\buge(?:rne|r)?\s?(?:nr)?\.?\s?\d{1,2}(?!\d)(?:\s?(?:-|–|til|,|og|\+)\s?(?:uge\s?)?\d{1,2}(?!\d))*"
    r"(?:[\s/,-]+20\d\d(?!\d)|/\d\d(?!\d))?"
)
_OTHER_DATE: Final = (
    r"\bf\.(?:\s?d\.)?(?=\s?\d)|\b(?:født|fødsels\w*|af|jf|jfr|jvf|forfald\w*|betal\w*|senest|aftale\w*|kontrakt\w*|"
    r"dateret|fakturadato|bevil\w*|ordre\w*|underskrevet|oprettet|siden)\b"
)
_PARTS: Final = (
    ("iso", r"(?<!\d)(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?!\d)"),
    ("cpr", r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)"),
    ("compact", r"(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    ("isoweek", r"\b20\d\d-?W\d\d\b"),
    ("dmy", r"(?<![\d,])\d{1,2}\s?([./-])\s?\d{1,2}\s?\3\s?(?:(?:19|20)\d\d|\d\d)(?![\d/])"),
    ("dotdmy", r"(?<![\d,])\d{1,2}[./]\d{1,2}[-. ]{1,2}20\d\d(?!\d)"),
    ("ym", r"(?<![\d-])20\d\d[-/](?:0[1-9]|1[0-2])(?![\d-])"),
    ("my", r"(?<![\d.,/-])(?:0?[1-9]|1[0-2])[-/.]20\d\d(?!\d)"),
    ("amount", r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+"),
    ("dm", r"(?<![\d,])\d{1,2}(?:/\d{1,2}|\.\d{1,2}\.?)(?!\d|,\d)"),
    ("week", _WEEKS),
    ("quarter", r"\b(?:Q[1-4]\b|[1-4]\.?\s?(?:kvartal|kvt|kv)\b\.?|kvartal\s?[1-4]\b)"),
    ("half", r"\b[12]\.\s?halvår\b"),
    ("month", rf"\b(?:{_NAMES})\b\.?(?:\s?(?:måned|md)\b\.?)?"),
    ("year", r"(?<![\d-])(?:19|20)\d\d(?![\d-]*\d)|'\d\d\b"),
    ("idword", r"\b[^\W\d_]+-?\d[\w-]*"),
    ("range", r"til og med|t\s?\.?\s?o\s?\.?\s?m\b\.?|\btil\b|--?|–|—"),
    ("number", r"(?<![\d.,])\d{1,2}(?:\.(?!\d)|(?![\d.,]\d|%))"),
    ("list", r",|\bog\b|\bsamt\b|/|\+|&|;"),
    ("filler", r"\b(?:den|d\.|fra|dag|(?:man|tirs|ons|tors|fre|lør|søn)dag)(?=\W|$)|[ (:.)]+"),
    ("other_date", _OTHER_DATE),
    ("word", r"[^\W\d_]+\.?"),
    ("rest", r"\S"),
)  # fmt: skip
_KIND: Final = {
    "iso": "D", "compact": "D", "dmy": "D", "dotdmy": "D", "ym": "Q", "my": "Q", "isoweek": "W", "week": "W", "dm": "P",
    "quarter": "Q", "half": "Q", "month": "M", "year": "Y", "range": "C", "list": "S", "number": "N", "other_date": "X",
}  # fmt: skip


def _numbered(pattern: str, name: str) -> str:
    """Give back references a name of their own, since all parts share one expression."""
    return (
        re.sub(r"\(\[", f"(?P<{name}_sign>[", pattern)
        .replace(r"\1", f"(?P={name}_sign)")
        .replace(r"\3", f"(?P={name}_sign)")
    )


_SCANNER: Final = re.compile("|".join(f"(?P<{name}>{_numbered(part, name)})" for name, part in _PARTS), re.IGNORECASE)
_FIRST_NAMES: Final = frozenset({"jan", "april", "maj", "juni", "juli", "august"})
_HINT: Final = re.compile(rf"\d|\b(?:{_NAMES})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of invoice text: its kind letter, which pattern found it, the text, and where it starts."""

    kind: str
    name: str
    text: str
    at: int


def tokens(text: str) -> list[Token]:
    """Cut `text` into tokens; fillers ("den", "fra", brackets) are left out. Empty when nothing can be a date."""
    if not _HINT.search(text):
        return []
    found: list[Token] = []
    for match in _SCANNER.finditer(text):
        name = match.lastgroup or "rest"
        if name.endswith("_sign"):
            name = next(
                key for key, value in match.groupdict().items() if value is not None and not key.endswith("_sign")
            )
        if name == "filler":
            continue
        kind = _KIND.get(name, "O")
        if name == "month" and _is_first_name(text, match.start(), match.end()):
            kind = "O"
        found.append(Token(kind, name, match.group(), match.start()))
    return found


def _is_first_name(text: str, start: int, end: int) -> bool:
    """Maj, Jan, August and Juli are also first names: written with a capital and followed by another capital."""
    if text[start:end].casefold() not in _FIRST_NAMES or not text[start].isupper():
        return False
    return re.match(r"\s[A-ZÆØÅ][a-zæøå]", text[end : end + 3]) is not None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day (31 June is a mistake, not a period)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(text: str) -> int:
    """A year written with two or four figures; two figures are this century's."""
    number = int(text.strip("' "))
    return number if number > 99 else 2000 + number  # noqa: PLR2004 -- two figures
