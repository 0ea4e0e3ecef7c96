"""What a contract's text tells as facts: proposals with the place they stand, for a person to confirm.

A proposal is what stands there, read exactly; what can mean two things is proposed twice. CPR numbers are masked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.kernel.cpr import Cpr, InvalidCprError
from styr.kernel.cvr import Cvr, InvalidCvrError
from styr.kernel.ean import Ean, InvalidEanError
from styr.kernel.grant_number import GrantNumber

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from styr.agreements.core.review.sentences import Sentence

_MONTHS: Final = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
_DAY: Final = (
    r"(?P<{0}>\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.?\s+(?:"
    + "|".join(_MONTHS)
    + r")\s+\d{{4}})"
)
_AMOUNT: Final = (
    r"(?:kr\.?\s*)?(?P<amount>\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?)(?:\s*(?:kr\.?|kroner|DKK)|,-)?"
)
_PER: Final = (
    r"(?:pr\.?|per|i|om)\s+"
    r"(?P<unit>døgnet|døgn|kalenderdag|dagen|dag|åbningsdag|timen|time|ugen|uge|måneden|måned|km|kilometer|tur)"
)
_UNITS: Final = {
    "døgn": "døgn",
    "kalenderdag": "døgn",
    "dag": "dag",
    "åbningsdag": "åbningsdag",
    "time": "time",
    "uge": "uge",
    "måned": "måned",
    "km": "km",
    "kilometer": "km",
    "tur": "tur",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A proposed fact: its name, its value in one way of writing, and the sentence and the words it stands in."""

    name: str
    value: str
    sentence: Sentence
    quoted: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    name: str
    pattern: re.Pattern[str]
    value: Callable[[re.Match[str]], str | None]


def fields(text: Sequence[Sentence]) -> tuple[Field, ...]:
    """Every proposed fact of the text, in the order of the text, each value of a name once."""
    seen: set[tuple[str, str]] = set()
    found = []
    for one in _found(text):
        if (one.name, one.value) not in seen:
            seen.add((one.name, one.value))
            found.append(one)
    return tuple(found)


def _found(text: Sequence[Sentence]) -> Iterator[Field]:
    for sentence in text:
        for pattern in _PATTERNS:
            for match in pattern.pattern.finditer(sentence.text):
                value = pattern.value(match)
                if value is not None:
                    yield Field(pattern.name, value, sentence, _quoted(match.group(), pattern.name))


def _quoted(words: str, name: str) -> str:
    return _masked(words) if name == "citizen" else words.strip()


def _masked(words: str) -> str:
    return re.sub(r"(\d{6})[\s-]?\d{4}", r"\1-••••", words)


def day_of(written: str) -> str | None:
    """A day as ISO text; None for a day that is not in the calendar's form."""
    named = re.fullmatch(r"(\d{1,2})\.?\s+([a-zæøå]+)\s+(\d{4})", written.strip().lower())
    if named:
        return _iso(int(named[3]), _MONTHS.index(named[2]) + 1, int(named[1]))
    parts = [int(part) for part in re.split(r"[./-]", written)]
    year, month, day = parts if parts[0] > 31 else reversed(parts)  # noqa: PLR2004 - no day of a month is above 31
    return _iso(year, month, day)


def _iso(year: int, month: int, day: int) -> str | None:
    from datetime import date

    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _cvr(match: re.Match[str]) -> str | None:
    try:
        return str(Cvr.parse(re.sub(r"\s", "", match["cvr"])))
    except InvalidCvrError:
        return None


def _ean(match: re.Match[str]) -> str | None:
    try:
        return str(Ean.parse(re.sub(r"\s", "", match["ean"])))
    except InvalidEanError:
        return None


def _cpr(match: re.Match[str]) -> str | None:
    try:
        return Cpr.parse(match["cpr"]).masked
    except InvalidCprError:
        return None


def _grant(match: re.Match[str]) -> str | None:
    numbers = GrantNumber.find_all(match.group())
    return str(numbers[0]) if numbers else None


def _section(match: re.Match[str]) -> str:
    law = match["law"].lower()
    code = "BL" if law in {"bl", "barnets lov", "barnets lovs"} else "SEL"
    return f"{code}-{match['section'].replace(' ', '')}"


def _price(match: re.Match[str]) -> str:
    unit = match["unit"].removesuffix("en").removesuffix("et")
    return f"{match['amount']} kr. pr. {_UNITS.get(unit, unit)}"


def _start(match: re.Match[str]) -> str | None:
    return day_of(match["start"])


def _end(match: re.Match[str]) -> str | None:
    return day_of(match["end"])


