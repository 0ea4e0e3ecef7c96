"""Guess from a line's text and unit code which service it is for, and what it is counted in."""

import re
from typing import Final

from styr.kernel.units import Unit

_UNIT_CODES: Final = {
    "DAY": Unit.DAY, "D": Unit.DAY, "HUR": Unit.HOUR, "HR": Unit.HOUR, "WEE": Unit.WEEK, "MON": Unit.MONTH,
    "KMT": Unit.KM, "E54": Unit.TRIP, "KTM": Unit.KM,
}  # fmt: skip
"""UN/ECE Recommendation 20. EA, C62, H87, NAR and ZZ say only "pieces"."""

_UNIT_WORDS: Final = (
    (Unit.OPENING_DAY, re.compile(r"åbningsdag|hverdag|fremmødedag|værkstedsdag", re.IGNORECASE)),
    (Unit.DAY, re.compile(r"døgn|\bdage?\b|pr\.? dag", re.IGNORECASE)),
    (Unit.HOUR, re.compile(r"\btimer?\b|\btimetakst|\btimepris|\bt\.(?=\s?[àaá]\b)", re.IGNORECASE)),
    (Unit.KM, re.compile(r"\bkm\b|kilometer", re.IGNORECASE)),
    (Unit.TRIP, re.compile(r"\btur(?:e|en|ene)?\b|enkelttur|returtur", re.IGNORECASE)),
    (Unit.WEEK, re.compile(r"\buger?\b(?!\s?(?:nr)?\.?\s?\d)|pr\.? uge|ugetakst|ugepris", re.IGNORECASE)),
    (Unit.MONTH, re.compile(r"pr\.? m(?:åne)?d|månedstakst|månedspris|måneds?ydelse|månedligt?", re.IGNORECASE)),
)

# the first that fits wins: narrower words stand before those that they contain or go along with
_SERVICES: Final = (
    ("dagbehandling", r"dagbehandl|intern skole|skoledel|undervisning|særligt? dagtilbud|særlige dagtilbud"),
    ("saertakst", r"særtakst|særlig takst|enkeltmands|solo(?:projekt|foranst)|\b[12]\s?:\s?1\b|særforanst|individuel"),
    ("nattevagt", r"nattevagt|vågen nat|sovende nat|nattevågen|natdækning|nattillæg|\bnat(?:te)?\b|natte?støtte"),
    ("ledsagelse", r"ledsag|§+\s?9[78]\b|borgerstyret"),
    ("beskaeftigelse", r"beskæft|beskyttet|værksted|§+\s?103\b|arbejdsplads"),
    ("befordring", r"befordr|kørsel|transport|\bkm\b|taxa|\btur(?:e|en)?\b|kilometer"),
    ("aflastning", r"aflast|weekendophold|§+\s?(?:84|90)\b"),
    ("aktivitet", r"aktivitet|samvær|dagtilbud|dagcenter|§+\s?104\b|dagaktivitet|værested"),
    ("behandling", r"behandling|terapi|psykolog|misbrugs|§+\s?101\b"),
    ("tillaeg", r"tillæg|supplement|merydelse|ekstra"),
    ("stoette", r"støtte|socialpædagog|bostøtte|vejled|§+\s?85\b|kontaktperson|hjemmevejl|pædagogisk|mentor"),
    ("ophold", r"ophold|botilbud|døgn|\bbo(?:lig|form|sted)\b|bofællesskab|anbring|plejefamil|§+\s?10[78]\b|plads"),
)  # fmt: skip
_COMPILED: Final = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _SERVICES)


def services_in(text: str) -> tuple[str, ...]:
    """Every service that the text could speak of, narrowest first ("tillæg for nattevagt" is both).

    Suppliers use the words for a supplement and for a special rate of the same thing, so either means the other too.
    """
    found = [code for code, pattern in _COMPILED if pattern.search(text)]
    for code, other in (("tillaeg", "saertakst"), ("saertakst", "tillaeg")):
        if code in found and other not in found:
            found.insert(found.index(code) + 1, other)
    return tuple(found)


def unit_of(code: str | None, text: str) -> Unit | None:
    """What the quantity counts: by the unit code, else by a word of the text; None for plain pieces.

    The code DAY is also used for opening days, so the text may narrow it.
    """
    by_code = _UNIT_CODES.get((code or "").upper())
    if by_code is Unit.DAY and _UNIT_WORDS[0][1].search(text):
        return Unit.OPENING_DAY
    if by_code is not None:
        return by_code
    return next((unit for unit, pattern in _UNIT_WORDS if pattern.search(text)), None)
