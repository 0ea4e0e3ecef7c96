"""Read the period of an invoice line from Danish free text ("1.-31. okt. 2025", "uge 40-43", "3. kvartal")."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from styr.invoices.core.extract.period_readers import Exactness, TextPeriod, read
from styr.invoices.core.extract.period_tokens import tokens

__all__ = ["Exactness", "TextPeriod", "period_in", "periods"]

_LONGEST: Final = timedelta(days=400)
_OLDEST: Final = timedelta(days=3 * 366)
"""Claims lapse after three years (forældelsesloven § 3): an older date is a date of birth or of an agreement."""

# The grammar over token kinds, tried in order at each place. A capital names a token, see period_tokens.
_RULES: Final = (
    ("range", re.compile(r"DCD|DCP|PCDY?|PY?CPY?|NCD|NCPY?|NCNMY?|NMY?CNMY?|NMY?CD|DCNMY?|NMY?CP|NCMY?N(?!M)")),
    ("days", re.compile(r"N(?:[SC]N)+MY?|(?:P[SC])+(?:PY?|D)|D(?:SD)+|NMY?(?:SNMY?)+")),
    ("written", re.compile(r"NMY?")),
    ("months", re.compile(r"MY?(?:[CS]MY?)*|YM")),
    ("weeks", re.compile(r"W(?:S?W)*")),
    ("spans", re.compile(r"QY?(?:[CS]QY?)*")),
    ("single", re.compile(r"D|PY")),
)


def period_in(texts: Iterable[str], *, issued: date | None) -> TextPeriod | None:
    """The most exactly written period in `texts`, or None. Several of the same exactness are joined to their hull.

    A text that only begins another one says nothing of its own: a name is cut off after forty characters, and
    "1/11-30/11" may become "1/11-30/1".
    """
    found = [period for text in _whole(list(texts)) for period in periods(text, issued=issued)]
    if not found:
        return None
    best = max(period.exactness for period in found)
    same = [period for period in found if period.exactness == best]
    start, end = min(period.start for period in same), max(period.end for period in same)
    return TextPeriod(start, end, best) if end - start <= _LONGEST else None


def _whole(texts: list[str]) -> Iterator[str]:
    begun = [text.rstrip() for text in texts]
    for text, start in zip(texts, begun, strict=True):
        if not any(len(other) > len(start) and other.startswith(start) for other in begun):
            yield text


def periods(text: str, *, issued: date | None) -> Iterator[TextPeriod]:
    """Every period written in `text`, in reading order."""
    words = tokens(text)
    kinds = "".join(word.kind for word in words)
    place = 0
    while place < len(kinds):
        for rule, pattern in _RULES:
            match = pattern.match(kinds, place)
            if match:
                found = read(rule, words[match.start() : match.end()], issued)
                another = rule in _DOUBTFUL and _means_another_date(kinds, place)
                if found is not None and not another and _plausible(found, issued):
                    yield found
                place = match.end()
                break
        else:
            place += 1


def _plausible(period: TextPeriod, issued: date | None) -> bool:
    if period.start >= period.end:
        return False
    return issued is None or issued - _OLDEST <= period.end <= issued + _LONGEST


_DOUBTFUL: Final = frozenset({"single", "written"})


def _means_another_date(kinds: str, place: int) -> bool:
    """A single date right after "født", "forfald", "aftale af" or the like is not the period."""
    return "X" in kinds[max(0, place - 2) : place]