def _words(match: re.Match[str]) -> str:
    return " ".join(match["value"].split()).strip(" .,;:")


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LAW: Final = r"(?P<law>serviceloven[s]?|servicelov|SEL|lov om social service|barnets lov[s]?|BL)"
_NAMED: Final = re.compile(r"\bmellem\s+(?P<value>[A-ZÆØÅ][\wæøåÆØÅ.&' -]{2,60}?)(?=\s*(?:,|\(|og\s|CVR|cvr))")
_PATTERNS: Final = (
    _Pattern("cvr", _any_case(r"\bCVR(?:[- ]?(?:nr|nummer))?\.?:?\s*(?P<cvr>\d{2}\s?\d{2}\s?\d{2}\s?\d{2})\b"), _cvr),
    _Pattern("p_number", _any_case(r"\bP[- ]?(?:nr|nummer)\.?:?\s*(?P<value>\d{10})\b"), _words),
    _Pattern(
        "ean", _any_case(r"\b(?:EAN|GLN|lokationsnummer)(?:[- ]?(?:nr|nummer))?\.?:?\s*(?P<ean>(?:\d\s?){13})\b"), _ean
    ),
    _Pattern("citizen", _any_case(r"(?:\b|cpr\D{0,12})(?P<cpr>\d{6}-\d{4}|(?<=cpr )\d{10})\b"), _cpr),
    _Pattern("grant_number", _any_case(r"\bB[ -]?\d{3,7}[ -]?\d{0,4}[ -]?\d\b"), _grant),
    _Pattern("contract_number", re.compile(r"\b(?P<value>K-\d{4}-\d{4,5})\b"), _words),
    _Pattern("section", _any_case(_LAW + r"(?:s)?\s*§{1,2}\s*(?P<section>\d{1,3}(?:\s?[a-d])?)\b"), _section),
    _Pattern("section", _any_case(r"§{1,2}\s*(?P<section>\d{1,3}(?:\s?[a-d])?)\s+i\s+" + _LAW), _section),
    _Pattern("party", _NAMED, _words),
    _Pattern("price", _any_case(_AMOUNT + r"\s*" + _PER + r"\b"), _price),
    _Pattern(
        "price",
        _any_case(r"(?:døgntakst|døgnpris)(?:en)?\s+(?:er|udgør|på|:)\s*(?P<unit>)" + _AMOUNT),
        lambda m: f"{m['amount']} kr. pr. døgn",
    ),
    _Pattern(
        "hours",
        _any_case(
            r"(?P<value>\d+(?:,\d+)?\s+timer(?:s)?\s+(?:om ugen|pr\.? uge|ugentlig\w*|om måneden|pr\.? måned|i døgnet))"
        ),
        _words,
    ),
    _Pattern("hours", _any_case(r"(?P<value>\d+(?:,\d+)?\s+ugentlige\s+timer)"), _words),
    _Pattern(
        "starts",
        _any_case(
            r"(?:fra|pr\.|gælder fra|træder i kraft|begynder|ikrafttræden|start(?:er|dato)?:?)\s+(?:den\s+)?"
            + _DAY.format("start")
        ),
        _start,
    ),
    _Pattern(
        "ends",
        _any_case(r"(?:til og med|til|udløber|ophører|slutter|senest|slutdato:?)\s+(?:den\s+)?" + _DAY.format("end")),
        _end,
    ),
    _Pattern("notice", _any_case(r"(?P<value>(?:\w+\s+)?løbende måned\s*(?:\+|plus|og)\s*\d+\s*dage)"), _words),
    _Pattern(
        "notice",
        _any_case(r"(?P<value>\w+\s+(?:måneders|måneds|dages|ugers|uges|års|kvartals)\s+(?:opsigelsesvarsel|varsel))"),
        _words,
    ),
    _Pattern(
        "notice",
        _any_case(
            r"(?:opsigelsesvarsl?et|opsigelsesvarsel)\s+(?:er|udgør)\s+(?P<value>\w+\s+(?:måneder|måned|dage|uger))"
        ),
        _words,
    ),
    _Pattern(
        "indexation",
        _any_case(
            r"(?P<value>(?:KL['’]?s?\s+)?(?:pris-\s?og\s?lønfremskrivning|PL-?(?:fremskrivning|regulering)|nettoprisindeks\w*)"
            r"(?:,?\s+(?:dog\s+)?(?:højst|maksimalt|maks\.?|ikke over)\s+\d+(?:,\d+)?\s*(?:%|procent|pct))?)"
        ),
        _words,
    ),
    _Pattern(
        "indexation",
        _any_case(
            r"(?:reguleres|stiger|forhøjes|fremskrives)\b[^.]{0,40}?(?P<value>(?:minimum|mindst)?\s*\d+(?:,\d+)?\s*(?:%|procent|pct))"
        ),
        _words,
    ),
    _Pattern(
        "absence",
        _any_case(r"(?:fravær\w*|indlæggelse\w*)\b[^.]{0,60}?(?P<value>\d+(?:,\d+)?\s*(?:%|procent|pct))"),
        _words,
    ),
    _Pattern(
        "absence_days",
        _any_case(r"fravær\w*\s+(?:ud over|over|i mere end|efter)\s+(?P<value>\d+)\s+(?:dage|døgn)"),
        _words,
    ),
    _Pattern(
        "death_days",
        _any_case(r"(?P<value>\d+)\s+(?:dage|døgn)\s+efter\s+(?:borgerens\s+|et\s+)?død(?:en|sfald\w*)?\b"),
        lambda m: f"{m['value']} dage",
    ),
    _Pattern(
        "invoice_deadline",
        _any_case(r"faktur\w*\b[^.]{0,40}?(?:senest|inden for|inden)\s+(?P<value>\d+\s+(?:dage|måneder))\s+efter"),
        _words,
    ),
    _Pattern(
        "insurance", _any_case(r"(?P<value>\b(?:erhvervs|ansvars|arbejdsskade|bygnings)[\wæøå-]*forsikring\w*)"), _words
    ),
)
